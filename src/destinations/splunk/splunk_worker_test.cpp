// The destination under its Worker, against a collector in miniature: what is indexed, what is refused, what is kept.
// Several cases are faults that users of other senders have met.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "deliver/testing/worker_rig.hpp"
#include "destinations/splunk/scripted_client.hpp"
#include "destinations/splunk/splunk.hpp"

namespace aitf::destinations {
namespace {

using deliver::testing::append_events;
using deliver::testing::Number;
using deliver::testing::Numbers;
using deliver::testing::numbers_in;
using deliver::testing::sequence_of;
using splunk::Asked;
using splunk::Reply;
using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

const std::string token = "1d2c-secret";

// Indexes what stands before the first refused event, as the collector does.
class Collector {
 public:
  int code = 6;              // of a refusal
  bool names_number = true;  // in a refusal
  Numbers poison;            // events it refuses

  Reply take(const Asked& asked) {
    if (asked.method != "POST") return splunk::code(200, 17);
    const Numbers sent = numbers_in(asked.body);
    for (std::size_t i = 0; i < sent.size(); ++i) {
      if (std::find(poison.begin(), poison.end(), sent[i]) == poison.end()) {
        indexed.push_back(sent[i]);
        continue;
      }
      return names_number ? splunk::refused(code, static_cast<int>(i) + (code == 7 ? 1 : 0)) : splunk::code(400, code);
    }
    return splunk::code(200, 0);
  }

  Numbers indexed;  // in the order of arrival
};

class SplunkWorker : public testing::Test {
 protected:
  void open(std::string index = {}) {
    script->otherwise = [this](const Asked& asked) { return collector.take(asked); };
    SplunkConfig config;
    config.url = "https://splunk:8088";
    config.token = Secret(token);
    config.index = std::move(index);
    config.gzip = false;
    rig.open(make_splunk("splunk", std::move(config), std::make_unique<splunk::ScriptedClient>(script)));
  }
  void deliver(Number events) {
    ASSERT_TRUE(append_events(*rig.journal, 1, events));
    ASSERT_TRUE(rig.deliver_all());
    EXPECT_EQ(rig.cursor("splunk"), events);
  }
  Numbers all_but(Number last, const Numbers& missing) {
    Numbers numbers = sequence_of(1, last);
    std::erase_if(numbers, [&](Number n) { return std::find(missing.begin(), missing.end(), n) != missing.end(); });
    return numbers;
  }
  std::size_t requests() const { return script->asked().size(); }

