// Scalars of OTLP JSON, read from their raw text.

#include "otlp/json_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <string>

namespace aitf::otlp {
namespace {

constexpr std::uint32_t kReplacement = 0xFFFD;

char* put_utf8(std::uint32_t c, char* out) {
  const auto byte = [&out](std::uint32_t value) { *out++ = static_cast<char>(value); };
  if (c < 0x80) {
    byte(c);
  } else if (c < 0x800) {
    byte(0xC0 | (c >> 6));
    byte(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    byte(0xE0 | (c >> 12));
    byte(0x80 | ((c >> 6) & 0x3F));
    byte(0x80 | (c & 0x3F));
  } else {
    byte(0xF0 | (c >> 18));
    byte(0x80 | ((c >> 12) & 0x3F));
    byte(0x80 | ((c >> 6) & 0x3F));
    byte(0x80 | (c & 0x3F));
  }
  return out;
}

// The number of the four digits after "\u" at `at`; none when they are not there.
std::optional<std::uint32_t> code_unit(std::string_view text, std::size_t at) {
  if (text.size() < at + 6 || text[at] != '\\' || text[at + 1] != 'u') return std::nullopt;
  std::uint32_t unit = 0;
  const char* const end = text.data() + at + 6;
  const auto [stopped, error] = std::from_chars(text.data() + at + 2, end, unit, 16);
  if (error != std::errc() || stopped != end) return std::nullopt;
  return unit;
}

bool is_high_surrogate(std::uint32_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool is_low_surrogate(std::uint32_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

char short_escape(char c) {
  switch (c) {
    case '"':
    case '\\':
    case '/': return c;
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    default: return 0;
  }
}

// Writes the character of the escape at `at` and moves past it. False when it is no escape of JSON.
bool put_escape(std::string_view text, std::size_t& at, char*& out, bool* repaired) {
  if (at + 1 >= text.size()) return false;
  if (const char plain = short_escape(text[at + 1]); plain != 0) {
    *out++ = plain;
    at += 2;
    return true;
  }
  const auto unit = code_unit(text, at);
  if (!unit) return false;
  at += 6;
  std::uint32_t character = *unit;
  if (is_high_surrogate(*unit)) {
    const auto low = code_unit(text, at);
    if (low && is_low_surrogate(*low)) {
      character = 0x10000 + ((*unit - 0xD800) << 10) + (*low - 0xDC00);
      at += 6;
    }
  }
  if (is_high_surrogate(character) || is_low_surrogate(character)) {
    character = kReplacement;
    *repaired = true;
  }
  out = put_utf8(character, out);
  return true;
}

template <class T>
std::optional<T> parse_whole(std::string_view number) {
  T value{};
  const char* const begin = number.data();
  const char* const end = begin + number.size();
  const auto [stopped, error] = std::from_chars(begin, end, value);
  if (error == std::errc() && stopped == end) return value;
  const auto real = parse_double(number);
  // 2^63 and 2^64 are doubles; the largest integers themselves are not.
  constexpr double kBeyond = std::is_signed_v<T> ? 9223372036854775808.0 : 18446744073709551616.0;
  constexpr double kLeast = std::is_signed_v<T> ? -9223372036854775808.0 : 0.0;
  if (!real || !(*real >= kLeast && *real < kBeyond) || std::trunc(*real) != *real) return std::nullopt;
  return static_cast<T>(*real);
}

constexpr std::array<int, 256> base64_values() {
  std::array<int, 256> values{};
  values.fill(-1);
  constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (std::size_t i = 0; i < kAlphabet.size(); ++i)
    values[static_cast<unsigned char>(kAlphabet[i])] = static_cast<int>(i);
  values['-'] = 62;
  values['_'] = 63;
  return values;
}
constexpr auto kBase64 = base64_values();

}  // namespace

std::optional<std::string_view> unescape(std::string_view quoted, Arena& arena, bool* repaired) {
  const std::size_t first = quoted.find('\\');
  if (first == std::string_view::npos) return quoted;
  char* const start = arena.characters(quoted.size());  // an escape is never shorter than its character
  char* out = start;
  for (std::size_t at = 0, next = first;; next = quoted.find('\\', at)) {
    const std::size_t plain = std::min(next, quoted.size()) - at;
    std::memcpy(out, quoted.data() + at, plain);
    out += plain;
    at += plain;
    if (at == quoted.size()) break;
    if (!put_escape(quoted, at, out, repaired)) return std::nullopt;
  }
  return std::string_view(start, static_cast<std::size_t>(out - start));
}

std::optional<std::int64_t> parse_int64(std::string_view number) { return parse_whole<std::int64_t>(number); }
std::optional<std::uint64_t> parse_uint64(std::string_view number) { return parse_whole<std::uint64_t>(number); }

std::optional<double> parse_double(std::string_view number) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  if (number == "NaN") return std::numeric_limits<double>::quiet_NaN();
  if (number == "Infinity") return kInfinity;
  if (number == "-Infinity") return -kInfinity;
  const std::size_t first = number.starts_with('-') ? 1 : 0;
  if (number.size() <= first || number[first] < '0' || number[first] > '9') return std::nullopt;
  double value = 0;
  const char* const begin = number.data();
  const char* const end = begin + number.size();
  const auto [stopped, error] = std::from_chars(begin, end, value);
  if (stopped != end || error == std::errc::invalid_argument) return std::nullopt;
  // Too large or too small for a double: infinity or zero.
  if (error == std::errc::result_out_of_range) return std::strtod(std::string(number).c_str(), nullptr);
  return value;
}

std::optional<std::string_view> decode_base64(std::string_view text, Arena& arena) {
  while (text.ends_with('=')) text.remove_suffix(1);
  if (text.size() % 4 == 1) return std::nullopt;
  char* const start = arena.characters(text.size());
  char* out = start;
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : text) {
    const int value = kBase64[static_cast<unsigned char>(c)];
    if (value < 0) return std::nullopt;
    bits = (bits << 6) | static_cast<std::uint32_t>(value);
    held += 6;
    if (held < 8) continue;
    held -= 8;
    *out++ = static_cast<char>(bits >> held);
  }
  return std::string_view(start, static_cast<std::size_t>(out - start));
}

}  // namespace aitf::otlp
