// Refusals: rejected events, splitting, bisecting, dead letters.
#include <gtest/gtest.h>

#include <algorithm>
#include <latch>
#include <utility>

#include "deliver/testing/scripted_destination.hpp"
#include "deliver/testing/worker_rig.hpp"

namespace aitf::deliver {
namespace {

using testing::append_events;
using testing::FakeFiles;
using testing::Numbers;
using testing::retry;
using testing::Script;
using testing::sequence_of;
using testing::WorkerRig;
using Attempts = std::vector<Numbers>;
using Kind = Outcome::Kind;

class WorkerSplit : public ::testing::Test {
 protected:
  WorkerSplit() { rig_.open(std::make_unique<testing::ScriptedDestination>(script_)); }
  void deliver(std::size_t count) {
    ASSERT_TRUE(append_events(*rig_.journal, rig_.journal->last() + 1, count));
    ASSERT_TRUE(rig_.deliver_all());
    EXPECT_EQ(rig_.cursor(), rig_.journal->last());
  }
  // The peer refuses any payload that holds one of these.
  void refuse_payloads_with(const Numbers& bad) {
    script_.otherwise = [bad](const Numbers& numbers) {
      const bool is_bad = std::any_of(numbers.begin(), numbers.end(),
                                      [&](auto n) { return std::find(bad.begin(), bad.end(), n) != bad.end(); });
      return is_bad ? Outcome{.kind = Kind::isolate, .reason = "http_400", .answer = "invalid data format"} : Outcome{};
    };
  }
  double refused(const std::string& reason) const {
    return rig_.metric(R"(aitf_destination_refused_events_total{destination="fake",reason=")" + reason + "\"}");
  }
  double delivered() const { return rig_.metric(R"(aitf_destination_delivered_events_total{destination="fake"})"); }

