#pragma once
// Small texts that the mapper makes, all in the request's arena, and looks into what it is given.

#include <cstdint>
#include <initializer_list>
#include <string_view>

#include "base/arena.hpp"
#include "ocsf/schema.hpp"

namespace aitf::ocsf {

// The pieces, one after the other. One piece that is not empty is returned as it is.
Text join(Arena& arena, std::initializer_list<Text> pieces);

Text decimal(Arena& arena, std::int64_t value);
Text unsigned_decimal(Arena& arena, std::uint64_t value);
// Shortest form that reads back the same.
Text shortest(Arena& arena, double value);

// `text` with control characters (line breaks too) replaced by blanks, to `characters` code points.
Text one_line(Arena& arena, Text text, std::size_t characters);
// ASCII letters in lower case.
Text lower(Arena& arena, Text text);

// `part` occurs in `text`, ASCII letters compared without case. `part` is in lower case.
bool holds(Text text, Text part);

bool is_http_url(Text text);

}  // namespace aitf::ocsf
