// Operation -> canonical event: which class an operation becomes.

#include "ocsf/map.hpp"

#include "ocsf/map_classes.hpp"
#include "ocsf/map_draft.hpp"

namespace aitf::ocsf {
namespace {

// An event of that class, filled where it stands: events are large.
template <class EventClass>
std::optional<Event> filled(Draft& draft, void (*fill)(Draft&, EventClass&)) {
  std::optional<Event> event(std::in_place, std::in_place_type<EventClass>);
  fill(draft, *std::get_if<EventClass>(&*event));
  return event;
}

}  // namespace

std::optional<Event> map(const genai::Operation& operation, const MapContext& context) {
  using enum genai::Kind;
  if (operation.span == nullptr || operation.kind == not_ai || operation.kind == internal) return std::nullopt;
  Draft draft(operation, context);
  switch (operation.kind) {
    case not_ai:
    case internal: break;
    case inference:
    case embedding: return filled(draft, map_inference);
    case agent: return filled(draft, map_agent);
    case tool:
    case mcp_protocol: return filled(draft, map_tool);
    case retrieval: return filled(draft, map_retrieval);
  }
  return std::nullopt;
}

}  // namespace aitf::ocsf
