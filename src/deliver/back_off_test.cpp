#include "deliver/back_off.hpp"

#include <gtest/gtest.h>

namespace aitf::deliver {
namespace {

using namespace std::chrono_literals;

BackOff with_random(double random) {
  return BackOff(RetryPolicy{}, [random] { return random; });
}

TEST(BackOff, DoublesItsCeilingUpToTheLongestPause) {
  BackOff back_off = with_random(0.5);
  std::vector<std::int64_t> pauses;
  for (int i = 0; i < 10; ++i) pauses.push_back(back_off.next({}).count());
  EXPECT_EQ(pauses, (std::vector<std::int64_t>{100, 200, 400, 800, 1600, 3200, 6400, 12800, 15000, 15000}));
}

TEST(BackOff, DrawsFromZero) { EXPECT_EQ(with_random(0).next({}), 0ms); }

TEST(BackOff, BeginsAnewAfterASuccess) {
  BackOff back_off = with_random(0.5);
  back_off.next({});
  back_off.next({});
  back_off.reset();
  EXPECT_EQ(back_off.next({}), 100ms);
}

TEST(BackOff, ComesNotSoonerThanThePeerAsks) { EXPECT_EQ(with_random(0).next(7s), 7s); }

TEST(BackOff, KeepsTheLongerPauseWhenThePeerAsksForLess) {
  EXPECT_EQ(with_random(0.5).next(0ms), 100ms);
  EXPECT_EQ(with_random(0.5).next(-5s), 100ms);
}

TEST(BackOff, HeedsNoAbsurdWish) { EXPECT_EQ(with_random(0).next(24h), 5min); }

TEST(BackOff, AfterARefusedCredentialPausesSlowlyHoweverOften) {
  BackOff back_off = with_random(0);
  EXPECT_EQ(back_off.unauthorized({}), 30s);
  EXPECT_EQ(back_off.unauthorized({}), 30s);
  EXPECT_EQ(back_off.unauthorized(2min), 2min);
}

TEST(BackOff, SurvivesAnyNumberOfFailures) {
  BackOff back_off = with_random(0.999);
  for (int i = 0; i < 1000; ++i) EXPECT_LE(back_off.next({}), 30s);
}

}  // namespace
}  // namespace aitf::deliver
