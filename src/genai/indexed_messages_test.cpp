#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "genai/span_fixture.hpp"

namespace aitf::genai {
namespace {

class IndexedMessages : public testing::Test {
 protected:
  IndexedMessages() { span.with("gen_ai.request.model", "gpt-4o").with("gen_ai.system", "OpenAI"); }

  bool has_unmapped(const Operation& operation, Text key) {
    return std::ranges::find(operation.unmapped, key, &Unmapped::key) != operation.unmapped.end();
  }
  SpanFixture span;
};

TEST_F(IndexedMessages, BecomeTheSystemPromptAndMessages) {
  span.with("gen_ai.prompt.0.role", "system").with("gen_ai.prompt.0.content", "Be brief.");
  span.with("gen_ai.prompt.1.role", "user").with("gen_ai.prompt.1.content", "Hello");
  span.with("gen_ai.completion.0.role", "assistant").with("gen_ai.completion.0.content", "Hi");
  span.with("gen_ai.completion.0.finish_reason", "stop");
  const Operation operation = span.normalise();
  EXPECT_EQ(operation.kind, Kind::inference);
  EXPECT_EQ(operation.convention, Convention::otel_genai_old);
  EXPECT_EQ(operation.system_prompt.text, "Be brief.");
  EXPECT_EQ(operation.system_prompt.source_attribute, "gen_ai.prompt.0.content");
  ASSERT_EQ(operation.messages.size(), 2u);
  EXPECT_EQ(operation.messages[0].text, "Hello");
  EXPECT_EQ(operation.messages[0].message_index, 1u);
  EXPECT_EQ(operation.messages[0].source_attribute, "gen_ai.prompt.1.content");
  EXPECT_EQ(operation.messages[1].text, "Hi");
  EXPECT_EQ(operation.messages[1].direction, Direction::output);
  EXPECT_EQ(operation.finish, Finish::stop);
  EXPECT_TRUE(operation.unmapped.empty());
}

TEST_F(IndexedMessages, StandInTheOrderOfTheirNumbers) {
  for (const std::int64_t i : {10L, 2L, 1L, 0L, 3000000000L})
    span.with("gen_ai.prompt." + std::to_string(i) + ".content", "text " + std::to_string(i));
  const Operation operation = span.normalise();
  ASSERT_EQ(operation.messages.size(), 5u);
  EXPECT_EQ(operation.messages[1].text, "text 1");
  EXPECT_EQ(operation.messages[2].text, "text 2");
  EXPECT_EQ(operation.messages[3].text, "text 10");
  EXPECT_EQ(operation.messages[3].message_index, 3u);
  EXPECT_EQ(operation.messages[4].text, "text 3000000000");
  EXPECT_EQ(operation.messages[0].role, Role::user);
}

TEST_F(IndexedMessages, HoldToolCallsAndTheirResults) {
  span.with("gen_ai.prompt.0.role", "assistant");
  span.with("gen_ai.prompt.0.tool_calls.1.id", "b").with("gen_ai.prompt.0.tool_calls.1.name", "second");
  span.with("gen_ai.prompt.0.tool_calls.0.arguments", R"({"n": 1})").with("gen_ai.prompt.0.tool_calls.0.id", "a");
  span.with("gen_ai.prompt.0.tool_calls.0.name", "first");
  span.with("gen_ai.prompt.1.role", "tool").with("gen_ai.prompt.1.content", R"({"ok": true})");
  span.with("gen_ai.prompt.1.tool_call_id", "a");
  const Operation operation = span.normalise();
  ASSERT_EQ(operation.messages.size(), 3u);
  const Part& first = operation.messages[0];
  EXPECT_EQ(first.type, PartType::tool_call);
  EXPECT_EQ(first.name, "first");
  EXPECT_EQ(first.tool_call_id, "a");
  EXPECT_EQ(first.arguments, R"({"n": 1})");
  EXPECT_EQ(first.source_attribute, "gen_ai.prompt.0.tool_calls.0.arguments");
  EXPECT_EQ(operation.messages[1].name, "second");
  EXPECT_EQ(operation.messages[1].source_attribute, "gen_ai.prompt.0.tool_calls.1.id");
  const Part& result = operation.messages[2];
  EXPECT_EQ(result.type, PartType::tool_result);
  EXPECT_EQ(result.tool_call_id, "a");
  EXPECT_EQ(result.text, R"({"ok": true})");
  EXPECT_TRUE(operation.unmapped.empty());
}

TEST_F(IndexedMessages, HoldAFunctionCallBesideText) {
  span.with("gen_ai.completion.0.content", "I look it up.");
  span.with("gen_ai.completion.0.function_call.name", "get_order");
  span.with("gen_ai.completion.0.function_call.arguments", "{}");
  const Operation operation = span.normalise();
  ASSERT_EQ(operation.messages.size(), 2u);
  EXPECT_EQ(operation.messages[0].source_attribute, "gen_ai.completion.0.content");
  EXPECT_EQ(operation.messages[1].name, "get_order");
  EXPECT_EQ(operation.messages[1].arguments, "{}");
  EXPECT_EQ(operation.messages[1].source_attribute, "gen_ai.completion.0.function_call.name");
}

TEST_F(IndexedMessages, MayHoldPartsAsJsonText) {
  span.with("gen_ai.prompt.0.content",
            R"([{"type":"text","text":"See"},{"type":"image_url","image_url":{"url":"http://x/y"}}])");
  span.with("gen_ai.prompt.1.content", "[1, 2]");
  const Operation operation = span.normalise();
  ASSERT_EQ(operation.messages.size(), 3u);
  EXPECT_EQ(operation.messages[0].text, "See");
  EXPECT_EQ(operation.messages[1].type, PartType::image);
  EXPECT_EQ(operation.messages[2].text, "[1, 2]");
}

TEST_F(IndexedMessages, GiveOneFinishReasonAChoice) {
  for (const char* number : {"0", "1"})
    span.with(std::string("gen_ai.completion.") + number + ".finish_reason", "stop")
        .with(std::string("gen_ai.completion.") + number + ".content", number);
  EXPECT_EQ(span.normalise().finish_reasons.size(), 2u);
}

TEST_F(IndexedMessages, GiveWayToMessagesInOneAttributeAndAreKept) {
  span.with("gen_ai.input.messages", R"([{"role":"user","content":"new"}])").with("gen_ai.prompt.0.content", "old");
  const Operation operation = span.normalise();
  ASSERT_EQ(operation.messages.size(), 1u);
  EXPECT_EQ(operation.messages[0].text, "new");
  EXPECT_TRUE(has_unmapped(operation, "gen_ai.prompt.0.content"));
}

TEST_F(IndexedMessages, LeaveMembersThatNobodyKnowsToTheRest) {
  span.with("gen_ai.prompt.0.content", "x").with("gen_ai.prompt.0.mood", "good").with("gen_ai.prompt.0.role", "");
  const Operation operation = span.normalise();
  EXPECT_EQ(operation.messages.size(), 1u);
  ASSERT_EQ(operation.unmapped.size(), 1u);
  EXPECT_EQ(operation.unmapped[0].key, "gen_ai.prompt.0.mood");
}

}  // namespace
}  // namespace aitf::genai
