// Decoding of OTLP JSON: numbers, names and text as the many senders write them, and faults that cost only one span.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "otlp/decode.hpp"
#include "otlp/text_of.hpp"

namespace aitf::otlp {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::string kIds = R"("traceId":"0123456789abcdef0011223344556677","spanId":"fedcba9876543210")";

std::string span(std::string_view fields) { return "{" + kIds + "," + std::string(fields) + "}"; }
std::string request(std::string_view spans) {
  return R"({"resourceSpans":[{"scopeSpans":[{"spans":[)" + std::string(spans) + "]}]}]}";
}
std::string attribute(std::string_view value) {
  return span(R"("attributes":[{"key":"k","value":)" + std::string(value) + "}]");
}

class JsonDecode : public ::testing::Test {
 protected:
  Request decode(std::string_view body, const Limits& limits = {}) {
    auto result = decode_json(body, arena_, limits);
    EXPECT_TRUE(result) << result.error().text() << "\n" << body;
    return result ? *result : Request{};
  }
  std::string error(std::string_view body) {
    const auto result = decode_json(body, arena_, {});
    EXPECT_FALSE(result) << body;
    return result ? "" : result.error().message;
  }
  // The one span's attribute "k".
  std::string value(std::string_view json) {
    const Request got = decode(request(attribute(json)));
    EXPECT_EQ(got.spans.size(), 1u) << json << ": " << (got.rejected.empty() ? "" : got.rejected[0].message);
    return got.spans.empty() ? "" : text_of(got.spans[0].attributes);
  }
  // The message of the one rejected span; the one beside it must be taken.
  std::string rejection(std::string_view bad_span) {
    const Request got =
        decode(request(span(R"("name":"before")") + "," + std::string(bad_span) + "," + span(R"("name":"after")")));
    EXPECT_EQ(got.spans.size(), 2u) << bad_span;
    EXPECT_EQ(got.rejected.size(), 1u) << bad_span;
    return got.rejected.empty() ? "" : std::string(got.rejected[0].reason) + ": " + got.rejected[0].message;
  }

