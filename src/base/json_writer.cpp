// Writes JSON. Text is looked at 16 bytes at a time; runs without escapes are copied together.
#include "base/json_writer.hpp"

#include <algorithm>
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
constexpr std::uint64_t kNothingToEscape = 0x7878'7878'7878'7878;  // xxxxxxxx

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

// An escape and its length; always copied as 8 bytes.
struct Escape {
  char text[7];
  std::uint8_t size;
};

constexpr Escape escape_of(unsigned char byte) {
  constexpr char hex[] = "0123456789abcdef";
  switch (byte) {
    case '"': return {{'\\', '"'}, 2};
    case '\\': return {{'\\', '\\'}, 2};
    case '\n': return {{'\\', 'n'}, 2};
    case '\r': return {{'\\', 'r'}, 2};
    case '\t': return {{'\\', 't'}, 2};
    case '\b': return {{'\\', 'b'}, 2};
    case '\f': return {{'\\', 'f'}, 2};
    default: return {{'\\', 'u', '0', '0', hex[byte >> 4], hex[byte & 15]}, 6};
  }
}

constexpr auto kEscapes = [] {
  std::array<Escape, '\\' + 1> escapes{};
  for (std::size_t byte = 0; byte < escapes.size(); ++byte) escapes[byte] = escape_of(static_cast<unsigned char>(byte));
  return escapes;
}();

// Appends `size` characters (16, or fewer at the end of the text) with the marked ones escaped. 32 bytes at `block` can
// be read: copying always 16 is faster than copying as many as wanted.
void append_block(std::string& out, const char* block, std::size_t size, unsigned mask) {
  std::array<char, kBlock * 6 + kBlock> escaped;
  char* place = escaped.data();
  std::size_t copied = 0;
  for (; mask != 0; mask &= mask - 1) {
    const auto marked = static_cast<std::size_t>(__builtin_ctz(mask));
    std::memcpy(place, block + copied, kBlock);
    place += marked - copied;
    const Escape& escape = kEscapes[static_cast<unsigned char>(block[marked])];
    std::memcpy(place, &escape, sizeof escape);
    place += escape.size;
    copied = marked + 1;
  }
  std::memcpy(place, block + copied, kBlock);
  place += size - copied;
  out.append(escaped.data(), static_cast<std::size_t>(place - escaped.data()));
}

void append_short_block(std::string& out, const char* block, std::size_t size, unsigned mask) {
  std::array<char, 2 * kBlock> padded{};
  std::memcpy(padded.data(), block, size);
  append_block(out, padded.data(), size, mask);
}

// Appends what waits before the block, and the block at least through its last marked character; returns the end of
// what is in `out`. A lone escape after a long run goes between two runs, others are put together in a block.
const char* append_marked(std::string& out, const char* copied, const char* block, const char* end, unsigned mask) {
  const auto waiting = static_cast<std::size_t>(block - copied);
  if (waiting >= 2 * kBlock && (mask & (mask - 1)) == 0) {
    const char* const marked = block + __builtin_ctz(mask);
    const Escape& escape = kEscapes[static_cast<unsigned char>(*marked)];
    out.append(copied, static_cast<std::size_t>(marked - copied));
    out.append(escape.text, escape.size);
    return marked + 1;
  }
  if (waiting != 0) out.append(copied, waiting);
  const auto left = static_cast<std::size_t>(end - block);
  const std::size_t size = std::min(kBlock, left);
  left >= 2 * kBlock ? append_block(out, block, size, mask) : append_short_block(out, block, size, mask);
  return block + size;
}

template <class Word>
std::uint64_t load(const char* bytes) {
  Word word = 0;
  std::memcpy(&word, bytes, sizeof word);
  return word;
}

// 1 to 15 characters as two words that overlap, or in which some stand twice.
std::array<std::uint64_t, 2> words_of(std::string_view text) {
  const std::size_t size = text.size();
  const char* const start = text.data();
  if (size >= 8) return {load<std::uint64_t>(start), load<std::uint64_t>(start + size - 8)};
  if (size >= 4) return {load<std::uint32_t>(start) | load<std::uint32_t>(start + size - 4) << 32, kNothingToEscape};
  const std::uint64_t middle = load<std::uint8_t>(start + size / 2) << 8;
  return {load<std::uint8_t>(start) | middle | load<std::uint8_t>(start + size - 1) << 16 | kNothingToEscape << 24,
          kNothingToEscape};
}

// Whether one of 8 characters wants an escape. A borrow only comes from one that does, so the answer is exact.
bool wants_escape(std::uint64_t word) {
  constexpr std::uint64_t kEach = 0x0101'0101'0101'0101;
  const auto below = [](std::uint64_t x, std::uint64_t limit) { return (x - kEach * limit) & ~x; };
  return ((below(word, 0x20) | below(word ^ (kEach * '"'), 1) | below(word ^ (kEach * '\\'), 1)) & (kEach * 0x80)) != 0;
}

// The mask of the last block, of `size` characters. A block is read further back when there is enough text.
unsigned last_escape_mask(std::string_view text, std::size_t size) {
  const char* const end = text.data() + text.size();
  if (text.size() >= kBlock) return escape_mask(end - kBlock) >> (kBlock - size);
  const auto words = words_of(text);
  if (!wants_escape(words[0]) && !wants_escape(words[1])) return 0;
  std::array<char, kBlock> padded{};
  std::memcpy(padded.data(), text.data(), size);
  return escape_mask(padded.data()) & ((1u << size) - 1);
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
  const char* copied = text.data();  // all before it is in `out`
  const char* block = copied;
  for (; static_cast<std::size_t>(end - block) >= kBlock; block += kBlock)
    if (const unsigned mask = escape_mask(block); mask != 0) copied = append_marked(out, copied, block, end, mask);
  if (block != end)
    if (const unsigned mask = last_escape_mask(text, static_cast<std::size_t>(end - block)); mask != 0)
      copied = append_marked(out, copied, block, end, mask);
  if (copied != end) out.append(copied, static_cast<std::size_t>(end - copied));
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
