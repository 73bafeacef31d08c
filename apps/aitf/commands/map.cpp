// aitf map FILE…: spans in, canonical events as JSON lines on standard output, nothing else there.

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

#include "base/clock.hpp"
#include "commands/commands.hpp"
#include "daemon/file_intake.hpp"
#include "daemon/pipeline.hpp"

namespace aitf::commands {
namespace {

// SOURCE_DATE_EPOCH fixes "now", so that equal input gives equal bytes.
std::unique_ptr<Clock> clock_of_environment() {
  const char* epoch = std::getenv("SOURCE_DATE_EPOCH");
  if (epoch == nullptr || *epoch == '\0') return std::make_unique<SystemClock>();
  return std::make_unique<ManualClock>(std::strtoull(epoch, nullptr, 10) * 1'000'000'000ULL);
}

Status print(std::span<const journal::Record> records) {
  for (const journal::Record& record : records) {
    const bool good = std::fwrite(record.payload.data(), 1, record.payload.size(), stdout) == record.payload.size() &&
                      std::fputc('\n', stdout) != EOF;
    if (!good) return fail(ErrorKind::transient, "standard output cannot be written");
  }
  return {};
}

}  // namespace

int map(const MapOptions& options) {
  const auto clock = clock_of_environment();
  observe::Metrics metrics;
  daemon::FileIntake intake({.log_name = "file", .live = false}, *clock, metrics, print);
  for (const std::string& file : options.files) intake.take(file);
  if (std::fflush(stdout) != 0) intake.fail_with({ErrorKind::transient, "standard output cannot be written", ""});
  return intake.finish("map");
}

}  // namespace aitf::commands
