#pragma once
// An event in the making: what the parts of the mapper share while they map one operation. One thread.

#include <cstdint>
#include <vector>

#include "genai/operation.hpp"
#include "ocsf/map.hpp"
#include "ocsf/map_times.hpp"
#include "span/span.hpp"

namespace aitf::ocsf {

// Words of data_quality.flags that the mapper itself can find, in alphabetical order: the order in which they are
// written.
enum class QualityFlag : std::uint8_t {
  clock_skew,
  coerced_type,
  dropped_attributes,
  duplicate_key,
  invalid_utf8,
  limit_reached,
  missing_time,
  negative_duration,
  truncated_content,
  unparsed_value,
};

class Draft {
 public:
  Draft(const genai::Operation& from, const MapContext& with);

  const genai::Operation& operation;
  const span::Span& span;
  const span::Resource& resource;
  const span::Scope& scope;
  const MapContext& context;
  Arena& arena;
  const Times times;
  const bool failed;  // the operation reports a failure, or the span has status ERROR

  void flag(QualityFlag one) { flags_ |= bit(one); }
  bool flagged(QualityFlag one) const { return (flags_ & bit(one)) != 0; }

  // Remembers that the field of that path (without list indexes) was cut. `path` lives as long as the arena.
  void note_cut(Text path);

  // A value that has no place in this event: goes to `unmapped` under its own key.
  void keep(Text key, Text value) { aside_.emplace_back(key, value); }
  // The same for one that its field's type refuses; flagged.
  void set_aside(Text key, Text value) {
    keep(key, value);
    flag(QualityFlag::unparsed_value);
  }

  const StringMap& aside() const { return aside_; }
  std::optional<DataQuality> data_quality() const;

 private:
  static std::uint32_t bit(QualityFlag one) { return 1U << static_cast<unsigned>(one); }

  std::uint32_t flags_ = 0;
  std::vector<Text> truncated_fields_;
  StringMap aside_;
};

}  // namespace aitf::ocsf
