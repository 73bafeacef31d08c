#include "genai/usage.hpp"

#include <gtest/gtest.h>

#include "genai/span_fixture.hpp"

namespace aitf::genai {
namespace {

constexpr const char* answer = R"([{"role":"assistant","parts":[{"type":"text","content":"hi"}]}])";

SpanFixture& with_tokens(SpanFixture& span, std::int64_t input, std::int64_t output) {
  return span.with("gen_ai.usage.input_tokens", SpanFixture::integer(input))
      .with("gen_ai.usage.output_tokens", SpanFixture::integer(output));
}

TEST(UsageOf, AddsUpTheTotalFromBothParts) {
  SpanFixture span;
  const Usage usage = with_tokens(chat(span), 59, 14).normalise().usage;
  EXPECT_EQ(usage.total_tokens, 73);
  EXPECT_FALSE(usage.cached_tokens);
}

TEST(UsageOf, DoesNotInventATotalFromOnePart) {
  SpanFixture span;
  chat(span).with("gen_ai.usage.input_tokens", SpanFixture::integer(5));
  EXPECT_FALSE(span.normalise().usage.total_tokens);
}

TEST(UsageOf, CountsAnEmbeddingByItsInput) {
  SpanFixture span;
  span.with("gen_ai.operation.name", "embeddings").with("gen_ai.usage.input_tokens", SpanFixture::integer(10));
  EXPECT_EQ(span.normalise().usage.total_tokens, 10);
}

TEST(UsageOf, TreatsTwoZerosBesideAnAnswerAsUnknown) {
  SpanFixture answered;
  with_tokens(chat(answered), 0, 0).with("gen_ai.output.messages", answer);
  EXPECT_FALSE(answered.normalise().usage.known());
  SpanFixture silent;
  EXPECT_EQ(with_tokens(chat(silent), 0, 0).normalise().usage.total_tokens, 0);
  SpanFixture half;
  with_tokens(chat(half), 0, 3).with("gen_ai.output.messages", answer);
  EXPECT_EQ(half.normalise().usage.input_tokens, 0);
}

TEST(UsageOf, PrefersTheNewNameOverTheOldOne) {
  SpanFixture span;
  chat(span).with("gen_ai.usage.prompt_tokens", SpanFixture::integer(10));
  span.with("gen_ai.usage.input_tokens", SpanFixture::integer(20));
  const Operation operation = span.normalise();
  EXPECT_EQ(operation.usage.input_tokens, 20);
  ASSERT_EQ(operation.unmapped.size(), 1u);  // the other value says something else and is kept
  EXPECT_EQ(operation.unmapped[0].key, "gen_ai.usage.prompt_tokens");
}

TEST(UsageOf, ReadsOldNamesAlone) {
  SpanFixture span;
  chat(span).with("gen_ai.usage.prompt_tokens", SpanFixture::integer(10));
  span.with("gen_ai.usage.completion_tokens", "7");
  span.with("gen_ai.usage.cache_creation.input_tokens", SpanFixture::integer(4));
  const Operation operation = span.normalise();
  EXPECT_EQ(operation.usage.total_tokens, 17);
  EXPECT_EQ(operation.usage.cache_write_tokens, 4);
  EXPECT_TRUE(operation.quality.coerced_type);
}

TEST(UsageOf, KeepsPartsApartFromTheirWhole) {
  SpanFixture span;
  with_tokens(chat(span), 10, 225).with("gen_ai.usage.reasoning.output_tokens", SpanFixture::integer(200));
  const Usage usage = span.normalise().usage;
  EXPECT_EQ(usage.output_tokens, 225);
  EXPECT_EQ(usage.reasoning_tokens, 200);
  EXPECT_EQ(usage.total_tokens, 235);
}

TEST(UsageOf, LeavesWhatIsNoCountToUnmapped) {
  SpanFixture span;
  chat(span).with("gen_ai.usage.input_tokens", "many").with("gen_ai.usage.output_tokens", SpanFixture::integer(-1));
  const Operation operation = span.normalise();
  EXPECT_FALSE(operation.usage.known());
  EXPECT_TRUE(operation.quality.unparsed_value);
  EXPECT_EQ(operation.unmapped.size(), 2u);
}

TEST(UsageOf, DoesNotOverflowTheTotal) {
  SpanFixture span;
  const Usage usage = with_tokens(chat(span), INT64_MAX, 1).normalise().usage;
  EXPECT_FALSE(usage.total_tokens);
}

TEST(UsageOf, IsAnAggregateOnAgents) {
  SpanFixture span;
  span.with("gen_ai.operation.name", "invoke_agent");
  EXPECT_EQ(span.normalise().usage_scope, UsageScope::aggregate);
  SpanFixture leaf;
  EXPECT_EQ(chat(leaf).normalise().usage_scope, UsageScope::leaf);
}

}  // namespace
}  // namespace aitf::genai
