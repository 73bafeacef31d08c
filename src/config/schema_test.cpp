#include "config/schema.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "config/sample_config_test.hpp"

namespace aitf::config {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using namespace std::chrono_literals;

// The problems as text, without the file's name.
std::vector<std::string> problems_in(std::string_view yaml) {
  const auto parsed = parse<sample::Config>(yaml, "f", sample::environment);
  std::vector<std::string> texts;
  if (!parsed)
    for (const Problem& problem : parsed.error()) texts.push_back(problem.text().substr(2));
  return texts;
}

sample::Config good(std::string_view yaml) {
  auto parsed = parse<sample::Config>(yaml, "f", sample::environment);
  EXPECT_THAT(problems_in(yaml), IsEmpty());
  return parsed ? std::move(*parsed) : sample::Config();
}

TEST(ParseConfig, KeepsTheDefaultsOfWhatIsNotThere) {
  for (const char* yaml : {"", "# nothing\n", "~", "journal:\ndestinations:\n"}) {
    const auto config = good(yaml);
    EXPECT_EQ(config.listen, "127.0.0.1:4318");
    EXPECT_EQ(config.journal.max_size, 10_GiB);
    EXPECT_THAT(config.destinations, IsEmpty());
  }
}

TEST(ParseConfig, ReadsEveryKindOfValue) {
  const auto config = good(
      "listen: '[::1]:1'\n"
      "journal: {sync: none, max_size: 64MiB, retention: 1h30m}\n"
      "strict: true\nshare: 1e-1\nworkers: 255\noffset: -9223372036854775808\n");
  EXPECT_EQ(config.listen, "[::1]:1");
  EXPECT_EQ(config.journal.sync, sample::Sync::none);
  EXPECT_EQ(config.journal.max_size, 64_MiB);
  EXPECT_EQ(config.journal.retention, 90min);
  EXPECT_TRUE(config.strict);
  EXPECT_EQ(config.share, 0.1);
  EXPECT_EQ(config.workers, 255);
  EXPECT_EQ(config.offset, std::numeric_limits<std::int64_t>::min());
}

TEST(ParseConfig, ChoosesTheSettingsOfAListItemByItsType) {
  const auto config = good(
      "destinations:\n"
      "- {name: a, type: files, path: /x, level: 9, classes: [tool, chat]}\n"
      "- {url: 'http://y', token: t, type: splunk, name: b, tls: {verify: true}}\n");
  ASSERT_EQ(config.destinations.size(), 2u);
  const auto& files = std::get<sample::Files>(config.destinations[0].settings);
  EXPECT_EQ(files.path, "/x");
  EXPECT_EQ(files.level, 9);
  EXPECT_THAT(files.classes, ElementsAre("tool", "chat"));
  const auto& splunk = std::get<sample::Splunk>(config.destinations[1].settings);
  EXPECT_EQ(config.destinations[1].name, "b");
  EXPECT_EQ(splunk.url, "http://y");
  EXPECT_EQ(splunk.token.reveal(), "t");
  EXPECT_EQ(splunk.time_out, 60s);
}

TEST(ParseConfig, TellsWhereAnUnknownKeyStandsAndWhatWasMeant) {
  EXPECT_THAT(problems_in("journal:\n  snyc: os\n"),
              ElementsAre("2:3: journal.snyc: unknown key (did you mean `sync`?)"));
  EXPECT_THAT(problems_in("journal:\n  xyzzy: os\n"),
              ElementsAre("2:3: journal.xyzzy: unknown key (known here: sync, max_size, retention)"));
  EXPECT_THAT(problems_in("destinations: [{name: a, type: files, path: b, url: c}]"),
              ElementsAre("1:48: destinations[0].url: unknown key (only type splunk has it)"));
}

TEST(ParseConfig, TellsEveryProblemInTheOrderOfTheFile) {
  EXPECT_THAT(
      problems_in("workers: 256\n"
                  "strict: yes\n"
                  "destinations:\n"
                  "  - type: splunk\n"
                  "    url: ''\n"
                  "    time_out: 11m\n"
                  "  - type: splnk\n"
                  "journal: [a]\n"
                  "share: 1.5\n"
                  "workers: 1\n"
                  "listen:\n"
                  "offset: 12px\n"),
      ElementsAre("1:10: workers: expected a whole number from 0 to 255, got `256`",
                  "2:9: strict: expected true or false, got `yes`",
                  "4:5: destinations[0].name: missing (Name in metrics and logs)",
                  "4:5: destinations[0].token: missing (HEC token)", "5:10: destinations[0].url: must not be empty",
                  "6:15: destinations[0].time_out: must be from 1s to 10m, is 11m",
                  "7:5: destinations[1].name: missing (Name in metrics and logs)",
                  "7:11: destinations[1].type: expected one of: files, splunk, got `splnk` (did you mean `splunk`?)",
                  "8:10: journal: expected a mapping of keys to values, got a list",
                  "9:8: share: must be from 0.0 to 1.0, is 1.5", "10:1: workers: given twice (first in line 1)",
                  "11:1: listen: expected a text, got nothing (give a value, or leave the key out for the default)",
                  "12:9: offset: expected a whole number, got `12px`"));
}

TEST(ParseConfig, ChecksTheItemsOfListsAndOptionals) {
  EXPECT_THAT(
      problems_in("destinations: [{name: a, type: files, path: b, level: 0, classes: [chat, tol]}]"),
      ElementsAre("1:55: destinations[0].level: must be from 1 to 9, is 0",
                  "1:74: destinations[0].classes[1]: expected one of: chat, tool, got `tol` (did you mean `tool`?)"));
  EXPECT_THAT(problems_in("destinations: {name: a}"),
              ElementsAre("1:15: destinations: expected a list, got a mapping (start each item with `- `)"));
}

TEST(ParseConfig, TellsAMissingOrUnreadableType) {
  EXPECT_THAT(problems_in("destinations: [{name: a, url: b}]"),
              ElementsAre("1:16: destinations[0].type: missing (one of: files, splunk)"));
  EXPECT_THAT(problems_in("destinations: [{name: a, type: [b]}]"),
              ElementsAre("1:32: destinations[0].type: expected one of: files, splunk, got a list"));
}

TEST(ParseConfig, AsksRulesOverSeveralFieldsOnlyWhenEachFieldIsRight) {
  EXPECT_THAT(problems_in("share: 0\n"), ElementsAre("1:8: share: 0 keeps nothing (make it larger)"));
  EXPECT_THAT(problems_in("strict: 1\nshare: 0\n"), ElementsAre("1:9: strict: expected true or false, got `1`"));
  EXPECT_THAT(problems_in("destinations:\n- {type: splunk, name: a, url: 'http://x', token: t, tls: {verify: false}}"),
              ElementsAre("2:59: destinations[0].tls: has nothing to turn off (url is not https)"));
}

TEST(ParseConfig, RefusesKeysThatAreNoText) {
  EXPECT_THAT(problems_in("? [a]\n: b\n"), ElementsAre("1:3: expected a key, got a list"));
  EXPECT_THAT(problems_in("- a\n"), ElementsAre("1:1: expected a mapping of keys to values, got a list"));
}

TEST(ParseConfig, TellsWhyATextIsNotYaml) {
  EXPECT_THAT(problems_in("a: [1\n"), ElementsAre(HasSubstr("not YAML: end of sequence flow not found")));
}

TEST(ParseConfig, ReplacesVariablesAfterReadingYaml) {
  const auto config = good("listen: ${INJECT}\njournal: {retention: '${DURATION}'}\n");
  EXPECT_EQ(config.listen, "a\nstrict: true");
  EXPECT_FALSE(config.strict);
  EXPECT_EQ(config.journal.retention, 5s);
}

TEST(ParseConfig, TellsWhereAnUnsetVariableIsWanted) {
  EXPECT_THAT(
      problems_in("strict: true\nlisten: \"x${NOPE}\"\n"),
      ElementsAre("2:9: listen: environment variable `NOPE` is not set (set it, or give a default: ${NOPE:-…})"));
}

TEST(ParseConfig, ShowsTheNameOfAVariableNotItsValue) {
  EXPECT_THAT(problems_in("strict: ${TOKEN}\n"), ElementsAre("1:9: strict: expected true or false, got `${TOKEN}`"));
}

TEST(ParseConfig, CutsALongValueInAMessage) {
  const std::string start(60, 'x');
  EXPECT_THAT(problems_in("strict: " + start + "y\n"),
              ElementsAre("1:9: strict: expected true or false, got `" + start + "…`"));
}

TEST(ParseConfig, StopsAtAHundredProblems) {
  std::string yaml;
  for (int i = 0; i < 300; ++i) yaml += "unknown" + std::to_string(i) + ": 1\n";
  EXPECT_EQ(problems_in(yaml).size(), 100u);
}

class SecretTest : public ::testing::Test {
 protected:
  static tl::expected<sample::Config, std::vector<Problem>> with_token(const std::string& token) {
    return parse<sample::Config>("destinations: [{name: a, type: splunk, url: b, token: " + token + "}]", "f",
                                 sample::environment);
  }
  static std::string token_of(const sample::Config& config) {
    return std::get<sample::Splunk>(config.destinations.at(0).settings).token.reveal();
  }
};

TEST_F(SecretTest, ComesFromTheTextAVariableOrAFile) {
  const auto path = std::filesystem::temp_directory_path() / ("aitf_secret_" + std::to_string(::getpid()));
  std::ofstream(path) << " from file \n";
  EXPECT_EQ(token_of(with_token("plain").value()), "plain");
  EXPECT_EQ(token_of(with_token("\"${TOKEN}\"").value()), "s3cret");
  EXPECT_EQ(token_of(with_token("'file:" + path.string() + "'").value()), "from file");
  std::filesystem::remove(path);
}

TEST_F(SecretTest, TellsAMissingFileAndAnEmptyText) {
  const auto missing = with_token("file:/no/such/file");
  ASSERT_FALSE(missing);
  EXPECT_THAT(missing.error()[0].text(), HasSubstr("destinations[0].token: cannot read /no/such/file"));
  for (const char* token : {"''", "'${EMPTY}'", "file:/dev/null"}) {
    const auto empty = with_token(token);
    ASSERT_FALSE(empty) << token;
    EXPECT_EQ(empty.error()[0].message, "must not be empty");
  }
}

TEST_F(SecretTest, IsNeverShown) {
  for (const char* token : {"[hush]", "{a: hush}", "'${hu sh}'", "'${hush'", "'file:'"}) {
    const auto parsed = with_token(token);
    ASSERT_FALSE(parsed) << token;
    EXPECT_THAT(parsed.error()[0].text(), ::testing::Not(HasSubstr("hu"))) << token;
  }
}

TEST(ToError, JoinsAllProblems) {
  const Error error = to_error({{"f", {1, 2}, "a", "bad", "x"}, {"f", {}, "", "large", ""}});
  EXPECT_EQ(error.kind, ErrorKind::invalid);
  EXPECT_EQ(error.text(), "f:1:2: a: bad (x)\nf: large");
}

}  // namespace
}  // namespace aitf::config
