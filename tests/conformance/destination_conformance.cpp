// The scenarios every destination goes through.
#include "destination_conformance.hpp"

#include <algorithm>
#include <map>

#include "deliver/testing/worker_rig.hpp"

namespace aitf::conformance {
namespace {

using deliver::testing::sequence_of;
using deliver::testing::sorted;
using deliver::testing::WorkerRig;

constexpr std::size_t kEvents = 40;
constexpr std::size_t kBatch = 8;
const std::string kName = "siem";

struct Scenario {
  explicit Scenario(const Adapter& adapter) : peer(adapter.make()) { restart(); }

  void restart() { rig.open(peer->make_destination(kName, kBatch)); }
  void deliver(std::size_t count = kEvents) {
    ASSERT_TRUE(deliver::testing::append_events(*rig.journal, rig.journal->last() + 1, count));
    ASSERT_TRUE(rig.deliver_all());
  }
  // How often each event arrived.
  std::map<Number, int> counts() const {
    std::map<Number, int> times;
    for (const Number number : peer->arrived()) ++times[number];
    return times;
  }
  std::size_t times_offered(Number number) const {
    const auto attempts = peer->attempts();
    return static_cast<std::size_t>(std::count_if(attempts.begin(), attempts.end(), [number](const Numbers& numbers) {
      return std::find(numbers.begin(), numbers.end(), number) != numbers.end();
    }));
  }
  bool can(std::initializer_list<Play> plays) const {
    return std::all_of(plays.begin(), plays.end(), [this](Play play) { return peer->can(play); });
  }

