#include "genai/failure.hpp"

#include <gtest/gtest.h>

#include "genai/span_fixture.hpp"

namespace aitf::genai {
namespace {

Failure of(const char* type, const char* status) {
  static std::deque<SpanFixture> spans;
  SpanFixture& span = chat(spans.emplace_back());
  if (*type != '\0') span.with("error.type", type);
  return span.with_status(2, status).normalise().failure;
}

TEST(FailureOf, IsNoneOnSuccess) {
  SpanFixture span;
  chat(span).with_status(1, "").with_event("exception", {{"exception.type", span.text("Handled")}});
  const Operation operation = span.normalise();
  EXPECT_EQ(operation.failure.category, ErrorCategory::none);
  ASSERT_EQ(operation.unmapped.size(), 1u);
  EXPECT_EQ(operation.unmapped[0].prefix, "event.exception.");
}

TEST(FailureOf, FindsTheCodeInTheStatusText) {
  const Failure failure = of("openai.RateLimitError", "Error code: 429 - Rate limit reached");
  EXPECT_EQ(failure.type, "openai.RateLimitError");
  EXPECT_EQ(failure.code, "429");
  EXPECT_EQ(failure.message, "Error code: 429 - Rate limit reached");
  EXPECT_EQ(failure.category, ErrorCategory::rate_limit);
  EXPECT_EQ(of("X", "Error code: 4290 apples").code, "");
  EXPECT_EQ(of("X", "429 apples").code, "");
}

TEST(FailureOf, TakesCodesFromAttributesAndFromANumericType) {
  EXPECT_EQ(of("503", "").code, "503");
  EXPECT_EQ(of("503", "").category, ErrorCategory::overloaded);
  EXPECT_EQ(of("-32602", "").category, ErrorCategory::invalid_request);
  SpanFixture span;
  const Failure failure =
      chat(span).with("http.response.status_code", SpanFixture::integer(401)).with_status(2, "").normalise().failure;
  EXPECT_EQ(failure.code, "401");
  EXPECT_EQ(failure.category, ErrorCategory::auth);
}

TEST(FailureOf, JudgesByTheTypeWithoutACode) {
  EXPECT_EQ(of("openai.APITimeoutError", "").category, ErrorCategory::timeout);
  EXPECT_EQ(of("anthropic.OverloadedError", "").category, ErrorCategory::overloaded);
  EXPECT_EQ(of("httpx.ConnectError", "").category, ErrorCategory::other);
  EXPECT_EQ(of("openai.APIConnectionError", "").category, ErrorCategory::network);
  EXPECT_EQ(of("asyncio.CancelledError", "").category, ErrorCategory::cancelled);
  EXPECT_EQ(of("rate_limit_exceeded", "").category, ErrorCategory::rate_limit);
  EXPECT_EQ(of("tool_error", "").category, ErrorCategory::tool_error);
  EXPECT_EQ(of("_OTHER", "").category, ErrorCategory::other);
}

TEST(FailureOf, TellsAContentFilterFromABadRequest) {
  EXPECT_EQ(of("openai.BadRequestError",
               "Error code: 400 - The response was filtered due to the prompt triggering "
               "the content management policy.")
                .category,
            ErrorCategory::content_filter);
  EXPECT_EQ(of("openai.BadRequestError", "Error code: 400 - prompt is too long").category,
            ErrorCategory::invalid_request);
  EXPECT_EQ(of("X", "Error code: 500 - content filter crashed").category, ErrorCategory::server);
}

TEST(FailureOf, UsesTheLastExceptionAndKeepsTheOthers) {
  SpanFixture span;
  chat(span).with_status(2, "status");
  span.with_event("exception", {{"exception.type", span.text("First")}, {"exception.message", span.text("one")}});
  span.with_event("exception", {{"exception.type", span.text("Second")},
                                {"exception.message", span.text("two")},
                                {"exception.stacktrace", span.text("at /srv/x.py")},
                                {"exception.escaped", SpanFixture::boolean(false)}});
  const Operation operation = span.normalise();
  EXPECT_EQ(operation.failure.type, "Second");
  EXPECT_EQ(operation.failure.message, "two");
  ASSERT_EQ(operation.unmapped.size(), 2u);
  EXPECT_EQ(operation.unmapped[0].prefix, "event.exception.");
  EXPECT_EQ(operation.unmapped[1].value->text, "one");
}

TEST(FailureOf, CutsStackTraces) {
  EXPECT_EQ(of("X", "no luck\nTraceback (most recent call last):\n  File \"/srv/x.py\"").message, "no luck");
  EXPECT_EQ(of("X", "Traceback (most recent call last):\n  File \"/srv/x.py\"\nValueError: bad\n").message,
            "ValueError: bad");
  EXPECT_EQ(of("X", "Error: bad\n    at Object.run (/srv/x.js:2)").message, "Error: bad");
}

TEST(FailureOf, CallsARefusedToolDenied) {
  SpanFixture span;
  span.with("gen_ai.operation.name", "execute_tool").with("error.type", "PermissionError");
  EXPECT_EQ(span.normalise().failure.category, ErrorCategory::denied);
  SpanFixture other;
  other.with("gen_ai.operation.name", "execute_tool").with("error.type", "ValueError");
  EXPECT_EQ(other.normalise().failure.category, ErrorCategory::tool_error);
}

}  // namespace
}  // namespace aitf::genai
