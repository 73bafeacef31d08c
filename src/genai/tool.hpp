#pragma once
// Tool calls and other MCP activity.

#include "genai/reading.hpp"

namespace aitf::genai {

void fill_tool(Reading& reading);

// Arguments without the wrapper that frameworks put around them: {"kwargs": …}, {"args": [], "kwargs": {}},
// {"tool_name": …, "arguments": …}. Others, and what is no JSON, as they are.
Text unwrapped_arguments(Text arguments, Arena& arena);

}  // namespace aitf::genai
