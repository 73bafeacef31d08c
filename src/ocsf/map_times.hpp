#pragma once
// Time rule of the canonical event: when an operation happened, when clocks and senders cannot be trusted.

#include <cstdint>
#include <optional>

#include "ocsf/map.hpp"
#include "span/span.hpp"

namespace aitf::ocsf {

// Milliseconds since 1970 in UTC, rounded down, unless a name says otherwise.
struct Times {
  std::int64_t time = 0;                       // of the event: the start, or the receipt when the start is unusable
  std::optional<std::int64_t> start, end;      // only when plausible
  std::optional<std::uint64_t> duration_nano;  // only when both are plausible
  std::optional<std::int64_t> skew_ms;         // start minus receipt, when implausible
  bool is_missing = false;                     // no start was sent
  bool is_skewed = false;
  bool ends_before_start = false;

  std::optional<std::int64_t> duration_ms() const;  // whole ones
  std::optional<double> exact_duration_ms() const;  // with the fraction
};

Times read_times(const span::Span& span, const MapContext& context);

}  // namespace aitf::ocsf
