// Unescapes.
#include "genai/json_string.hpp"

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

namespace aitf::genai {
namespace {

constexpr std::size_t block_size = json::block_size;
using json::has_block;
using json::is_special;
using json::specials;

// As skip_plain, and copies the characters before to `out`, which has room for all up to `end`.
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
  for (const char c : {'"', '\\', '/'}) table[static_cast<unsigned char>(c)] = c;
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

// `special`: the first special character of the string.
bool JsonStrings::read_escaped(const char* begin, const char* special, const char*& at, Text& out) {
  if (room_ == nullptr) room_ = arena_.characters(static_cast<std::size_t>(end_ - begin));
  char* to = room_;
  std::memcpy(to, begin, static_cast<std::size_t>(special - begin));
  to += special - begin;
  while (*special == '\\') {
    ++special;
    if (!unescape(special, end_, to)) return false;
    special = copy_plain(special, end_, to);
    if (special == end_) return false;
  }
  if (*special != '"') return false;
  at = special + 1;
  out = Text(room_, static_cast<std::size_t>(to - room_));
  room_ = to;
  return true;
}

}  // namespace aitf::genai
