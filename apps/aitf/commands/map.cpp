// aitf map FILE…: spans in, canonical events as JSON lines on standard output, nothing else there.

#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <memory>
#include <string>

#include "base/clock.hpp"
#include "commands/commands.hpp"
#include "daemon/file_intake.hpp"
#include "daemon/pipeline.hpp"

namespace aitf::commands {
namespace {

// SOURCE_DATE_EPOCH fixes "now", so that equal input gives equal bytes. None: it is not seconds since 1970.
std::unique_ptr<Clock> clock_of_environment() {
  const char* epoch = std::getenv("SOURCE_DATE_EPOCH");
  if (epoch == nullptr || *epoch == '\0') return std::make_unique<SystemClock>();
  constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max() / 1'000'000'000;
  const char* const end = epoch + std::strlen(epoch);
  std::uint64_t seconds = 0;
  const auto [stop, error] = std::from_chars(epoch, end, seconds);
  if (error != std::errc() || stop != end || seconds > most) return nullptr;
  return std::make_unique<ManualClock>(seconds * 1'000'000'000);
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
  if (!clock) {
    std::fputs("map: SOURCE_DATE_EPOCH is not a number of seconds since 1970 (correct it or unset it)\n", stderr);
    return 2;
  }
  observe::Metrics metrics;
  daemon::FileIntake intake({.log_name = "file", .live = false}, *clock, metrics, print);
  for (const std::string& file : options.files) intake.take(file);
  if (std::fflush(stdout) != 0) intake.fail_with({ErrorKind::transient, "standard output cannot be written", ""});
  return intake.finish("map");
}

}  // namespace aitf::commands
