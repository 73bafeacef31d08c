#pragma once
// Strings of JSON text: where they end, and what their escapes stand for.

#include <bit>
#include <cstddef>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "base/arena.hpp"
#include "genai/operation.hpp"

namespace aitf::genai {

// Runs of plain characters, looked at 16 bytes at a time.
namespace json {

inline constexpr std::size_t block_size = 16;

// What ends a run of plain characters.
constexpr bool is_special(char c) { return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20; }

#if defined(__SSE2__)
// A bit for each special character of the block, the first one lowest.
inline unsigned specials(const char* block) {
  const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(block));
  const __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1F)), bytes);
  const __m128i quote = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
  const __m128i slash = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
  return static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(control, _mm_or_si128(quote, slash))));
}
#else
inline unsigned specials(const char* block) {
  unsigned bits = 0;
  for (std::size_t i = 0; i < block_size; ++i) bits |= static_cast<unsigned>(is_special(block[i])) << i;
  return bits;
}
#endif

inline bool has_block(const char* at, const char* end) { return static_cast<std::size_t>(end - at) >= block_size; }

// The first special character from `at` on, or `end`.
inline const char* skip_plain(const char* at, const char* end) {
  for (; has_block(at, end); at += block_size)
    if (const unsigned bits = specials(at); bits != 0) return at + std::countr_zero(bits);
  while (at < end && !is_special(*at)) ++at;
  return at;
}

}  // namespace json

// Reads the strings of one JSON text, front to back. A string without escapes is a view into that text; others are
// unescaped into room in the arena that is taken once.
class JsonStrings {
 public:
  // `end`: of the JSON text.
  JsonStrings(const char* end, Arena& arena) : end_(end), arena_(arena) {}

  // `at` stands behind the opening quote, and then behind the closing one. False when the string is not closed, holds
  // a control character or a wrong escape. Lone surrogates become U+FFFD.
  bool read(const char*& at, Text& out) {
    const char* const begin = at;
    const char* const special = json::skip_plain(begin, end_);
    if (special == end_) return false;
    if (*special != '"') return read_escaped(begin, special, at, out);
    out = Text(begin, static_cast<std::size_t>(special - begin));
    at = special + 1;
    return true;
  }

 private:
  bool read_escaped(const char* begin, const char* special, const char*& at, Text& out);

  const char* end_;
  Arena& arena_;
  char* room_ =
      nullptr;  // as large as the text from the first escaped string on: no escape is shorter than its meaning
};

}  // namespace aitf::genai
