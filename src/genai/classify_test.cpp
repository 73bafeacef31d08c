#include "genai/classify.hpp"

#include <gtest/gtest.h>

#include "genai/span_fixture.hpp"

namespace aitf::genai {
namespace {

Kind kind_of(const char* operation) { return SpanFixture().with("gen_ai.operation.name", operation).normalise().kind; }

TEST(Classify, GoesByTheOperationName) {
  for (const char* word : {"chat", "generate_content", "text_completion"}) EXPECT_EQ(kind_of(word), Kind::inference);
  for (const char* word : {"embeddings", "embedding"}) EXPECT_EQ(kind_of(word), Kind::embedding);
  for (const char* word : {"invoke_agent", "invoke_workflow", "create_agent", "handoff", "plan"})
    EXPECT_EQ(kind_of(word), Kind::agent) << word;
  for (const char* word : {"retrieval", "vector_db_retrieve", "search_memory"})
    EXPECT_EQ(kind_of(word), Kind::retrieval);
  EXPECT_EQ(kind_of("execute_tool"), Kind::tool);
}

TEST(Classify, KeepsStepsAndUnknownOperationsInternal) {
  for (const char* word : {"agent_step", "execute_task", "Chat", "something_new"})
    EXPECT_EQ(kind_of(word), Kind::internal) << word;
}

TEST(Classify, TakesARequestModelAloneForAnInference) {
  EXPECT_EQ(SpanFixture().with("gen_ai.request.model", "gpt-4o").normalise().kind, Kind::inference);
}

TEST(Classify, SkipsSpansThatAreNotAi) {
  SpanFixture span;
  span.with("http.response.status_code", SpanFixture::integer(200)).with("session.id", "s").with("user.id", "u");
  span.with("db.system", "postgresql").with("gen_ai.operation.name", "");
  const Operation operation = span.normalise();
  EXPECT_EQ(operation.kind, Kind::not_ai);
  EXPECT_TRUE(operation.unmapped.empty());
}

TEST(Classify, KeepsSpansWithOtherAiMarksInternal) {
  EXPECT_EQ(SpanFixture().with("gen_ai.agent.name", "a").normalise().kind, Kind::internal);
}

TEST(Classify, AsksTheMcpMethodFirst) {
  SpanFixture span;
  span.with("gen_ai.operation.name", "chat").with("mcp.method.name", "tools/call");
  const Operation operation = span.normalise();
  EXPECT_EQ(operation.kind, Kind::tool);
  EXPECT_EQ(operation.operation, "tools/call");
  EXPECT_EQ(operation.convention, Convention::mcp);
}

TEST(Classify, TellsMcpActivityFromNoise) {
  for (const char* method : {"tools/list", "resources/read", "resources/templates/list", "prompts/get", "initialize",
                             "server/discover", "sampling/createMessage"})
    EXPECT_EQ(kind_of_mcp_method(method), Kind::mcp_protocol) << method;
  for (const char* method : {"ping", "notifications/cancelled", "logging/setLevel", "resources", "tools/callx", ""})
    EXPECT_EQ(kind_of_mcp_method(method), Kind::internal) << method;
}

TEST(Classify, NamesTheConventionBySpan) {
  EXPECT_EQ(SpanFixture().with("gen_ai.operation.name", "chat").with("gen_ai.system", "openai").normalise().convention,
            Convention::otel_genai_old);
  SpanFixture both;
  both.with("gen_ai.system", "openai").with("gen_ai.provider.name", "openai").with("gen_ai.operation.name", "chat");
  EXPECT_EQ(both.normalise().convention, Convention::otel_genai);
  SpanFixture tool;
  EXPECT_EQ(tool.with("gen_ai.operation.name", "execute_tool").normalise().convention, Convention::otel_genai);
}

}  // namespace
}  // namespace aitf::genai
