// Fills what tool and MCP spans say.
#include "genai/tool.hpp"

#include <array>

#include "genai/json_value.hpp"
#include "genai/media.hpp"
#include "genai/read_value.hpp"
#include "genai/resource.hpp"

namespace aitf::genai {
namespace {

struct ToolType {
  Text sent, word;
};

constexpr std::array tool_types = {
    ToolType{"function", "function"}, ToolType{"extension", "api"},
    ToolType{"datastore", "builtin"}, ToolType{"api", "api"},
    ToolType{"agent", "agent"},       ToolType{"handoff", "agent"},
    ToolType{"mcp", "mcp_tool"},      ToolType{"mcp_tool", "mcp_tool"},
    ToolType{"code", "code"},         ToolType{"code_interpreter", "code"},
    ToolType{"builtin", "builtin"},   ToolType{"skill", "skill"},
};

bool is_mcp(const Operation& operation) { return !operation.mcp.method.empty(); }

// A word that is not known stays untaken and so is kept in `unmapped`.
Text tool_type(Reading& reading) {
  const Operation& operation = reading.operation;
  const span::KeyValue* const sent = reading.peek(Field::tool_type);
  Text type = sent != nullptr ? "other" : "function";
  for (const ToolType& known : tool_types)
    if (sent != nullptr && equal_ignoring_case(sent->value.text, known.sent)) {
      reading.take(Field::tool_type);
      type = known.word;
    }
  if (operation.kind == Kind::mcp_protocol) return "mcp_protocol";
  return is_mcp(operation) ? "mcp_tool" : type;
}

// A vendor's own name for the server: `acme.mcp.server.name`.
const span::KeyValue* vendor_server_name(const Reading& reading) {
  for (std::size_t i = 0; i < reading.named.rows.size(); ++i) {
    const span::KeyValue& attribute = reading.named.attributes[i];
    if (reading.named.rows[i] == Match::none && attribute.key.ends_with(".server.name") &&
        attribute.value.type == span::Value::Type::string && !attribute.value.text.empty())
      return &attribute;
  }
  return nullptr;
}

Text mcp_server(Reading& reading) {
  if (const Text named = reading.text(Field::mcp_server); !named.empty()) return named;
  if (const span::KeyValue* const vendor = vendor_server_name(reading)) {
    reading.hold(*vendor);
    return vendor->value.text;
  }
  if (const Text address = reading.text(Field::server_address); !address.empty()) return address;
  constexpr std::int32_t server_kind = 2;
  return reading.span.kind == server_kind ? reading.operation.service.name : Text();
}

Text mcp_transport(Reading& reading) {
  const span::KeyValue* const sent = reading.peek(Field::network_transport);
  if (sent == nullptr) return {};
  const Text transport = sent->value.text;
  const bool is_pipe = transport == "pipe", is_network = transport == "tcp" || transport == "quic";
  if (is_pipe || is_network) reading.take(Field::network_transport);
  return is_pipe ? "stdio" : is_network ? "streamable_http" : "";
}

// `server__tool`, `server.tool`, `server/tool`, `mcp__server__tool`.
Text without_server(Text name, Text server) {
  if (server.empty()) return name;
  Text rest = name.starts_with("mcp__") ? name.substr(5) : name;
  if (!rest.starts_with(server)) return name;
  rest.remove_prefix(server.size());
  for (const Text separator : {Text("__"), Text("."), Text("/"), Text(":")})
    if (rest.size() > separator.size() && rest.starts_with(separator)) return rest.substr(separator.size());
  return name;
}

// Some hosts offer MCP tools to the model under one flat name: `mcp__server__tool`.
void split_flat_mcp_name(Operation& operation) {
  if (!operation.tool_name.starts_with("mcp__")) return;
  const std::size_t end = operation.tool_name.find("__", 5);
  if (end == Text::npos || end == 5 || end + 2 == operation.tool_name.size()) return;
  if (operation.mcp_server.empty()) operation.mcp_server = operation.tool_name.substr(5, end - 5);
  operation.tool_name.remove_prefix(end + 2);
  operation.tool_type = "mcp_tool";
}

void fill_mcp(Reading& reading) {
  Operation& operation = reading.operation;
  Mcp& mcp = operation.mcp;
  mcp.method = reading.text(Field::mcp_method);
  if (!is_mcp(operation)) return;
  operation.operation = mcp.method;
  mcp.protocol_version = reading.text(Field::mcp_protocol_version);
  mcp.session_id = reading.text(Field::mcp_session_id);
  mcp.request_id = reading.content(Field::mcp_request_id);
  mcp.resource_uri = without_secrets(reading.text(Field::mcp_resource_uri), reading.arena);
  operation.mcp_server = mcp_server(reading);
  operation.mcp_transport = mcp_transport(reading);
}

// The agent that a call of a hand-off tool names: in the tool's name or in its arguments.
Text handoff_target(const Operation& operation, Arena& arena) {
  constexpr std::array<Text, 3> prefixes = {"transfer_to_", "handoff_to_", "hand_off_to_"};
  const Text tool = operation.tool_name;
  const bool by_argument = tool == "transfer_to_agent" || tool == "handoff" || tool == "handoff_to_agent";
  if (by_argument) {
    const span::Value* const arguments = parse_json(operation.tool_input, arena);
    if (arguments == nullptr) return {};
    for (const Text key : {Text("to_agent"), Text("agent_name"), Text("agent"), Text("target")})
      if (const Text target = member_text(*arguments, key); !target.empty()) return target;
    return {};
  }
  for (const Text prefix : prefixes)
    if (tool.size() > prefix.size() && tool.starts_with(prefix)) return tool.substr(prefix.size());
  return {};
}

}  // namespace

Text unwrapped_arguments(Text arguments, Arena& arena) {
  const Text body = trim(arguments);
  if (!body.starts_with('{')) return arguments;
  const Text first = trim(body.substr(1));
  constexpr std::array<Text, 4> wrappers = {"\"kwargs\"", "\"args\"", "\"tool_name\"", "\"arguments\""};
  bool may_wrap = false;
  for (const Text key : wrappers) may_wrap |= first.starts_with(key);
  const span::Value* const map = may_wrap ? parse_json(body, arena) : nullptr;
  if (map == nullptr) return arguments;
  const span::Value* const kwargs = span::find(map->map, "kwargs");
  const span::Value* const args = span::find(map->map, "args");
  const bool no_args = args == nullptr || (args->type == span::Value::Type::array && args->array.empty());
  if (kwargs != nullptr && kwargs->type == span::Value::Type::map && no_args &&
      map->map.size() == (args == nullptr ? 1U : 2U))
    return as_json(*kwargs, arena);
  const span::Value* const inner = span::find(map->map, "arguments");
  if (inner != nullptr && map->map.size() == 2 && span::find(map->map, "tool_name") != nullptr)
    return as_text(*inner, arena);
  return arguments;
}

void fill_tool(Reading& reading) {
  Operation& operation = reading.operation;
  fill_mcp(reading);
  operation.tool_type = tool_type(reading);
  operation.tool_name = without_server(reading.text(Field::tool_name), operation.mcp_server);
  split_flat_mcp_name(operation);
  operation.tool_call_id = reading.text(Field::tool_call_id);
  operation.tool_description = reading.text(Field::tool_description);
  std::vector<Part> media;
  operation.tool_input =
      without_blobs(unwrapped_arguments(reading.content(Field::tool_input), reading.arena), media, reading.arena);
  operation.tool_output = without_blobs(reading.content(Field::tool_output), media, reading.arena);
  operation.handoff_target = handoff_target(operation, reading.arena);
  if (operation.kind == Kind::mcp_protocol && operation.mcp.method.starts_with("prompts/"))
    operation.mcp.prompt_name = operation.tool_name;
}

}  // namespace aitf::genai
