#pragma once
// UTF-8 that is wrong is repaired, never refused: each maximal bad sequence becomes U+FFFD.

#include <cstddef>
#include <string>
#include <string_view>

#include "base/arena.hpp"

namespace aitf {

bool is_valid_utf8(std::string_view text);

// `text` itself when it is valid; else a repaired copy in the arena, and *repaired is set.
std::string_view repair_utf8(std::string_view text, Arena& arena, bool* repaired);

// Code points in valid UTF-8.
std::size_t count_characters(std::string_view text);

// The longest prefix of at most `characters` code points.
std::string_view first_characters(std::string_view text, std::size_t characters);

}  // namespace aitf
