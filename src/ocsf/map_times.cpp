// Time rule of the canonical event.

#include "ocsf/map_times.hpp"

namespace aitf::ocsf {
namespace {

constexpr std::uint64_t kNanoPerMs = 1'000'000;
constexpr std::uint64_t kYear2000 = 946'684'800'000 * kNanoPerMs;
constexpr std::uint64_t kFiveMinutes = 300'000 * kNanoPerMs;
constexpr std::uint64_t kDay = 86'400'000 * kNanoPerMs;

std::int64_t to_ms(std::uint64_t nano) { return static_cast<std::int64_t>(nano / kNanoPerMs); }

// `time` lies more than `by` after `other`; a receipt of 0 is unknown and compares with nothing.
bool is_later(std::uint64_t time, std::uint64_t other, std::uint64_t by) {
  return time > other && time - other > by && other != 0;
}

struct Reader {
  const span::Span& span;
  const MapContext& context;
  Times times = {};

  bool is_implausible(std::uint64_t nano) const {
    return nano < kYear2000 || is_later(nano, context.received_unix_nano, kDay);
  }

  void mark_skewed() {
    times.is_skewed = true;
    times.skew_ms = to_ms(span.start_unix_nano) - to_ms(context.received_unix_nano);
  }

  // The start, or why there is none.
  void read_start() {
    times.is_missing = span.start_unix_nano == 0;
    if (times.is_missing) return;
    if (is_implausible(span.start_unix_nano)) return mark_skewed();
    times.start = to_ms(span.start_unix_nano);
    if (is_later(span.start_unix_nano, context.received_unix_nano, kFiveMinutes)) mark_skewed();
  }

  void read_end() {
    const std::uint64_t end = span.end_unix_nano;
    times.ends_before_start = times.start && end < span.start_unix_nano;
    if (times.ends_before_start || end == 0) return;
    if (is_implausible(end)) {
      times.is_skewed = true;
      return;
    }
    times.end = to_ms(end);
    if (times.start) times.duration_nano = end - span.start_unix_nano;
  }

  // Old clocks are told by when a span ended: a long one that ended now is normal.
  void check_age() {
    if (!context.live || !times.start) return;
    const std::uint64_t last = times.end ? span.end_unix_nano : span.start_unix_nano;
    if (last < context.received_unix_nano && context.received_unix_nano - last > kDay) mark_skewed();
  }
};

}  // namespace

std::optional<std::int64_t> Times::duration_ms() const {
  return duration_nano ? std::optional(to_ms(*duration_nano)) : std::nullopt;
}

std::optional<double> Times::exact_duration_ms() const {
  if (!duration_nano) return std::nullopt;
  return static_cast<double>(*duration_nano) / static_cast<double>(kNanoPerMs);
}

Times read_times(const span::Span& span, const MapContext& context) {
  Reader reader{span, context};
  reader.read_start();
  reader.read_end();
  reader.check_age();
  reader.times.time = reader.times.start.value_or(to_ms(context.received_unix_nano));
  return reader.times;
}

}  // namespace aitf::ocsf
