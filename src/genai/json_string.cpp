// Looks at strings 16 bytes at a time.
#include "genai/json_string.hpp"

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace aitf::genai {
namespace {

constexpr std::size_t block_size = 16;

// What ends a run of plain characters.
constexpr bool is_special(char c) { return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20; }

#if defined(__SSE2__)
// A bit for each special character of the block, the first one lowest.
unsigned specials(const char* block) {
  const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(block));
  const __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1F)), bytes);
  const __m128i quote = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
  const __m128i slash = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
  return static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(control, _mm_or_si128(quote, slash))));
}
#else
unsigned specials(const char* block) {
  unsigned bits = 0;
  for (std::size_t i = 0; i < block_size; ++i) bits |= static_cast<unsigned>(is_special(block[i])) << i;
  return bits;
}
#endif

bool has_block(const char* at, const char* end) { return static_cast<std::size_t>(end - at) >= block_size; }

// The first special character from `at` on, or `end`.
const char* skip_plain(const char* at, const char* end) {
  for (; has_block(at, end); at += block_size)
    if (const unsigned bits = specials(at); bits != 0) return at + std::countr_zero(bits);
  while (at < end && !is_special(*at)) ++at;
  return at;
}

// The same, and copies the characters before it to `out`, which has room for all up to `end`.
const char* copy_plain(const char* at, const char* end, char*& out) {
  for (; has_block(at, end); at += block_size, out += block_size) {
    std::memcpy(out, at, block_size);
    const unsigned bits = specials(at);
    if (bits == 0) continue;
    const int plain = std::countr_zero(bits);
    out += plain;
    return at + plain;
  }
  while (at < end && !is_special(*at)) *out++ = *at++;
  return at;
}

void append_utf8(char*& out, std::uint32_t point) {
  const auto put = [&](std::uint32_t byte) { *out++ = static_cast<char>(byte); };
  if (point < 0x80) return put(point);
  if (point < 0x800) return put(0xC0 | point >> 6), put(0x80 | (point & 0x3F));
  if (point < 0x10000) return put(0xE0 | point >> 12), put(0x80 | (point >> 6 & 0x3F)), put(0x80 | (point & 0x3F));
  put(0xF0 | point >> 18), put(0x80 | (point >> 12 & 0x3F)), put(0x80 | (point >> 6 & 0x3F)),
      put(0x80 | (point & 0x3F));
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  c = static_cast<char>(c | 0x20);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

constexpr std::uint32_t no_unit = 0xFFFF'FFFF;

// The UTF-16 unit that four hex digits at `at` name.
std::uint32_t hex4(const char* at, const char* end) {
  if (end - at < 4) return no_unit;
  std::uint32_t unit = 0;
  for (int i = 0; i < 4; ++i) {
    const int digit = hex_digit(at[i]);
    if (digit < 0) return no_unit;
    unit = unit << 4 | static_cast<std::uint32_t>(digit);
  }
  return unit;
}

bool is_high_surrogate(std::uint32_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool is_low_surrogate(std::uint32_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

// Reads four hex digits at `at`, and a second escape that makes a pair with them.
bool unescape_unicode(const char*& at, const char* end, char*& out) {
  std::uint32_t point = hex4(at, end);
  if (point == no_unit) return false;
  at += 4;
  if (is_high_surrogate(point) && end - at >= 2 && at[0] == '\\' && at[1] == 'u') {
    const std::uint32_t second = hex4(at + 2, end);
    if (second != no_unit && is_low_surrogate(second)) {
      point = 0x10000 + ((point - 0xD800) << 10) + (second - 0xDC00);
      at += 6;
    }
  }
  append_utf8(out, is_high_surrogate(point) || is_low_surrogate(point) ? 0xFFFD : point);
  return true;
}

constexpr auto simple_escapes = [] {
  std::array<char, 128> table{};  // 0: none
  for (const char c : {'"', '\\', '/'}) table[static_cast<std::size_t>(c)] = c;
  table['b'] = '\b';
  table['f'] = '\f';
  table['n'] = '\n';
  table['r'] = '\r';
  table['t'] = '\t';
  return table;
}();

// `at` stands behind the backslash.
bool unescape(const char*& at, const char* end, char*& out) {
  if (at == end) return false;
  const auto c = static_cast<unsigned char>(*at++);
  if (c == 'u') return unescape_unicode(at, end, out);
  if (c >= simple_escapes.size() || simple_escapes[c] == 0) return false;
  *out++ = simple_escapes[c];
  return true;
}

}  // namespace

bool JsonStrings::read(const char*& at, Text& out) {
  const char* const begin = at;
  at = skip_plain(at, end_);
  if (at == end_) return false;
  if (*at != '"') return read_escaped(begin, at, out);
  out = Text(begin, static_cast<std::size_t>(at++ - begin));
  return true;
}

// `at` stands on the first special character of the string.
bool JsonStrings::read_escaped(const char* begin, const char*& at, Text& out) {
  if (room_ == nullptr) room_ = arena_.characters(static_cast<std::size_t>(end_ - begin));
  char* to = room_;
  std::memcpy(to, begin, static_cast<std::size_t>(at - begin));
  to += at - begin;
  while (*at == '\\') {
    ++at;
    if (!unescape(at, end_, to)) return false;
    at = copy_plain(at, end_, to);
    if (at == end_) return false;
  }
  if (*at != '"') return false;
  ++at;
  out = Text(room_, static_cast<std::size_t>(to - room_));
  room_ = to;
  return true;
}

}  // namespace aitf::genai
