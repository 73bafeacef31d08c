// How long an event may become.

#include "ocsf/map_limits.hpp"

#include <limits>
#include <numeric>

#include "base/utf8.hpp"
#include "genai/media.hpp"
#include "ocsf/map_text.hpp"

namespace aitf::ocsf {
namespace {

constexpr std::size_t kStringCharacters = 65'535;
constexpr std::size_t kItems = 1000;
constexpr std::size_t kNoBound = std::numeric_limits<std::size_t>::max();
constexpr std::size_t kQualityBytes = 4096;  // what data_quality, which is written last, may need
constexpr std::size_t kMostPasses = 16;

// When an event is too large without any long text, its other strings and its lists are cut in these steps.
struct Rung {
  std::size_t characters, items;
};
constexpr std::array<Rung, 5> kRungs = {{{4096, kItems}, {1024, kItems}, {256, 256}, {64, 64}, {64, 16}}};

// Bytes that a character needs as JSON.
constexpr std::array<std::uint8_t, 256> kEscapedSizes = [] {
  std::array<std::uint8_t, 256> sizes{};
  for (std::size_t c = 0; c < sizes.size(); ++c) sizes[c] = c < 0x20 ? 6 : 1;  // \u0001
  for (unsigned char c : {'\b', '\f', '\n', '\r', '\t', '"', '\\'}) sizes[c] = 2;
  return sizes;
}();

std::size_t escaped_size(char c) { return kEscapedSizes[static_cast<unsigned char>(c)]; }

std::size_t escaped_size(Text text) {
  return std::transform_reduce(text.begin(), text.end(), std::size_t{0}, std::plus<>(),
                               [](char c) { return escaped_size(c); });
}

bool is_inside_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// The longest beginning that needs at most `bytes` as JSON, whole characters only.
Text first_escaped(Text text, std::size_t bytes) {
  std::size_t used = 0, end = 0;
  while (end < text.size() && used + escaped_size(text[end]) <= bytes) used += escaped_size(text[end++]);
  while (end > 0 && end < text.size() && is_inside_character(text[end])) --end;
  return text.substr(0, end);
}

// The size to which the longest of `sizes` have to be cut so that all together need at most `room`.
std::size_t level(std::vector<std::size_t> sizes, std::size_t room) {
  std::ranges::sort(sizes);
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    const std::size_t share = room / (sizes.size() - i);
    if (sizes[i] > share) return share;
    room -= sizes[i];
  }
  return kNoBound;
}

}  // namespace

Trimmer::Trimmer(Draft& draft)
    : draft_(draft),
      bounds_{draft.context.content_characters, kNoBound, kStringCharacters, kItems},
      budget_(draft.context.event_bytes - std::min(kQualityBytes, draft.context.event_bytes / 8)) {}

void Trimmer::start_pass() {
  size_ = 2;
  contents_.clear();
  ++passes_;
}

bool Trimmer::has_to_go_on() {
  if (size_ <= budget_ || passes_ == kMostPasses) return false;
  if (exact_) return tighten();
  exact_ = true;
  return true;
}

// Long texts first; when all else alone is too large, one more step down with that.
bool Trimmer::tighten() {
  const std::size_t content = std::accumulate(contents_.begin(), contents_.end(), std::size_t{0});
  const std::size_t rest = size_ - content;
  if (rest < budget_ && content > 0) {
    bounds_.content_bytes = level(contents_, budget_ - rest);
    return true;
  }
  if (rung_ == kRungs.size()) return false;
  bounds_.characters = std::min(bounds_.characters, kRungs[rung_].characters);
  bounds_.items = kRungs[rung_].items;
  ++rung_;
  return true;
}

void Trimmer::take_blobs_out(Text& text) {
  std::vector<genai::Part> blobs;
  text = genai::without_blobs(text, blobs, draft_.arena);
}

std::int64_t Trimmer::trim_closely(Text& text, const Field& field, std::size_t most) {
  const bool is_content = field.type == Type::content;
  std::int64_t characters = 0;
  if (text.size() > most) characters = cut(text, first_characters(text, most), field);
  if (is_content && exact_ && bounds_.content_bytes != kNoBound) {
    const std::int64_t again = cut(text, first_escaped(text, bounds_.content_bytes), field);
    characters = std::max(characters, again);
  }
  measure(text, is_content);
  return characters;
}

void Trimmer::trim_values(StringMap& map, const Field& field) {
  for (auto& [key, value] : map) {
    if (value.size() >= kSmallestBlob && passes_ == 1) take_blobs_out(value);
    measure(key, false);
    if (value.size() > bounds_.characters) cut(value, first_characters(value, bounds_.characters), field);
    measure(value, false);
  }
}

std::int64_t Trimmer::cut(Text& text, Text shorter, const Field& field) {
  if (shorter.size() == text.size()) return 0;
  const auto characters = static_cast<std::int64_t>(count_characters(text));
  text = shorter;
  note_cut(field);
  return characters;
}

void Trimmer::measure(Text text, bool is_content) {
  const std::size_t bytes = exact_ ? escaped_size(text) : text.size() * kWorstEscape;
  size_ += bytes + kQuotesAndComma;
  if (exact_ && is_content) contents_.push_back(bytes);
}

void Trimmer::note_cut(const Field& field) {
  Text path;
  for (std::size_t i = 0; i < depth_; ++i) path = join(draft_.arena, {path, above_[i], "."});
  draft_.note_cut(join(draft_.arena, {path, field.name()}));
}

}  // namespace aitf::ocsf
