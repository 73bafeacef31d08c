// aitf ingest FILE…: spans in files to the configured destinations, then the end.

#include <chrono>
#include <cstdio>
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

// Waits for deliveries as long as they go on; a destination without any for `patience` is given up.
void wait_for_deliveries(daemon::Daemon& daemon, std::size_t events, std::chrono::milliseconds patience) {
  double before = -1;
  for (auto end = std::chrono::steady_clock::now() + patience; std::chrono::steady_clock::now() < end;) {
    const double settled = daemon.metrics().total(observe::Metric::delivered_events) +
                           daemon.metrics().total(observe::Metric::refused_events);
    if (settled >= static_cast<double>(events)) return;
    if (settled > before) end = std::chrono::steady_clock::now() + patience;
    before = settled;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
}

}  // namespace

int ingest(const IngestOptions& options) {
  auto loaded = load_and_configure_log(options.config);
  if (!loaded) return 2;
  const SystemClock clock;
  const auto patience = loaded->settings.shutdown_timeout;
  const std::size_t destinations = loaded->settings.destinations.size();
  daemon::Daemon daemon(std::move(loaded->settings), posix_files(), clock);
  daemon.start_delivery();
  daemon::FileIntake intake({.log_name = "file", .live = false}, clock, daemon.metrics(), patient(daemon, patience));
  for (const std::string& file : options.files) intake.take(file);
  wait_for_deliveries(daemon, intake.written() * destinations, patience);
  const bool delivered = report_what_is_left(daemon.stop());
  const int code = intake.finish("ingest");
  const double refused = daemon.metrics().total(observe::Metric::refused_events);
  std::fprintf(stderr, "ingest: %.0f events delivered, %.0f refused and in the dead letters\n",
               daemon.metrics().total(observe::Metric::delivered_events), refused);
  if (!delivered) return 3;
  return code == 0 && refused > 0 ? 1 : code;
}

}  // namespace aitf::commands
