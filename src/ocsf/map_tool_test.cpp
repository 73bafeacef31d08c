// Class 7003.

#include "ocsf/map_fixture.hpp"

namespace aitf::ocsf {
namespace {

using testing::ElementsAre;

class MapTool : public MapTest {
 protected:
  MapTool() {
    become(genai::Kind::tool, "execute_tool");
    operation_.tool_name = "get_order";
    operation_.tool_type = "function";
  }
  ToolExecutionEvent tool() { return mapped<ToolExecutionEvent>(); }
};

TEST_F(MapTool, TellsInputOutputAndTime) {
  operation_.tool_call_id = "call_6";
  operation_.tool_input = R"({"order_id": 1})";
  operation_.tool_output = "shipped";
  const auto event = tool();
  EXPECT_EQ(event.activity_name, "Function Call");
  EXPECT_EQ(event.message, "get_order");
  EXPECT_EQ(event.is_error, false);
  EXPECT_EQ(event.duration_ms, 5.512941);
  EXPECT_EQ(event.tool_input, R"({"order_id": 1})");
  EXPECT_EQ(event.tool_input_length, std::nullopt);
  EXPECT_EQ(complaints(), "");
}

TEST_F(MapTool, IsAnErrorWhenTheToolFailedThoughTheSpanIsOk) {
  span_.status_code = 1;
  operation_.tool_type = "mcp_tool";
  operation_.tool_name = "read_file";
  operation_.mcp_server = "files-server";
  operation_.failure = {.type = "mcp.tool.error",
                        .code = {},
                        .message = "access denied by policy",
                        .category = genai::ErrorCategory::denied};
  const auto event = tool();
  EXPECT_EQ(event.activity_name, "MCP Tool Invoke");
  EXPECT_EQ(event.is_error, true);
  EXPECT_EQ(event.status_id, 2);
  EXPECT_EQ(event.severity_id, 3);
  EXPECT_EQ(event.status_detail, "access denied by policy");
  EXPECT_EQ(event.message, "read_file on files-server: denied");
  EXPECT_EQ(complaints(), "");
}

TEST_F(MapTool, NamesActivitiesByTypeOfTool) {
  const std::vector<std::pair<Text, std::int64_t>> cases = {
      {"function", 1}, {"mcp_tool", 2}, {"skill", 3}, {"api", 4}, {"code", 5}, {"agent", 1}, {"builtin", 1}, {"", 1}};
  for (const auto& [type, id] : cases) {
    operation_.tool_type = type;
    EXPECT_EQ(tool().activity_id, id) << type;
    EXPECT_EQ(complaints(), "") << type;
  }
}

TEST_F(MapTool, NamesActivitiesByMethodOfTheProtocol) {
  const std::vector<std::pair<Text, std::int64_t>> cases = {
      {"tools/list", 6},       {"server/discover", 6}, {"resources/read", 7}, {"resources/list", 7},
      {"prompts/get", 8},      {"prompts/list", 8},    {"initialize", 9},     {"sampling/createMessage", 10},
      {"logging/setLevel", 99}};
  for (const auto& [method, id] : cases) {
    become(genai::Kind::mcp_protocol, method);
    operation_.mcp.method = method;
    const auto event = tool();
    EXPECT_EQ(event.activity_id, id) << method;
    EXPECT_EQ(event.tool_type, "mcp_protocol");
    EXPECT_EQ(complaints(), "") << method;
  }
}

TEST_F(MapTool, IsCalledByTheItemAskedForOrByTheActivity) {
  become(genai::Kind::mcp_protocol, "resources/read");
  operation_.tool_name = {};
  operation_.mcp_server = "files-server";
  EXPECT_EQ(tool().message, "Resource Read on files-server");
  operation_.mcp.method = "resources/read";
  operation_.mcp.server_url = "https://files.example/mcp";
  operation_.mcp.resource_uri = "file:///srv/notes.md";
  const auto event = tool();
  EXPECT_EQ(event.tool_name, "file:///srv/notes.md");
  ASSERT_EQ(event.observables.size(), 2U);
  EXPECT_EQ(event.observables[0].name, "mcp.server_url");
  EXPECT_EQ(event.observables[1].type, "Resource UID");
  EXPECT_EQ(complaints(), "");
}

TEST_F(MapTool, TellsLengthsOfWhatWasCut) {
  const std::string long_text(40'000, 'x');
  operation_.tool_input = operation_.tool_output = operation_.tool_description = long_text;
  const auto event = tool();
  EXPECT_EQ(event.tool_input.size(), 32'768U);
  EXPECT_EQ(event.tool_input_length, 40'000);
  EXPECT_EQ(event.tool_output_length, 40'000);
  EXPECT_EQ(event.tool_description.size(), 1024U);
  EXPECT_THAT(event.data_quality->truncated_fields, ElementsAre("tool_description", "tool_input", "tool_output"));
  EXPECT_EQ(complaints(), "");
}

}  // namespace
}  // namespace aitf::ocsf
