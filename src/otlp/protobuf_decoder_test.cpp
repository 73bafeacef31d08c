// Decoding of protobuf: what a valid request yields, and that each fault costs only what it must.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <protozero/pbf_writer.hpp>

#include "otlp/decode.hpp"
#include "otlp/text_of.hpp"

namespace aitf::otlp {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Fields of a protobuf message; a message is their concatenation.
std::string bytes(protozero::pbf_tag_type tag, std::string_view content) {
  std::string out;
  protozero::pbf_writer(out).add_string(tag, content.data(), content.size());
  return out;
}
std::string varint(protozero::pbf_tag_type tag, std::int64_t value) {
  std::string out;
  protozero::pbf_writer(out).add_int64(tag, value);
  return out;
}
std::string fixed(protozero::pbf_tag_type tag, std::uint64_t value) {
  std::string out;
  protozero::pbf_writer(out).add_fixed64(tag, value);
  return out;
}
std::string real(protozero::pbf_tag_type tag, double value) {
  std::string out;
  protozero::pbf_writer(out).add_double(tag, value);
  return out;
}

const std::string kTraceId("\x01\x23\x45\x67\x89\xab\xcd\xef\x00\x11\x22\x33\x44\x55\x66\x77", 16);
const std::string kSpanId("\xfe\xdc\xba\x98\x76\x54\x32\x10", 8);

std::string ids() { return bytes(1, kTraceId) + bytes(2, kSpanId); }
std::string span(std::string_view name, std::string_view rest = {}) {
  return ids() + bytes(5, name) + std::string(rest);
}
std::string attribute(std::string_view key, std::string_view value) { return bytes(1, key) + bytes(2, value); }
std::string text_attribute(std::string_view key, std::string_view text) { return attribute(key, bytes(1, text)); }
std::string scope_spans(std::initializer_list<std::string> spans) {
  std::string out;
  for (const std::string& s : spans) out += bytes(2, s);
  return out;
}
std::string request(std::initializer_list<std::string> spans) { return bytes(1, bytes(2, scope_spans(spans))); }

class ProtobufDecode : public ::testing::Test {
 protected:
  Request decode(std::string body, const Limits& limits = {}) {
    body_ = std::move(body);
    auto result = decode_protobuf(body_, arena_, limits);
    EXPECT_TRUE(result) << result.error().text();
    return result ? *result : Request{};
  }
  Error error(std::string body) {
    body_ = std::move(body);
    const auto result = decode_protobuf(body_, arena_, {});
    EXPECT_FALSE(result);
    return result ? Error{} : result.error();
  }
  static std::vector<std::string> names(const Request& request) {
    std::vector<std::string> names;
    names.reserve(request.spans.size());
    for (const span::Span& s : request.spans) names.emplace_back(s.name);
    return names;
  }

