#pragma once
// What no field of the event holds: the flat map `unmapped`, all of it texts.

#include <cstddef>

#include "ocsf/map_draft.hpp"

namespace aitf::ocsf {

// An attribute value as text of at most `characters`: strings as they are, numbers in shortest form, bytes in base64,
// lists and maps as compact JSON. Empty when the value says nothing (null, NaN, an empty list or map, also as text).
// Sets *cut when something was left out.
Text value_text(const span::Value& value, Arena& arena, std::size_t characters, bool* cut);

// What the mapper set aside, then the attributes that no field took; bounded, no key twice.
StringMap unmapped(Draft& draft);

}  // namespace aitf::ocsf
