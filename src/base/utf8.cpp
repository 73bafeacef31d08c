// Checks and repairs UTF-8. Source: Unicode 15, section 3.9, table 3-7 and "U+FFFD substitution of maximal subparts".
#include "base/utf8.hpp"

#include <simdjson.h>

#include <cstdint>
#include <cstring>

namespace aitf {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

// What stands at the start of a text: a whole character, or the longest part of one that must be replaced as one.
struct Piece {
  std::size_t size;
  bool valid;
};

// How many bytes a first byte announces (0: it cannot start a character), and what its second byte may be.
struct Lead {
  std::size_t size;
  unsigned char low;
  unsigned char high;
};

Lead lead_of(unsigned char first) {
  if (first < 0x80) return {1, 0, 0};
  if (first < 0xC2) return {0, 0, 0};  // a continuation byte, or an overlong form
  if (first < 0xE0) return {2, 0x80, 0xBF};
  if (first == 0xE0) return {3, 0xA0, 0xBF};  // below: overlong
  if (first == 0xED) return {3, 0x80, 0x9F};  // above: surrogates
  if (first < 0xF0) return {3, 0x80, 0xBF};
  if (first == 0xF0) return {4, 0x90, 0xBF};  // below: overlong
  if (first < 0xF4) return {4, 0x80, 0xBF};
  if (first == 0xF4) return {4, 0x80, 0x8F};  // above: past U+10FFFF
  return {0, 0, 0};
}

Piece first_piece(std::string_view text) {
  const Lead lead = lead_of(static_cast<unsigned char>(text[0]));
  if (lead.size == 0) return {1, false};
  for (std::size_t i = 1; i < lead.size; ++i) {
    if (i == text.size()) return {i, false};
    const auto byte = static_cast<unsigned char>(text[i]);
    const bool second = i == 1;
    if (byte < (second ? lead.low : 0x80) || byte > (second ? lead.high : 0xBF)) return {i, false};
  }
  return {lead.size, true};
}

// Calls take(part) for each part of the repaired text, in order.
template <class Take>
void each_repaired_part(std::string_view text, Take take) {
  while (!text.empty()) {
    const Piece piece = first_piece(text);
    take(piece.valid ? text.substr(0, piece.size) : kReplacement);
    text.remove_prefix(piece.size);
  }
}

bool continues(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

constexpr std::size_t kWord = sizeof(std::uint64_t);

std::uint64_t load_word(const char* bytes) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, kWord);
  return word;
}

// How many of the 8 bytes start a character.
std::size_t starts_in(const char* bytes) {
  const std::uint64_t word = load_word(bytes);
  const std::uint64_t continuing = (word >> 7) & ~(word >> 6) & 0x0101'0101'0101'0101;
  return kWord -
         static_cast<std::size_t>((continuing * 0x0101'0101'0101'0101) >> 56);  // the multiplication sums the bytes
}

// For short texts, which mostly are keys and names in ASCII.
bool is_short_ascii(std::string_view text) {
  if (text.size() > 8 * kWord) return false;
  std::uint64_t all = 0;
  std::size_t i = 0;
  for (; i + kWord <= text.size(); i += kWord) all |= load_word(text.data() + i);
  for (; i < text.size(); ++i) all |= static_cast<unsigned char>(text[i]);
  return (all & 0x8080'8080'8080'8080) == 0;
}

}  // namespace

bool is_valid_utf8(std::string_view text) {
  return is_short_ascii(text) || simdjson::validate_utf8(text.data(), text.size());
}

std::string_view repair_utf8(std::string_view text, Arena& arena, bool* repaired) {
  if (is_valid_utf8(text)) return text;
  *repaired = true;
  std::size_t size = 0;
  each_repaired_part(text, [&](std::string_view part) { size += part.size(); });
  char* const start = arena.characters(size);
  char* place = start;
  each_repaired_part(text, [&](std::string_view part) {
    std::memcpy(place, part.data(), part.size());
    place += part.size();
  });
  return {start, size};
}

std::size_t count_characters(std::string_view text) {
  std::size_t count = 0;
  std::size_t i = 0;
  for (; i + kWord <= text.size(); i += kWord) count += starts_in(text.data() + i);
  for (; i < text.size(); ++i) count += continues(text[i]) ? 0 : 1;
  return count;
}

std::string_view first_characters(std::string_view text, std::size_t characters) {
  if (text.size() <= characters) return text;  // a character is at least a byte
  std::size_t seen = 0;
  std::size_t i = 0;
  for (; i + kWord <= text.size() && seen + kWord <= characters; i += kWord) seen += starts_in(text.data() + i);
  for (; i < text.size(); ++i)
    if (!continues(text[i]) && seen++ == characters) return text.substr(0, i);
  return text;
}

}  // namespace aitf
