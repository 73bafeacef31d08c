// Every answer of the receiver, without sockets.

#include "receive/otlp_http/otlp_http.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "receive/otlp_http/otlp_bodies.hpp"

namespace aitf::receive {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::size_t kLimit = 64 << 20;
const std::string kJson = "application/json";
const std::string kProtobuf = "application/x-protobuf";

std::string field(const http::Response& response, std::string_view name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return {};
}

http::Request post(const std::string& type, std::string body, const std::string& coding = {}) {
  http::Request request;
  request.method = "POST";
  request.path = "/v1/traces";
  if (!type.empty()) request.headers.emplace_back("content-type", type);
  if (!coding.empty()) request.headers.emplace_back("content-encoding", coding);
  request.body = std::move(body);
  return request;
}

RpcStatus status_in(const http::Response& response) {
  return receive::status_in(field(response, "Content-Type"), response.body);
}

PartialSuccess success_in(const http::Response& response) {
  return receive::success_in(field(response, "Content-Type"), response.body);
}

class OtlpHttpTest : public testing::Test {
 protected:
  http::Response answer(const http::Request& request) { return receiver_.answer(request); }
  // The answer when the spans cannot be taken.
  http::Response answer_failing_with(Error error, const std::string& type) {
    const OtlpHttp failing(
        kLimit, [&](std::string_view, otlp::Encoding) -> Result<Accepted> { return tl::unexpected(error); }, metrics_);
    return failing.answer(post(type, ""));
  }

  observe::Metrics metrics_;
  CountingAccept accept_;
  OtlpHttp receiver_{kLimit, std::ref(accept_), metrics_};
};

TEST_F(OtlpHttpTest, TakesAnEmptyRequestInBothEncodings) {
  http::Response response = answer(post(kProtobuf, ""));
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, "");
  EXPECT_EQ(field(response, "Content-Type"), kProtobuf);

  for (const char* body : {R"({"resourceSpans":[]})", "{}"}) {
    response = answer(post("application/json; charset=utf-8", body));
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body, "{}");
    EXPECT_EQ(field(response, "Content-Type"), kJson);
  }
}

TEST_F(OtlpHttpTest, TakesSpansInBothEncodings) {
  EXPECT_EQ(answer(post(kJson, json_spans(3))).status, 200);
  EXPECT_EQ(answer(post(kProtobuf, protobuf_spans(4))).status, 200);
  EXPECT_EQ(accept_.spans, 7u);
}

TEST_F(OtlpHttpTest, TellsPartialSuccessInTheEncodingOfTheRequest) {
  for (const http::Request& request : {post(kJson, json_spans(2, true)), post(kProtobuf, protobuf_spans(2, true))}) {
    const http::Response response = answer(request);
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(field(response, "Content-Type"), request.header("content-type"));
    EXPECT_EQ(success_in(response).rejected, 1);
    EXPECT_NE(success_in(response).message, "");
  }
  EXPECT_EQ(accept_.spans, 4u);
}

TEST_F(OtlpHttpTest, RefusesWhatIsNoOtlpAndSaysWhere) {
  const http::Response json = answer(post(kJson, R"({"resourceSpans":[)"));
  EXPECT_EQ(json.status, 400);
  EXPECT_EQ(status_in(json).code, 3);
  EXPECT_THAT(status_in(json).message, testing::ContainsRegex("byte [0-9]+"));
  EXPECT_THAT(status_in(json).message, Not(HasSubstr("::")));

  const http::Response protobuf = answer(post(kProtobuf, "\x0a\x7f"));
  EXPECT_EQ(protobuf.status, 400);
  EXPECT_EQ(field(protobuf, "Content-Type"), kProtobuf);
  EXPECT_EQ(status_in(protobuf).code, 3);
}

