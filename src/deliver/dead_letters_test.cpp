#include "deliver/dead_letters.hpp"

#include <gtest/gtest.h>

#include "deliver/testing/fake_files.hpp"

namespace aitf::deliver {
namespace {

using namespace std::chrono_literals;
using testing::FakeFiles;

// 2026-11-25T03:20:00Z
class DeadLettersTest : public ::testing::Test {
 protected:
  Status write(DeadLetters& letters, std::string_view event) {
    const DeadLetter letter{.reason = "refused", .attempts = 3, .answer = "no", .event = event};
    return letters.write({&letter, 1});
  }
  std::string at(const std::string& name) { return files_.all()["/state/dead-letters/siem/" + name]; }

  FakeFiles files_;
  ManualClock clock_{1'795'576'800'000'000'000};
  DeadLetters letters_{files_, clock_, "/state", "siem", 200};
};

TEST_F(DeadLettersTest, WritesTimeReasonAttemptsAnswerAndTheEventAsItIs) {
  ASSERT_TRUE(write(letters_, R"({"metadata":{"uid":"17"}})"));
  EXPECT_EQ(at("20261125-1.jsonl"), R"({"time":"2026-11-25T03:20:00.000Z","reason":"refused","attempts":3,)"
                                    R"("answer":"no","event":{"metadata":{"uid":"17"}}})"
                                    "\n");
}

TEST_F(DeadLettersTest, WritesNothingUntilThereIsALetter) {
  ASSERT_TRUE(letters_.write({}));
  EXPECT_TRUE(files_.all().empty());
}

TEST_F(DeadLettersTest, EscapesAndRepairsThePeersAnswer) {
  const DeadLetter letter{.reason = "refused", .attempts = 1, .answer = "\"\n\xFF", .event = ""};
  ASSERT_TRUE(letters_.write({&letter, 1}));
  EXPECT_NE(at("20261125-1.jsonl").find("\"answer\":\"\\\"\\n\xEF\xBF\xBD\",\"event\":null}\n"), std::string::npos);
}

TEST_F(DeadLettersTest, IsOnDiskWhenItReturns) {
  ASSERT_TRUE(write(letters_, "{}"));
  files_.crash();
  EXPECT_FALSE(at("20261125-1.jsonl").empty());
}

TEST_F(DeadLettersTest, BeginsANewFileBySize) {
  ASSERT_TRUE(write(letters_, "{}"));
  ASSERT_TRUE(write(letters_, "{}"));
  ASSERT_TRUE(write(letters_, "{}"));
  EXPECT_EQ(at("20261125-1.jsonl").size(), at("20261125-2.jsonl").size() * 2);
  EXPECT_FALSE(at("20261125-2.jsonl").empty());
}

TEST_F(DeadLettersTest, TakesALetterLargerThanAFile) {
  const std::string event = "{\"text\":\"" + std::string(500, 'x') + "\"}";
  ASSERT_TRUE(write(letters_, event));
  EXPECT_NE(at("20261125-1.jsonl").find(event), std::string::npos);
}

TEST_F(DeadLettersTest, BeginsANewFileByDay) {
  ASSERT_TRUE(write(letters_, "{}"));
  clock_.advance(24h);
  ASSERT_TRUE(write(letters_, "{}"));
  EXPECT_FALSE(at("20261126-1.jsonl").empty());
}

TEST_F(DeadLettersTest, NeverWritesIntoAFileOfAnEarlierRun) {
  files_.put("/state/dead-letters/siem/20261125-9.jsonl", "half a li");
  files_.put("/state/dead-letters/siem/20261125-notes.jsonl", "");
  ASSERT_TRUE(write(letters_, "{}"));
  EXPECT_EQ(at("20261125-9.jsonl"), "half a li");
  EXPECT_FALSE(at("20261125-10.jsonl").empty());
}

TEST_F(DeadLettersTest, AfterHalfALineGoesOnInANewFile) {
  ASSERT_TRUE(write(letters_, "{}"));
  files_.fail(FakeFiles::Call::append, 1, 10);
  EXPECT_FALSE(write(letters_, "{}"));
  ASSERT_TRUE(write(letters_, "{}"));
  EXPECT_TRUE(at("20261125-2.jsonl").ends_with("}\n"));
}

TEST_F(DeadLettersTest, AFullDiskMakesNoNewFiles) {
  ASSERT_TRUE(write(letters_, "{}"));
  files_.fail(FakeFiles::Call::append, 50);
  for (int i = 0; i < 50; ++i) EXPECT_FALSE(write(letters_, "{}"));
  EXPECT_EQ(files_.all().size(), 1u);
  ASSERT_TRUE(write(letters_, "{}"));
  EXPECT_EQ(files_.all().size(), 1u);
}

TEST_F(DeadLettersTest, WhatIsNotSyncedIsWrittenAgain) {
  files_.fail(FakeFiles::Call::sync);
  EXPECT_FALSE(write(letters_, "{}"));
  ASSERT_TRUE(write(letters_, "{}"));
  files_.crash();
  EXPECT_FALSE(at("20261125-2.jsonl").empty());
}

TEST_F(DeadLettersTest, SaysWhatFailed) {
  files_.fail(FakeFiles::Call::make_directories);
  const Status status = write(letters_, "{}");
  ASSERT_FALSE(status);
  EXPECT_NE(status.error().message.find("/state/dead-letters/siem"), std::string::npos);
}

TEST(DeadLettersFolder, NamesNeverLeaveItOrMeet) {
  EXPECT_EQ(folder_name("splunk-main_2.eu"), "splunk-main_2.eu");
  EXPECT_EQ(folder_name("../etc"), "%2E.%2Fetc");
  EXPECT_EQ(folder_name("."), "%2E");
  EXPECT_EQ(folder_name(""), "%");
  EXPECT_EQ(folder_name("a b"), "a%20b");
  EXPECT_NE(folder_name("a%20b"), folder_name("a b"));
  EXPECT_EQ(folder_name("\xC3\xA9"), "%C3%A9");
}

}  // namespace
}  // namespace aitf::deliver
