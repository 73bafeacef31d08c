#pragma once
// One part of a message, in the spelling of OpenTelemetry, OpenAI, Anthropic, Google or LangChain -> Part.

#include <vector>

#include "base/arena.hpp"
#include "genai/operation.hpp"

namespace aitf::genai {

// `assistant`, `ai`, `model`, …; `otherwise` for an empty word, Role::other for an unknown one.
Role role_of(Text word, Role otherwise);

// Appends what `value` holds to `parts`, in the frame (message, direction, role, source) that `frame` gives.
void append_part(const Part& frame, const span::Value& value, std::vector<Part>& parts, Arena& arena);
void append_text(const Part& frame, PartType type, Text text, std::vector<Part>& parts, Arena& arena);
void append_tool_call(const Part& frame, const span::Value& call, std::vector<Part>& parts, Arena& arena);
void append_tool_result(const Part& frame, Text tool_call_id, const span::Value* result, std::vector<Part>& parts,
                        Arena& arena);

// A word that names the kind of a part, not the role of a message.
bool is_part(const span::Value& value);

}  // namespace aitf::genai
