#pragma once
// Trace and span ids: bytes in protobuf, hexadecimal text in JSON, lower-case hexadecimal everywhere else.

#include <cstddef>
#include <string>
#include <string_view>

#include "base/arena.hpp"

namespace aitf::otlp {

enum class IdForm { bytes, hex };

inline constexpr std::size_t kTraceIdBytes = 16;
inline constexpr std::size_t kSpanIdBytes = 8;

// Writes 2 * bytes.size() lower-case digits.
void write_hex(std::string_view bytes, char* out);

// True when `raw` has no digit but zero, in either form. An empty one is zero.
bool is_zero_id(std::string_view raw, IdForm form);

// The id as lower-case hexadecimal in the arena; empty when it has the wrong length, is no hexadecimal or is all zero.
std::string_view read_id(std::string_view raw, IdForm form, std::size_t bytes, Arena& arena);

// Why read_id gave nothing: "trace_id has 32 bytes, must have 16".
std::string id_problem(std::string_view field, std::string_view raw, IdForm form, std::size_t bytes);

}  // namespace aitf::otlp
