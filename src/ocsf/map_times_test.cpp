// The time rule, with clocks and senders that cannot be trusted.

#include "ocsf/map_fixture.hpp"

namespace aitf::ocsf {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class MapTimes : public MapTest {
 protected:
  void receive_at(std::uint64_t nano) { context_.received_unix_nano = nano; }
  void last(std::uint64_t start, std::uint64_t end) {
    span_.start_unix_nano = start;
    span_.end_unix_nano = end;
  }
};

TEST_F(MapTimes, RoundDownToMillisecondsAndKeepTheNanosecondsAsText) {
  last(1'767'311'999'999'123'456, 1'767'312'000'000'123'455);
  receive_at(1'767'312'000'500'000'000);
  const auto event = mapped();
  EXPECT_EQ(event.time, 1'767'311'999'999);
  EXPECT_EQ(event.trace->span->start_time, 1'767'311'999'999);
  EXPECT_EQ(event.trace->span->end_time, 1'767'312'000'000);
  EXPECT_EQ(event.duration, 0);
  EXPECT_EQ(event.metadata->original_time, "1767311999999123456");
  EXPECT_EQ(event.metadata->logged_time, 1'767'312'000'500);
  EXPECT_EQ(event.latency->total_ms, 0.999999);
  EXPECT_FALSE(event.data_quality.has_value());
}

TEST_F(MapTimes, GiveNoDurationWhenTheEndIsBeforeTheStart) {
  for (const std::uint64_t end : {kStart - 1, std::uint64_t{0}}) {
    last(kStart, end);
    const auto event = mapped();
    EXPECT_EQ(event.time, static_cast<std::int64_t>(kStart / kMs));
    EXPECT_EQ(event.duration, std::nullopt);
    EXPECT_EQ(event.trace->span->end_time, std::nullopt);
    EXPECT_EQ(event.latency, std::nullopt);
    EXPECT_THAT(flags(event.data_quality), ElementsAre("negative_duration"));
    EXPECT_EQ(json().find("184467440"), std::string::npos);
    EXPECT_EQ(complaints(), "");
  }
}

TEST_F(MapTimes, AreNotSkewedWhenALongSpanEndsNow) {
  receive_at(kStart + 27 * kHour);
  last(kStart, kStart + 27 * kHour);
  const auto event = mapped();
  EXPECT_THAT(flags(event.data_quality), IsEmpty());
  EXPECT_EQ(event.duration, 27 * 3'600'000);
}

TEST_F(MapTimes, AreKeptAndFlaggedWhenASpanEndedLongAgo) {
  receive_at(kStart + 27 * kHour);
  last(kStart, kStart);
  const auto event = mapped();
  EXPECT_EQ(event.time, static_cast<std::int64_t>(kStart / kMs));
  EXPECT_EQ(event.duration, 0);
  EXPECT_THAT(flags(event.data_quality), ElementsAre("clock_skew"));
  EXPECT_EQ(event.data_quality->clock_skew_ms, -27 * 3'600'000);
}

TEST_F(MapTimes, AreKeptAndFlaggedWhenALongSpanWithoutAnEndBeganLongAgo) {
  receive_at(kStart + 27 * kHour);
  last(kStart, 0);
  EXPECT_THAT(flags(mapped().data_quality), ElementsAre("clock_skew", "negative_duration"));
}

TEST_F(MapTimes, OfFilesMayBeOld) {
  receive_at(kStart + kHour * 24 * 365);
  context_.live = false;
  EXPECT_THAT(flags(mapped().data_quality), IsEmpty());
}

TEST_F(MapTimes, AreKeptAndFlaggedWhenMoreThanFiveMinutesAhead) {
  receive_at(kStart - kMs * 60'000 * 10);
  const auto event = mapped();
  EXPECT_EQ(event.time, static_cast<std::int64_t>(kStart / kMs));
  EXPECT_THAT(flags(event.data_quality), ElementsAre("clock_skew"));
  EXPECT_EQ(event.data_quality->clock_skew_ms, 600'000);
  receive_at(kStart - kMs * 60'000 * 4);
  EXPECT_THAT(flags(mapped().data_quality), IsEmpty());
}

TEST_F(MapTimes, AreThoseOfTheReceiptWhenTheStartIsMoreThanADayAhead) {
  receive_at(kStart - 25 * kHour);
  const auto event = mapped();
  EXPECT_EQ(event.time, static_cast<std::int64_t>((kStart - 25 * kHour) / kMs));
  EXPECT_THAT(flags(event.data_quality), ElementsAre("clock_skew"));
  EXPECT_EQ(event.metadata->original_time, "1795584141337919257");
  EXPECT_EQ(event.trace->span->start_time, std::nullopt);
}

TEST_F(MapTimes, AreThoseOfTheReceiptWhenTheSenderUsedMilliseconds) {
  last(1'732'604'863'241, 1'732'604'863'241);
  const auto event = mapped();
  EXPECT_EQ(event.time, static_cast<std::int64_t>((kStart + 45 * kMs) / kMs));
  EXPECT_THAT(flags(event.data_quality), ElementsAre("clock_skew"));
  EXPECT_EQ(event.metadata->original_time, "1732604863241");
  EXPECT_EQ(event.trace->span->start_time, std::nullopt);
  EXPECT_EQ(event.trace->span->end_time, std::nullopt);
  EXPECT_EQ(event.duration, std::nullopt);
  EXPECT_EQ(complaints(), "");
}

TEST_F(MapTimes, AreThoseOfTheReceiptWhenTheStartIsMissing) {
  last(0, kStart);
  const auto event = mapped();
  EXPECT_EQ(event.time, static_cast<std::int64_t>((kStart + 45 * kMs) / kMs));
  EXPECT_THAT(flags(event.data_quality), ElementsAre("missing_time"));
  EXPECT_EQ(event.metadata->original_time, "");
  EXPECT_EQ(event.duration, std::nullopt);
  EXPECT_EQ(event.trace->span->end_time, static_cast<std::int64_t>(kStart / kMs));
}

TEST_F(MapTimes, OfTheLastNanosecondThereIsAreNoDuration) {
  last(kStart, 18'446'744'073'709'551'615U);
  const auto event = mapped();
  EXPECT_EQ(event.duration, std::nullopt);
  EXPECT_EQ(event.trace->span->end_time, std::nullopt);
  EXPECT_THAT(flags(event.data_quality), ElementsAre("clock_skew"));
  last(18'446'744'073'709'551'615U, 18'446'744'073'709'551'615U);
  EXPECT_EQ(mapped().time, static_cast<std::int64_t>((kStart + 45 * kMs) / kMs));
  EXPECT_EQ(complaints(), "");
}

}  // namespace
}  // namespace aitf::ocsf
