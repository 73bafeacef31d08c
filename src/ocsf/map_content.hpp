#pragma once
// What was said: messages, previews, system prompt, tools on offer, documents. Lengths are bounded later, in one place.

#include <vector>

#include "ocsf/map_draft.hpp"

namespace aitf::ocsf {

std::vector<ContentPart> messages(const Draft& draft);
Text request_content(const Draft& draft);   // the newest text of a user, for tables
Text response_content(const Draft& draft);  // the first text of an answer, for tables
std::optional<SystemPrompt> system_prompt(const Draft& draft);
std::vector<ToolDefinition> tool_definitions(const Draft& draft);
std::vector<Document> documents(Draft& draft);

}  // namespace aitf::ocsf