  Arena arena_;
};

TEST_F(JsonDecode, TakesEmptyRequests) {
  for (const char* body : {"{}", R"({"resourceSpans":[]})", R"({"resourceSpans":null})", R"({"resourceSpans":[{}]})",
                           R"({"resourceSpans":[{"scopeSpans":[{"spans":[]}]}],"new":{"a":[1,{}]}})", " {\n} "})
    EXPECT_EQ(decode(body).received(), 0u) << body;
}

TEST_F(JsonDecode, ReadsEveryFieldOfASpan) {
  const Request got = decode(request(span(
      R"("parentSpanId":"FEDCBA9876543210","name":"chat","traceState":"k=v","kind":3,"flags":257,)"
      R"("startTimeUnixNano":"1732604863241000001","endTimeUnixNano":1732604863241000002,)"
      R"("attributes":[{"key":"a","value":{"stringValue":"b"}}],"droppedAttributesCount":1,)"
      R"("events":[{"timeUnixNano":"7","name":"e","attributes":[{"key":"c","value":{"intValue":"1"}}]}],)"
      R"("droppedEventsCount":"2","links":[{"traceId":"0123456789ABCDEF0011223344556677",)"
      R"("spanId":"fedcba9876543210","attributes":[]}],"droppedLinksCount":3,"status":{"code":2,"message":"boom"})")));
  ASSERT_EQ(got.spans.size(), 1u);
  EXPECT_EQ(text_of(got.spans[0]),
            "trace 0123456789abcdef0011223344556677 span fedcba9876543210 parent fedcba9876543210\n"
            "name 'chat' state 'k=v' kind 3\n"
            "from 1732604863241000001 to 1732604863241000002\n"
            "status 2 'boom'\n"
            "dropped 1 2 3\n"
            "repairs\n"
            "a: 'b'\n"
            "event 7 'e' c: 1\n"
            "link 0123456789abcdef0011223344556677 fedcba9876543210\n"
            "resource  \n"
            "scope    ");
}

TEST_F(JsonDecode, ReadsTheFieldNamesOfTheProtoFiles) {
  const Request got = decode(
      R"({"resource_spans":[{"schema_url":"u","scope_spans":[{"spans":[{"trace_id":"0123456789abcdef0011223344556677",)"
      R"("span_id":"fedcba9876543210","start_time_unix_nano":5,"attributes":[{"key":"k","value":)"
      R"({"array_value":{"values":[{"string_value":"x"},{"int_value":2}]}}}]}]}]}]})");
  ASSERT_EQ(got.spans.size(), 1u);
  EXPECT_EQ(got.spans[0].start_unix_nano, 5u);
  EXPECT_EQ(got.spans[0].resource->schema_url, "u");
  EXPECT_EQ(text_of(got.spans[0].attributes), "k: ['x', 2]");
}

TEST_F(JsonDecode, SharesResourceAndScopeWhereverTheyStand) {
  const std::string resource = R"("resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}}]})";
  const std::string scope = R"("scope":{"name":"lib","version":"1"})";
  const std::string spans = R"("spans":[)" + span(R"("name":"a")") + "," + span(R"("name":"b")") + "]";
  const std::string first = "{" + resource + R"(,"scopeSpans":[{)" + scope + "," + spans + "}]}";
  const std::string last = R"({"scopeSpans":[{)" + spans + "," + scope + "}]," + resource + "}";
  for (const std::string& body : {first, last}) {
    const Request got = decode(R"({"resourceSpans":[)" + body + "]}");
    ASSERT_EQ(got.spans.size(), 2u);
    EXPECT_EQ(got.spans[0].resource, got.spans[1].resource);
    EXPECT_EQ(text_of(got.spans[1].resource->attributes), "service.name: 'shop'");
    EXPECT_EQ(got.spans[1].scope->name, "lib");
  }
}

TEST_F(JsonDecode, KeepsEveryDigitOf64BitIntegers) {
  EXPECT_EQ(value(R"({"intValue":"1200"})"), "k: 1200");
  EXPECT_EQ(value(R"({"intValue":1200})"), "k: 1200");
  EXPECT_EQ(value(R"({"intValue":"9007199254740993"})"), "k: 9007199254740993");
  EXPECT_EQ(value(R"({"intValue":-9223372036854775808})"), "k: -9223372036854775808");
  EXPECT_EQ(value(R"({"intValue":3.0})"), "k: 3");
}

TEST_F(JsonDecode, ReadsEveryKindOfValue) {
  EXPECT_EQ(value(R"({"stringValue":""})"), "k: ''");
  EXPECT_EQ(value(R"({"boolValue":true})"), "k: true");
  EXPECT_EQ(value(R"({"boolValue":false})"), "k: false");
  EXPECT_EQ(value(R"({"doubleValue":3.14})"), "k: real 3.1400000000000001");
  EXPECT_EQ(value(R"({"doubleValue":80})"), "k: real 80");
  EXPECT_EQ(value(R"({"doubleValue":"-Infinity"})"), "k: real -inf");
  EXPECT_EQ(value(R"({"bytesValue":"AP8="})"), "k: bytes 00ff");
  EXPECT_EQ(value(R"({"arrayValue":{"values":[{"stringValue":"a"},{},null,{"intValue":2}]}})"),
            "k: ['a', empty, empty, 2]");
  EXPECT_EQ(value(R"({"arrayValue":{}})"), "k: []");
  EXPECT_EQ(value(R"({"kvlistValue":{"values":[{"key":"x","value":{"kvlistValue":{"values":[]}}}]}})"), "k: {x: {}}");
  for (const char* none : {"{}", "null", R"({"stringValue":null})", R"({"newValue":[1,{"a":2}]})"})
    EXPECT_EQ(value(none), "k: empty") << none;
}

