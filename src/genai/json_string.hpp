#pragma once
// Strings of JSON text: where they end, and what their escapes stand for.

#include <cstddef>

#include "base/arena.hpp"
#include "genai/operation.hpp"

namespace aitf::genai {

// Reads the strings of one JSON text, front to back. A string without escapes is a view into that text; others are
// unescaped into room in the arena that is taken once.
class JsonStrings {
 public:
  // `end`: of the JSON text.
  JsonStrings(const char* end, Arena& arena) : end_(end), arena_(arena) {}

  // `at` stands behind the opening quote, and then behind the closing one. False when the string is not closed, holds
  // a control character or a wrong escape. Lone surrogates become U+FFFD.
  bool read(const char*& at, Text& out);

 private:
  bool read_escaped(const char* begin, const char*& at, Text& out);

  const char* end_;
  Arena& arena_;
  char* room_ =
      nullptr;  // as large as the text from the first escaped string on: no escape is shorter than its meaning
};

}  // namespace aitf::genai
