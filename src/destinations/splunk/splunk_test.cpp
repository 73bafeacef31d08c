// What goes over the wire for a payload and for a check, and what is said about the answers.

#include "destinations/splunk/splunk.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "destinations/splunk/scripted_client.hpp"

namespace aitf::destinations {
namespace {

using splunk::answer;
using splunk::Asked;
using splunk::code;
using splunk::unanswered;
using Kind = deliver::Outcome::Kind;
using Cause = http::Unanswered::Kind;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::MatchesRegex;
using testing::Not;

const std::string token = "1d2c-secret";

SplunkConfig config_for(std::string url = "https://splunk:8088") {
  SplunkConfig config;
  config.url = std::move(url);
  config.token = Secret(token);
  return config;
}

struct Rig {
  explicit Rig(SplunkConfig config = config_for())
      : script(std::make_shared<splunk::Script>()),
        destination(make_splunk("siem", std::move(config), std::make_unique<splunk::ScriptedClient>(script))) {}

  deliver::Outcome send(std::size_t bytes = 10) { return destination->send({std::string(bytes, 'x'), {1, 2, 3}}); }
  Asked last() const { return script->asked().back(); }

  std::shared_ptr<splunk::Script> script;
  std::unique_ptr<deliver::Destination> destination;
};

TEST(Splunk, PostsThePayloadWithTheTokenInTheSecretHeader) {
  Rig rig;
  EXPECT_EQ(rig.send().kind, Kind::settled);
  const Asked asked = rig.last();
  EXPECT_EQ(asked.method, "POST");
  EXPECT_EQ(asked.url, "https://splunk:8088/services/collector/event");
  EXPECT_EQ(asked.secret_header, (std::pair<std::string, std::string>("Authorization", "Splunk " + token)));
  EXPECT_EQ(asked.body, "xxxxxxxxxx");
  EXPECT_EQ(asked.header("Content-Type"), "application/json");
  EXPECT_EQ(asked.header("__splunk_app_name"), "aitf");
  EXPECT_EQ(asked.header("Content-Encoding"), "");
  for (const auto& [name, value] : asked.headers) EXPECT_THAT(value, Not(HasSubstr(token))) << name;
}

TEST(Splunk, SendsOneChannelThatIsAGuid) {
  Rig rig;
  rig.send();
  rig.send();
  const auto asked = rig.script->asked();
  const std::string channel = asked[0].header("X-Splunk-Request-Channel");
  EXPECT_THAT(channel, MatchesRegex("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}"));
  EXPECT_EQ(asked[1].header("X-Splunk-Request-Channel"), channel);
  Rig other;
  other.send();
  EXPECT_NE(other.last().header("X-Splunk-Request-Channel"), channel);
}

TEST(Splunk, CompressesOnlyWhatIsWorthIt) {
  Rig rig;
  rig.send(1024);
  EXPECT_EQ(rig.last().header("Content-Encoding"), "");
  rig.send(1025);
  EXPECT_EQ(rig.last().header("Content-Encoding"), "gzip");
  EXPECT_THAT(rig.last().body, testing::StartsWith("\x1f\x8b"));
  EXPECT_LT(rig.last().body.size(), 100U);

  SplunkConfig plain = config_for();
  plain.gzip = false;
  Rig without(std::move(plain));
  without.send(5000);
  EXPECT_EQ(without.last().body.size(), 5000U);
}

TEST(Splunk, RetriesWhatGotNoAnswer) {
  const std::pair<Cause, std::string> cases[] = {
      {Cause::unreachable, "unreachable"}, {Cause::tls, "tls"}, {Cause::timed_out, "timed_out"}, {Cause::cut, "cut"}};
  for (const auto& [cause, word] : cases) {
    Rig rig;
    rig.script->then(unanswered(cause, "no answer from https://splunk:8088/"));
    const deliver::Outcome outcome = rig.send();
    EXPECT_EQ(outcome.kind, Kind::retry);
    EXPECT_EQ(outcome.reason, word);
    EXPECT_THAT(outcome.answer, HasSubstr("https://splunk:8088"));
    EXPECT_THAT(outcome.retry_indices, IsEmpty());
    EXPECT_THAT(outcome.rejected, IsEmpty());
  }
}

TEST(Splunk, KeepsItsLimitsBelowTheBatch) {
  SplunkConfig config = config_for();
  EXPECT_EQ(Rig(config).destination->limits().event_bytes, 900'000U);
  config.batch = {.events = 50, .bytes = {100'000}, .age = std::chrono::milliseconds(20)};
  const deliver::Limits limits = Rig(config).destination->limits();
  EXPECT_EQ(limits.batch_events, 50U);
  EXPECT_EQ(limits.batch_bytes, 100'000U);
  EXPECT_EQ(limits.event_bytes, 100'000U);
  EXPECT_EQ(limits.batch_age, std::chrono::milliseconds(20));
}

TEST(Splunk, TakesItsTlsSettingsToTheClient) {
  SplunkConfig config = config_for();
  EXPECT_TRUE(http_options(config).verify_tls);
  config.verify_tls = false;
  config.ca_file = "/ca.pem";
  config.timeout = std::chrono::seconds(2);
  const http::ClientOptions options = http_options(config);
  EXPECT_FALSE(options.verify_tls);
  EXPECT_EQ(options.ca_file, "/ca.pem");
  EXPECT_EQ(options.request_time, config.timeout);
  EXPECT_LE(options.connect_time, config.timeout);
}

TEST(SplunkCheck, ProvesTheTokenWithAnEmptyBody) {
  Rig rig;
  rig.script->then(code(200, 17));
  rig.script->then(code(400, 5));
  const deliver::Diagnosis diagnosis = rig.destination->check();
  EXPECT_TRUE(diagnosis.healthy) << diagnosis.message;
  const auto asked = rig.script->asked();
  ASSERT_EQ(asked.size(), 2U);
  EXPECT_EQ(asked[0].method, "GET");
  EXPECT_EQ(asked[0].url, "https://splunk:8088/services/collector/health");
  EXPECT_EQ(asked[0].secret_header.second, "");
  EXPECT_EQ(asked[1].method, "POST");
  EXPECT_EQ(asked[1].body, "");
  EXPECT_EQ(asked[1].secret_header.second, "Splunk " + token);
}

TEST(SplunkCheck, OnlyMentionsAHealthAddressThatFails) {
  for (const auto& health : {answer(403, "<html>"), code(503, 18), unanswered(Cause::timed_out)}) {
    Rig rig;
    rig.script->then(health);
    rig.script->then(code(400, 5));
    const deliver::Diagnosis diagnosis = rig.destination->check();
    EXPECT_TRUE(diagnosis.healthy);
    EXPECT_THAT(diagnosis.message, HasSubstr("its health"));
  }
}

deliver::Diagnosis checked(splunk::Reply probe, std::string url = "https://splunk:8088") {
  Rig rig(config_for(std::move(url)));
  rig.script->then(code(200, 17));
  rig.script->then(std::move(probe));
  return rig.destination->check();
}

TEST(SplunkCheck, SaysInPlainWordsWhatIsWrong) {
  const std::pair<deliver::Diagnosis, std::string> cases[] = {
      {checked(unanswered(Cause::tls)), "ca_file"},
      {checked(unanswered(Cause::unreachable)), "firewalls"},
      {checked(unanswered(Cause::unreachable), "https://splunk:8000"), "Splunk Web"},
      {checked(answer(303, "<html>"), "https://splunk:8000"), "Splunk Web"},
      {checked(answer(401, "<response/>"), "https://splunk:8089"), "management"},
      {checked(unanswered(Cause::cut), "http://splunk:8088"), "https://"},
      {checked(code(403, 4)), "Settings > Data inputs"},
      {checked(code(403, 1)), "enable"},
      {checked(answer(200, "<html>login")), "not a HEC endpoint"},
      {checked(answer(404, "{}")), "not a HEC endpoint"},
      {checked(code(503, 23)), ""},
  };
  for (const auto& [diagnosis, hint] : cases) {
    EXPECT_FALSE(diagnosis.healthy) << diagnosis.message;
    EXPECT_FALSE(diagnosis.message.empty());
    EXPECT_THAT(diagnosis.hint, HasSubstr(hint)) << diagnosis.message;
    EXPECT_THAT(diagnosis.message + diagnosis.hint, Not(HasSubstr(token)));
  }
}

TEST(SplunkCheck, TakesAReceiverThatAcceptsEmptyBodies) { EXPECT_TRUE(checked(code(200, 0)).healthy); }

TEST(SplunkCheck, SaysThatAnIndexIsProvedByEventsOnly) {
  SplunkConfig config = config_for();
  config.index = "ai";
  Rig rig(std::move(config));
  rig.script->then(code(200, 17));
  rig.script->then(code(400, 5));
  EXPECT_THAT(rig.destination->check().hint, HasSubstr("`ai`"));
}

}  // namespace
}  // namespace aitf::destinations
