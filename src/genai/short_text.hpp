#pragma once
// Comparison of names: they are too short for a call of memcmp to pay, so they are read eight bytes at a time.

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "genai/operation.hpp"

namespace aitf::genai {

template <class Word>
std::uint64_t load(const char* from) {
  Word word;
  std::memcpy(&word, from, sizeof word);
  return word;
}

// All bytes of a text of fewer than eight, some of them twice.
inline std::uint64_t load_short(Text text) {
  const char* const begin = text.data();
  const std::size_t size = text.size();
  if (size >= 4) return load<std::uint32_t>(begin) | load<std::uint32_t>(begin + size - 4) << 32;
  if (size == 0) return 0;
  return load<std::uint8_t>(begin) | load<std::uint8_t>(begin + size / 2) << 8 |
         load<std::uint8_t>(begin + size - 1) << 16;
}

inline bool same(Text a, Text b) {
  const std::size_t size = a.size();
  if (size != b.size()) return false;
  if (size < 8) return load_short(a) == load_short(b);
  for (std::size_t at = 0; at + 8 < size; at += 8)
    if (load<std::uint64_t>(a.data() + at) != load<std::uint64_t>(b.data() + at)) return false;
  return load<std::uint64_t>(a.data() + size - 8) == load<std::uint64_t>(b.data() + size - 8);
}

}  // namespace aitf::genai
