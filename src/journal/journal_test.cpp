// What every form of the journal must do. A new form is one more row of INSTANTIATE_TEST_SUITE_P.
#include "journal/journal.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <map>
#include <thread>

namespace aitf::journal {
namespace {

using namespace std::chrono_literals;

struct Form {
  std::string name;
  std::function<std::unique_ptr<Journal>(std::size_t capacity, const Clock& clock)> make;
};

class JournalConformance : public testing::TestWithParam<Form> {
 protected:
  std::unique_ptr<Journal> make(std::size_t capacity = 1u << 20) { return GetParam().make(capacity, clock_); }
  ManualClock clock_{1'000'000'000};  // one second after 1970
};

std::string payload_of(std::uint64_t number) { return "{\"number\":" + std::to_string(number) + "}"; }

// Appends events numbered from `first`, each with its number as time.
Result<Sequence> append(Journal& journal, std::uint64_t first, std::size_t count, std::size_t padding = 0) {
  std::vector<std::string> payloads;
  for (std::size_t i = 0; i < count; ++i) payloads.push_back(payload_of(first + i) + std::string(padding, ' '));
  std::vector<Record> records;
  for (std::size_t i = 0; i < count; ++i)
    records.push_back({.class_uid = 7001,
                       .severity_id = 3,
                       .time_ms = static_cast<std::int64_t>(first + i),
                       .uid = "0123456789abcdef0123456789abcdef",
                       .payload = payloads[i]});
  return journal.append(records);
}

std::vector<Sequence> sequences_after(Reader& reader, Sequence from, std::size_t at_most = SIZE_MAX) {
  std::vector<Sequence> seen;
  const Status status = reader.read(from, [&](const Record& record) {
    seen.push_back(record.sequence);
    return seen.size() < at_most;
  });
  EXPECT_TRUE(status);
  return seen;
}

using Numbers = std::vector<Sequence>;

TEST_P(JournalConformance, NumbersRecordsFromOneInARow) {
  const auto journal = make();
  const auto reader = journal->open_reader("a");
  EXPECT_EQ(journal->last(), 0u);
  EXPECT_EQ(append(*journal, 1, 2).value(), 2u);
  EXPECT_EQ(append(*journal, 3, 1).value(), 3u);
  EXPECT_EQ(journal->last(), 3u);
  EXPECT_EQ(sequences_after(*reader, 0), (Numbers{1, 2, 3}));
}

TEST_P(JournalConformance, GivesBackEveryFieldOfARecord) {
  const auto journal = make();
  const auto reader = journal->open_reader("a");
  std::string uid = "003ecd76e89a3aa87f39a932b4a7add8";
  std::string payload = "{\"message\":\"zero \\u0000 and \xC3\xA9\"}";
  const Record record{.class_uid = 7005, .severity_id = 4, .time_ms = -5, .uid = uid, .payload = payload};
  ASSERT_TRUE(journal->append({&record, 1}));
  uid.assign(uid.size(), 'x');  // the journal has its own copy
  payload.assign(payload.size(), 'x');
  int seen = 0;
  ASSERT_TRUE(reader->read(0, [&](const Record& r) {
    ++seen;
    EXPECT_EQ(r.sequence, 1u);
    EXPECT_EQ(r.class_uid, 7005u);
    EXPECT_EQ(r.severity_id, 4);
    EXPECT_EQ(r.time_ms, -5);
    EXPECT_EQ(r.uid, "003ecd76e89a3aa87f39a932b4a7add8");
    EXPECT_EQ(r.payload, "{\"message\":\"zero \\u0000 and \xC3\xA9\"}");
    EXPECT_EQ(r.journaled_ms, 1000);
    return true;
  }));
  EXPECT_EQ(seen, 1);
}

TEST_P(JournalConformance, TakesRecordsWithoutUidOrPayload) {
  const auto journal = make();
  const auto reader = journal->open_reader("a");
  const std::vector<Record> records(3);
  ASSERT_TRUE(journal->append(records));
  EXPECT_EQ(sequences_after(*reader, 0), (Numbers{1, 2, 3}));
}

TEST_P(JournalConformance, AnEmptyAppendChangesNothing) {
  const auto journal = make();
  const auto reader = journal->open_reader("a");
  EXPECT_EQ(journal->append({}).value(), 0u);
  ASSERT_TRUE(append(*journal, 1, 4));
  const std::size_t held = journal->bytes();
  EXPECT_EQ(journal->append({}).value(), 4u);
  EXPECT_EQ(journal->bytes(), held);
}

TEST_P(JournalConformance, ReadsAgainFromAnyPlace) {
  const auto journal = make();
  const auto reader = journal->open_reader("a");
  ASSERT_TRUE(append(*journal, 1, 3));
  ASSERT_TRUE(append(*journal, 4, 3));
  EXPECT_EQ(sequences_after(*reader, 1), (Numbers{2, 3, 4, 5, 6}));
  EXPECT_EQ(sequences_after(*reader, 3), (Numbers{4, 5, 6}));
  EXPECT_EQ(sequences_after(*reader, 1), (Numbers{2, 3, 4, 5, 6}));
  EXPECT_EQ(sequences_after(*reader, 6), Numbers{});
  EXPECT_EQ(sequences_after(*reader, 60), Numbers{});
}

TEST_P(JournalConformance, StopsReadingWhenToldTo) {
  const auto journal = make();
  const auto reader = journal->open_reader("a");
  ASSERT_TRUE(append(*journal, 1, 3));
  ASSERT_TRUE(append(*journal, 4, 3));
  EXPECT_EQ(sequences_after(*reader, 0, 2), (Numbers{1, 2}));
  EXPECT_EQ(sequences_after(*reader, 0, 4), (Numbers{1, 2, 3, 4}));
}

TEST_P(JournalConformance, ReadingEndsWhereTheEndWasWhenItBegan) {
  const auto journal = make();
  const auto reader = journal->open_reader("a");
  ASSERT_TRUE(append(*journal, 1, 2));
  std::size_t seen = 0;
  ASSERT_TRUE(reader->read(0, [&](const Record&) {
    EXPECT_TRUE(append(*journal, 100, 1));  // appending from inside shows that no lock is held
    return ++seen < 50;
  }));
  EXPECT_EQ(seen, 2u);
}

TEST_P(JournalConformance, PassesOverWhatIsAcknowledged) {
  const auto journal = make();
  const auto reader = journal->open_reader("a");
  ASSERT_TRUE(append(*journal, 1, 5));
  ASSERT_TRUE(reader->acknowledge(2));
  EXPECT_EQ(reader->acknowledged(), 2u);
  EXPECT_EQ(sequences_after(*reader, 0), (Numbers{3, 4, 5}));
}

TEST_P(JournalConformance, TheCursorNeverGoesBack) {
  const auto journal = make();
  const auto reader = journal->open_reader("a");
  ASSERT_TRUE(append(*journal, 1, 5));
  ASSERT_TRUE(reader->acknowledge(4));
  ASSERT_TRUE(reader->acknowledge(1));
  EXPECT_EQ(reader->acknowledged(), 4u);
}

TEST_P(JournalConformance, RefusesToAcknowledgeWhatIsNotThere) {
  const auto journal = make();
  const auto reader = journal->open_reader("a");
  ASSERT_TRUE(append(*journal, 1, 2));
  const Status status = reader->acknowledge(3);
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().kind, ErrorKind::internal);
  EXPECT_EQ(reader->acknowledged(), 0u);
}

TEST_P(JournalConformance, FreesOnlyWhatEveryReaderHasPassed) {
  const auto journal = make();
  const auto fast = journal->open_reader("fast");
  const auto slow = journal->open_reader("slow");
  ASSERT_TRUE(append(*journal, 1, 3));
  const std::size_t held = journal->bytes();
  EXPECT_GE(held, 3 * payload_of(1).size());
  ASSERT_TRUE(fast->acknowledge(3));
  EXPECT_EQ(journal->bytes(), held);
  EXPECT_EQ(sequences_after(*slow, 0), (Numbers{1, 2, 3}));
  ASSERT_TRUE(slow->acknowledge(3));
  EXPECT_EQ(journal->bytes(), 0u);
}

TEST_P(JournalConformance, WithoutReadersNothingIsHeld) {
  const auto journal = make();
  EXPECT_EQ(append(*journal, 1, 100).value(), 100u);
  EXPECT_EQ(journal->last(), 100u);
  EXPECT_EQ(journal->bytes(), 0u);
}

TEST_P(JournalConformance, AReaderOpenedAgainGoesOnWhereItWas) {
  const auto journal = make();
  auto reader = journal->open_reader("a");
  ASSERT_TRUE(append(*journal, 1, 5));
  ASSERT_TRUE(reader->acknowledge(3));
  reader.reset();
  EXPECT_EQ(sequences_after(*journal->open_reader("a"), 0), (Numbers{4, 5}));
}

TEST_P(JournalConformance, ALateReaderBeginsWithTheOldestRecordHeld) {
  const auto journal = make();
  const auto early = journal->open_reader("early");
  ASSERT_TRUE(append(*journal, 1, 2));
  ASSERT_TRUE(append(*journal, 3, 2));
  ASSERT_TRUE(early->acknowledge(2));
  const auto late = journal->open_reader("late");
  EXPECT_EQ(sequences_after(*late, 0), (Numbers{3, 4}));
}

TEST_P(JournalConformance, WhenFullItRefusesTheWholeAppendAndSaysWhenToTryAgain) {
  const auto journal = make(10'000);
  const auto reader = journal->open_reader("a");
  ASSERT_TRUE(append(*journal, 1, 8, 1000));
  const auto refused = append(*journal, 9, 4, 1000);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::throttled);
  EXPECT_EQ(refused.error().retry_after, 1000ms);
  EXPECT_EQ(journal->last(), 8u);
  EXPECT_EQ(sequences_after(*reader, 0).size(), 8u);
  EXPECT_LE(journal->bytes(), journal->capacity_bytes());
}

TEST_P(JournalConformance, TakesRecordsAgainOnceThereIsRoom) {
  const auto journal = make(10'000);
  const auto reader = journal->open_reader("a");
  ASSERT_TRUE(append(*journal, 1, 4, 1000));
  ASSERT_TRUE(append(*journal, 5, 4, 1000));
  ASSERT_FALSE(append(*journal, 9, 4, 1000));
  ASSERT_TRUE(reader->acknowledge(4));
  EXPECT_EQ(append(*journal, 9, 4, 1000).value(), 12u);
  EXPECT_EQ(sequences_after(*reader, 0), (Numbers{5, 6, 7, 8, 9, 10, 11, 12}));
}

TEST_P(JournalConformance, AnEmptyJournalTakesAnAppendLargerThanItsCapacity) {
  const auto journal = make(1000);
  const auto reader = journal->open_reader("a");
  ASSERT_TRUE(append(*journal, 1, 3, 5000));
  EXPECT_FALSE(append(*journal, 4, 1));
  ASSERT_TRUE(reader->acknowledge(3));
  EXPECT_TRUE(append(*journal, 4, 1));
}

TEST_P(JournalConformance, KeepsTheOrderOfAnAppendOfManyMegabytes) {
  const auto journal = make(16u << 20);
  const auto reader = journal->open_reader("a");
  ASSERT_TRUE(append(*journal, 1, 500, 10'000));
  const std::size_t held = journal->bytes();
  Sequence expected = 0;
  ASSERT_TRUE(reader->read(0, [&](const Record& record) {
    EXPECT_EQ(record.sequence, ++expected);
    EXPECT_TRUE(record.payload.starts_with(payload_of(expected)));
    return true;
  }));
  EXPECT_EQ(expected, 500u);
  ASSERT_TRUE(reader->acknowledge(400));
  EXPECT_LT(journal->bytes(), held / 2);  // freed in parts, not only when the last record of the append is passed
}

TEST_P(JournalConformance, WaitingEndsWhenARecordComes) {
  const auto journal = make();
  const auto reader = journal->open_reader("a");
  std::jthread writer([&] { EXPECT_TRUE(append(*journal, 1, 1)); });
  EXPECT_TRUE(reader->wait(0, 1h, {}));
  EXPECT_TRUE(reader->wait(0, 0ms, {}));
  EXPECT_EQ(sequences_after(*reader, 0), (Numbers{1}));
}

TEST_P(JournalConformance, WaitingEndsWithoutARecordWhenTimeIsUp) {
  const auto journal = make();
  const auto reader = journal->open_reader("a");
  ASSERT_TRUE(append(*journal, 1, 1));
  EXPECT_FALSE(reader->wait(1, 1ms, {}));
}

TEST_P(JournalConformance, WaitingEndsOnStop) {
  const auto journal = make();
  const auto reader = journal->open_reader("a");
  std::stop_source stop;
  std::jthread stopper([&] { stop.request_stop(); });
  EXPECT_FALSE(reader->wait(0, 1h, stop.get_token()));
}

TEST_P(JournalConformance, EveryWaitingReaderWakes) {
  const auto journal = make();
  std::vector<std::unique_ptr<Reader>> readers;
  for (int i = 0; i < 4; ++i) readers.push_back(journal->open_reader(std::to_string(i)));
  std::atomic<int> woken = 0;
  {
    std::vector<std::jthread> threads;
    for (auto& reader : readers) threads.emplace_back([&] { woken += reader->wait(0, 1h, {}) ? 1 : 0; });
    ASSERT_TRUE(append(*journal, 1, 1));
  }
  EXPECT_EQ(woken, 4);
}

// Reads and acknowledges until `total` records have come; checks order and content, and that each writer's records
// keep their order. Time of a record: writer * 1,000,000 + its number.
void follow(Reader& reader, std::size_t total) {
  Sequence at = 0;
  std::map<std::int64_t, std::int64_t> newest;
  while (at < total) {
    ASSERT_TRUE(reader.wait(at, 1min, {}));
    ASSERT_TRUE(reader.read(at, [&](const Record& record) {
      EXPECT_EQ(record.sequence, ++at);
      EXPECT_EQ(record.payload, payload_of(static_cast<std::uint64_t>(record.time_ms)));
      auto& last = newest[record.time_ms / 1'000'000];
      EXPECT_LT(last, record.time_ms);
      last = record.time_ms;
      return at % 97 != 0;
    }));
    ASSERT_TRUE(reader.acknowledge(at));
  }
}

TEST_P(JournalConformance, ManyThreadsAppendAndReadWithoutLossOrMixUp) {
  constexpr std::size_t kWriters = 4, kAppends = 300, kRecords = 5;
  const auto journal = make(20'000);  // small, so that writers meet a full journal too
  std::vector<std::unique_ptr<Reader>> readers;
  for (int i = 0; i < 3; ++i) readers.push_back(journal->open_reader(std::to_string(i)));
  {
    std::vector<std::jthread> threads;
    for (auto& reader : readers) threads.emplace_back([&] { follow(*reader, kWriters * kAppends * kRecords); });
    for (std::size_t w = 1; w <= kWriters; ++w)
      threads.emplace_back([&, w] {
        for (std::size_t i = 0; i < kAppends; ++i)
          while (!append(*journal, w * 1'000'000 + i * kRecords + 1, kRecords)) std::this_thread::yield();
      });
  }
  EXPECT_EQ(journal->last(), kWriters * kAppends * kRecords);
  EXPECT_EQ(journal->bytes(), 0u);
}

INSTANTIATE_TEST_SUITE_P(Memory, JournalConformance,
                         testing::Values(Form{"memory",
                                              [](std::size_t capacity, const Clock& clock) {
                                                return make_memory_journal(capacity, clock);
                                              }}),
                         [](const auto& test) { return test.param.name; });

TEST(MemoryJournal, HoldsSixtyFourMebibytesUnlessToldOtherwise) {
  EXPECT_EQ(make_memory_journal()->capacity_bytes(), 64u << 20);
}

}  // namespace
}  // namespace aitf::journal
