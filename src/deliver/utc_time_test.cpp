#include "deliver/utc_time.hpp"

#include <gtest/gtest.h>

namespace aitf::deliver {
namespace {

TEST(UtcTime, WritesRfc3339WithMilliseconds) {
  EXPECT_EQ(utc_text(1'767'311'999'999), "2026-01-01T23:59:59.999Z");
  EXPECT_EQ(utc_text(1'767'312'000'007), "2026-01-02T00:00:00.007Z");
}

TEST(UtcTime, KnowsTimesBefore1970) { EXPECT_EQ(utc_text(-1), "1969-12-31T23:59:59.999Z"); }

TEST(UtcTime, WritesDaysAndStampsForFileNames) {
  EXPECT_EQ(utc_day(1'767'311'999'999), "20260101");
  EXPECT_EQ(utc_stamp(1'767'311'999'999), "20260101T235959Z");
}

}  // namespace
}  // namespace aitf::deliver
