// Small texts that the mapper makes, and checks of what a text is.

#include "ocsf/map_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/utf8.hpp"

namespace aitf::ocsf {
namespace {

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }
char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

template <class Number>
Text number(Arena& arena, Number value) {
  std::array<char, 32> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  return arena.copy(Text(digits.data(), static_cast<std::size_t>(end - digits.data())));
}

// `text` with every character passed through `change`, in the arena.
template <class Change>
Text changed(Arena& arena, Text text, Change change) {
  char* place = arena.characters(text.size());
  std::ranges::transform(text, place, change);
  return {place, text.size()};
}

}  // namespace

Text join(Arena& arena, std::initializer_list<Text> pieces) {
  std::size_t size = 0, filled = 0;
  Text last;
  for (Text piece : pieces) {
    if (piece.empty()) continue;
    size += piece.size();
    ++filled;
    last = piece;
  }
  if (filled <= 1) return last;
  char* place = arena.characters(size);
  char* at = place;
  for (Text piece : pieces) at = std::ranges::copy(piece, at).out;
  return {place, size};
}

Text decimal(Arena& arena, std::int64_t value) { return number(arena, value); }
Text unsigned_decimal(Arena& arena, std::uint64_t value) { return number(arena, value); }
Text shortest(Arena& arena, double value) { return number(arena, value); }

Text one_line(Arena& arena, Text text, std::size_t characters) {
  text = first_characters(text, characters);
  if (std::ranges::none_of(text, is_control)) return text;
  return changed(arena, text, [](char c) { return is_control(c) ? ' ' : c; });
}

Text lower(Arena& arena, Text text) {
  if (std::ranges::none_of(text, [](char c) { return c != to_lower(c); })) return text;
  return changed(arena, text, to_lower);
}

bool holds(Text text, Text part) { return !std::ranges::search(text, part, {}, to_lower).empty(); }

bool is_http_url(Text text) { return text.starts_with("http://") || text.starts_with("https://"); }

}  // namespace aitf::ocsf
