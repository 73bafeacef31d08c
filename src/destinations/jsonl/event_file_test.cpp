#include "destinations/jsonl/event_file.hpp"

#include <gtest/gtest.h>

#include "deliver/testing/fake_files.hpp"

namespace aitf::destinations::jsonl {
namespace {

using namespace std::chrono_literals;
using deliver::testing::FakeFiles;
using Call = FakeFiles::Call;
using Contents = std::map<std::string, std::string>;

// It is 2026-11-25T03:20:00Z.
class EventFileTest : public testing::Test {
 protected:
  std::size_t write(std::string_view lines) { return file_->write(lines).bytes; }
  void restart() { file_.emplace(files_, clock_, "/out", EventFile::Bounds{.bytes = 20, .age = 1h}); }

  FakeFiles files_;
  ManualClock clock_{1'795'576'800'000'000'000};
  std::optional<EventFile> file_{std::in_place, files_, clock_, "/out", EventFile::Bounds{.bytes = 20, .age = 1h}};
};

TEST_F(EventFileTest, AppendsLinesToOneFile) {
  EXPECT_EQ(write("one\n"), 4u);
  EXPECT_EQ(write("two\nthree\n"), 10u);
  EXPECT_EQ(files_.all(), (Contents{{"/out/events.jsonl", "one\ntwo\nthree\n"}}));
}

TEST_F(EventFileTest, WhatCountsAsWrittenSurvivesACrash) {
  EXPECT_EQ(write("one\n"), 4u);
  files_.crash();
  EXPECT_EQ(files_.all(), (Contents{{"/out/events.jsonl", "one\n"}}));
}

TEST_F(EventFileTest, BeginsANewFileBySize) {
  write("0123456789\n");
  write("0123456789\n");
  EXPECT_EQ(files_.all(), (Contents{{"/out/events-20261125T032000Z-1.jsonl", "0123456789\n"},
                                    {"/out/events.jsonl", "0123456789\n"}}));
}

TEST_F(EventFileTest, BeginsANewFileByAge) {
  write("one\n");
  clock_.advance(59min);
  write("two\n");
  clock_.advance(1min);
  write("three\n");
  EXPECT_EQ(files_.all(),
            (Contents{{"/out/events-20261125T042000Z-1.jsonl", "one\ntwo\n"}, {"/out/events.jsonl", "three\n"}}));
}

TEST_F(EventFileTest, ClosesNoEmptyFile) {
  EXPECT_TRUE(file_->check());
  clock_.advance(2h);
  write("a line that is longer than a file may be\n");
  EXPECT_EQ(files_.all().size(), 1u);
}

TEST_F(EventFileTest, NeverReplacesAClosedFile) {
  files_.put("/out/events-20261125T032000Z-1.jsonl", "older\n");
  files_.put("/out/events-20261125T032000Z-7.jsonl", "old\n");
  files_.put("/out/events-20261125T032000Z-notes.jsonl", "");
  write("0123456789\n");
  write("0123456789\n");
  const auto all = files_.all();
  EXPECT_EQ(all.at("/out/events-20261125T032000Z-1.jsonl"), "older\n");
  EXPECT_EQ(all.at("/out/events-20261125T032000Z-7.jsonl"), "old\n");
  EXPECT_EQ(all.at("/out/events-20261125T032000Z-8.jsonl"), "0123456789\n");
}

TEST_F(EventFileTest, GoesOnInTheFileOfTheLastRun) {
  files_.put("/out/events.jsonl", "one\n");
  write("two\n");
  EXPECT_EQ(files_.all(), (Contents{{"/out/events.jsonl", "one\ntwo\n"}}));
}

TEST_F(EventFileTest, ClosesAFileThatACrashCutShort) {
  files_.put("/out/events.jsonl", "one\n{\"hal");
  write("two\n");
  EXPECT_EQ(files_.all(),
            (Contents{{"/out/events-20261125T032000Z-1.jsonl", "one\n{\"hal"}, {"/out/events.jsonl", "two\n"}}));
}

TEST_F(EventFileTest, AFullDiskKeepsTheWholeLinesThatGotIn) {
  files_.fail(Call::append, 1, 6);
  const auto written = file_->write("one\ntwo\n");
  EXPECT_EQ(written.bytes, 4u);
  ASSERT_TRUE(written.error);
  EXPECT_NE(written.error->text().find("no space left on device (free some space"), std::string::npos);
  EXPECT_EQ(write("two\n"), 4u);
  EXPECT_EQ(files_.all(),
            (Contents{{"/out/events-20261125T032000Z-1.jsonl", "one\ntw"}, {"/out/events.jsonl", "two\n"}}));
}

TEST_F(EventFileTest, ADiskThatStaysFullMakesNoNewFiles) {
  write("one\n");
  files_.fail(Call::append, 100);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(write("two\n"), 0u);
  EXPECT_EQ(write("two\n"), 4u);
  EXPECT_EQ(files_.all(), (Contents{{"/out/events.jsonl", "one\ntwo\n"}}));
}

TEST_F(EventFileTest, GoesOnInTheFileWhenTheCutFellBetweenLines) {
  files_.fail(Call::append, 1, 4);
  EXPECT_EQ(write("one\ntwo\n"), 4u);
  EXPECT_EQ(write("two\n"), 4u);
  EXPECT_EQ(files_.all(), (Contents{{"/out/events.jsonl", "one\ntwo\n"}}));
}

TEST_F(EventFileTest, AfterAFailedSyncNothingCountsAndANewFileBegins) {
  files_.fail(Call::sync);
  EXPECT_EQ(write("one\n"), 0u);
  EXPECT_EQ(write("one\n"), 4u);
  files_.crash();
  EXPECT_EQ(files_.all().at("/out/events.jsonl"), "one\n");
}

TEST_F(EventFileTest, EveryCallThatFailsIsAnErrorAndThenMadeGood) {
  for (const Call call : {Call::make_directories, Call::open, Call::sync_directory, Call::append, Call::sync}) {
    restart();
    files_.fail(call);
    EXPECT_TRUE(file_->write("one\n").error) << static_cast<int>(call);
    EXPECT_FALSE(file_->write("one\n").error) << static_cast<int>(call);
  }
}

TEST_F(EventFileTest, ARotationThatFailsHalfwayIsFinishedLater) {
  for (const Call call : {Call::list, Call::rename, Call::sync_directory, Call::open}) {
    write("0123456789\n");
    files_.fail(call);
    EXPECT_EQ(write("abcdefghij\n"), 0u) << static_cast<int>(call);
    EXPECT_EQ(write("abcdefghij\n"), 11u) << static_cast<int>(call);
    clock_.advance(1h);
  }
  std::string all;
  for (const auto& [path, text] : files_.all()) all += text;
  EXPECT_EQ(all.size(), 8u * 11);  // each line once
}

TEST_F(EventFileTest, BeginsANewFileWhenSomeoneMovedOrRemovedIt) {
  write("0123456789\n");
  ASSERT_TRUE(files_.rename("/out/events.jsonl", "/elsewhere/events.jsonl"));
  EXPECT_EQ(write("lost\n"), 5u);
  ASSERT_TRUE(files_.remove("/out/events.jsonl"));
  EXPECT_EQ(write("abcdefghij\n"), 11u);
  EXPECT_EQ(files_.all(),
            (Contents{{"/elsewhere/events.jsonl", "0123456789\n"}, {"/out/events.jsonl", "abcdefghij\n"}}));
}

}  // namespace
}  // namespace aitf::destinations::jsonl
