#include <gtest/gtest.h>

#include "genai/span_fixture.hpp"

namespace aitf::genai {
namespace {

TEST(MessageEvents, MakeOneMessageEach) {
  SpanFixture span;
  chat(span);
  span.with_event("gen_ai.system.message", {{"content", span.text("Be kind.")}});
  span.with_event("gen_ai.user.message", {{"content", span.text("hi")}});
  span.with_event("gen_ai.assistant.message",
                  {{"tool_calls", span.text(R"([{"id":"c","function":{"name":"f","arguments":"{}"}}])")}});
  span.with_event("gen_ai.tool.message", {{"content", span.text("42")}, {"id", span.text("c")}});
  const Operation op = span.normalise();
  EXPECT_EQ(op.system_prompt.text, "Be kind.");
  EXPECT_EQ(op.system_prompt.source_attribute, "gen_ai.system.message");
  ASSERT_EQ(op.messages.size(), 3u);
  EXPECT_EQ(op.messages[0].text, "hi");
  EXPECT_EQ(op.messages[0].message_index, 1u);
  EXPECT_TRUE(op.messages[0].is_history);
  EXPECT_EQ(op.messages[1].type, PartType::tool_call);
  EXPECT_EQ(op.messages[2].type, PartType::tool_result);
  EXPECT_EQ(op.messages[2].tool_call_id, "c");
  EXPECT_TRUE(op.unmapped.empty());
}

TEST(MessageEvents, ReadTheMessageInsideAChoice) {
  SpanFixture span;
  const auto function = span.map({{"name", span.text("f")}, {"arguments", span.text(R"({"x":1})")}});
  const auto call = span.map({{"id", span.text("c")}, {"type", span.text("function")}, {"function", function}});
  const auto message = span.map({{"role", span.text("assistant")}, {"tool_calls", span.list({call})}});
  chat(span).with_event(
      "gen_ai.choice",
      {{"index", SpanFixture::integer(0)}, {"finish_reason", span.text("tool_calls")}, {"message", message}});
  const Operation op = span.normalise();
  ASSERT_EQ(op.messages.size(), 1u);
  EXPECT_EQ(op.messages[0].direction, Direction::output);
  EXPECT_EQ(op.messages[0].arguments, R"({"x":1})");
  EXPECT_EQ(op.messages[0].source_attribute, "gen_ai.choice");
  EXPECT_EQ(op.finish, Finish::tool_calls);
}

TEST(MessageEvents, ReadABodyThatIsJsonInOneAttribute) {
  SpanFixture span;
  chat(span).with_event(
      "gen_ai.choice",
      {{"gen_ai.event.content", span.text(R"({"message":{"content":"hello"},"finish_reason":"stop","index":0})")}});
  const Operation op = span.normalise();
  ASSERT_EQ(op.messages.size(), 1u);
  EXPECT_EQ(op.messages[0].text, "hello");
  EXPECT_EQ(op.finish, Finish::stop);
}

TEST(MessageEvents, ReadWholePromptsAndAnswers) {
  SpanFixture span;
  chat(span);
  span.with_event("gen_ai.content.prompt", {{"gen_ai.prompt", span.text("What is RP-7?")}});
  span.with_event("gen_ai.content.completion",
                  {{"gen_ai.completion", span.text(R"([{"role":"assistant","content":"A policy."}])")}});
  const Operation op = span.normalise();
  ASSERT_EQ(op.messages.size(), 2u);
  EXPECT_EQ(op.messages[0].text, "What is RP-7?");
  EXPECT_EQ(op.messages[1].text, "A policy.");
  EXPECT_EQ(op.messages[1].direction, Direction::output);
}

TEST(MessageEvents, DoNotRepeatWhatAttributesHold) {
  SpanFixture span;
  chat(span).with("gen_ai.input.messages", R"([{"role":"user","content":"hi"}])");
  span.with_event("gen_ai.user.message", {{"content", span.text("hi")}});
  span.with_event("gen_ai.choice", {{"content", span.text("hello")}});
  const Operation op = span.normalise();
  ASSERT_EQ(op.messages.size(), 2u);
  EXPECT_EQ(op.messages[0].source_attribute, "gen_ai.input.messages");
  EXPECT_EQ(op.messages[1].text, "hello");
}

TEST(MessageEvents, FillFromTheDetailsEventOnlyWhatTheSpanLacks) {
  SpanFixture span;
  chat(span).with("gen_ai.request.model", "gpt-4o");
  const auto part = span.map({{"type", span.text("text")}, {"content", span.text("hi")}});
  const auto message = span.map({{"role", span.text("user")}, {"parts", span.list({part})}});
  span.with_event("gen_ai.client.inference.operation.details", {{"gen_ai.input.messages", span.list({message})},
                                                                {"gen_ai.request.model", span.text("other")},
                                                                {"custom", span.text("kept")}});
  const Operation op = span.normalise();
  ASSERT_EQ(op.messages.size(), 1u);
  EXPECT_EQ(op.messages[0].text, "hi");
  EXPECT_EQ(op.request_model, "gpt-4o");
  ASSERT_EQ(op.unmapped.size(), 2u);
  EXPECT_EQ(op.unmapped[0].prefix, "event.gen_ai.client.inference.operation.details.");
  EXPECT_EQ(op.unmapped[0].key, "gen_ai.request.model");
  EXPECT_EQ(op.unmapped[1].key, "custom");
}

}  // namespace
}  // namespace aitf::genai
