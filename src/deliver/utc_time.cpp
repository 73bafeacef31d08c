// Points in time as text.
#include "deliver/utc_time.hpp"

#include <array>
#include <cstdio>
#include <ctime>

namespace aitf::deliver {
namespace {

std::int64_t seconds_of(std::int64_t unix_ms) { return unix_ms / 1000 - (unix_ms % 1000 < 0 ? 1 : 0); }

std::string formatted(std::int64_t unix_ms, const char* format) {
  const std::time_t seconds = seconds_of(unix_ms);
  std::tm parts{};
  ::gmtime_r(&seconds, &parts);
  std::array<char, 64> text;
  return {text.data(), std::strftime(text.data(), text.size(), format, &parts)};
}

}  // namespace

std::string utc_text(std::int64_t unix_ms) {
  std::array<char, 8> fraction;
  std::snprintf(fraction.data(), fraction.size(), ".%03dZ", static_cast<int>(unix_ms - seconds_of(unix_ms) * 1000));
  return formatted(unix_ms, "%Y-%m-%dT%H:%M:%S") + fraction.data();
}

std::string utc_day(std::int64_t unix_ms) { return formatted(unix_ms, "%Y%m%d"); }

std::string utc_stamp(std::int64_t unix_ms) { return formatted(unix_ms, "%Y%m%dT%H%M%SZ"); }

}  // namespace aitf::deliver
