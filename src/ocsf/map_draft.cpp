// What the parts of the mapper share.

#include "ocsf/map_draft.hpp"

#include <algorithm>
#include <array>

namespace aitf::ocsf {
namespace {

constexpr std::array<Text, 10> kFlagWords = {
    "clock_skew",    "coerced_type", "dropped_attributes", "duplicate_key",     "invalid_utf8",
    "limit_reached", "missing_time", "negative_duration",  "truncated_content", "unparsed_value"};
static_assert(std::ranges::is_sorted(kFlagWords));

constexpr std::int32_t kStatusError = 2;

// Stand in for a resource or a scope that a hand-made span lacks.
const span::Resource kNoResource;
const span::Scope kNoScope;

std::optional<std::int64_t> above_zero(std::uint32_t count) {
  return count == 0 ? std::nullopt : std::optional<std::int64_t>(count);
}

bool has_failed(const genai::Operation& operation) {
  return operation.failure.category != genai::ErrorCategory::none || operation.span->status_code == kStatusError;
}

}  // namespace

Draft::Draft(const genai::Operation& from, const MapContext& with)
    : operation(from),
      span(*from.span),
      resource(span.resource == nullptr ? kNoResource : *span.resource),
      scope(span.scope == nullptr ? kNoScope : *span.scope),
      context(with),
      arena(with.arena),
      times(read_times(span, with)),
      failed(has_failed(from)) {
  if (times.is_missing) flag(QualityFlag::missing_time);
  if (times.is_skewed) flag(QualityFlag::clock_skew);
  if (times.ends_before_start) flag(QualityFlag::negative_duration);
  if (span.dropped_attributes > 0) flag(QualityFlag::dropped_attributes);
  if (span.repairs.invalid_utf8) flag(QualityFlag::invalid_utf8);
  if (span.repairs.limit_reached) flag(QualityFlag::limit_reached);
  if (span.repairs.duplicate_key) flag(QualityFlag::duplicate_key);
  if (operation.quality.coerced_type) flag(QualityFlag::coerced_type);
  if (operation.quality.unparsed_value) flag(QualityFlag::unparsed_value);
}

void Draft::note_cut(Text path) {
  flag(QualityFlag::truncated_content);
  if (std::ranges::find(truncated_fields_, path) == truncated_fields_.end()) truncated_fields_.push_back(path);
}

std::optional<DataQuality> Draft::data_quality() const {
  if (flags_ == 0) return std::nullopt;
  DataQuality quality;
  for (std::size_t i = 0; i < kFlagWords.size(); ++i)
    if ((flags_ >> i & 1U) != 0) quality.flags.push_back(kFlagWords[i]);
  quality.clock_skew_ms = times.skew_ms;
  quality.dropped_attributes_count = above_zero(span.dropped_attributes);
  quality.dropped_events_count = above_zero(span.dropped_events);
  quality.dropped_links_count = above_zero(span.dropped_links);
  quality.truncated_fields = truncated_fields_;
  return quality;
}

}  // namespace aitf::ocsf
