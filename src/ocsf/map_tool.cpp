// Class 7003: one run of a tool, or one exchange with an MCP server.

#include "base/utf8.hpp"
#include "ocsf/map_classes.hpp"
#include "ocsf/map_common.hpp"
#include "ocsf/map_content.hpp"
#include "ocsf/map_known.hpp"

namespace aitf::ocsf {
namespace {

constexpr std::int64_t kFunction = 1, kMcpTool = 2, kSkill = 3, kApi = 4, kCode = 5, kDiscovery = 6, kResource = 7,
                       kPrompt = 8, kConnect = 9, kSampling = 10;

// Methods of the protocol other than tools/call.
constexpr ActivityWord kMethods[] = {
    {"tools/list", kDiscovery}, {"discover", kDiscovery}, {"resource", kResource}, {"prompt", kPrompt},
    {"initialize", kConnect},   {"connect", kConnect},    {"sampling", kSampling},
};

constexpr ActivityWord kTypes[] = {
    {"mcp_tool", kMcpTool},
    {"skill", kSkill},
    {"api", kApi},
    {"code", kCode},
};

std::int64_t activity(const genai::Operation& operation) {
  if (operation.kind == genai::Kind::mcp_protocol)
    return activity_of(operation.mcp.method.empty() ? operation.operation : operation.mcp.method, kMethods);
  if (holds(operation.operation, "discover")) return kDiscovery;
  const std::int64_t by_type = activity_of(operation.tool_type, kTypes);
  return by_type == kActivityOther || by_type == kActivityUnknown ? kFunction : by_type;
}

Text tool_type(const genai::Operation& operation) {
  if (operation.kind == genai::Kind::mcp_protocol) return "mcp_protocol";
  return operation.tool_type.empty() ? Text("function") : operation.tool_type;
}

// A tool, or the item of an MCP server that was asked for.
Text item_name(const genai::Operation& operation) {
  for (const Text name : {operation.tool_name, operation.mcp.prompt_name, operation.mcp.resource_uri})
    if (!name.empty()) return name;
  return {};
}

std::optional<Mcp> mcp(const genai::Mcp& from) {
  return when_known(Mcp{.method = from.method,
                        .protocol_version = from.protocol_version,
                        .session_id = from.session_id,
                        .request_id = from.request_id,
                        .server_version = from.server_version,
                        .server_url = from.server_url,
                        .resource_uri = from.resource_uri,
                        .prompt_name = from.prompt_name,
                        .prompt_arguments = from.prompt_arguments});
}

Text description(Draft& draft) {
  const Text text = draft.operation.tool_description;
  const Text first = first_characters(text, kPreviewCharacters);
  if (first.size() < text.size()) draft.note_cut("tool_description");
  return first;
}

void set_tool(ToolExecutionEvent& event, Draft& draft) {
  const genai::Operation& operation = draft.operation;
  event.tool_name = item_name(operation);
  event.tool_type = tool_type(operation);
  event.tool_call_id = operation.tool_call_id;
  event.tool_description = description(draft);
  event.is_error = draft.failed;
  event.duration_ms = draft.times.exact_duration_ms();
  event.mcp_server = operation.mcp_server;
  event.mcp_transport = operation.mcp_transport;
  event.mcp = mcp(operation.mcp);
  event.tool_input = operation.tool_input;
  event.tool_output = operation.tool_output;
  event.tool_definitions = tool_definitions(draft);
  if (!event.tool_definitions.empty()) event.tools_provided = static_cast<std::int64_t>(event.tool_definitions.size());
}

void conclude(ToolExecutionEvent& event, Draft& draft) {
  const Text what = event.tool_name.empty() ? event.activity_name : event.tool_name;
  const Text on = event.mcp_server.empty() ? "" : " on ";
  conclude(event, draft, false, {what, on, event.mcp_server});
}

}  // namespace

void map_tool(Draft& draft, ToolExecutionEvent& event) {
  begin(event, draft, activity(draft.operation));
  event.model = model(draft, {});
  event.token_usage = token_usage(draft);
  set_tool(event, draft);
  conclude(event, draft);
  finish(event, draft);
}

}  // namespace aitf::ocsf
