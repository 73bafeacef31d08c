#pragma once
// What kind of operation a span is, and by which convention it was written. The order of the rules stands in one place.

#include "genai/reading.hpp"

namespace aitf::genai {

// From the fields up to Field::last_mark. Span kind and span name say nothing reliable and are not asked.
Kind classify(const Reading& reading);
Convention convention_of(const Reading& reading);

// Where an MCP method belongs: a tool call, other protocol activity, or noise.
Kind kind_of_mcp_method(Text method);

}  // namespace aitf::genai