TEST_F(JsonDecode, ReadsTimesAsTextNumberOrDouble) {
  const auto start = [this](std::string_view json) {
    return decode(request(span(R"("startTimeUnixNano":)" + std::string(json)))).spans.at(0).start_unix_nano;
  };
  EXPECT_EQ(start(R"("18446744073709551615")"), UINT64_MAX);
  EXPECT_EQ(start("1732604863241000001"), 1732604863241000001u);
  EXPECT_EQ(start("1.7e18"), 1700000000000000000u);
  EXPECT_EQ(start(R"("1.7e18")"), 1700000000000000000u);
  EXPECT_EQ(start("-1"), 0u);
  EXPECT_EQ(start("null"), 0u);
}

TEST_F(JsonDecode, ReadsEnumsAsNumberOrName) {
  const auto kind = [this](std::string_view json) {
    return decode(request(span(R"("kind":)" + std::string(json)))).spans.at(0).kind;
  };
  EXPECT_EQ(kind("3"), 3);
  EXPECT_EQ(kind(R"("SPAN_KIND_CLIENT")"), 3);
  EXPECT_EQ(kind(R"("3")"), 3);
  EXPECT_EQ(kind("99"), 99);
  EXPECT_EQ(kind(R"("SPAN_KIND_NEW")"), 0);
  const auto status = [this](std::string_view json) {
    return decode(request(span(R"("status":{"code":)" + std::string(json) + "}"))).spans.at(0).status_code;
  };
  EXPECT_EQ(status("2"), 2);
  EXPECT_EQ(status(R"("STATUS_CODE_ERROR")"), 2);
  EXPECT_EQ(status("7"), 7);
}

TEST_F(JsonDecode, TakesNegativeDropCountsAsNone) {
  const Request got = decode(request(span(R"("droppedAttributesCount":-1,"droppedEventsCount":99999999999)")));
  ASSERT_EQ(got.spans.size(), 1u);
  EXPECT_EQ(got.spans[0].dropped_attributes, 0u);
  EXPECT_EQ(got.spans[0].dropped_events, UINT32_MAX);
}

TEST_F(JsonDecode, DecodesEscapes) {
  EXPECT_EQ(value(R"({"stringValue":"a\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00é"})"), "k: 'a\"\\/\b\f\n\r\té😀é'");
  EXPECT_EQ(decode(request(R"({"trace\u0049d":"0123456789abcdef0011223344556677","spanId":"fedcba9876543210"})"))
                .spans.size(),
            1u);
}

TEST_F(JsonDecode, RepairsLoneSurrogatesInTheirSpanOnly) {
  const Request got =
      decode(request(span(R"("name":"ok")") + "," + span(R"("name":"a\ud800b\udc00\ud800\ud83d\ude00")")));
  ASSERT_EQ(got.spans.size(), 2u);
  EXPECT_EQ(got.spans[1].name,
            "a\xEF\xBF\xBD"
            "b\xEF\xBF\xBD\xEF\xBF\xBD😀");
  EXPECT_FALSE(got.spans[0].repairs.invalid_utf8);
  EXPECT_TRUE(got.spans[1].repairs.invalid_utf8);
}