  std::unique_ptr<Peer> peer;  // outlives the destination in the rig
  WorkerRig rig;
};

#define SKIP_UNLESS_THE_PEER_CAN(...) \
  if (!run.can({__VA_ARGS__})) GTEST_SKIP() << "this peer cannot do that"

void expect_each_once(Scenario& run, std::size_t count = kEvents) {
  EXPECT_EQ(sorted(run.peer->arrived()), sequence_of(1, count));
  EXPECT_EQ(run.rig.dead_numbers(), Numbers{});
  EXPECT_EQ(run.rig.cursor(kName), count);
}

TEST_P(DestinationConformance, DeliversEveryEventOnceToAPeerThatIsWell) {
  Scenario run(GetParam());
  run.deliver();
  expect_each_once(run);
  EXPECT_EQ(run.peer->attempts().size(), kEvents / kBatch);
  EXPECT_TRUE(run.rig.pauses.empty());
}

TEST_P(DestinationConformance, DeliversALoneEvent) {
  Scenario run(GetParam());
  run.deliver(1);
  expect_each_once(run, 1);
}

TEST_P(DestinationConformance, KeepsTheOrderOfEvents) {
  Scenario run(GetParam());
  run.deliver();
  EXPECT_EQ(run.peer->arrived(), sequence_of(1, kEvents));
}

TEST_P(DestinationConformance, SendsAgainWhatAPassingFailureHeldBack) {
  Scenario run(GetParam());
  SKIP_UNLESS_THE_PEER_CAN(Play::fail);
  run.peer->play({Play::accept, Play::fail, Play::fail, Play::accept, Play::fail});
  run.deliver();
  expect_each_once(run);
  EXPECT_EQ(run.peer->attempts().size(), kEvents / kBatch + 3);
  EXPECT_EQ(run.rig.pauses.size(), 3u);
}

TEST_P(DestinationConformance, SurvivesALongOutageWithoutLossOrDeadLetters) {
  Scenario run(GetParam());
  SKIP_UNLESS_THE_PEER_CAN(Play::fail);
  run.peer->play(std::vector(200, Play::fail));
  run.deliver();
  expect_each_once(run);
  EXPECT_TRUE(run.rig.health.causes().empty());
}

TEST_P(DestinationConformance, SaysThatThePeerIsDownAndWhy) {
  Scenario run(GetParam());
  SKIP_UNLESS_THE_PEER_CAN(Play::fail);
  std::string cause;
  run.rig.on_pause = [&] {
    if (const auto causes = run.rig.health.causes(); causes.contains("destination " + kName))
      cause = causes.at("destination " + kName);
  };
  run.peer->play(std::vector(5, Play::fail));
  run.deliver();
  EXPECT_FALSE(cause.empty());
}

TEST_P(DestinationConformance, WaitsAsLongAsAThrottlingPeerAsks) {
  Scenario run(GetParam());
  SKIP_UNLESS_THE_PEER_CAN(Play::throttle);
  run.peer->play({Play::throttle, Play::accept, Play::throttle});
  run.deliver();
  expect_each_once(run);
  ASSERT_EQ(run.rig.pauses.size(), 2u);
  for (const Milliseconds pause : run.rig.pauses) EXPECT_GE(pause, kPeersWish);
}

TEST_P(DestinationConformance, SendsAgainOnlyWhatThePeerDidNotTake) {
  Scenario run(GetParam());
  SKIP_UNLESS_THE_PEER_CAN(Play::accept_in_part);
  run.peer->play({Play::accept_in_part, Play::accept_in_part, Play::accept, Play::accept_in_part});
  run.deliver();
  expect_each_once(run);
}

TEST_P(DestinationConformance, ACutLosesNothingAndDoublesOnlyItsOwnBatch) {
  Scenario run(GetParam());
  SKIP_UNLESS_THE_PEER_CAN(Play::cut);
  run.peer->play({Play::accept, Play::cut});
  run.deliver();
  const auto counts = run.counts();
  EXPECT_EQ(counts.size(), kEvents);
  for (const auto& [number, times] : counts)
    EXPECT_LE(times, number > kBatch && number <= 2 * kBatch ? 2 : 1) << "event " << number;
  EXPECT_EQ(run.rig.dead_numbers(), Numbers{});
}

TEST_P(DestinationConformance, DeadLettersTheEventThePeerNamesAndSendsItOnlyOnce) {
  Scenario run(GetParam());
  SKIP_UNLESS_THE_PEER_CAN(Play::refuse_named);
  run.peer->poison(3, Play::refuse_named);
  run.peer->poison(17, Play::refuse_named);
  run.peer->poison(18, Play::refuse_named);
  run.deliver();
  EXPECT_EQ(run.rig.dead_numbers(), (Numbers{3, 17, 18}));
  EXPECT_EQ(run.peer->arrived().size(), kEvents - 3);
  EXPECT_EQ(run.counts().size(), kEvents - 3);
  EXPECT_EQ(run.times_offered(3), 1u);
  EXPECT_TRUE(run.rig.pauses.empty());
}

TEST_P(DestinationConformance, FindsTheEventThePeerDoesNotName) {
  Scenario run(GetParam());
  SKIP_UNLESS_THE_PEER_CAN(Play::refuse_unnamed);
  run.peer->poison(1, Play::refuse_unnamed);
  run.peer->poison(22, Play::refuse_unnamed);
  run.deliver();
  EXPECT_EQ(run.rig.dead_numbers(), (Numbers{1, 22}));
  EXPECT_EQ(run.peer->arrived().size(), kEvents - 2);
  EXPECT_EQ(run.counts().size(), kEvents - 2);
  EXPECT_EQ(run.rig.cursor(kName), kEvents);
}

TEST_P(DestinationConformance, SplitsWhatIsTooLarge) {
  Scenario run(GetParam());
  SKIP_UNLESS_THE_PEER_CAN(Play::too_large);
  run.peer->play({Play::too_large, Play::too_large});
  run.deliver();
  expect_each_once(run);
}

TEST_P(DestinationConformance, KeepsEverythingWhileTheCredentialIsRefused) {
  Scenario run(GetParam());
  SKIP_UNLESS_THE_PEER_CAN(Play::deny);
  run.peer->play(std::vector(50, Play::deny));
  bool was_bad = true;
  run.rig.on_pause = [&] { was_bad = was_bad && run.rig.health.causes().contains("destination " + kName); };
  run.deliver();
  expect_each_once(run);
  EXPECT_TRUE(was_bad);
  EXPECT_TRUE(run.rig.health.causes().empty());
  for (const Milliseconds pause : run.rig.pauses) EXPECT_GE(pause, std::chrono::seconds(30));
}

TEST_P(DestinationConformance, LeavesTheRestOnStopAndGoesOnAfterARestart) {
  Scenario run(GetParam());
  SKIP_UNLESS_THE_PEER_CAN(Play::fail);
  run.peer->play({Play::accept, Play::fail});
  run.rig.on_pause = [&] { run.peer->play({Play::fail}); };  // down as long as the first process runs
  ASSERT_TRUE(deliver::testing::append_events(*run.rig.journal, 1, kEvents));
  run.rig.worker->start();
  EXPECT_FALSE(run.rig.worker->join({}));
  run.rig.on_pause = {};
  run.restart();
  ASSERT_TRUE(run.rig.deliver_all());
  EXPECT_EQ(run.counts().size(), kEvents);
  EXPECT_EQ(run.rig.cursor(kName), kEvents);
}

TEST_P(DestinationConformance, MixedTroubleLosesNothing) {
  Scenario run(GetParam());
  std::vector<Play> plays;
  for (int round = 0; round < 5; ++round)
    for (const Play play :
         {Play::fail, Play::cut, Play::throttle, Play::accept, Play::accept_in_part, Play::deny, Play::too_large})
      if (run.peer->can(play)) plays.push_back(play);
  run.peer->play(plays);
  run.deliver(kEvents);
  EXPECT_EQ(run.counts().size(), kEvents);
  EXPECT_EQ(run.rig.dead_numbers(), Numbers{});
}

}  // namespace

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(DestinationConformance);

}  // namespace aitf::conformance
