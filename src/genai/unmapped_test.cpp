#include "genai/unmapped.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "genai/span_fixture.hpp"

namespace aitf::genai {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> keys(const Operation& operation) {
  std::vector<std::string> found;
  found.reserve(operation.unmapped.size());
  for (const Unmapped& each : operation.unmapped) found.push_back(std::string(each.prefix) + std::string(each.key));
  return found;
}

TEST(UnmappedOf, HoldsWhatNoFieldHolds) {
  SpanFixture span;
  chat(span).with("custom", "x").with("flag", SpanFixture::boolean(false)).with("zero", SpanFixture::integer(0));
  EXPECT_THAT(keys(span.normalise()), ElementsAre("span.custom", "span.flag", "span.zero"));
}

TEST(UnmappedOf, LeavesOutEmptyValuesAndVectors) {
  SpanFixture span;
  chat(span).with("a", "").with("b", "[]").with("c", span.list({})).with("d", span::Value{}).with("e", span.map({}));
  span.with("llm.embedding", span.list(std::vector<span::Value>(16, SpanFixture::real(0.5))));
  EXPECT_THAT(keys(span.normalise()), IsEmpty());
}

TEST(UnmappedOf, KeepsAFieldThatAnotherKindWouldTake) {
  SpanFixture span;
  chat(span).with("gen_ai.tool.call.arguments", "{\"a\":1}").with("network.transport", "tcp");
  EXPECT_THAT(keys(span.normalise()), ElementsAre("span.gen_ai.tool.call.arguments", "span.network.transport"));
}

TEST(UnmappedOf, LeavesOutAnOldNameThatSaysTheSame) {
  SpanFixture span;
  chat(span).with("gen_ai.system", "openai");
  EXPECT_THAT(keys(span.normalise()), IsEmpty());
}

TEST(UnmappedOf, NumbersEventsOfOneName) {
  SpanFixture span;
  chat(span);
  for (const char* value : {"1", "2", "3"}) span.with_event("retry", {{"n", span.text(value)}});
  span.with_event("other", {{"n", span.text("4")}});
  EXPECT_THAT(keys(span.normalise()),
              ElementsAre("event.retry.n", "event.retry#2.n", "event.retry#3.n", "event.other.n"));
}

TEST(UnmappedOf, IsBoundedForManyEvents) {
  SpanFixture span;
  chat(span);
  for (int i = 0; i < 4000; ++i) span.with_event("retry", {{"n", span.text("x")}});
  EXPECT_LE(span.normalise().unmapped.size(), 512u);
}

}  // namespace
}  // namespace aitf::genai
