#include "config/values.hpp"

#include <gtest/gtest.h>

namespace aitf::config {
namespace {

using namespace std::chrono_literals;

TEST(Duration, IsReadWithItsUnit) {
  EXPECT_EQ(duration_from("500ms"), 500ms);
  EXPECT_EQ(duration_from("30s"), 30s);
  EXPECT_EQ(duration_from("5m"), 5min);
  EXPECT_EQ(duration_from("1h"), 1h);
  EXPECT_EQ(duration_from("7d"), 168h);
  EXPECT_EQ(duration_from("1h30m"), 90min);
  EXPECT_EQ(duration_from("0"), 0ms);
  EXPECT_EQ(duration_from("36500d"), std::chrono::hours(24 * 36'500));
}

TEST(Duration, IsNothingWithoutUnitOrPastItsLimit) {
  for (const char* text : {"", "10", "s", "-5s", "+5s", "1.5s", "5 s", " 5s", "5s ", "5M", "5us", "1h30", "36501d",
                           "36500d1ms", "18446744073709551615d", "99999999999999999999s", "1e3s"})
    EXPECT_EQ(duration_from(text), std::nullopt) << text;
}

TEST(Duration, IsShownInItsLargestWholeUnit) {
  EXPECT_EQ(text_of(0ms), "0s");
  EXPECT_EQ(text_of(1500ms), "1500ms");
  EXPECT_EQ(text_of(90s), "90s");
  EXPECT_EQ(text_of(3600s), "1h");
  EXPECT_EQ(text_of(168h), "7d");
}

TEST(Bytes, AreReadWithDecimalAndBinaryUnits) {
  EXPECT_EQ(bytes_from("0"), 0_B);
  EXPECT_EQ(bytes_from("65536"), 64_KiB);
  EXPECT_EQ(bytes_from("12B"), 12_B);
  EXPECT_EQ(bytes_from("64KiB"), 64_KiB);
  EXPECT_EQ(bytes_from("10MiB"), 10_MiB);
  EXPECT_EQ(bytes_from("1GB"), Bytes{1'000'000'000});
  EXPECT_EQ(bytes_from("2kB"), bytes_from("2KB"));
  EXPECT_EQ(bytes_from("1TiB"), 1024_GiB);
}

TEST(Bytes, AreNothingInAnyOtherForm) {
  for (const char* text : {"", "MiB", "1.5GiB", "10 MiB", "-1", "1mb", "1Mi", "1MiB1KiB", "18446744073709551615KiB"})
    EXPECT_EQ(bytes_from(text), std::nullopt) << text;
}

TEST(Bytes, AreShownInTheirLargestWholeUnit) {
  EXPECT_EQ(text_of(0_B), "0");
  EXPECT_EQ(text_of(1025_B), "1025");
  EXPECT_EQ(text_of(10_GiB), "10GiB");
  EXPECT_EQ(text_of(Bytes{1'000'000}), "1MB");
  EXPECT_EQ(text_of(1536_KiB), "1536KiB");
}

TEST(Values, ReadBackWhatTheyShow) {
  for (const std::uint64_t n : {1ull, 999ull, 1000ull, 1024ull, 60'000ull, 86'400'000ull, 1'073'741'824ull}) {
    EXPECT_EQ(bytes_from(text_of(Bytes{n})), Bytes{n});
    EXPECT_EQ(duration_from(text_of(std::chrono::milliseconds(n))), std::chrono::milliseconds(n));
  }
}

}  // namespace
}  // namespace aitf::config
