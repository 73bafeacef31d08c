// Retries: what is sent again, when, and what is said meanwhile.
#include <gtest/gtest.h>

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

class WorkerRetry : public ::testing::Test {
 protected:
  WorkerRetry() { open(); }
  void open() { rig_.open(std::make_unique<testing::ScriptedDestination>(script_)); }
  void deliver(std::size_t count) {
    ASSERT_TRUE(append_events(*rig_.journal, rig_.journal->last() + 1, count));
    ASSERT_TRUE(rig_.deliver_all());
  }

  Script script_;
  WorkerRig rig_;
};

TEST_F(WorkerRetry, ClosesABatchByNumberOfEvents) {
  script_.limits.batch_events = 4;
  deliver(10);
  EXPECT_EQ(script_.attempts, (Attempts{{1, 2, 3, 4}, {5, 6, 7, 8}, {9, 10}}));
}

TEST_F(WorkerRetry, ClosesABatchByBytes) {
  script_.limits.batch_bytes = 2 * testing::event_of(1).size();
  deliver(3);
  EXPECT_EQ(script_.attempts, (Attempts{{1, 2}, {3}}));
}

TEST_F(WorkerRetry, SendsThePayloadsOfABatchInTheirOrder) {
  script_.payload_events = 2;
  deliver(5);
  EXPECT_EQ(script_.attempts, (Attempts{{1, 2}, {3, 4}, {5}}));
  EXPECT_EQ(rig_.cursor(), 5u);
}

TEST_F(WorkerRetry, PausesLongerAfterEveryFailureInARow) {
  script_.then(retry(), 9);
  deliver(1);
  EXPECT_EQ(rig_.pauses, (std::vector<Milliseconds>{100ms, 200ms, 400ms, 800ms, 1600ms, 3200ms, 6400ms, 12800ms, 15s}));
}

TEST_F(WorkerRetry, BeginsWithAShortPauseAgainAfterASuccess) {
  script_.limits.batch_events = 1;
  script_.then(retry(), 2);
  script_.then({});
  script_.then(retry());
  deliver(2);
  EXPECT_EQ(rig_.pauses, (std::vector<Milliseconds>{100ms, 200ms, 100ms}));
}

TEST_F(WorkerRetry, HeedsRetryAfterWithinReason) {
  script_.then({.kind = Outcome::Kind::retry, .after = 7s, .reason = "http_429"});
  script_.then({.kind = Outcome::Kind::retry, .after = 24h, .reason = "http_429"});
  deliver(1);
  EXPECT_EQ(rig_.pauses, (std::vector<Milliseconds>{7s, 5min}));
}

TEST_F(WorkerRetry, NeverGivesUp) {
  script_.limits.batch_events = 3;
  script_.then(retry(), 2000);
  deliver(10);
  EXPECT_EQ(script_.attempts.size(), 2004u);
  EXPECT_EQ(rig_.cursor(), 10u);
  EXPECT_TRUE(rig_.dead_letters().empty());
}

TEST_F(WorkerRetry, SendsOnlyTheNamedEventsAgain) {
  script_.then({.kind = Outcome::Kind::retry, .retry_indices = {1, 3}, .reason = "busy"});
  deliver(5);
  EXPECT_EQ(script_.attempts, (Attempts{{1, 2, 3, 4, 5}, {2, 4}}));
  EXPECT_EQ(rig_.metric(R"(aitf_destination_delivered_events_total{destination="fake"})"), 5);
  EXPECT_EQ(rig_.metric(R"(aitf_destination_retried_events_total{destination="fake",reason="busy"})"), 2);
}

TEST_F(WorkerRetry, APeerThatTakesPartAfterPartIsWell) {
  for (int i = 0; i < 8; ++i)
    script_.steps.emplace_back([](const Numbers& numbers) {
      Outcome outcome = retry("busy");
      for (std::size_t index = 1; index < numbers.size(); ++index) outcome.retry_indices.push_back(index);
      return outcome;
    });
  bool was_bad = false;
  rig_.on_pause = [&] { was_bad = was_bad || !rig_.health.causes().empty(); };
  deliver(9);
  EXPECT_EQ(script_.attempts.back(), (Numbers{9}));
  EXPECT_EQ(rig_.pauses, std::vector<Milliseconds>(8, 100ms));
  EXPECT_FALSE(was_bad);
}

