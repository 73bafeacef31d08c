// Whole spans, made by hand and captured from instrumentations.
#include "genai/normalise.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include "genai/span_fixture.hpp"
#include "otlp/decode.hpp"

namespace aitf::genai {
namespace {

TEST(Normalise, FillsAChatSpan) {
  SpanFixture span;
  chat(span).with("gen_ai.request.temperature", "0.2").with("gen_ai.request.seed", SpanFixture::integer(-5));
  span.with("gen_ai.request.stream", "False").with("gen_ai.response.time_to_first_chunk", SpanFixture::real(0.25));
  span.with("gen_ai.conversation.id", "conv").with("session.id", "sess").with("enduser.id", "user-1");
  span.with("gen_ai.request.stop_sequences", R"(["END"])");
  const Operation op = span.normalise();
  EXPECT_EQ(op.operation, "chat");
  EXPECT_EQ(op.parameters.temperature, 0.2);
  EXPECT_EQ(op.parameters.seed, -5);
  EXPECT_EQ(op.parameters.stop_sequences, std::vector<Text>{"END"});
  EXPECT_EQ(op.streaming, false);
  EXPECT_EQ(op.time_to_first_token_ms, 250.0);
  EXPECT_EQ(op.session_id, "conv");
  EXPECT_EQ(op.conversation_id, "conv");
  EXPECT_EQ(op.end_user_session, "sess");
  EXPECT_EQ(op.user.id, "user-1");
  EXPECT_TRUE(op.unmapped.empty());
}

TEST(Normalise, NamesAWorkflowUnderBothNames) {
  SpanFixture old_name;
  old_name.with("gen_ai.operation.name", "invoke_workflow").with("gen_ai.workflow.name", "team");
  EXPECT_EQ(old_name.normalise().agent_name, "team");
  SpanFixture new_name;
  new_name.with("gen_ai.operation.name", "invoke_workflow").with("gen_ai.agent.name", "team");
  EXPECT_EQ(new_name.normalise().workflow_name, "team");
}

TEST(Normalise, KnowsFrameworksByTheirScope) {
  SpanFixture span;
  span.with("gen_ai.operation.name", "invoke_agent").in_scope("opentelemetry.instrumentation.genai.llama_index");
  EXPECT_EQ(span.normalise().framework, "llama_index");
}

TEST(Normalise, TakesFirstOfANameThatIsNotEmpty) {
  SpanFixture span;
  chat(span).with("user.id", "").with("enduser.id", "u2");
  EXPECT_EQ(span.normalise().user.id, "u2");
}

TEST(Normalise, GivesNothingButTheKindForOtherSpans) {
  SpanFixture span;
  const Operation op = span.with("http.route", "/x").with_status(2, "boom").normalise();
  EXPECT_EQ(op.kind, Kind::not_ai);
  EXPECT_EQ(op.failure.category, ErrorCategory::none);
}

// One line a span: what a reader of the capture would say of it.
std::string summary(const Operation& op) {
  std::ostringstream out;
  const auto count = [&](Count number) { number ? out << *number : out << '-'; };
  out << op.span->span_id << ' ' << word(op.kind) << ' ' << word(op.convention) << " provider=" << op.provider
      << " model=" << op.model_id << '@' << op.model_version << " tokens=";
  count(op.usage.input_tokens), out << '/', count(op.usage.output_tokens), out << '/', count(op.usage.total_tokens);
  out << " finish=" << word(op.finish) << " error=" << op.failure.type << '/' << op.failure.code << '/'
      << word(op.failure.category) << " tool=" << op.tool_name << '/' << op.tool_type << " server=" << op.mcp_server
      << " agent=" << op.agent_name << " session=" << op.session_id << " parts=" << op.messages.size()
      << " system=" << op.system_prompt.text.size() << " documents=" << op.documents.size()
      << " tools=" << op.tool_definitions.size() << " unmapped=" << op.unmapped.size();
  return out.str();
}

std::string contents(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream out;
  out << file.rdbuf();
  return out.str();
}

// tests/data/genai/captures.txt: a line `# folder/file` before the lines of its spans.
TEST(Normalise, SaysOfEachCapturedSpanWhatIsInIt) {
  std::istringstream expected(contents(AITF_TEST_DATA "/genai/captures.txt"));
  std::map<std::string, std::vector<std::string>> files;
  std::string line, file;
  while (std::getline(expected, line))
    line.starts_with("# ") ? void(file = line.substr(2)) : files[file].push_back(line);
  ASSERT_FALSE(files.empty());
  for (const auto& [name, lines] : files) {
    Arena arena;
    const std::string body = contents(AITF_TEST_DATA "/otlp/" + name);
    const auto request = otlp::decode_protobuf(body, arena);
    ASSERT_TRUE(request) << name;
    ASSERT_EQ(request->spans.size(), lines.size()) << name;
    for (std::size_t i = 0; i < lines.size(); ++i)
      EXPECT_EQ(summary(normalise(request->spans[i], arena)), lines[i]) << name;
  }
}

}  // namespace
}  // namespace aitf::genai
