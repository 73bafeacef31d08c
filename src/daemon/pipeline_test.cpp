#include "daemon/pipeline.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

namespace aitf::daemon {
namespace {

using testing::HasSubstr;

const std::string good_span =
    R"({"traceId":"8a90a5079c83528ceb907da71517eee6","spanId":"9f9da9ef5c98e0bd","name":"chat gpt-4o",)"
    R"("startTimeUnixNano":"1795584141337919257","endTimeUnixNano":"1795584141343432198",)"
    R"("attributes":[{"key":"gen_ai.operation.name","value":{"stringValue":"chat"}}]})";
const std::string http_span =
    R"({"traceId":"8a90a5079c83528ceb907da71517eee6","spanId":"aaaaaaaaaaaaaaaa","name":"GET /"})";
const std::string bad_span = R"({"traceId":"00","spanId":"aaaaaaaaaaaaaaaa","name":"bad"})";

std::string request(const std::string& spans) {
  return R"({"resourceSpans":[{"scopeSpans":[{"spans":[)" + spans + "]}]}]}";
}

class PipelineTest : public testing::Test {
 protected:
  Result<Processed> process(const std::string& body) {
    return pipeline.process(body, otlp::Encoding::json, [this](std::span<const journal::Record> records) -> Status {
      if (full) return fail(ErrorKind::throttled, "full");
      for (const auto& record : records) {
        payloads.emplace_back(record.payload);
        uids.emplace_back(record.uid);
      }
      return {};
    });
  }

  ManualClock clock;
  observe::Metrics metrics;
  Pipeline pipeline{{}, clock, metrics};
  bool full = false;
  std::vector<std::string> payloads, uids;
};

TEST_F(PipelineTest, MakesOneEventOfAnAiSpanAndIgnoresOthers) {
  const auto done = process(request(good_span + "," + http_span + "," + bad_span));
  ASSERT_TRUE(done) << done.error().text();
  EXPECT_EQ(done->received, 3U);
  EXPECT_EQ(done->events, 1U);
  EXPECT_EQ(done->ignored, 1U);
  EXPECT_EQ(done->rejected.size(), 1U);
  EXPECT_EQ(done->rejected_spans(), 1U);
  ASSERT_EQ(payloads.size(), 1U);
  EXPECT_THAT(payloads[0], HasSubstr(R"("class_uid":7001)"));
  // The vector of the schema's rule for ids.
  EXPECT_EQ(uids[0], "070ec7e3e1e43ac931fbee6598ce9cbc");
  EXPECT_THAT(payloads[0], HasSubstr(uids[0]));
}

TEST_F(PipelineTest, CountsOnlyWhatIsSafe) {
  full = true;
  const auto refused = process(request(good_span));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::throttled);
  EXPECT_THAT(metrics.expose(), HasSubstr("\naitf_spans_accepted_total 0\n"));
  full = false;
  ASSERT_TRUE(process(request(good_span)));
  EXPECT_THAT(metrics.expose(), HasSubstr("\naitf_spans_accepted_total 1\n"));
  EXPECT_THAT(metrics.expose(), HasSubstr("aitf_events_total{class_uid=\"7001\"} 1\n"));
}

TEST_F(PipelineTest, AsksForNothingToBeAppendedWhenThereIsNothing) {
  full = true;  // would fail if asked
  const auto done = process(request(http_span));
  ASSERT_TRUE(done);
  EXPECT_EQ(done->ignored, 1U);
  EXPECT_TRUE(process(R"({"resourceSpans":[]})"));
}

TEST_F(PipelineTest, SaysInvalidOfWhatIsNoOtlp) {
  const auto done = process("{\"resourceSpans\":[");
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().kind, ErrorKind::invalid);
}

TEST_F(PipelineTest, GivesTheSameSpanTheSameId) {
  ASSERT_TRUE(process(request(good_span)));
  clock.advance(std::chrono::hours(1));
  ASSERT_TRUE(process(request(good_span)));
  ASSERT_EQ(uids.size(), 2U);
  EXPECT_EQ(uids[0], uids[1]);
}

}  // namespace
}  // namespace aitf::daemon