TEST_F(OtlpHttpTest, RefusesOtherTypesInJson) {
  for (const char* type : {"text/plain", "", "application/x-www-form-urlencoded"}) {
    const http::Response response = answer(post(type, json_spans(1)));
    EXPECT_EQ(response.status, 415) << type;
    EXPECT_EQ(status_in(response).code, 3);
    EXPECT_THAT(status_in(response).message, HasSubstr("application/x-protobuf"));
    EXPECT_EQ(field(response, "Content-Type"), kJson);
  }
}

TEST_F(OtlpHttpTest, InflatesGzipByBothNames) {
  EXPECT_EQ(answer(post(kJson, gzip(json_spans(2)), "gzip")).status, 200);
  EXPECT_EQ(answer(post(kProtobuf, gzip(protobuf_spans(2)), "X-Gzip")).status, 200);
  EXPECT_EQ(answer(post(kJson, json_spans(2), "identity")).status, 200);
  EXPECT_EQ(accept_.spans, 6u);
}

TEST_F(OtlpHttpTest, ReadsEveryMemberOfAGzip) {
  const std::string text = json_spans(5);
  const std::string_view half = std::string_view(text).substr(0, text.size() / 2);
  const std::string body = gzip(half) + gzip(std::string_view(text).substr(half.size()));
  EXPECT_EQ(answer(post(kJson, body, "gzip")).status, 200);
  EXPECT_EQ(accept_.spans, 5u);
}

TEST_F(OtlpHttpTest, RefusesOtherCodingsInTheEncodingOfTheRequest) {
  for (const char* coding : {"br", "gzip, gzip", "zstd", "deflate"}) {
    for (const std::string& type : {kJson, kProtobuf}) {
      const http::Response response = answer(post(type, "", coding));
      EXPECT_EQ(response.status, 415) << coding;
      EXPECT_EQ(field(response, "Content-Type"), type);
      EXPECT_EQ(status_in(response).code, 3);
      EXPECT_EQ(field(response, "Accept-Encoding"), "gzip, x-gzip, identity");
    }
  }
}

TEST_F(OtlpHttpTest, RefusesACodingThatIsSentTwice) {
  http::Request request = post(kJson, gzip(gzip("{}")), "gzip");
  request.headers.emplace_back("content-encoding", "gzip");
  EXPECT_EQ(answer(request).status, 415);
}

TEST_F(OtlpHttpTest, RefusesBrokenGzip) {
  const std::string whole = gzip(json_spans(1));
  for (const std::string& body :
       {std::string("plain"), whole.substr(0, whole.size() - 1), whole + "x", std::string()}) {
    const http::Response response = answer(post(kJson, body, "gzip"));
    EXPECT_EQ(response.status, 400);
    EXPECT_EQ(status_in(response).code, 3);
  }
  EXPECT_EQ(accept_.spans, 0u);
}

TEST_F(OtlpHttpTest, RefusesMoreThanTheLimitHoweverItIsPacked) {
  const OtlpHttp small(100, std::ref(accept_), metrics_);
  const std::string text = R"({"resourceSpans":[]})" + std::string(81, ' ');
  for (const http::Request& request : {post(kJson, text), post(kJson, gzip(text), "gzip")}) {
    const http::Response response = small.answer(request);
    EXPECT_EQ(response.status, 413);
    EXPECT_EQ(status_in(response).code, 8);
    EXPECT_THAT(status_in(response).message, HasSubstr("limit of 100"));
  }
  const std::string fits = text.substr(0, 100);
  EXPECT_EQ(small.answer(post(kJson, fits)).status, 200);
  EXPECT_EQ(small.answer(post(kJson, gzip(fits), "gzip")).status, 200);
}

TEST_F(OtlpHttpTest, RefusesOtherPathsAndNamesTheRightOne) {
  struct Case {
    const char* path;
    const char* says;
  };
  for (const Case& c : {Case{"/", "/v1/traces"}, Case{"/v1/trace", "/v1/traces"}, Case{"/v1/logs", "only traces"},
                        Case{"/v1/metrics", "only traces"}}) {
    http::Request request = post(kProtobuf, "");
    request.path = c.path;
    const http::Response response = answer(request);
    EXPECT_EQ(response.status, 404) << c.path;
    EXPECT_EQ(status_in(response).code, 5);
    EXPECT_THAT(status_in(response).message, HasSubstr(c.says));
    EXPECT_EQ(field(response, "Content-Type"), kProtobuf);
  }
}

