#include "genai/tool.hpp"

#include <gtest/gtest.h>

#include "genai/span_fixture.hpp"

namespace aitf::genai {
namespace {

SpanFixture& tool(SpanFixture& span, const char* name) {
  return span.with("gen_ai.operation.name", "execute_tool").with("gen_ai.tool.name", name);
}

SpanFixture& mcp(SpanFixture& span, const char* method) { return span.with("mcp.method.name", method); }

TEST(Tool, KeepsArgumentsAndResultAsSent) {
  SpanFixture span;
  tool(span, "get_order").with("gen_ai.tool.call.arguments", R"({"order_id": "A-1009"})");
  span.with("gen_ai.tool.call.result", R"({"state": "lost"})").with("gen_ai.tool.call.id", "c1");
  const Operation op = span.normalise();
  EXPECT_EQ(op.tool_name, "get_order");
  EXPECT_EQ(op.tool_type, "function");
  EXPECT_EQ(op.tool_input, R"({"order_id": "A-1009"})");
  EXPECT_EQ(op.tool_output, R"({"state": "lost"})");
  EXPECT_EQ(op.tool_call_id, "c1");
}

TEST(Tool, WritesStructuredArgumentsAsJson) {
  SpanFixture span;
  tool(span, "f").with("gen_ai.tool.call.arguments", span.map({{"a", SpanFixture::integer(1)}}));
  EXPECT_EQ(span.normalise().tool_input, R"({"a":1})");
}

TEST(Tool, UnwrapsTheArgumentsOfFrameworks) {
  Arena arena;
  EXPECT_EQ(unwrapped_arguments(R"({"kwargs": {"x": "a b"}})", arena), R"({"x":"a b"})");
  EXPECT_EQ(unwrapped_arguments(R"({"args": [], "kwargs": {"x": 1}})", arena), R"({"x":1})");
  EXPECT_EQ(unwrapped_arguments(R"({"tool_name": "t", "arguments": {"x": 1}})", arena), R"({"x":1})");
  EXPECT_EQ(unwrapped_arguments(R"({"arguments": "{\"x\": 1}", "tool_name": "t"})", arena), R"({"x": 1})");
}

TEST(Tool, LeavesOtherArgumentsAlone) {
  Arena arena;
  for (const char* text :
       {"", "plain", R"({"args": [1], "kwargs": {}})", R"({"kwargs": 5})", R"({"kwargs": {}, "x": 1})",
        R"({"arguments": {"x": 1}})", R"({"tool_name": "t", "arguments": {}, "y": 1})", R"({"kwargs": {)",
        R"({"x": {"kwargs": {}}})"})
    EXPECT_EQ(unwrapped_arguments(text, arena), text);
}

TEST(Tool, MapsTypesAndKeepsUnknownOnes) {
  for (const auto& [sent, word] : {std::pair{"Function", "function"}, {"extension", "api"}, {"datastore", "builtin"}}) {
    SpanFixture span;
    EXPECT_EQ(tool(span, "f").with("gen_ai.tool.type", sent).normalise().tool_type, word);
  }
  SpanFixture span;
  const Operation op = tool(span, "f").with("gen_ai.tool.type", "robot").normalise();
  EXPECT_EQ(op.tool_type, "other");
  ASSERT_EQ(op.unmapped.size(), 1u);
  EXPECT_EQ(op.unmapped[0].key, "gen_ai.tool.type");
}

TEST(Tool, ReadsAnMcpCallOfAServer) {
  SpanFixture span;
  mcp(span, "tools/call").with("gen_ai.operation.name", "execute_tool").with("gen_ai.tool.name", "read_file");
  span.with("mcp.protocol.version", "2026-07-28").with("jsonrpc.request.id", SpanFixture::integer(4));
  span.with("network.transport", "pipe").of_kind(2);
  span.with_resource({{"service.name", span.text("notes-server")}});
  const Operation op = span.normalise();
  EXPECT_EQ(op.kind, Kind::tool);
  EXPECT_EQ(op.tool_type, "mcp_tool");
  EXPECT_EQ(op.mcp_server, "notes-server");
  EXPECT_EQ(op.mcp_transport, "stdio");
  EXPECT_EQ(op.mcp.request_id, "4");
  EXPECT_FALSE(op.quality.coerced_type);
  ASSERT_EQ(op.unmapped.size(), 1u);
  EXPECT_EQ(op.unmapped[0].key, "gen_ai.operation.name");
}

TEST(Tool, NamesTheMcpServerByTheBestSource) {
  SpanFixture vendor;
  mcp(vendor, "tools/list").with("acme.mcp.server.name", "files").with("server.address", "10.0.0.1");
  const Operation named = vendor.normalise();
  EXPECT_EQ(named.mcp_server, "files");
  EXPECT_TRUE(named.unmapped.empty());
  SpanFixture address;
  EXPECT_EQ(mcp(address, "tools/list").with("server.address", "mcp.example").normalise().mcp_server, "mcp.example");
  SpanFixture client;
  mcp(client, "tools/list").of_kind(3).with_resource({{"service.name", client.text("host")}});
  EXPECT_EQ(client.normalise().mcp_server, "");
}

TEST(Tool, CutsTheServerFromTheToolName) {
  SpanFixture span;
  mcp(span, "tools/call").with("acme.server.name", "files").with("gen_ai.tool.name", "files__read");
  EXPECT_EQ(span.normalise().tool_name, "read");
  SpanFixture flat;
  const Operation op = tool(flat, "mcp__github__create_issue").normalise();
  EXPECT_EQ(op.tool_name, "create_issue");
  EXPECT_EQ(op.mcp_server, "github");
  EXPECT_EQ(op.tool_type, "mcp_tool");
  for (const char* name : {"mcp__", "mcp__x", "mcp__x__", "mcp____y"}) {
    SpanFixture odd;
    EXPECT_EQ(tool(odd, name).normalise().tool_name, name);
  }
}

TEST(Tool, TakesThePromptNameForTheItemOfAPromptRequest) {
  SpanFixture span;
  const Operation op = mcp(span, "prompts/get").with("gen_ai.prompt.name", "summarize").normalise();
  EXPECT_EQ(op.kind, Kind::mcp_protocol);
  EXPECT_EQ(op.tool_name, "summarize");
  EXPECT_EQ(op.mcp.prompt_name, "summarize");
  EXPECT_EQ(op.tool_type, "mcp_protocol");
}

TEST(Tool, SeesWhomACallHandsOverTo) {
  SpanFixture by_name;
  EXPECT_EQ(tool(by_name, "transfer_to_refund_agent").normalise().handoff_target, "refund_agent");
  SpanFixture by_argument;
  tool(by_argument, "handoff").with("gen_ai.tool.call.arguments", R"({"to_agent":"WriterAgent","reason":"x"})");
  EXPECT_EQ(by_argument.normalise().handoff_target, "WriterAgent");
  SpanFixture none;
  EXPECT_EQ(tool(none, "get_order").normalise().handoff_target, "");
}

}  // namespace
}  // namespace aitf::genai
