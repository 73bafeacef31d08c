// Answers to senders, byte for byte.

#include "otlp/reply.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace aitf::otlp {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;

Request rejecting(std::vector<Rejection> rejected) {
  Request request;
  request.rejected = std::move(rejected);
  return request;
}

TEST(Reply, SaysNothingWhenAllWasTaken) {
  EXPECT_EQ(success_reply({}, Encoding::protobuf), "");
  EXPECT_EQ(success_reply({}, Encoding::json), "{}");
}

TEST(Reply, CountsRejectedSpansInProtobuf) {
  const Request request = rejecting({{"malformed", "bad", 1}});
  EXPECT_EQ(success_reply(request, Encoding::protobuf), std::string("\x0a\x07\x08\x01\x12\x03"
                                                                    "bad",
                                                                    9));
}

TEST(Reply, WritesTheCountAsTextInJson) {
  const Request request = rejecting({{"malformed", "span 'a\"b'", 1}, {"limit", "too many", 300}});
  EXPECT_EQ(
      success_reply(request, Encoding::json),
      R"json({"partialSuccess":{"rejectedSpans":"301","errorMessage":"span 'a\"b'; too many (and 299 more)"}})json");
}

TEST(Reply, TellsTheFirstRejectionsWithinTwoKilobytes) {
  Request request;
  for (int i = 0; i < 100; ++i)
    request.rejected.push_back({"malformed", "span " + std::to_string(i) + std::string(90, 'x')});
  const std::string reply = success_reply(request, Encoding::json);
  EXPECT_LT(reply.size(), 2048u + 64u);
  EXPECT_THAT(reply, HasSubstr("span 0x"));
  EXPECT_THAT(reply, HasSubstr(R"("rejectedSpans":"100")"));
  EXPECT_THAT(reply, EndsWith(R"( further rejections"}})"));
}

TEST(Reply, BoundsASingleLongRejection) {
  const std::string reply = success_reply(rejecting({{"malformed", std::string(5000, 'x'), 1}}), Encoding::json);
  EXPECT_EQ(reply, R"({"partialSuccess":{"rejectedSpans":"1","errorMessage":"1 further rejections"}})");
}

TEST(Reply, TellsErrorsAsStatus) {
  EXPECT_EQ(error_reply(Code::invalid_argument, "no \"x\"", Encoding::json), R"({"code":3,"message":"no \"x\""})");
  EXPECT_EQ(error_reply(Code::unauthenticated, "no", Encoding::protobuf), std::string("\x08\x10\x12\x02no", 6));
}

}  // namespace
}  // namespace aitf::otlp