  std::string body_;
  Arena arena_;
};

TEST_F(ProtobufDecode, TakesAnEmptyRequest) { EXPECT_EQ(decode("").received(), 0u); }

TEST_F(ProtobufDecode, ReadsEveryFieldOfASpan) {
  const std::string event = fixed(1, 7) + bytes(2, "choice") + bytes(3, text_attribute("a", "b"));
  const std::string link = bytes(1, kTraceId) + bytes(2, kSpanId) + bytes(3, "ignored");
  const Request got = decode(
      request({span("chat gpt-4", bytes(3, "k=v") + bytes(4, kSpanId) + varint(6, 3) + fixed(7, 1732604863241000001) +
                                      fixed(8, UINT64_MAX) + bytes(9, text_attribute("gen_ai.system", "openai")) +
                                      varint(10, 1) + bytes(11, event) + varint(12, 2) + bytes(13, link) +
                                      varint(14, 3) + bytes(15, bytes(2, "boom") + varint(3, 2)) + varint(16, 257))}));
  ASSERT_EQ(got.spans.size(), 1u);
  EXPECT_EQ(text_of(got.spans[0]),
            "trace 0123456789abcdef0011223344556677 span fedcba9876543210 parent fedcba9876543210\n"
            "name 'chat gpt-4' state 'k=v' kind 3\n"
            "from 1732604863241000001 to 18446744073709551615\n"
            "status 2 'boom'\n"
            "dropped 1 2 3\n"
            "repairs\n"
            "gen_ai.system: 'openai'\n"
            "event 7 'choice' a: 'b'\n"
            "link 0123456789abcdef0011223344556677 fedcba9876543210\n"
            "resource  \n"
            "scope    ");
}

TEST_F(ProtobufDecode, ReadsEveryKindOfValue) {
  const std::string array = bytes(1, bytes(1, "x")) + bytes(1, "") + bytes(1, varint(3, -5));
  const std::string map = bytes(1, text_attribute("inner", "y")) + bytes(1, attribute("n", varint(3, 1)));
  const Request got = decode(request({span(
      "s", bytes(9, text_attribute("string", "")) + bytes(9, attribute("bool", varint(2, 1))) +
               bytes(9, attribute("int", varint(3, 9007199254740993))) + bytes(9, attribute("real", real(4, 3.5))) +
               bytes(9, attribute("array", bytes(5, array))) + bytes(9, attribute("map", bytes(6, map))) +
               bytes(9, attribute("bytes", bytes(7, std::string_view("\0\xff", 2)))) + bytes(9, attribute("none", "")) +
               bytes(9, bytes(1, "no value")))}));
  ASSERT_EQ(got.spans.size(), 1u);
  EXPECT_EQ(text_of(got.spans[0].attributes),
            "string: '', bool: true, int: 9007199254740993, real: real 3.5, array: ['x', empty, -5], "
            "map: {inner: 'y', n: 1}, bytes: bytes 00ff, none: empty, no value: empty");
}

TEST_F(ProtobufDecode, DoesNotCopyValidText) {
  const std::string prompt(500, 'p');
  const Request got = decode(request({span("name", bytes(9, text_attribute("key", prompt)))}));
  const span::Text text = got.spans.at(0).attributes[0].value.text;
  EXPECT_EQ(text, prompt);
  EXPECT_TRUE(text.data() > body_.data() && text.data() < body_.data() + body_.size());
}

TEST_F(ProtobufDecode, SharesResourceAndScopeWhereverTheyStand) {
  const std::string resource = bytes(1, bytes(1, text_attribute("service.name", "shop")));
  const std::string scope = bytes(1, bytes(1, "lib") + bytes(2, "1.0") + bytes(3, text_attribute("s", "t")));
  const std::string spans = scope_spans({span("a"), span("b")});
  const std::string first = resource + bytes(2, scope + spans + bytes(3, "scope-url")) + bytes(3, "url");
  const std::string last = bytes(3, "url") + bytes(2, bytes(3, "scope-url") + spans + scope) + resource;
  for (const std::string& order : {first, last}) {
    const Request got = decode(bytes(1, order));
    ASSERT_EQ(got.spans.size(), 2u);
    EXPECT_EQ(got.spans[0].resource, got.spans[1].resource);
    EXPECT_EQ(got.spans[0].scope, got.spans[1].scope);
    EXPECT_EQ(text_of(got.spans[0].resource->attributes), "service.name: 'shop'");
    EXPECT_EQ(got.spans[0].resource->schema_url, "url");
    const span::Scope& s = *got.spans[0].scope;
    EXPECT_EQ(std::string(s.name) + " " + std::string(s.version) + " " + std::string(s.schema_url),
              "lib 1.0 scope-url");
    EXPECT_EQ(text_of(s.attributes), "s: 't'");
  }
}

TEST_F(ProtobufDecode, KeepsUnknownNumbersOfEnums) {
  const Request got = decode(request({span("s", varint(6, 99) + bytes(15, varint(3, 7)))}));
  EXPECT_EQ(got.spans.at(0).kind, 99);
  EXPECT_EQ(got.spans.at(0).status_code, 7);
}

TEST_F(ProtobufDecode, SkipsUnknownFieldsAndWireTypes) {
  const Request got = decode(varint(9, 1) + request({span("s", bytes(99, "new") + varint(5, 3) + bytes(7, "late"))}));
  EXPECT_THAT(names(got), ElementsAre("s"));
  EXPECT_EQ(got.spans[0].start_unix_nano, 0u);
}

TEST_F(ProtobufDecode, RejectsAloneASpanWhoseTraceIdIsHexText) {
  const std::string hex = "0123456789abcdef0011223344556677";
  const Request got =
      decode(request({span("one"), bytes(1, hex) + bytes(2, kSpanId) + bytes(5, "chat bad"), span("two")}));
  EXPECT_THAT(names(got), ElementsAre("one", "two"));
  ASSERT_EQ(got.rejected.size(), 1u);
  EXPECT_EQ(got.rejected[0].reason, "invalid_trace_id");
  EXPECT_EQ(got.rejected[0].message, "span 'chat bad' (number 2 of the request): trace_id has 32 bytes, must have 16");
}

TEST_F(ProtobufDecode, RejectsWrongAndZeroIdsOneByOne) {
  const std::string trace = bytes(1, kTraceId);
  const Request got = decode(
      request({"", bytes(1, std::string(16, '\0')) + bytes(2, kSpanId), trace, trace + bytes(2, std::string(8, '\0')),
               trace + bytes(2, "1234567"), ids() + bytes(4, "123"), ids() + bytes(4, std::string(8, '\0'))}));
  ASSERT_EQ(got.spans.size(), 1u) << "a parent of zeros is no parent";
  EXPECT_EQ(got.spans[0].parent_span_id, "");
  std::vector<std::string> reasons;
  reasons.reserve(got.rejected.size());
  for (const Rejection& r : got.rejected) reasons.push_back(std::string(r.reason) + ": " + r.message);
  EXPECT_THAT(reasons, ElementsAre(HasSubstr("invalid_trace_id: span (number 1 of the request): trace_id is missing"),
                                   HasSubstr("trace_id is all zero"), HasSubstr("invalid_span_id"),
                                   HasSubstr("span_id is all zero"), HasSubstr("span_id has 7 bytes, must have 8"),
                                   HasSubstr("parent_span_id has 3 bytes, must have 8")));
  EXPECT_EQ(got.received(), 7u);
}

TEST_F(ProtobufDecode, RejectsAloneASpanWithBrokenFraming) {
  const std::string overrun("\x4a\x7f\x01", 3);  // an attribute of 127 bytes of which one is there
  const Request got = decode(request({span("good"), span("bad", overrun), span("fine")}));
  EXPECT_THAT(names(got), ElementsAre("good", "fine"));
  ASSERT_EQ(got.rejected.size(), 1u);
  EXPECT_EQ(got.rejected[0].reason, "malformed");
  EXPECT_THAT(got.rejected[0].message, HasSubstr("span 'bad' (number 2 of the request): a field runs past the end"));
}

TEST_F(ProtobufDecode, LeavesNothingOfABrokenSpanToTheNext) {
  const std::string broken = bytes(9, text_attribute("stale", "x")) + bytes(11, bytes(2, "stale")) + "\x4a\x7f";
  const Request got = decode(request({span("bad", broken), span("next")}));
  ASSERT_EQ(got.spans.size(), 1u);
  EXPECT_TRUE(got.spans[0].attributes.empty());
  EXPECT_TRUE(got.spans[0].events.empty());
}

TEST_F(ProtobufDecode, RefusesARequestWithBrokenFramingAndSaysWhere) {
  const std::string good = request({span("good")});
  const Error cut = error(good + bytes(1, "abc").substr(0, 4));
  EXPECT_EQ(cut.kind, ErrorKind::invalid);
  EXPECT_THAT(cut.message, HasSubstr("a field runs past the end"));
  EXPECT_THAT(cut.message, HasSubstr("byte " + std::to_string(good.size())));
}

TEST_F(ProtobufDecode, TellsASenderOfJsonWhatToDo) {
  EXPECT_THAT(error(R"({"resourceSpans":[]})").hint, HasSubstr("application/json"));
}

TEST_F(ProtobufDecode, NeverYieldsGarbageFromACutRequest) {
  const std::string whole = bytes(1, bytes(1, bytes(1, text_attribute("service.name", "shop"))) +
                                         bytes(2, scope_spans({span("a", bytes(9, text_attribute("k", "v")))})));
  for (std::size_t size = 1; size < whole.size(); ++size) {
    Arena arena;
    EXPECT_FALSE(decode_protobuf(std::string_view(whole).substr(0, size), arena)) << size;
  }
}

TEST_F(ProtobufDecode, RepairsInvalidUtf8InItsSpanOnly) {
  const Request got = decode(request({span("fine"), span("s", bytes(9, text_attribute("k", "ab\xff\xfe")))}));
  ASSERT_EQ(got.spans.size(), 2u);
  EXPECT_FALSE(got.spans[0].repairs.invalid_utf8);
  EXPECT_TRUE(got.spans[1].repairs.invalid_utf8);
  EXPECT_EQ(got.spans[1].attributes[0].value.text, "ab\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST_F(ProtobufDecode, RepairsEveryTextField) {
  const std::string bad = "x\x80y";
  const std::string good = "x\xEF\xBF\xBDy";
  const std::string resource = bytes(1, bytes(1, text_attribute(bad, bad))) + bytes(3, bad);
  const std::string scope = bytes(1, bytes(1, bad) + bytes(2, bad)) + bytes(3, bad);
  const std::string fields = bytes(3, bad) + bytes(15, bytes(2, bad)) +
                             bytes(11, bytes(2, bad) + bytes(3, text_attribute(bad, bad))) +
                             bytes(9, attribute(bad, bytes(5, bytes(1, bytes(1, bad)))));
  const Request got = decode(bytes(1, resource + bytes(2, scope + scope_spans({span(bad, fields)}))));
  ASSERT_EQ(got.spans.size(), 1u);
  const std::string text = text_of(got.spans[0]);
  EXPECT_EQ(text.find('\x80'), std::string::npos);
  std::size_t count = 0;
  for (std::size_t at = text.find(good); at != std::string::npos; at = text.find(good, at + 1)) ++count;
  EXPECT_EQ(count, 14u);
}

TEST_F(ProtobufDecode, FlagsEverySpanOfARepairedResourceOrScope) {
  const std::string bad_resource = bytes(1, bytes(1, text_attribute("k", "\xff")));
  const Request by_resource = decode(bytes(1, bytes(2, scope_spans({span("a"), span("b")})) + bad_resource));
  EXPECT_TRUE(by_resource.spans.at(0).repairs.invalid_utf8 && by_resource.spans.at(1).repairs.invalid_utf8);
  const Request by_scope = decode(
      bytes(1, bytes(2, scope_spans({span("a")})) + bytes(2, bytes(1, bytes(1, "\xff")) + scope_spans({span("b")}))));
  EXPECT_FALSE(by_scope.spans.at(0).repairs.invalid_utf8);
  EXPECT_TRUE(by_scope.spans.at(1).repairs.invalid_utf8);
}

TEST_F(ProtobufDecode, KeepsTheFirstOfEqualKeys) {
  const Request got =
      decode(request({span("s", bytes(9, text_attribute("k", "1")) + bytes(9, text_attribute("k", "2")))}));
  EXPECT_EQ(text_of(got.spans.at(0).attributes), "k: '1'");
  EXPECT_TRUE(got.spans[0].repairs.duplicate_key);
}

TEST_F(ProtobufDecode, CutsAtTheLimitsAndCounts) {
  std::string fields;
  for (const char* key : {"a", "b", "c"}) fields += bytes(9, text_attribute(key, "v"));
  for (int i = 0; i < 3; ++i) fields += bytes(11, bytes(2, "e")) + bytes(13, bytes(1, kTraceId) + bytes(2, kSpanId));
  const Limits limits{.attributes = 2, .events = 1, .links = 2};
  const Request got = decode(request({span("s", fields + varint(10, 5) + varint(12, 5))}), limits);
  const span::Span& s = got.spans.at(0);
  EXPECT_EQ(text_of(s.attributes), "a: 'v', b: 'v'");
  EXPECT_EQ(s.dropped_attributes, 6u);
  EXPECT_EQ(s.events.size(), 1u);
  EXPECT_EQ(s.dropped_events, 7u);
  EXPECT_EQ(s.links.size(), 2u);
  EXPECT_EQ(s.dropped_links, 1u);
  EXPECT_TRUE(s.repairs.limit_reached);
}

TEST_F(ProtobufDecode, DropsAttributesWithoutOrWithTooLongANameAndBadLinks) {
  const Request got =
      decode(request({span("s", bytes(9, text_attribute("", "v")) + bytes(9, text_attribute("long", "v")) +
                                    bytes(9, text_attribute("ok", "v")) + bytes(13, bytes(1, "short")))}),
             Limits{.key_bytes = 3});
  EXPECT_EQ(text_of(got.spans.at(0).attributes), "ok: 'v'");
  EXPECT_EQ(got.spans[0].dropped_attributes, 2u);
  EXPECT_EQ(got.spans[0].dropped_links, 1u);
  EXPECT_TRUE(got.spans[0].repairs.limit_reached);
}

TEST_F(ProtobufDecode, BoundsNesting) {
  std::string value = bytes(1, "deep");
  for (int i = 0; i < 20'000; ++i)
    value = i % 2 == 0 ? bytes(5, bytes(1, value)) : bytes(6, bytes(1, attribute("k", value)));
  const Request got = decode(request({span("s", bytes(9, attribute("k", value)))}), Limits{.depth = 3});
  EXPECT_EQ(text_of(got.spans.at(0).attributes), "k: {k: [empty]}");
  EXPECT_TRUE(got.spans[0].repairs.limit_reached);
}

TEST_F(ProtobufDecode, AllowsNestingUpToTheLimit) {
  const std::string value = bytes(5, bytes(1, bytes(5, bytes(1, bytes(1, "x")))));
  const Request got = decode(request({span("s", bytes(9, attribute("k", value)))}), Limits{.depth = 3});
  EXPECT_EQ(text_of(got.spans.at(0).attributes), "k: [['x']]");
  EXPECT_FALSE(got.spans[0].repairs.limit_reached);
}

TEST_F(ProtobufDecode, BoundsTheValuesOfARequest) {
  std::string array;
  for (int i = 0; i < 1000; ++i) array += bytes(1, "");
  const Request got =
      decode(request({span("s", bytes(9, attribute("k", bytes(5, array)))), span("t")}), Limits{.values = 100});
  ASSERT_EQ(got.spans.size(), 2u);
  EXPECT_LE(got.spans[0].attributes[0].value.array.size(), 100u);
  EXPECT_TRUE(got.spans[0].repairs.limit_reached);
  EXPECT_FALSE(got.spans[1].repairs.limit_reached);
}

TEST_F(ProtobufDecode, RejectsSpansAboveTheLimitAndSaysBothNumbers) {
  const Request got = decode(request({span("a"), "", span("b"), span("c")}), Limits{.spans = 2});
  EXPECT_THAT(names(got), ElementsAre("a"));
  ASSERT_EQ(got.rejected.size(), 2u);
  EXPECT_EQ(got.rejected[1].reason, "limit");
  EXPECT_EQ(got.rejected[1].spans, 2u);
  EXPECT_THAT(got.rejected[1].message, HasSubstr("4 spans, the last 2 are above the limit of 2"));
  EXPECT_EQ(got.received(), 4u);
}

TEST_F(ProtobufDecode, KeepsTimesThatMakeNoSense) {
  const Request got = decode(request({span("s", fixed(7, 10) + fixed(8, 9))}));
  EXPECT_EQ(got.spans.at(0).start_unix_nano, 10u);
  EXPECT_EQ(got.spans.at(0).end_unix_nano, 9u);
}

}  // namespace
}  // namespace aitf::otlp
