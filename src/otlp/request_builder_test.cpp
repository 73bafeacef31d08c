// What both decoders share.

#include "otlp/request_builder.hpp"

#include <gtest/gtest.h>

namespace aitf::otlp {
namespace {

TEST(RequestBuilder, TellsAHundredRejectionsAndCountsTheRest) {
  Arena arena;
  const Limits limits;
  RequestBuilder builder(arena, limits, IdForm::bytes);
  for (int i = 0; i < 1000; ++i) {
    EXPECT_TRUE(builder.admit_span());
    builder.reject_malformed({}, "bad");
  }
  RawSpan without_ids;
  EXPECT_TRUE(builder.admit_span());
  builder.finish_span(without_ids);
  const Request request = builder.finish();
  EXPECT_EQ(request.rejected.size(), 101u);
  EXPECT_EQ(request.rejected_spans(), 1001u);
  EXPECT_EQ(request.rejected[99].spans, 901u);
  EXPECT_EQ(request.rejected[100].reason, reasons::kTraceId);
}

TEST(RequestBuilder, CutsLongNamesInMessages) {
  Arena arena;
  const Limits limits;
  RequestBuilder builder(arena, limits, IdForm::bytes);
  const std::string name(10'000, 'n');
  builder.reject_malformed({.name = name}, "bad");
  EXPECT_LT(builder.finish().rejected.at(0).message.size(), 200u);
}

TEST(DroppedBySender, StopsAtTheLargestNumber) {
  span::Span span{.dropped_attributes = 3, .dropped_events = 3};
  DroppedBySender{.attributes = UINT32_MAX, .events = 4}.add_to(span);
  EXPECT_EQ(span.dropped_attributes, UINT32_MAX);
  EXPECT_EQ(span.dropped_events, 7u);
}

}  // namespace
}  // namespace aitf::otlp
