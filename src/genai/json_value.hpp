#pragma once
// JSON text inside an attribute -> the same Value tree that a structured attribute has, so that readers know one form.
//
// The tree lies in the arena. Its texts are views into the JSON text, which has to live as long, or lie in the arena
// too. Lists, maps and numbers of such a tree keep their JSON as written in `text`.

#include <cstddef>

#include "base/arena.hpp"
#include "span/span.hpp"

namespace aitf::genai {

inline constexpr std::size_t json_depth = 64;  // nesting that is followed

// Null when `text` is no JSON list or object, or is nested deeper than json_depth. Lone surrogate escapes become
// U+FFFD.
const span::Value* parse_json(span::Text text, Arena& arena);

// `value` itself, or the tree in it when it is JSON text of a list or an object.
span::Value decoded(const span::Value& value, Arena& arena);

// JSON as written of a list, map or number that parse_json made; else empty.
span::Text raw_json(const span::Value& value);

// JSON without blanks between its tokens.
span::Text compact_json(span::Text json, Arena& arena);

// A member that is not empty, or null; `value` need not be a map.
const span::Value* member(const span::Value& value, span::Text key);
// Text of a member that is a text, else empty.
span::Text member_text(const span::Value& value, span::Text key);

}  // namespace aitf::genai
