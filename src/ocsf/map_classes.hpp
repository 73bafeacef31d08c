#pragma once
// The four classes that spans of AI operations become: each fills an empty event.

#include "ocsf/map_draft.hpp"

namespace aitf::ocsf {

void map_inference(Draft& draft, ModelInferenceEvent& event);
void map_agent(Draft& draft, AgentActivityEvent& event);
void map_tool(Draft& draft, ToolExecutionEvent& event);
void map_retrieval(Draft& draft, DataRetrievalEvent& event);

}  // namespace aitf::ocsf