  Script script_;
  WorkerRig rig_;
};

TEST_F(WorkerSplit, DeadLettersWhatThePeerNamesAndSettlesTheOthers) {
  script_.then({.rejected = {{1, "too_old", "time out of range"}, {3, "refused", "no"}}});
  deliver(5);
  EXPECT_EQ(script_.attempts.size(), 1u);
  EXPECT_EQ(rig_.dead_numbers(), (Numbers{2, 4}));
  EXPECT_EQ(delivered(), 3);
  EXPECT_EQ(refused("too_old"), 1);
  EXPECT_EQ(refused("refused"), 1);
}

TEST_F(WorkerSplit, AnEventNamedTwiceMakesOneDeadLetter) {
  script_.then({.rejected = {{2, "refused", ""}, {2, "refused", ""}}});
  deliver(3);
  EXPECT_EQ(rig_.dead_numbers(), (Numbers{3}));
  EXPECT_EQ(refused("refused"), 1);
}

TEST_F(WorkerSplit, ADeadLetterHoldsReasonAttemptsAnswerAndTheEvent) {
  script_.then(retry());
  script_.then({.rejected = {{0, "too_old", "time out of range"}}});
  deliver(1);
  ASSERT_EQ(rig_.dead_letters().size(), 1u);
  const std::string letter = rig_.dead_letters()[0];
  EXPECT_NE(letter.find(R"("reason":"too_old","attempts":2,"answer":"time out of range","event":)" +
                        testing::event_of(1) + "}"),
            std::string::npos)
      << letter;
}

TEST_F(WorkerSplit, ARetryWithRejectedEventsSendsOnlyTheRest) {
  script_.then({.kind = Kind::retry, .rejected = {{2, "refused", ""}}, .reason = "busy"});
  deliver(4);
  EXPECT_EQ(script_.attempts, (Attempts{{1, 2, 3, 4}, {1, 2, 4}}));
  EXPECT_EQ(rig_.dead_numbers(), (Numbers{3}));
  EXPECT_TRUE(rig_.pauses.empty());
}

TEST_F(WorkerSplit, PausesAfterARejectionWhenThePeerAsksForIt) {
  script_.then({.kind = Kind::retry, .after = std::chrono::seconds(9), .rejected = {{0, "refused", ""}}});
  deliver(4);
  EXPECT_EQ(rig_.pauses, (std::vector<Milliseconds>{std::chrono::seconds(9)}));
}

TEST_F(WorkerSplit, WhatIsEncodedAnewAndDoesNotFitIsSentInSeveralPayloads) {
  script_.steps.emplace_back([this](const Numbers&) {
    script_.limits.batch_bytes = 2 * testing::event_of(1).size();
    return Outcome{.kind = Kind::retry, .retry_indices = {1, 2, 3, 4, 5}};
  });
  deliver(6);
  EXPECT_EQ(script_.attempts, (Attempts{{1, 2, 3, 4, 5, 6}, {2, 3}, {4, 5}, {6}}));
  EXPECT_TRUE(rig_.dead_letters().empty());
}

TEST_F(WorkerSplit, AnEventWhoseDeadLetterIsNotWrittenAtTheStopIsDeliveredAfterARestart) {
  script_.otherwise = [](const Numbers&) { return Outcome{.rejected = {{1, "refused", ""}}}; };
  std::latch is_full(1);
  rig_.files.fail(FakeFiles::Call::open, 1'000'000);
  rig_.on_pause = [&, first = true]() mutable {
    if (std::exchange(first, false)) is_full.count_down();
  };
  ASSERT_TRUE(append_events(*rig_.journal, 1, 3));
  rig_.worker->start();
  is_full.wait();
  EXPECT_FALSE(rig_.worker->join({}));
  EXPECT_EQ(rig_.cursor(), 1u);
  EXPECT_EQ(refused("refused"), 0);
}

TEST_F(WorkerSplit, AnEventBothRejectedAndToBeRetriedIsRejected) {
  script_.then({.kind = Kind::retry, .retry_indices = {0, 1}, .rejected = {{1, "refused", ""}, {77, "refused", ""}}});
  deliver(3);
  EXPECT_EQ(script_.attempts, (Attempts{{1, 2, 3}, {1}}));
  EXPECT_EQ(rig_.dead_numbers(), (Numbers{2}));
}

TEST_F(WorkerSplit, HalvesWhatIsTooLarge) {
  script_.otherwise = [](const Numbers& numbers) {
    return numbers.size() > 2 ? Outcome{.kind = Kind::too_large, .reason = "http_413"} : Outcome{};
  };
  deliver(7);
  EXPECT_EQ(script_.attempts, (Attempts{{1, 2, 3, 4, 5, 6, 7}, {1, 2, 3}, {1}, {2, 3}, {4, 5, 6, 7}, {4, 5}, {6, 7}}));
  EXPECT_EQ(delivered(), 7);
  EXPECT_TRUE(rig_.dead_letters().empty());
}

TEST_F(WorkerSplit, DeadLettersALoneEventThatIsTooLargeForThePeer) {
  script_.otherwise = [](const Numbers& numbers) {
    const bool has_it = std::find(numbers.begin(), numbers.end(), 3u) != numbers.end();
    return has_it ? Outcome{.kind = Kind::too_large, .reason = "http_413"} : Outcome{};
  };
  deliver(5);
  EXPECT_EQ(rig_.dead_numbers(), (Numbers{3}));
  EXPECT_EQ(refused("http_413"), 1);
  EXPECT_EQ(delivered(), 4);
}

TEST_F(WorkerSplit, DeadLettersAnEventThatAloneDoesNotFit) {
  script_.limits.event_bytes = 1000;
  ASSERT_TRUE(append_events(*rig_.journal, 1, 2));
  ASSERT_TRUE(append_events(*rig_.journal, 3, 1, 2000));
  deliver(2);
  EXPECT_EQ(rig_.dead_numbers(), (Numbers{3}));
  EXPECT_EQ(script_.attempts, (Attempts{{1, 2}, {4, 5}}));
  EXPECT_EQ(refused("event_too_large"), 1);
  EXPECT_NE(rig_.dead_letters()[0].find("takes 1000 bytes"), std::string::npos);
}

TEST_F(WorkerSplit, FindsThePoisonEventByHalving) {
  refuse_payloads_with({75});
  deliver(100);
  EXPECT_EQ(rig_.dead_numbers(), (Numbers{75}));
  EXPECT_EQ(delivered(), 99);
  EXPECT_LE(script_.attempts.size(), 2u * 7 + 1);  // two for each halving
  EXPECT_NE(rig_.dead_letters()[0].find("\"answer\":\"invalid data format\""), std::string::npos);
}

TEST_F(WorkerSplit, FindsEveryPoisonEvent) {
  refuse_payloads_with({1, 50, 51, 100});
  deliver(100);
  EXPECT_EQ(rig_.dead_numbers(), (Numbers{1, 50, 51, 100}));
  EXPECT_EQ(delivered(), 96);
}

TEST_F(WorkerSplit, EndsEvenWhenEveryEventIsPoison) {
  refuse_payloads_with(sequence_of(1, 16));
  deliver(16);
  EXPECT_EQ(rig_.dead_numbers(), sequence_of(1, 16));
  EXPECT_EQ(script_.attempts.size(), 31u);
}

TEST_F(WorkerSplit, AFailureWhileHalvingLosesNothing) {
  refuse_payloads_with({2});
  script_.then({.kind = Kind::isolate}, 1);
  script_.then(retry(), 3);
  deliver(8);
  EXPECT_EQ(rig_.dead_numbers(), (Numbers{2}));
  EXPECT_EQ(delivered(), 7);
  EXPECT_EQ(rig_.pauses.size(), 3u);
}

TEST_F(WorkerSplit, SendsNothingAgainThatWasSettledBeforeTheSplit) {
  script_.payload_events = 4;
  script_.then({});
  script_.then({.kind = Kind::too_large});
  deliver(8);
  EXPECT_EQ(script_.attempts, (Attempts{{1, 2, 3, 4}, {5, 6, 7, 8}, {5, 6}, {7, 8}}));
}

TEST_F(WorkerSplit, AnEventTheEncoderLosesGoesToTheDeadLetters) {
  script_.forgotten = 2;
  deliver(3);
  EXPECT_EQ(rig_.dead_numbers(), (Numbers{2}));
  EXPECT_EQ(refused("not_encoded"), 1);
  EXPECT_EQ(delivered(), 2);
}

TEST_F(WorkerSplit, AFullDiskHoldsBackTheCursorUntilTheDeadLetterIsWritten) {
  script_.then({.rejected = {{1, "refused", ""}}});
  rig_.files.fail(FakeFiles::Call::append, 5);
  journal::Sequence cursor = 99;
  std::string cause;
  rig_.on_pause = [&] {
    cursor = rig_.cursor();
    cause = rig_.health.causes().at("destination fake");
  };
  deliver(3);
  EXPECT_EQ(cursor, 1u);
  EXPECT_NE(cause.find("no space left on device"), std::string::npos);
  EXPECT_EQ(rig_.pauses.size(), 5u);
  EXPECT_EQ(rig_.dead_numbers(), (Numbers{2}));
  EXPECT_EQ(script_.attempts.size(), 1u);
  EXPECT_TRUE(rig_.health.causes().empty());
}

}  // namespace
}  // namespace aitf::deliver
