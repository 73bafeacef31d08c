#pragma once
// The four classes that spans of AI operations become.

#include "ocsf/map_draft.hpp"

namespace aitf::ocsf {

ModelInferenceEvent map_inference(Draft& draft);
AgentActivityEvent map_agent(Draft& draft);
ToolExecutionEvent map_tool(Draft& draft);
DataRetrievalEvent map_retrieval(Draft& draft);

}  // namespace aitf::ocsf
