#include "http/sigpipe.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cerrno>

namespace aitf::http {
namespace {

int write_to_nobody() {
  int ends[2];
  EXPECT_EQ(::pipe(ends), 0);
  ::close(ends[0]);
  const auto written = ::write(ends[1], "x", 1);
  const int reason = errno;
  ::close(ends[1]);
  return written == -1 ? reason : 0;
}

bool is_blocked() {
  sigset_t mask;
  pthread_sigmask(SIG_BLOCK, nullptr, &mask);
  return sigismember(&mask, SIGPIPE) == 1;
}

// Without the guard the first write ends the test's process; without throwing the signal away the guard's end would.
TEST(SigpipeHeldOff, LetsAWriteToNobodyBeAnError) {
  for (int i = 0; i < 2; ++i) {
    const SigpipeHeldOff held_off;
    EXPECT_EQ(write_to_nobody(), EPIPE);
    EXPECT_TRUE(is_blocked());
  }
  EXPECT_FALSE(is_blocked());
}

TEST(SigpipeHeldOff, LeavesASignalThatWasThereBefore) {
  sigset_t only_sigpipe;
  sigemptyset(&only_sigpipe);
  sigaddset(&only_sigpipe, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &only_sigpipe, nullptr);
  EXPECT_EQ(write_to_nobody(), EPIPE);
  {
    const SigpipeHeldOff held_off;
  }
  EXPECT_TRUE(is_blocked());
  const timespec at_once{};
  EXPECT_EQ(sigtimedwait(&only_sigpipe, nullptr, &at_once), SIGPIPE);
  pthread_sigmask(SIG_UNBLOCK, &only_sigpipe, nullptr);
}

}  // namespace
}  // namespace aitf::http
