// Writes JSON. Text is looked at 16 bytes at a time, and everything between two escapes is copied at once.
#include "base/json_writer.hpp"

#include <array>
#include <cassert>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace aitf {
namespace {

constexpr std::size_t kBlock = 16;

// A bit for each of 16 characters that JSON wants escaped: below U+0020, quote, backslash.
#if defined(__SSE2__)
unsigned escape_mask(const char* block) {
  const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(block));
  const __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1F)), bytes);
  const __m128i quote = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
  const __m128i backslash = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
  return static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(control, _mm_or_si128(quote, backslash))));
}
#else
unsigned escape_mask(const char* block) {
  unsigned mask = 0;
  for (std::size_t i = 0; i < kBlock; ++i) {
    const auto byte = static_cast<unsigned char>(block[i]);
    mask |= static_cast<unsigned>(byte < 0x20 || byte == '"' || byte == '\\') << i;
  }
  return mask;
}
#endif

void append_escape(std::string& out, char character) {
  constexpr char hex[] = "0123456789abcdef";
  switch (character) {
    case '"': out.append("\\\"", 2); return;
    case '\\': out.append("\\\\", 2); return;
    case '\n': out.append("\\n", 2); return;
    case '\r': out.append("\\r", 2); return;
    case '\t': out.append("\\t", 2); return;
    case '\b': out.append("\\b", 2); return;
    case '\f': out.append("\\f", 2); return;
    default: break;
  }
  const auto byte = static_cast<unsigned char>(character);
  const char escape[] = {'\\', 'u', '0', '0', hex[byte >> 4], hex[byte & 15]};
  out.append(escape, sizeof escape);
}

// Writes what lies between `copied` and each marked character of the block, and the escape; returns the new `copied`.
const char* append_marked(std::string& out, const char* copied, const char* block, unsigned mask) {
  for (; mask != 0; mask &= mask - 1) {
    const char* marked = block + __builtin_ctz(mask);
    out.append(copied, static_cast<std::size_t>(marked - copied));
    append_escape(out, *marked);
    copied = marked + 1;
  }
  return copied;
}

template <class Integer>
void append_integer(std::string& out, Integer value) {
  std::array<char, 24> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  out.append(digits.data(), static_cast<std::size_t>(end - digits.data()));
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  out.push_back('"');
  const char* const end = text.data() + text.size();
  const char* copied = text.data();
  const char* block = copied;
  for (; static_cast<std::size_t>(end - block) >= kBlock; block += kBlock)
    if (const unsigned mask = escape_mask(block); mask != 0) [[unlikely]]
      copied = append_marked(out, copied, block, mask);
  if (const auto rest = static_cast<std::size_t>(end - block); rest != 0) {
    std::array<char, kBlock> last{};
    std::memcpy(last.data(), block, rest);
    if (const unsigned mask = escape_mask(last.data()) & ((1u << rest) - 1); mask != 0)
      copied = append_marked(out, copied, block, mask);
  }
  out.append(copied, static_cast<std::size_t>(end - copied));
  out.push_back('"');
}

void append_json_double(std::string& out, double value) {
  assert(std::isfinite(value));
  std::array<char, 32> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  const std::string_view text(digits.data(), static_cast<std::size_t>(end - digits.data()));
  out.append(text);
  if (text.find_first_of(".e") == std::string_view::npos) out.append(".0", 2);
}

void JsonWriter::comma() {
  if (!first_) out_.push_back(',');
  first_ = false;
}

void JsonWriter::open(char bracket) {
  comma();
  out_.push_back(bracket);
  first_ = true;
}

void JsonWriter::close(char bracket) {
  out_.push_back(bracket);
  first_ = false;
}

void JsonWriter::key(std::string_view name) {
  comma();
  append_json_string(out_, name);
  out_.push_back(':');
  first_ = true;  // no comma between a key and its value
}

void JsonWriter::raw_key(std::string_view quoted_key) {
  comma();
  out_.append(quoted_key);
  first_ = true;
}

void JsonWriter::string(std::string_view text) {
  comma();
  append_json_string(out_, text);
}

void JsonWriter::integer(std::int64_t value) {
  comma();
  append_integer(out_, value);
}

void JsonWriter::unsigned_integer(std::uint64_t value) {
  comma();
  append_integer(out_, value);
}

void JsonWriter::real(double value) {
  comma();
  append_json_double(out_, value);
}

void JsonWriter::boolean(bool value) {
  comma();
  out_.append(value ? "true" : "false");
}

void JsonWriter::null() {
  comma();
  out_.append("null", 4);
}

void JsonWriter::raw(std::string_view json) {
  comma();
  out_.append(json);
}

}  // namespace aitf
