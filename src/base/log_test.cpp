#include "base/log.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <thread>
#include <vector>

namespace aitf::log {
namespace {

using ::testing::HasSubstr;

constexpr std::uint64_t kTime = 1'795'584'000'007'000'000;  // 2026-11-25T05:20:00.007Z

class LogTest : public ::testing::Test {
 public:
  ~LogTest() override { configure(Level::info, Format::automatic); }
};

TEST_F(LogTest, MakesJsonLines) {
  EXPECT_EQ(line(Format::json, kTime, Level::warn, "batch refused",
                 {{"destination", "splunk"}, {"events", 3}, {"share", 0.5}, {"final", true}}),
            R"({"time":"2026-11-25T05:20:00.007Z","level":"warn","message":"batch refused",)"
            R"("destination":"splunk","events":3,"share":0.5,"final":true})"
            "\n");
}

TEST_F(LogTest, MakesTextForPeople) {
  EXPECT_EQ(
      line(Format::text, kTime, Level::info, "listening", {{"address", "[::1]:4318"}, {"why", "a b"}, {"none", ""}}),
      "2026-11-25T05:20:00.007Z info  listening address=[::1]:4318 why=\"a b\" none=\"\"\n");
}

TEST_F(LogTest, KeepsAFieldFromForgingLinesOrFields) {
  const std::string forged = "x\n2026 error fake=\"1\"";
  for (const Format format : {Format::text, Format::json}) {
    const std::string made = line(format, kTime, Level::info, "s", {{"answer", forged}});
    EXPECT_EQ(std::count(made.begin(), made.end(), '\n'), 1);
    EXPECT_THAT(made, HasSubstr(R"("x\n2026 error fake=\"1\"")"));
  }
}

TEST_F(LogTest, RepairsInvalidUtf8) {
  for (const Format format : {Format::text, Format::json})
    EXPECT_THAT(line(format, kTime, Level::info, "s", {{"name", "a\xFF"}}), HasSubstr("a\xEF\xBF\xBD"));
}

TEST_F(LogTest, WritesANumberThatJsonLacksAsText) {
  const double infinity = std::numeric_limits<double>::infinity();
  EXPECT_THAT(line(Format::json, kTime, Level::info, "s", {{"rate", infinity}}), HasSubstr(R"("rate":"infinity")"));
  EXPECT_THAT(line(Format::json, kTime, Level::info, "s", {{"rate", -infinity}}), HasSubstr(R"("rate":"-infinity")"));
}

TEST_F(LogTest, LeavesOutWhatIsBelowTheLevel) {
  configure(Level::warn, Format::json);
  ::testing::internal::CaptureStderr();
  debug("no");
  info("no");
  warn("first");
  error("second");
  const std::string out = ::testing::internal::GetCapturedStderr();
  EXPECT_THAT(out, HasSubstr("first"));
  EXPECT_THAT(out, HasSubstr("second"));
  EXPECT_EQ(std::count(out.begin(), out.end(), '\n'), 2);
}

TEST_F(LogTest, WritesJsonWhenStandardErrorIsNoTerminal) {
  ::testing::internal::CaptureStderr();  // a file
  info("hello");
  EXPECT_EQ(::testing::internal::GetCapturedStderr().front(), '{');
}

TEST_F(LogTest, NeverMixesTheLinesOfThreads) {
  configure(Level::info, Format::json);
  ::testing::internal::CaptureStderr();
  {
    std::vector<std::jthread> threads;
    threads.reserve(4);
    for (int t = 0; t < 4; ++t)
      threads.emplace_back([] {
        for (int i = 0; i < 50; ++i) info("line", {{"text", std::string(300, 'x')}});
      });
  }
  const std::string out = ::testing::internal::GetCapturedStderr();
  const std::string tail = "\"text\":\"" + std::string(300, 'x') + "\"}\n";
  std::size_t whole = 0;
  for (std::size_t at = out.find(tail); at != std::string::npos; at = out.find(tail, at + 1)) ++whole;
  EXPECT_EQ(whole, 200u);
  EXPECT_EQ(std::count(out.begin(), out.end(), '\n'), 200);
}

}  // namespace
}  // namespace aitf::log
