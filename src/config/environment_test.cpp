#include "config/environment.hpp"

#include <gtest/gtest.h>

#include "config/sample_config_test.hpp"

namespace aitf::config {
namespace {

std::string replaced(std::string_view text) { return substitute(text, sample::environment).value(); }

TEST(Substitute, ReplacesVariablesAnywhereInAText) {
  EXPECT_EQ(replaced("${TOKEN}"), "s3cret");
  EXPECT_EQ(replaced("a${DURATION}b${DURATION}"), "a5sb5s");
  EXPECT_EQ(replaced("nothing"), "nothing");
  EXPECT_EQ(replaced("[${EMPTY}]"), "[]");
}

TEST(Substitute, TakesTheDefaultOfWhatIsUnsetOrEmpty) {
  EXPECT_EQ(replaced("${NOPE:-x:-y}"), "x:-y");
  EXPECT_EQ(replaced("${EMPTY:-x}"), "x");
  EXPECT_EQ(replaced("${TOKEN:-x}"), "s3cret");
  EXPECT_EQ(replaced("${NOPE:-}"), "");
}

TEST(Substitute, KeepsPlainDollars) {
  EXPECT_EQ(replaced("$$"), "$");
  EXPECT_EQ(replaced("$${TOKEN}"), "${TOKEN}");
  EXPECT_EQ(replaced("$$${TOKEN}"), "$s3cret");
  EXPECT_EQ(replaced("^a$"), "^a$");
  EXPECT_EQ(replaced("$TOKEN"), "$TOKEN");
}

TEST(Substitute, ReplacesOnlyOnce) {
  const auto nested = [](const std::string&) { return std::optional<std::string>("${OTHER}$$"); };
  EXPECT_EQ(substitute("${NAME}", nested).value(), "${OTHER}$$");
}

TEST(Substitute, RefusesWhatIsUnsetUnclosedMisnamedOrNoText) {
  for (const char* text : {"${NOPE}", "${TOKEN", "${}", "${1A}", "${A B}", "${a-b}", "${:-x}", "${BAD_UTF8}"}) {
    const auto result = substitute(text, sample::environment);
    ASSERT_FALSE(result) << text;
    EXPECT_EQ(result.error().kind, ErrorKind::invalid);
  }
}

TEST(ProcessEnvironment, KnowsWhatIsSet) {
  EXPECT_TRUE(process_environment()("PATH"));
  EXPECT_FALSE(process_environment()("AITF_NEVER_SET_BY_ANYONE"));
}

}  // namespace
}  // namespace aitf::config
