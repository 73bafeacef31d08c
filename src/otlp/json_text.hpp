#pragma once
// JSON scalars as OTLP uses them: escapes, 64-bit numbers as text or number, base64. Sources: RFC 8259, RFC 4648 and
// the JSON form of protobuf. Functions that give an optional give none when the text is not what it should be.

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/arena.hpp"

namespace aitf::otlp {

// The text of a string without its quotes: `quoted` itself when nothing is escaped, else a copy in the arena.
// A lone surrogate becomes U+FFFD and sets *repaired.
std::optional<std::string_view> unescape(std::string_view quoted, Arena& arena, bool* repaired);

// Whole numbers keep every digit; 3.0 and 1.7e18 are whole too.
std::optional<std::int64_t> parse_int64(std::string_view number);
std::optional<std::uint64_t> parse_uint64(std::string_view number);
// Takes "NaN", "Infinity" and "-Infinity" as well.
std::optional<double> parse_double(std::string_view number);

// Standard and URL-safe alphabet, padding optional. The bytes are in the arena.
std::optional<std::string_view> decode_base64(std::string_view text, Arena& arena);

}  // namespace aitf::otlp
