#include "base/clock.hpp"

#include <gtest/gtest.h>

namespace aitf {
namespace {

TEST(ManualClock, StandsStillUntilToldOtherwise) {
  ManualClock clock(5'000'000'000);
  const auto steady = clock.steady_now();
  EXPECT_EQ(clock.now_unix_ms(), 5000);
  EXPECT_EQ(clock.steady_now(), steady);
  clock.advance(std::chrono::milliseconds(1500));
  EXPECT_EQ(clock.now_unix_nano(), 6'500'000'000u);
  EXPECT_EQ(clock.steady_now() - steady, std::chrono::milliseconds(1500));
}

TEST(SystemClock, CountsNanosecondsOfThisCentury) {
  const SystemClock clock;
  EXPECT_GT(clock.now_unix_nano(), 1'700'000'000'000'000'000u);
  const auto before = clock.steady_now();
  EXPECT_GE(clock.steady_now(), before);
}

}  // namespace
}  // namespace aitf