  std::shared_ptr<splunk::Script> script = std::make_shared<splunk::Script>();
  Collector collector;
  deliver::testing::WorkerRig rig;
};

TEST_F(SplunkWorker, DeliversInOrderAndOnce) {
  open();
  deliver(1200);
  EXPECT_EQ(collector.indexed, sequence_of(1, 1200));
  EXPECT_EQ(requests(), 3U);
  EXPECT_THAT(rig.dead_letters(), IsEmpty());
}

// One event above the collector's event size: code 6 with its number must cost that event alone.
TEST_F(SplunkWorker, LosesOnlyTheEventThatIsNamed) {
  open();
  collector.poison = {76};  // invalid-event-number 75
  deliver(100);
  EXPECT_EQ(collector.indexed, all_but(100, {76}));
  EXPECT_EQ(rig.dead_numbers(), Numbers{76});
  EXPECT_THAT(rig.dead_letters().at(0), HasSubstr("invalid-event-number"));
  EXPECT_THAT(rig.dead_letters().at(0), HasSubstr(R"("reason":"invalid_data_format")"));
  EXPECT_EQ(requests(), 2U);
}

class SplunkWorkerByCode : public SplunkWorker, public testing::WithParamInterface<int> {};

TEST_P(SplunkWorkerByCode, LosesOnlyTheEventsThatAreRefused) {
  open();
  collector.code = GetParam();
  collector.poison = {1, 2, 50, 99, 100};
  deliver(100);
  EXPECT_EQ(collector.indexed, all_but(100, collector.poison));
  EXPECT_EQ(rig.dead_numbers(), collector.poison);
}

INSTANTIATE_TEST_SUITE_P(Refusals, SplunkWorkerByCode, testing::Values(6, 12, 13, 15));

TEST_F(SplunkWorker, FindsTheRefusedEventWhenItIsNotNamed) {
  open();
  collector.names_number = false;
  collector.poison = {76};
  deliver(100);
  EXPECT_EQ(rig.dead_numbers(), Numbers{76});
  // What stood before it was indexed at each attempt: doubles, but no loss, and an end.
  Numbers once = deliver::testing::sorted(collector.indexed);
  once.erase(std::unique(once.begin(), once.end()), once.end());
  EXPECT_EQ(once, all_but(100, {76}));
  EXPECT_LE(requests(), 2U * 8U);
}

// The collector names a wrong index one too high.
TEST_F(SplunkWorker, LosesOnlyTheEventWhoseIndexIsRefused) {
  open("ai");
  collector.code = 7;
  collector.poison = {6};
  deliver(11);
  EXPECT_EQ(collector.indexed, all_but(11, {6}));
  EXPECT_EQ(rig.dead_numbers(), Numbers{6});
  EXPECT_THAT(rig.dead_letters().at(0), HasSubstr("incorrect_index"));
}

TEST_F(SplunkWorker, KeepsAllWhenTheConfiguredIndexIsWrong) {
  open("nope");
  for (int i = 0; i < 3; ++i) script->then(splunk::refused(7, 1));
  deliver(10);
  EXPECT_EQ(collector.indexed, sequence_of(1, 10));
  EXPECT_THAT(rig.dead_letters(), IsEmpty());
  EXPECT_THAT(rig.pauses, SizeIs(3));
}

TEST_F(SplunkWorker, WaitsAsLongAsThePeerAsksAndDeliversOnce) {
  open();
  http::Answer slow_down{429, R"({"text":"t","code":26})", {}, 1s, {}};
  script->then(slow_down);
  script->then(splunk::answer(408, ""));
  deliver(10);
  EXPECT_EQ(collector.indexed, sequence_of(1, 10));
  ASSERT_THAT(rig.pauses, SizeIs(2));
  EXPECT_GE(rig.pauses[0], 1000ms);
  EXPECT_THAT(rig.dead_letters(), IsEmpty());
}

TEST_F(SplunkWorker, KeepsAllWhileTheTokenIsRefusedAndSaysSo) {
  open();
  for (const auto& [status, code] : {std::pair{403, 1}, {401, 2}, {401, 3}, {403, 4}})
    script->then(splunk::code(status, code));
  std::vector<std::string> causes;
  rig.on_pause = [&] { causes.push_back(rig.health.causes()["destination splunk"]); };
  deliver(10);
  EXPECT_EQ(collector.indexed, sequence_of(1, 10));
  EXPECT_THAT(rig.dead_letters(), IsEmpty());
  ASSERT_THAT(causes, SizeIs(4));
  EXPECT_THAT(causes[3], HasSubstr("token"));
  for (const std::string& cause : causes) EXPECT_THAT(cause, Not(HasSubstr(token)));
  EXPECT_THAT(rig.health.causes(), IsEmpty()) << "all is well again";
  for (const auto pause : rig.pauses) EXPECT_GE(pause, 30'000ms);
}

// The peer stores, then does not answer in time: the second copy must carry the same uid.
TEST_F(SplunkWorker, SendsTheSameBytesAgainWhenTheAnswerIsLost) {
  open();
  script->then(splunk::unanswered(http::Unanswered::Kind::timed_out));
  deliver(10);
  const auto asked = script->asked();
  ASSERT_THAT(asked, SizeIs(2));
  EXPECT_EQ(asked[0].body, asked[1].body);
  EXPECT_THAT(numbers_in(asked[0].body), Contains(10U));
}

TEST_F(SplunkWorker, HalvesWhatIsTooLarge) {
  open();
  const auto take = script->otherwise;
  script->otherwise = [take](const Asked& asked) {
    return numbers_in(asked.body).size() > 3 ? splunk::answer(413, "<html>") : take(asked);
  };
  deliver(10);
  EXPECT_EQ(collector.indexed, sequence_of(1, 10));
  EXPECT_THAT(rig.dead_letters(), IsEmpty());
}

TEST_F(SplunkWorker, KeepsAllBehindALoginPage) {
  open();
  script->then(splunk::answer(200, "<html>login</html>"));
  script->then(splunk::answer(303, ""));
  deliver(3);
  EXPECT_EQ(collector.indexed, sequence_of(1, 3));
  EXPECT_THAT(rig.dead_letters(), IsEmpty());
}

// A record with nothing in it becomes an event that the collector takes, not `null`.
TEST_F(SplunkWorker, NeverSendsAnEmptyEvent) {
  open();
  const std::vector<journal::Record> records = {{.class_uid = 7001, .uid = "a", .payload = "{}"}};
  ASSERT_TRUE(rig.journal->append(records));
  ASSERT_TRUE(rig.deliver_all());
  const std::string body = script->asked().at(0).body;
  EXPECT_THAT(body, HasSubstr(R"("event":{"class_uid":7001,"metadata":{"uid":"a"}})"));
  EXPECT_THAT(body, Not(HasSubstr("null")));
}

TEST_F(SplunkWorker, DeadLettersAnEventThatIsTooLargeAndDeliversTheRest) {
  open();
  ASSERT_TRUE(append_events(*rig.journal, 1, 1));
  ASSERT_TRUE(append_events(*rig.journal, 2, 1, 900'000));
  ASSERT_TRUE(append_events(*rig.journal, 3, 1));
  ASSERT_TRUE(rig.deliver_all());
  EXPECT_EQ(collector.indexed, (Numbers{1, 3}));
  EXPECT_EQ(rig.dead_numbers(), Numbers{2});
}

}  // namespace
}  // namespace aitf::destinations
