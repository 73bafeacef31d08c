#pragma once
// One attribute value -> the type its field wants. Senders disagree about types, so numbers come as text, booleans as
// "False", lists as JSON text: what can be read without guessing is read, and told in *coerced.

#include <optional>
#include <string>
#include <vector>

#include "base/arena.hpp"
#include "genai/operation.hpp"

namespace aitf::genai {

// Text of a scalar; numbers in shortest decimal form. Nothing for lists and maps.
std::optional<Text> read_text(const span::Value& value, Arena& arena, bool* coerced);
// A whole number that is not negative.
Count read_count(const span::Value& value, bool* coerced);
Count read_integer(const span::Value& value, bool* coerced);
// A finite number.
Real read_real(const span::Value& value, bool* coerced);
Flag read_flag(const span::Value& value, bool* coerced);
// A list of scalars; one scalar is a list of one; JSON text of a list is decoded. Empty texts are left out.
std::vector<Text> read_texts(const span::Value& value, Arena& arena, bool* coerced);

// The whole value as compact JSON; texts as they are, without quotes.
Text as_text(const span::Value& value, Arena& arena);
// The whole value as compact JSON, texts with quotes.
Text as_json(const span::Value& value, Arena& arena);

// Nothing worth an entry: null, empty text, empty list or map, also as JSON text.
bool is_void(const span::Value& value);

bool equal_ignoring_case(Text a, Text b);
bool contains_ignoring_case(Text text, Text lower_case_part);
// `text` in lower case (ASCII): itself when it is so already.
Text lower(Text text, Arena& arena);
Text trim(Text text);

}  // namespace aitf::genai
