// Each answer of the collector, and of those that answer in its place, and what becomes of the events.

#include "destinations/splunk/answer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace aitf::destinations::splunk {
namespace {

using Kind = deliver::Outcome::Kind;
using std::chrono_literals::operator""s;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const Secret token("1d2c-secret-token");

http::Answer hec(int status, int code) {
  return {status, R"({"text":"some words","code":)" + std::to_string(code) + "}", "application/json", {}, {}};
}

http::Answer hec(int status, int code, std::int64_t number) {
  const std::string body = R"({"text":"some words","code":)" + std::to_string(code) + R"(,"invalid-event-number":)" +
                           std::to_string(number) + "}";
  return {status, body, "application/json", {}, {}};
}

http::Answer html(int status) { return {status, "<html><body>no HEC</body></html>", "text/html", {}, {}}; }

struct Case {
  int status;
  int code;
  Kind kind;
  std::string_view reason;
};

class EveryCode : public testing::TestWithParam<Case> {};

TEST_P(EveryCode, HasItsOutcome) {
  const Case& row = GetParam();
  const deliver::Outcome outcome = judge(hec(row.status, row.code), 10, token);
  EXPECT_EQ(outcome.kind, row.kind);
  EXPECT_EQ(outcome.reason, row.reason);
  EXPECT_THAT(outcome.rejected, IsEmpty());
  EXPECT_THAT(outcome.retry_indices, IsEmpty());
  EXPECT_EQ(outcome.answer.empty(), row.kind == Kind::settled);
  EXPECT_LE(outcome.answer.size(), 1024U);
}

INSTANTIATE_TEST_SUITE_P(
    Table, EveryCode,
    testing::Values(Case{200, 0, Kind::settled, ""}, Case{403, 1, Kind::unauthorized, "token_disabled"},
                    Case{401, 2, Kind::unauthorized, "token_required"},
                    Case{401, 3, Kind::unauthorized, "invalid_authorization"},
                    Case{403, 4, Kind::unauthorized, "invalid_token"}, Case{400, 5, Kind::unauthorized, "no_data"},
                    Case{400, 6, Kind::isolate, "invalid_data_format"}, Case{400, 7, Kind::isolate, "incorrect_index"},
                    Case{500, 8, Kind::retry, "internal_server_error"}, Case{503, 9, Kind::retry, "server_busy"},
                    Case{400, 10, Kind::unauthorized, "channel_missing"},
                    Case{400, 11, Kind::unauthorized, "invalid_channel"},
                    Case{400, 12, Kind::isolate, "event_required"}, Case{400, 13, Kind::isolate, "event_blank"},
                    Case{400, 14, Kind::unauthorized, "ack_disabled"}, Case{400, 15, Kind::isolate, "indexed_fields"},
                    Case{400, 16, Kind::unauthorized, "query_token"}, Case{200, 17, Kind::unauthorized, "not_hec"},
                    Case{503, 18, Kind::retry, "queues_full"}, Case{503, 19, Kind::retry, "ack_unavailable"},
                    Case{503, 20, Kind::retry, "queues_full"}, Case{400, 21, Kind::unauthorized, "invalid_token"},
                    Case{400, 22, Kind::unauthorized, "token_disabled"}, Case{503, 23, Kind::retry, "shutting_down"},
                    Case{200, 24, Kind::settled, ""}, Case{200, 25, Kind::settled, ""},
                    Case{429, 26, Kind::retry, "queue_full"}, Case{429, 27, Kind::retry, "ack_full"},
                    Case{400, 28, Kind::unauthorized, "channel_missing"}, Case{400, 99, Kind::isolate, "http_400"},
                    Case{400, -1, Kind::isolate, "http_400"}, Case{400, 0, Kind::isolate, "http_400"},
                    Case{200, 6, Kind::unauthorized, "not_hec"}, Case{201, 0, Kind::unauthorized, "not_hec"},
                    Case{503, 4, Kind::retry, "http_503"}, Case{401, 6, Kind::unauthorized, "http_401"}));

class EveryStatus : public testing::TestWithParam<Case> {};

TEST_P(EveryStatus, DecidesWithoutABodyOfTheCollector) {
  const Case& row = GetParam();
  const deliver::Outcome outcome = judge(html(row.status), 10, token);
  EXPECT_EQ(outcome.kind, row.kind);
  EXPECT_EQ(outcome.reason, row.reason);
  EXPECT_THAT(outcome.rejected, IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    Table, EveryStatus,
    testing::Values(Case{200, 0, Kind::unauthorized, "not_hec"}, Case{204, 0, Kind::unauthorized, "not_hec"},
                    Case{301, 0, Kind::unauthorized, "redirect"}, Case{303, 0, Kind::unauthorized, "redirect"},
                    Case{400, 0, Kind::isolate, "http_400"}, Case{401, 0, Kind::unauthorized, "http_401"},
                    Case{403, 0, Kind::unauthorized, "http_403"}, Case{404, 0, Kind::unauthorized, "not_hec"},
                    Case{405, 0, Kind::unauthorized, "not_hec"}, Case{408, 0, Kind::retry, "http_408"},
                    Case{413, 0, Kind::too_large, "http_413"}, Case{415, 0, Kind::unauthorized, "encoding"},
                    Case{429, 0, Kind::retry, "http_429"}, Case{431, 0, Kind::unauthorized, "not_hec"},
                    Case{500, 0, Kind::retry, "http_5xx"}, Case{501, 0, Kind::retry, "http_5xx"},
                    Case{502, 0, Kind::retry, "http_gateway"}, Case{503, 0, Kind::retry, "http_503"},
                    Case{504, 0, Kind::retry, "http_gateway"}));

TEST(SplunkAnswer, SettlesThoseBeforeTheRefusedEventAndRetriesThoseAfterIt) {
  for (const int code : {6, 12, 13, 15}) {
    const deliver::Outcome outcome = judge(hec(400, code, 1), 4, token);
    EXPECT_EQ(outcome.kind, Kind::retry);
    EXPECT_THAT(outcome.retry_indices, ElementsAre(2, 3));
    ASSERT_EQ(outcome.rejected.size(), 1U);
    EXPECT_EQ(outcome.rejected[0].index, 1U);
    EXPECT_EQ(outcome.rejected[0].reason, outcome.reason);
    EXPECT_THAT(outcome.rejected[0].answer, HasSubstr("\"invalid-event-number\":1"));
    EXPECT_FALSE(outcome.after);
  }
}

TEST(SplunkAnswer, SettlesAllButTheLastWhenTheLastIsRefused) {
  const deliver::Outcome outcome = judge(hec(400, 6, 3), 4, token);
  EXPECT_EQ(outcome.kind, Kind::settled);
  ASSERT_EQ(outcome.rejected.size(), 1U);
  EXPECT_EQ(outcome.rejected[0].index, 3U);
}

TEST(SplunkAnswer, IsolatesWhenTheNumberNamesNoEventThatWasSent) {
  for (const std::int64_t number : {std::int64_t{-1}, std::int64_t{4}, std::int64_t{1} << 40})
    EXPECT_EQ(judge(hec(400, 6, number), 4, token).kind, Kind::isolate) << number;
  EXPECT_EQ(judge({400, R"({"code":6,"invalid-event-number":"2"})", {}, {}, {}}, 4, token).kind, Kind::isolate);
  EXPECT_EQ(judge({400, R"({"code":6,"invalid-event-number":1.5})", {}, {}, {}}, 4, token).kind, Kind::isolate);
}

TEST(SplunkAnswer, RefusesTheOnlyEventWhateverTheNumber) {
  for (const auto& said : {hec(400, 6), hec(400, 6, 7), html(400)}) {
    const deliver::Outcome outcome = judge(said, 1, token);
    EXPECT_EQ(outcome.kind, Kind::settled);
    ASSERT_EQ(outcome.rejected.size(), 1U);
    EXPECT_EQ(outcome.rejected[0].index, 0U);
  }
}

TEST(SplunkAnswer, CountsTheNumberOfAWrongIndexFromOne) {
  const deliver::Outcome outcome = judge(hec(400, 7, 3), 4, token);
  EXPECT_EQ(outcome.kind, Kind::retry);
  ASSERT_EQ(outcome.rejected.size(), 1U);
  EXPECT_EQ(outcome.rejected[0].index, 2U);
  EXPECT_EQ(outcome.rejected[0].reason, "incorrect_index");
  EXPECT_THAT(outcome.retry_indices, ElementsAre(3));
  EXPECT_EQ(judge(hec(400, 7, 4), 4, token).rejected.at(0).index, 3U);
  EXPECT_EQ(judge(hec(400, 7, 0), 4, token).kind, Kind::isolate);
  EXPECT_EQ(judge(hec(400, 7, 5), 4, token).kind, Kind::isolate);
}

TEST(SplunkAnswer, TakesAWrongIndexOfTheFirstEventForOneOfAll) {
  for (const auto& [said, events] : {std::pair{hec(400, 7, 1), 4U}, {hec(400, 7, 1), 1U}, {hec(400, 7), 1U}}) {
    const deliver::Outcome outcome = judge(said, events, token);
    EXPECT_EQ(outcome.kind, Kind::unauthorized);
    EXPECT_THAT(outcome.rejected, IsEmpty());
    EXPECT_THAT(outcome.answer, HasSubstr("`index`"));
  }
}

TEST(SplunkAnswer, CarriesTheWishToWait) {
  for (const int status : {429, 503, 408, 500}) {
    http::Answer said = html(status);
    said.retry_after = 7s;
    EXPECT_EQ(judge(said, 1, token).after, 7s) << status;
    EXPECT_FALSE(judge(html(status), 1, token).after) << status;
  }
}

TEST(SplunkAnswer, ResendsAllWhenABusyServerNamesANumber) {
  const deliver::Outcome outcome = judge(hec(503, 9, 2), 4, token);
  EXPECT_EQ(outcome.kind, Kind::retry);
  EXPECT_THAT(outcome.retry_indices, IsEmpty());
  EXPECT_THAT(outcome.rejected, IsEmpty());
}

TEST(SplunkAnswer, DoesNotTakeBrokenOrForeignJsonForSuccess) {
  for (const char* body : {"", "{", "null", "[]", "\"Success\"", "{}", R"({"text":"Success"})", R"({"code":"0"})",
                           R"({"code":0)", "{\"code\":0}{", "\xff"})
    EXPECT_EQ(judge({200, body, "application/json", {}, {}}, 3, token).kind, Kind::unauthorized) << body;
}

TEST(SplunkAnswer, BlamesNoEventForPlainHttpOnATlsPort) {
  for (const char* said : {"<title>400 The plain HTTP request was sent to HTTPS port</title>",
                           "Reason: You're speaking plain HTTP to an SSL-enabled server port.<br />",
                           "Client sent an HTTP request to an HTTPS server.\n"}) {
    const deliver::Outcome outcome = judge({400, said, "text/html", {}, {}}, 1, token);
    EXPECT_EQ(outcome.kind, Kind::unauthorized) << said;
    EXPECT_EQ(outcome.reason, "plain_http");
    EXPECT_THAT(outcome.answer, HasSubstr("https://"));
  }
}

TEST(SplunkAnswer, NeverRepeatsTheToken) {
  const std::string echo = R"({"text":"no )" + token.reveal() + token.reveal() + R"(!","code":6})";
  const deliver::Outcome outcome = judge({400, echo, {}, {}, {}}, 1, token);
  ASSERT_EQ(outcome.rejected.size(), 1U);
  EXPECT_THAT(outcome.rejected[0].answer, HasSubstr("no [token][token]!"));
  EXPECT_THAT(outcome.answer, Not(HasSubstr(token.reveal())));
}

TEST(SplunkAnswer, CutsWhatThePeerSaysAtACharacter) {
  std::string long_text;
  for (int i = 0; i < 1000; ++i) long_text += "\xe2\x82\xac";
  const deliver::Outcome outcome = judge({400, long_text, {}, {}, {}}, 1, token);
  const std::string& said = outcome.rejected.at(0).answer;
  EXPECT_LE(said.size(), 1024U);
  EXPECT_GT(said.size(), 1020U);
  EXPECT_TRUE(said.ends_with("\xe2\x82\xac"));
}

TEST(SplunkAnswer, RepairsWhatThePeerSays) {
  const deliver::Outcome outcome = judge({400, "bad \xff byte", {}, {}, {}}, 1, token);
  EXPECT_EQ(outcome.rejected.at(0).answer, "HTTP 400: bad \xef\xbf\xbd byte");
}

TEST(SplunkAnswer, SaysInPlainWordsWhatToDo) {
  EXPECT_EQ(judge(hec(403, 4), 1, token).answer,
            "HTTP 403, code 4: the token is not known there (look under Settings > Data inputs > HTTP Event Collector, "
            "enable or make the token and set it as `token`)");
  EXPECT_THAT(judge(html(303), 1, token).answer, HasSubstr("not a HEC endpoint"));
  EXPECT_THAT(judge(html(404), 1, token).answer, HasSubstr("not a HEC endpoint"));
  EXPECT_THAT(judge(html(200), 1, token).answer, HasSubstr("not a HEC endpoint"));
  EXPECT_THAT(judge(hec(400, 10), 1, token).answer, HasSubstr("acknowledgement off"));
}

}  // namespace
}  // namespace aitf::destinations::splunk
