#pragma once
// Short texts as 64-bit words: keys and small values are read eight bytes at a time, without a call.

#include <cstdint>
#include <cstring>
#include <string_view>

namespace aitf::otlp {

template <class Word>
Word load(const char* from) {
  Word word;
  std::memcpy(&word, from, sizeof word);
  return word;
}

// All bytes of a text shorter than eight, some of them twice.
inline std::uint64_t load_short(std::string_view text) {
  const char* const begin = text.data();
  if (text.size() >= 4)
    return load<std::uint32_t>(begin) | std::uint64_t{load<std::uint32_t>(begin + text.size() - 4)} << 32;
  if (text.empty()) return 0;
  const auto byte = [text](std::size_t at) { return std::uint64_t{static_cast<unsigned char>(text[at])}; };
  return byte(0) | byte(text.size() / 2) << 8 | byte(text.size() - 1) << 16;
}

// Calls take(word) until each byte of the text was in one; the last word may hold bytes again.
template <class Take>
void each_word(std::string_view text, Take take) {
  if (text.size() < 8) return take(load_short(text));
  for (std::size_t at = 0; at + 8 < text.size(); at += 8) take(load<std::uint64_t>(text.data() + at));
  take(load<std::uint64_t>(text.data() + text.size() - 8));
}

}  // namespace aitf::otlp
