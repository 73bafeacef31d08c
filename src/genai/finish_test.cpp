#include "genai/finish.hpp"

#include <gtest/gtest.h>

#include "genai/span_fixture.hpp"

namespace aitf::genai {
namespace {

TEST(Finish, UnifiesTheWordsOfProviders) {
  for (const char* word : {"stop", "end_turn", "STOP", "FinishReason.STOP", "completed", " stop "})
    EXPECT_EQ(finish_of(word), Finish::stop) << word;
  for (const char* word : {"tool_calls", "tool_call", "tool_use", "tool-calls", "FinishReason.TOOL_CALLS"})
    EXPECT_EQ(finish_of(word), Finish::tool_calls) << word;
  for (const char* word : {"length", "max_tokens", "MAX_TOKENS"}) EXPECT_EQ(finish_of(word), Finish::length) << word;
  for (const char* word : {"content_filter", "content-filter", "SAFETY", "guardrail_intervened"})
    EXPECT_EQ(finish_of(word), Finish::content_filter) << word;
  EXPECT_EQ(finish_of("refusal"), Finish::refusal);
  EXPECT_EQ(finish_of("something"), Finish::other);
  EXPECT_EQ(finish_of(""), Finish::none);
}

TEST(Finish, PicksTheWeightiestOfSeveralChoices) {
  EXPECT_EQ(finish_of(std::vector<Text>{"stop", "length", "content_filter"}), Finish::content_filter);
  EXPECT_EQ(finish_of(std::vector<Text>{"something", "stop"}), Finish::stop);
  EXPECT_EQ(finish_of(std::vector<Text>{"tool_calls", "refusal"}), Finish::refusal);
  EXPECT_EQ(finish_of(std::vector<Text>{}), Finish::none);
}

TEST(Finish, ReadsReasonsFromTextAndFromMessages) {
  SpanFixture from_text;
  const Operation a = chat(from_text).with("gen_ai.response.finish_reasons", R"(["max_tokens"])").normalise();
  EXPECT_EQ(a.finish, Finish::length);
  EXPECT_EQ(a.finish_reasons, std::vector<Text>{"max_tokens"});
  SpanFixture from_message;
  const Operation b =
      chat(from_message)
          .with("gen_ai.output.messages", R"([{"role":"assistant","parts":[],"finish_reason":"content_filter"}])")
          .normalise();
  EXPECT_EQ(b.finish, Finish::content_filter);
}

}  // namespace
}  // namespace aitf::genai
