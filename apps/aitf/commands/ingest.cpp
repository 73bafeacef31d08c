// aitf ingest FILE…: spans in files to the configured destinations, then the end.

#include <chrono>
#include <thread>

#include "base/clock.hpp"
#include "base/files.hpp"
#include "commands/commands.hpp"
#include "commands/start.hpp"
#include "daemon/daemon.hpp"
#include "daemon/file_intake.hpp"

namespace aitf::commands {
namespace {

// A file can wait where a network sender would be told 503: tries again until there is room, or `patience` is over.
daemon::Append patient(daemon::Daemon& daemon, std::chrono::milliseconds patience) {
  return [&daemon, patience](std::span<const journal::Record> records) -> Status {
    const auto end = std::chrono::steady_clock::now() + patience;
    for (;;) {
      Status status = daemon.append(records);
      const bool full = !status && status.error().kind == ErrorKind::throttled;
      if (!full || std::chrono::steady_clock::now() >= end) return status;
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  };
}

}  // namespace

int ingest(const IngestOptions& options) {
  auto loaded = load_and_configure_log(options.config);
  if (!loaded) return 2;
  const SystemClock clock;
  const auto patience = loaded->settings.shutdown_timeout;
  daemon::Daemon daemon(std::move(loaded->settings), posix_files(), clock);
  daemon.start_delivery();
  daemon::FileIntake intake({.log_name = "file", .live = false}, clock, daemon.metrics(), patient(daemon, patience));
  for (const std::string& file : options.files) intake.take(file);
  const bool delivered = report_what_is_left(daemon.stop());
  const int code = intake.finish("ingest");
  return delivered ? code : 3;
}

}  // namespace aitf::commands