TEST_F(WorkerRetry, AnIndexOutsideThePayloadSettlesNothing) {
  script_.then({.kind = Outcome::Kind::retry, .retry_indices = {0, 99}});
  deliver(3);
  EXPECT_EQ(script_.attempts, (Attempts{{1, 2, 3}, {1, 2, 3}}));
}

TEST_F(WorkerRetry, TheCursorStandsBeforeTheFirstEventThatIsNotSettled) {
  script_.then({.kind = Outcome::Kind::retry, .retry_indices = {2, 4}});
  journal::Sequence cursor = 0;
  rig_.on_pause = [&] { cursor = rig_.cursor(); };
  deliver(6);
  EXPECT_EQ(cursor, 2u);
  EXPECT_EQ(rig_.cursor(), 6u);
}

TEST_F(WorkerRetry, FreesTheJournalAsItGoes) {
  deliver(20);
  EXPECT_EQ(rig_.journal->bytes(), 0u);
}

TEST_F(WorkerRetry, HealthTurnsBadAtTheThirdFailureWithTheCauseAndGoodWithTheFirstSuccess) {
  script_.then({.kind = Outcome::Kind::retry, .reason = "unreachable", .answer = "no route to siem:8088"}, 4);
  std::vector<std::size_t> bad;
  std::map<std::string, std::string> causes;
  rig_.on_pause = [&] {
    causes = rig_.health.causes();
    bad.push_back(causes.size());
  };
  deliver(1);
  EXPECT_EQ(bad, (std::vector<std::size_t>{0, 0, 1, 1}));
  EXPECT_EQ(causes.at("destination fake"), "unreachable: no route to siem:8088");
  EXPECT_TRUE(rig_.health.causes().empty());
}

TEST_F(WorkerRetry, ARefusedCredentialIsSaidAtOnceAndKeepsEverything) {
  script_.then({.kind = Outcome::Kind::unauthorized, .reason = "http_403", .answer = "the token is wrong"}, 3);
  std::string cause;
  rig_.on_pause = [&] { cause = rig_.health.causes().at("destination fake"); };
  deliver(4);
  EXPECT_EQ(cause, "http_403: the token is wrong");
  EXPECT_EQ(rig_.pauses, (std::vector<Milliseconds>(3, 30s)));
  EXPECT_EQ(script_.attempts, Attempts(4, sequence_of(1, 4)));
  EXPECT_TRUE(rig_.health.causes().empty());
}

TEST_F(WorkerRetry, CountsLagAndAgeOfWhatIsHeldBack) {
  script_.limits.batch_events = 2;
  script_.then(retry(), 1);
  double lag = 0, age = 0;
  rig_.on_pause = [&] {
    rig_.clock.advance(10s);
    rig_.worker->report();
    lag = rig_.metric(R"(aitf_destination_lag_events{destination="fake"})");
    age = rig_.metric(R"(aitf_destination_oldest_seconds{destination="fake"})");
  };
  deliver(5);
  EXPECT_EQ(lag, 5);
  EXPECT_DOUBLE_EQ(age, 10.1);
  EXPECT_EQ(rig_.metric(R"(aitf_destination_lag_events{destination="fake"})"), 0);
  EXPECT_EQ(rig_.metric(R"(aitf_destination_oldest_seconds{destination="fake"})"), 0);
}

TEST_F(WorkerRetry, OneDestinationThatIsDownDoesNotHoldUpAnother) {
  Script dead;
  dead.otherwise = [](const Numbers&) { return retry(); };
  WorkerRig other;  // only its sleep and files
  Worker down(std::make_unique<testing::ScriptedDestination>(dead, "down"),
              {*rig_.journal, other.files, "/state", other.clock, other.metrics, other.health, {}, {}});
  down.start();
  deliver(50);
  EXPECT_EQ(rig_.cursor(), 50u);
  EXPECT_FALSE(down.join({}));
  EXPECT_EQ(rig_.cursor("down"), 0u);
}

}  // namespace
}  // namespace aitf::deliver