TEST_F(JsonDecode, RepairsInvalidUtf8InItsSpanOnly) {
  const Request got = decode(request(span(R"("name":"ok")") + "," + span("\"name\":\"ab\xff\xfe\"")));
  ASSERT_EQ(got.spans.size(), 2u);
  EXPECT_EQ(got.spans[1].name, "ab\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_FALSE(got.spans[0].repairs.invalid_utf8);
  EXPECT_TRUE(got.spans[1].repairs.invalid_utf8);
}

TEST_F(JsonDecode, TakesAnHonestReplacementCharacterAsIs) {
  EXPECT_FALSE(decode(request(span("\"name\":\"\xEF\xBF\xBD\""))).spans.at(0).repairs.invalid_utf8);
}

TEST_F(JsonDecode, RejectsOnlyTheSpanWithABadId) {
  EXPECT_EQ(rejection(R"({"traceId":"0123","spanId":"fedcba9876543210","name":"chat x"})"),
            "invalid_trace_id: span 'chat x' (number 2 of the request): trace_id has 4 characters, must have 32 "
            "hexadecimal digits");
  EXPECT_THAT(rejection(R"({"traceId":"ASNFZ4mrze8AESIzRFVmdw==","spanId":"fedcba9876543210"})"), HasSubstr("24"));
  EXPECT_THAT(rejection(R"({"traceId":"00000000000000000000000000000000","spanId":"fedcba9876543210"})"),
              HasSubstr("zero"));
  EXPECT_THAT(rejection(R"({"traceId":"0123456789abcdef001122334455667g","spanId":"fedcba9876543210"})"),
              HasSubstr("no hexadecimal digits"));
  EXPECT_THAT(rejection(R"({"traceId":"0123456789abcdef0011223344556677"})"), HasSubstr("invalid_span_id"));
  EXPECT_THAT(rejection("{}"), HasSubstr("trace_id is missing"));
}

TEST_F(JsonDecode, RejectsOnlyTheSpanWithAFieldOfTheWrongType) {
  EXPECT_EQ(rejection(span(R"("name":5)")),
            "malformed: span (number 2 of the request): name is a number, must be a string");
  EXPECT_THAT(rejection("5"), HasSubstr("span is a number, must be an object"));
  EXPECT_THAT(rejection("null"), HasSubstr("span is null, must be an object"));
  EXPECT_THAT(rejection(R"({"traceId":[{"a":["b"]}],"spanId":1})"), HasSubstr("traceId is an array, must be a string"));
  EXPECT_THAT(rejection(span(R"("attributes":{"a":"b"})")), HasSubstr("attributes is an object, must be an array"));
  EXPECT_THAT(rejection(span(R"("attributes":["a"])")), HasSubstr("an attribute is a string"));
  EXPECT_THAT(rejection(attribute(R"("plain")")), HasSubstr("the value of an attribute is a string"));
  EXPECT_THAT(rejection(attribute(R"({"intValue":"abc"})")), HasSubstr("intValue is no 64-bit integer"));
  EXPECT_THAT(rejection(attribute(R"({"intValue":"99999999999999999999"})")), HasSubstr("intValue"));
  EXPECT_THAT(rejection(attribute(R"({"intValue":1.5})")), HasSubstr("intValue"));
  EXPECT_THAT(rejection(attribute(R"({"boolValue":"true"})")),
              HasSubstr("boolValue is a string, must be true or false"));
  EXPECT_THAT(rejection(attribute(R"({"bytesValue":"!"})")), HasSubstr("bytesValue is no base64"));
  EXPECT_THAT(rejection(attribute(R"({"stringValue":"\x"})")), HasSubstr("stringValue holds an escape"));
  EXPECT_THAT(rejection(attribute(R"({"arrayValue":{"values":[{"arrayValue":{"values":[5,{"a":[]}]}},{"b":{}}]}})")),
              HasSubstr("the value of an attribute is a number"));
  EXPECT_THAT(rejection(span(R"("events":[{"attributes":[{"key":7}]},{"name":"e"}],"kind":"client","status":{})")),
              HasSubstr("the key of an attribute is a number"));
  EXPECT_THAT(rejection(span(R"("startTimeUnixNano":"now")")), HasSubstr("startTimeUnixNano is no time"));
  EXPECT_THAT(rejection(span(R"("kind":"client")")), HasSubstr("kind is no 64-bit integer"));
}

TEST_F(JsonDecode, RefusesBrokenJsonAndSaysWhere) {
  EXPECT_EQ(error(R"({"resourceSpans":[)"), "body is no JSON of an OTLP request: it ends too early at byte 18");
  EXPECT_EQ(error(""), "body is no JSON of an OTLP request: it is empty at byte 0");
  EXPECT_EQ(error("[]"), "body is no JSON of an OTLP request: it is no object at byte 0");
  EXPECT_EQ(error("\x0a\x02xx"), "body is no JSON of an OTLP request: it is no object at byte 0");
  EXPECT_EQ(error(R"({"resourceSpans":[{]})"), "body is no JSON of an OTLP request: unexpected character at byte 19");
  EXPECT_EQ(error(R"({"resourceSpans":[{}{}]})"),
            "body is no JSON of an OTLP request: unexpected character at byte 20");
  EXPECT_EQ(error(R"({"resourceSpans":})"), "body is no JSON of an OTLP request: unexpected character at byte 17");
  EXPECT_EQ(error(R"({"resourceSpans":[]} {})"),
            "body is no JSON of an OTLP request: something follows its end at byte 21");
  EXPECT_EQ(error(R"({"resourceSpans":"abc})"),
            "body is no JSON of an OTLP request: a string is not closed at byte 22");
  EXPECT_EQ(error("{\"a\":\"b\nc\"}"),
            "body is no JSON of an OTLP request: a control character is not escaped at byte 7");
}

