// What a user may write, and what the environment alone may ask for.

#include "destinations/splunk/config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace aitf::destinations {
namespace {

using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;
using testing::HasSubstr;
using testing::Not;

config::Environment environment(std::map<std::string, std::string> variables) {
  return [variables = std::move(variables)](const std::string& name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  };
}

auto parse(std::string_view yaml) {
  return config::parse<SplunkConfig>(yaml, "aitf.yaml", environment({{"TOKEN", "from-environment"}}));
}

std::string problems(std::string_view yaml) {
  const auto parsed = parse(yaml);
  return parsed ? "" : config::to_error(parsed.error()).text();
}

TEST(SplunkConfig, HasItsDefaults) {
  const auto parsed = parse("{url: 'https://s:8088', token: '${TOKEN}'}");
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->url, "https://s:8088");
  EXPECT_EQ(parsed->token.reveal(), "from-environment");
  EXPECT_EQ(parsed->index, "");
  EXPECT_EQ(parsed->source, "aitf");
  EXPECT_EQ(parsed->host, "");
  EXPECT_TRUE(parsed->verify_tls);
  EXPECT_TRUE(parsed->gzip);
  EXPECT_EQ(parsed->timeout, 30s);
  EXPECT_EQ(parsed->batch.events, 500U);
  EXPECT_EQ(parsed->batch.bytes.count, 1'000'000U);
  EXPECT_EQ(parsed->batch.age, 1s);
}

TEST(SplunkConfig, TakesEveryKey) {
  const auto parsed = parse(
      "{url: 'https://s', token: t, index: i, source: x, host: h, verify_tls: false, ca_file: /ca.pem, timeout: 5s,\n"
      " gzip: false, batch: {events: 50, bytes: 64KiB, age: 200ms}}");
  ASSERT_TRUE(parsed) << config::to_error(parsed.error()).text();
  EXPECT_EQ(parsed->index, "i");
  EXPECT_EQ(parsed->source, "x");
  EXPECT_EQ(parsed->host, "h");
  EXPECT_EQ(parsed->ca_file, "/ca.pem");
  EXPECT_FALSE(parsed->verify_tls);
  EXPECT_FALSE(parsed->gzip);
  EXPECT_EQ(parsed->timeout, 5s);
  EXPECT_EQ(parsed->batch.events, 50U);
  EXPECT_EQ(parsed->batch.bytes.count, 65'536U);
  EXPECT_EQ(parsed->batch.age, 200ms);
}

TEST(SplunkConfig, SaysWhatIsWrong) {
  EXPECT_THAT(problems("{token: t}"), HasSubstr("url"));
  EXPECT_THAT(problems("{url: 'https://s'}"), HasSubstr("token"));
  EXPECT_THAT(problems("{url: 'https://s', token: ''}"), HasSubstr("token"));
  EXPECT_THAT(problems("{url: 's:8088', token: t}"), HasSubstr("must start with https://"));
  EXPECT_THAT(problems("{url: 'https://s', token: t, batch: {events: 0}}"), HasSubstr("events"));
  EXPECT_THAT(problems("{url: 'https://s', token: t, indx: i}"), HasSubstr("index"));
}

TEST(SplunkConfig, DoesNotRepeatASecretThatIsWrong) {
  const std::string said = problems("{url: 'https://s', token: 'two words'}");
  EXPECT_THAT(said, HasSubstr("white space"));
  EXPECT_THAT(said, Not(HasSubstr("two words")));
}

TEST(SplunkEnvironment, AsksForNothingWithoutAUrl) {
  EXPECT_FALSE(splunk_from_environment(environment({})));
  EXPECT_FALSE(splunk_from_environment(environment({{"SPLUNK_HEC_URL", ""}, {"SPLUNK_HEC_TOKEN", "t"}})));
}

TEST(SplunkEnvironment, IsEnoughForADestination) {
  const auto found = splunk_from_environment(environment({{"SPLUNK_HEC_URL", "https://s:8088"},
                                                          {"SPLUNK_HEC_TOKEN", "t"},
                                                          {"SPLUNK_INDEX", "i"},
                                                          {"SPLUNK_VERIFY_SSL", "False"}}));
  ASSERT_TRUE(found && *found);
  EXPECT_EQ((*found)->url, "https://s:8088");
  EXPECT_EQ((*found)->token.reveal(), "t");
  EXPECT_EQ((*found)->index, "i");
  EXPECT_FALSE((*found)->verify_tls);
}

TEST(SplunkEnvironment, VerifiesUnlessToldNotTo) {
  for (const auto& [word, verify] : std::map<std::string, bool>{
           {"", true}, {"true", true}, {"1", true}, {"YES", true}, {"0", false}, {"no", false}, {"off", false}}) {
    const auto found = splunk_from_environment(
        environment({{"SPLUNK_HEC_URL", "https://s"}, {"SPLUNK_HEC_TOKEN", "t"}, {"SPLUNK_VERIFY_SSL", word}}));
    ASSERT_TRUE(found && *found) << word;
    EXPECT_EQ((*found)->verify_tls, verify) << word;
  }
}

TEST(SplunkEnvironment, RefusesHalfASetting) {
  const std::map<std::string, std::string> cases[] = {
      {{"SPLUNK_HEC_URL", "https://s"}},
      {{"SPLUNK_HEC_URL", "https://s"}, {"SPLUNK_HEC_TOKEN", ""}},
      {{"SPLUNK_HEC_URL", "https://s"}, {"SPLUNK_HEC_TOKEN", "a b"}},
      {{"SPLUNK_HEC_URL", "s:8088"}, {"SPLUNK_HEC_TOKEN", "t"}},
      {{"SPLUNK_HEC_URL", "https://s"}, {"SPLUNK_HEC_TOKEN", "t"}, {"SPLUNK_VERIFY_SSL", "perhaps"}},
  };
  for (const auto& variables : cases) {
    const auto found = splunk_from_environment(environment(variables));
    ASSERT_TRUE(found.has_value());
    ASSERT_FALSE(found->has_value());
    EXPECT_EQ(found->error().kind, ErrorKind::invalid);
    EXPECT_THAT(found->error().message, HasSubstr("SPLUNK_"));
    EXPECT_THAT(found->error().text(), Not(HasSubstr("a b")));
  }
  const auto no_token = splunk_from_environment(environment({{"SPLUNK_HEC_URL", "https://s"}}));
  EXPECT_THAT(no_token->error().hint, HasSubstr("SPLUNK_HEC_TOKEN"));
}

}  // namespace
}  // namespace aitf::destinations
