#pragma once
// OpenSSL writes to sockets in a way that raises SIGPIPE when the peer is gone, which ends the process. Handlers belong
// to the program and not to a library in it, so the signal is held off this thread only, and thrown away.

#include <csignal>
#include <ctime>

namespace aitf::http {

class SigpipeHeldOff {
 public:
  SigpipeHeldOff() {
    sigemptyset(&sigpipe_);
    sigaddset(&sigpipe_, SIGPIPE);
    was_pending_ = is_pending();
    pthread_sigmask(SIG_BLOCK, &sigpipe_, &before_);
  }
  SigpipeHeldOff(const SigpipeHeldOff&) = delete;
  SigpipeHeldOff& operator=(const SigpipeHeldOff&) = delete;
  ~SigpipeHeldOff() {
    const timespec at_once{};
    if (!was_pending_ && is_pending()) sigtimedwait(&sigpipe_, nullptr, &at_once);
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }

 private:
  static bool is_pending() {
    sigset_t pending;
    sigpending(&pending);
    return sigismember(&pending, SIGPIPE) == 1;
  }

  sigset_t sigpipe_{};
  sigset_t before_{};
  bool was_pending_ = false;
};

}  // namespace aitf::http
