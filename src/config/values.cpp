#include "config/values.hpp"

#include <array>
#include <charconv>
#include <utility>

namespace aitf::config {
namespace {

struct Unit {
  std::string_view name;
  std::uint64_t size;
};

// Smallest first.
constexpr std::array kDurationUnits = {Unit{"ms", 1}, Unit{"s", 1000}, Unit{"m", 60'000}, Unit{"h", 3'600'000},
                                       Unit{"d", 86'400'000}};
constexpr std::array kByteUnits = {Unit{"", 1},
                                   Unit{"B", 1},
                                   Unit{"kB", 1'000},
                                   Unit{"KB", 1'000},
                                   Unit{"KiB", 1u << 10},
                                   Unit{"MB", 1'000'000},
                                   Unit{"MiB", 1u << 20},
                                   Unit{"GB", 1'000'000'000},
                                   Unit{"GiB", 1u << 30},
                                   Unit{"TB", 1'000'000'000'000},
                                   Unit{"TiB", std::uint64_t{1} << 40}};
constexpr std::uint64_t kLongestDuration = 36'500 * std::uint64_t{86'400'000};  // nanoseconds of it still fit

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Takes a number and its unit off the front of `text`.
template <std::size_t N>
std::optional<std::uint64_t> take_quantity(std::string_view& text, const std::array<Unit, N>& units) {
  std::uint64_t number = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (code != std::errc()) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  std::size_t letters = 0;
  while (letters < text.size() && is_letter(text[letters])) ++letters;
  const std::string_view name = text.substr(0, letters);
  text.remove_prefix(letters);
  for (const Unit& unit : units)
    if (std::uint64_t product = 0; unit.name == name && !__builtin_mul_overflow(number, unit.size, &product))
      return product;
  return std::nullopt;
}

}  // namespace

std::optional<std::chrono::milliseconds> duration_from(std::string_view text) {
  if (text == "0") return std::chrono::milliseconds(0);
  std::uint64_t total = 0;
  do {
    const auto part = take_quantity(text, kDurationUnits);
    if (!part || *part > kLongestDuration) return std::nullopt;
    total += *part;
    if (total > kLongestDuration) return std::nullopt;
  } while (!text.empty());
  return std::chrono::milliseconds(total);
}

std::string text_of(std::chrono::milliseconds duration) {
  const auto count = static_cast<std::uint64_t>(duration.count());
  if (count == 0) return "0s";
  Unit best = kDurationUnits[0];
  for (const Unit& unit : kDurationUnits)
    if (count % unit.size == 0) best = unit;
  return std::to_string(count / best.size) + std::string(best.name);
}

std::optional<Bytes> bytes_from(std::string_view text) {
  const auto count = take_quantity(text, kByteUnits);
  if (!count || !text.empty()) return std::nullopt;
  return Bytes{*count};
}

std::string text_of(Bytes size) {
  Unit best = kByteUnits[0];
  for (const Unit& unit : kByteUnits)
    if (size.count != 0 && size.count % unit.size == 0 && unit.size > best.size) best = unit;
  return std::to_string(size.count / best.size) + std::string(best.name);
}

}  // namespace aitf::config
