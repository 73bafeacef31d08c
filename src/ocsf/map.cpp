// Operation -> canonical event: which class an operation becomes.

#include "ocsf/map.hpp"

#include "ocsf/map_classes.hpp"
#include "ocsf/map_draft.hpp"

namespace aitf::ocsf {

std::optional<Event> map(const genai::Operation& operation, const MapContext& context) {
  using enum genai::Kind;
  if (operation.span == nullptr || operation.kind == not_ai || operation.kind == internal) return std::nullopt;
  Draft draft(operation, context);
  switch (operation.kind) {
    case not_ai:
    case internal: break;
    case inference:
    case embedding: return map_inference(draft);
    case agent: return map_agent(draft);
    case tool:
    case mcp_protocol: return map_tool(draft);
    case retrieval: return map_retrieval(draft);
  }
  return std::nullopt;
}

}  // namespace aitf::ocsf