TEST_F(JsonDecode, RefusesARequestOfTheWrongShape) {
  EXPECT_EQ(error(R"({"resourceSpans":{}})"), "body is no OTLP request: resourceSpans is an object, must be an array");
  EXPECT_THAT(error(R"({"resourceSpans":[{"scopeSpans":[5]}]})"), HasSubstr("an element of scopeSpans is a number"));
}

TEST_F(JsonDecode, RefusesEveryCutRequest) {
  const std::string whole =
      request(attribute(R"({"arrayValue":{"values":[{"stringValue":"\u00e9"},{"intValue":1}]}})"));
  for (std::size_t size = 0; size < whole.size(); ++size) {
    Arena arena;
    EXPECT_FALSE(decode_json(std::string_view(whole).substr(0, size), arena)) << size;
  }
}

TEST_F(JsonDecode, SkipsAByteOrderMark) {
  EXPECT_EQ(decode("\xEF\xBB\xBF" + request(span(R"("name":"s")"))).spans.size(), 1u);
}

TEST_F(JsonDecode, BoundsNesting) {
  std::string deep;
  for (int i = 0; i < 5000; ++i) deep += R"({"arrayValue":{"values":[)";
  deep += R"({"stringValue":"x"})";
  for (int i = 0; i < 5000; ++i) deep += "]}}";
  const Request got = decode(request(attribute(deep)), Limits{.depth = 3});
  ASSERT_EQ(got.spans.size(), 1u);
  EXPECT_EQ(text_of(got.spans[0].attributes), "k: [[empty]]");
  EXPECT_TRUE(got.spans[0].repairs.limit_reached);
}

TEST_F(JsonDecode, CutsAtTheLimitsAndCounts) {
  const std::string a = R"({"key":"a","value":{"intValue":1}})";
  const std::string b = R"({"key":"b"})";
  const Request got = decode(request(span(R"("attributes":[)" + a + "," + a + "," + b + R"(],"events":[{},{},{}],)" +
                                          R"("droppedEventsCount":4,"links":[{},{)" + kIds + "}]")),
                             Limits{.attributes = 2, .events = 1});
  const span::Span& s = got.spans.at(0);
  EXPECT_EQ(text_of(s.attributes), "a: 1");
  EXPECT_TRUE(s.repairs.duplicate_key);
  EXPECT_TRUE(s.repairs.limit_reached);
  EXPECT_EQ(s.dropped_attributes, 1u);
  EXPECT_EQ(s.dropped_events, 6u);
  EXPECT_EQ(s.links.size(), 1u);
  EXPECT_EQ(s.dropped_links, 1u);
}

TEST_F(JsonDecode, OutlivesTheBody) {
  std::string body = request(span(R"("name":"kept")"));
  const Request got = decode(body);
  body.assign(body.size(), '#');
  EXPECT_EQ(got.spans.at(0).name, "kept");
}

}  // namespace
}  // namespace aitf::otlp
