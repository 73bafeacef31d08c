// aitf run: the daemon, until SIGTERM or SIGINT.

#include <csignal>
#include <cstdio>

#include "base/clock.hpp"
#include "base/files.hpp"
#include "base/log.hpp"
#include "commands/commands.hpp"
#include "commands/start.hpp"
#include "daemon/daemon.hpp"

namespace aitf::commands {
namespace {

// Waits for a signal that was blocked before any thread began, so that no thread but this one ever gets it. A closed
// terminal, or who expects a reload, must not cost what is not yet delivered.
int wait_for_stop(const sigset_t& signals) {
  int received = SIGHUP;
  while (received == SIGHUP) {
    sigwait(&signals, &received);
    if (received == SIGHUP) log::warn("SIGHUP changes nothing; a changed configuration needs a restart", {});
  }
  return received;
}

}  // namespace

int run(const RunOptions& options) {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&signals, signal);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  auto loaded = load_and_configure_log(options.config);
  if (!loaded) return 2;
  const SystemClock clock;
  daemon::Daemon daemon(std::move(loaded->settings), posix_files(), clock);
  daemon.start_delivery();
  if (const Status started = daemon.start_receiving(); !started) {
    log::error("aitf cannot start", {{"cause", started.error().text()}});
    return started.error().kind == ErrorKind::invalid ? 2 : 3;
  }
  log::info("aitf runs", {{"version", AITF_VERSION}, {"configuration", loaded->source}});
  const int signal = wait_for_stop(signals);
  log::info("aitf stops", {{"signal", signal == SIGINT ? "SIGINT" : "SIGTERM"}});
  return report_what_is_left(daemon.stop()) ? 0 : 3;
}

}  // namespace aitf::commands
