#include "base/bounded_queue.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <numeric>
#include <thread>
#include <vector>

namespace aitf {
namespace {

TEST(BoundedQueue, GivesBackInOrder) {
  BoundedQueue<int> queue(2);
  for (int i : {1, 2}) EXPECT_TRUE(queue.try_push(i));
  EXPECT_EQ(queue.size(), 2u);
  EXPECT_EQ(queue.pop({}), 1);
  EXPECT_EQ(queue.pop({}), 2);
}

TEST(BoundedQueue, LeavesTheItemUntouchedWhenFullOrClosed) {
  BoundedQueue<std::unique_ptr<int>> queue(1);
  auto first = std::make_unique<int>(1);
  auto second = std::make_unique<int>(2);
  EXPECT_TRUE(queue.try_push(first));
  EXPECT_FALSE(queue.try_push(second));
  ASSERT_NE(second, nullptr);
  queue.close();
  EXPECT_NE(queue.pop({}), std::nullopt);  // makes room, but it is closed
  EXPECT_FALSE(queue.try_push(second));
  EXPECT_NE(second, nullptr);
}

TEST(BoundedQueue, EndsWhenClosedAndDrained) {
  BoundedQueue<int> queue(4);
  int item = 7;
  queue.try_push(item);
  queue.close();
  EXPECT_EQ(queue.pop({}), 7);
  EXPECT_EQ(queue.pop({}), std::nullopt);
}

TEST(BoundedQueue, WakesAWaitingReaderOnStop) {
  BoundedQueue<int> queue(1);
  std::optional<int> got = 1;
  std::jthread reader([&](std::stop_token stop) { got = queue.pop(stop); });
  reader.request_stop();
  reader.join();
  EXPECT_EQ(got, std::nullopt);
}

TEST(BoundedQueue, LosesAndDoublesNothingBetweenThreads) {
  constexpr int kItems = 2000;
  BoundedQueue<int> queue(3);
  std::vector<int> sums(3);
  {
    std::vector<std::jthread> readers;
    readers.reserve(sums.size());
    for (int& sum : sums)
      readers.emplace_back([&queue, &sum](std::stop_token stop) {
        while (const auto item = queue.pop(stop)) sum += *item;
      });
    for (int i = 1; i <= kItems; ++i)
      while (!queue.try_push(i)) std::this_thread::yield();
    queue.close();
    for (auto& reader : readers) reader.join();
  }
  EXPECT_EQ(std::accumulate(sums.begin(), sums.end(), 0), kItems * (kItems + 1) / 2);
}

}  // namespace
}  // namespace aitf