TEST_F(OtlpHttpTest, TakesOnlyPost) {
  for (const char* method : {"GET", "HEAD", "PUT", "DELETE", "PATCH"}) {
    http::Request request = post("", "");
    request.method = method;
    const http::Response response = answer(request);
    EXPECT_EQ(response.status, 405) << method;
    EXPECT_EQ(field(response, "Allow"), "POST");
    EXPECT_EQ(status_in(response).code, 12);
  }
  http::Request options = post("", "");
  options.method = "OPTIONS";
  EXPECT_EQ(answer(options).status, 204);
  EXPECT_EQ(field(answer(options), "Allow"), "POST");
}

TEST_F(OtlpHttpTest, MapsEveryKindOfErrorToAnAnswer) {
  struct Case {
    ErrorKind kind;
    int status;
    int code;
    const char* retry_after;
  };
  for (const Case& c : {Case{ErrorKind::invalid, 400, 3, ""}, Case{ErrorKind::throttled, 503, 14, "1"},
                        Case{ErrorKind::transient, 503, 14, "1"}, Case{ErrorKind::permanent, 413, 8, ""},
                        Case{ErrorKind::internal, 500, 13, ""}}) {
    for (const std::string& type : {kJson, kProtobuf}) {
      const http::Response response = answer_failing_with({c.kind, "what happened", "do this", {}}, type);
      EXPECT_EQ(response.status, c.status);
      EXPECT_EQ(field(response, "Content-Type"), type);
      EXPECT_EQ(field(response, "Retry-After"), c.retry_after);
      EXPECT_EQ(status_in(response).code, c.code);
      // What broke inside is not the sender's business.
      EXPECT_EQ(status_in(response).message == "what happened (do this)", c.kind != ErrorKind::internal);
      EXPECT_NE(status_in(response).message, "");
    }
  }
}

TEST_F(OtlpHttpTest, AsksToWaitWholeSecondsAndAtLeastOne) {
  for (const auto& [wait, text] : {std::pair{0, "1"}, {1, "1"}, {1000, "1"}, {1001, "2"}, {60'000, "60"}}) {
    const Error full{ErrorKind::throttled, "the journal is full", {}, std::chrono::milliseconds(wait)};
    EXPECT_EQ(field(answer_failing_with(full, kJson), "Retry-After"), text);
  }
}

TEST_F(OtlpHttpTest, RefusesInTheEncodingThatTheServerHasRead) {
  for (const auto& [type, answered] :
       {std::pair{kProtobuf, kProtobuf}, {kJson, kJson}, {"", kJson}, {"text/x", kJson}}) {
    const http::Response response = receiver_.refuse(413, "too much", type);
    EXPECT_EQ(response.status, 413);
    EXPECT_EQ(field(response, "Content-Type"), answered);
    EXPECT_EQ(status_in(response).code, 8);
    EXPECT_EQ(status_in(response).message, "too much");
  }
}

TEST_F(OtlpHttpTest, CountsAnswersByStatus) {
  answer(post(kProtobuf, ""));
  answer(post(kProtobuf, ""));
  answer(post("text/plain", ""));
  receiver_.refuse(408, "slow", "");
  const std::string text = metrics_.expose();
  EXPECT_THAT(text, HasSubstr("aitf_receiver_requests_total{receiver=\"otlp_http\",status=\"200\"} 2\n"));
  EXPECT_THAT(text, HasSubstr("aitf_receiver_requests_total{receiver=\"otlp_http\",status=\"415\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("aitf_receiver_requests_total{receiver=\"otlp_http\",status=\"408\"} 1\n"));
}

}  // namespace
}  // namespace aitf::receive
