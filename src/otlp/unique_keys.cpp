// A hash table of attribute names that is emptied by counting up a round.

#include "otlp/unique_keys.hpp"

#include <algorithm>
#include <bit>
#include <random>

#include "otlp/words.hpp"

namespace aitf::otlp {
namespace {

constexpr std::size_t kFewKeys = 4;  // below this, comparing all is quicker than hashing

// Seeded, so that a sender cannot prepare names that collide.
std::uint64_t hash_of(std::string_view key) {
  static const std::uint64_t seed = (std::uint64_t{std::random_device{}()} << 32) | std::random_device{}();
  constexpr std::uint64_t kOdd = 0x9E3779B97F4A7C15;
  std::uint64_t hash = (seed ^ key.size()) * kOdd;
  each_word(key, [&hash](std::uint64_t word) { hash = std::rotl((hash ^ word) * kOdd, 29); });
  return hash ^ (hash >> 32);
}

bool has_few_repeats(const std::vector<span::KeyValue>& attributes) {
  for (std::size_t i = 1; i < attributes.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (attributes[i].key == attributes[j].key) return true;
  return false;
}

}  // namespace

void UniqueKeys::make_room(std::size_t count) {
  if (slots_.size() < 2 * count || ++round_ == 0) {
    slots_.assign(std::max(std::bit_ceil(2 * count), slots_.size()), Slot{});
    round_ = 1;
  }
}

bool UniqueKeys::is_new(const std::vector<span::KeyValue>& attributes, std::size_t index) {
  const span::Text key = attributes[index].key;
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash_of(key) & mask;
  for (; slots_[at].round == round_; at = (at + 1) & mask)
    if (attributes[slots_[at].index].key == key) return false;
  slots_[at] = {round_, static_cast<std::uint32_t>(index)};
  return true;
}

bool UniqueKeys::keep_first(std::vector<span::KeyValue>& attributes) {
  if (attributes.size() <= kFewKeys && !has_few_repeats(attributes)) return false;
  make_room(attributes.size());
  std::size_t kept = 0;
  for (std::size_t i = 0; i < attributes.size(); ++i) {
    attributes[kept] = attributes[i];
    if (is_new(attributes, kept)) ++kept;
  }
  const bool removed = kept < attributes.size();
  attributes.resize(kept);
  return removed;
}

}  // namespace aitf::otlp
