// Start, batches that fill while the Worker waits, and stop: what is drained, what is left, what is cut off.
#include <gtest/gtest.h>

#include <future>
#include <latch>
#include <semaphore>
#include <thread>

#include "deliver/testing/scripted_destination.hpp"
#include "deliver/testing/worker_rig.hpp"

namespace aitf::deliver {
namespace {

using namespace std::chrono_literals;
using testing::append_events;
using testing::Numbers;
using testing::retry;
using testing::Script;
using testing::sequence_of;
using testing::WorkerRig;
using Attempts = std::vector<Numbers>;

std::chrono::steady_clock::time_point in_good_time() { return std::chrono::steady_clock::now() + 1min; }

class WorkerStop : public ::testing::Test {
 protected:
  WorkerStop() { open(); }
  void open() { rig_.open(std::make_unique<testing::ScriptedDestination>(script_)); }
  // A Worker that pauses in earnest.
  std::unique_ptr<Worker> patient_worker() {
    rig_.worker.reset();
    return std::make_unique<Worker>(
        std::make_unique<testing::ScriptedDestination>(script_),
        Surroundings{*rig_.journal, rig_.files, "/state", rig_.clock, rig_.metrics, rig_.health, {}, {}});
  }

  Script script_;
  WorkerRig rig_;
};

TEST_F(WorkerStop, EndsAtOnceWhenThereIsNothingToDeliver) {
  rig_.worker->start();
  EXPECT_TRUE(rig_.worker->join(in_good_time()));
  EXPECT_TRUE(script_.attempts.empty());
}

TEST_F(WorkerStop, CanBeMadeAndNeverStarted) {
  ASSERT_TRUE(append_events(*rig_.journal, 1, 1));
  rig_.worker.reset();
  EXPECT_EQ(rig_.cursor(), 0u);
}

TEST_F(WorkerStop, DeliversWhatIsInTheJournalBeforeItEnds) {
  script_.limits = {.batch_events = 7, .batch_age = 1h};
  ASSERT_TRUE(append_events(*rig_.journal, 1, 100));
  rig_.worker->start();
  EXPECT_TRUE(rig_.worker->join(in_good_time()));
  EXPECT_EQ(rig_.cursor(), 100u);
}

TEST_F(WorkerStop, WhatIsAppendedUntilTheStopIsDelivered) {
  for (int round = 0; round < 10; ++round) {
    open();
    rig_.worker->start();
    std::jthread sender([this] {
      for (int i = 0; i < 200; ++i) EXPECT_TRUE(append_events(*rig_.journal, 1, 1));
    });
    sender.join();
    EXPECT_TRUE(rig_.worker->join(in_good_time()));
    EXPECT_EQ(rig_.cursor(), rig_.journal->last());
  }
}

TEST_F(WorkerStop, LeavesTheRestWhenTimeIsOverAndGoesOnWithItAfterARestart) {
  script_.limits.batch_events = 10;
  std::latch is_down(1);
  script_.then({});
  script_.then({.kind = Outcome::Kind::retry, .retry_indices = {4, 5, 6, 7, 8, 9}});
  script_.steps.emplace_back([&](const Numbers&) {
    is_down.count_down();
    return retry();
  });
  script_.otherwise = [](const Numbers&) { return retry(); };
  ASSERT_TRUE(append_events(*rig_.journal, 1, 30));
  rig_.worker->start();
  is_down.wait();
  EXPECT_FALSE(rig_.worker->join({}));
  EXPECT_EQ(rig_.cursor(), 14u);
  script_.attempts.clear();
  script_.otherwise = [](const Numbers&) { return Outcome{}; };
  open();
  EXPECT_TRUE(rig_.deliver_all());
  EXPECT_EQ(script_.attempts, (Attempts{sequence_of(15, 24), sequence_of(25, 30)}));
}

TEST_F(WorkerStop, AStopEndsALongPauseForOneMoreAttempt) {
  auto worker = patient_worker();
  std::latch attempted(1);
  script_.steps.emplace_back([&](const Numbers&) {
    attempted.count_down();
    return Outcome{.kind = Outcome::Kind::retry, .after = 1h, .reason = "http_503"};
  });
  ASSERT_TRUE(append_events(*rig_.journal, 1, 1));
  worker->start();
  attempted.wait();
  EXPECT_TRUE(worker->join(in_good_time()));
  EXPECT_EQ(script_.attempts.size(), 2u);
}

TEST_F(WorkerStop, ALongPauseEndsWhenTimeIsOver) {
  auto worker = patient_worker();
  std::latch attempted(1);
  script_.otherwise = [&, first = true](const Numbers&) mutable {
    if (std::exchange(first, false)) attempted.count_down();
    return Outcome{.kind = Outcome::Kind::unauthorized, .reason = "http_403"};
  };
  ASSERT_TRUE(append_events(*rig_.journal, 1, 1));
  worker->start();
  attempted.wait();
  EXPECT_FALSE(worker->join({}));
  EXPECT_EQ(rig_.cursor(), 0u);
}

TEST_F(WorkerStop, InterruptsASendThatDoesNotEnd) {
  std::latch sending(1);
  std::binary_semaphore interrupted(0);
  script_.on_interrupt = [&] { interrupted.release(); };
  script_.steps.emplace_back([&](const Numbers&) {
    sending.count_down();
    interrupted.acquire();
    return retry("cut");
  });
  ASSERT_TRUE(append_events(*rig_.journal, 1, 1));
  rig_.worker->start();
  sending.wait();
  EXPECT_FALSE(rig_.worker->join({}));
  EXPECT_EQ(rig_.cursor(), 0u);
}

TEST_F(WorkerStop, ASecondJoinSaysTheSame) {
  rig_.worker->start();
  EXPECT_TRUE(rig_.worker->join(in_good_time()));
  EXPECT_TRUE(rig_.worker->join(in_good_time()));
}

// For the tests below: says when the n-th event has been sent, with no stop in sight.
class WorkerBatch : public WorkerStop {
 protected:
  std::future<void> sent(std::size_t events) {
    auto done = std::make_shared<std::promise<void>>();
    auto future = done->get_future();
    script_.otherwise = [done, left = events](const Numbers& numbers) mutable {
      left -= numbers.size();
      if (left == 0) done->set_value();
      return Outcome{};
    };
    return future;
  }
};

TEST_F(WorkerBatch, ALoneEventIsDeliveredWithoutAnother) {
  script_.limits.batch_age = 2ms;
  std::counting_semaphore<> arrived(0);
  script_.otherwise = [&](const Numbers&) {
    arrived.release();
    return Outcome{};
  };
  rig_.worker->start();
  for (testing::Number round = 1; round <= 50; ++round) {
    ASSERT_TRUE(append_events(*rig_.journal, round, 1));
    ASSERT_TRUE(arrived.try_acquire_for(1min));
  }
  rig_.worker.reset();
  EXPECT_EQ(script_.attempts.size(), 50u);
}

TEST_F(WorkerBatch, EventsOfSeveralAppendsShareABatch) {
  script_.limits = {.batch_events = 3, .batch_age = 1h};
  auto future = sent(3);
  rig_.worker->start();
  for (testing::Number number = 1; number <= 3; ++number) ASSERT_TRUE(append_events(*rig_.journal, number, 1));
  ASSERT_EQ(future.wait_for(1min), std::future_status::ready);
  rig_.worker.reset();
  EXPECT_EQ(script_.attempts, (Attempts{{1, 2, 3}}));
}

TEST_F(WorkerBatch, WhatHasWaitedLongInTheJournalIsNotHeldUpAgain) {
  script_.limits = {.batch_events = 100, .batch_age = 1h};
  auto future = sent(2);
  ASSERT_TRUE(append_events(*rig_.journal, 1, 2));
  rig_.clock.advance(2h);
  rig_.worker->start();
  EXPECT_EQ(future.wait_for(1min), std::future_status::ready);
}

}  // namespace
}  // namespace aitf::deliver
