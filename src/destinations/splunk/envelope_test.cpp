// The bytes of envelopes, and what fits into a batch.

#include "destinations/splunk/envelope.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace aitf::destinations::splunk {
namespace {

using testing::ElementsAre;

journal::Record record(std::string_view payload, std::int64_t time_ms = 1'767'311'999'999, std::uint32_t kind = 7001) {
  return {.sequence = 1, .class_uid = kind, .time_ms = time_ms, .uid = "070ec7e3", .payload = payload};
}

std::string envelope(const EnvelopeOptions& options, const journal::Record& record) {
  std::string out;
  EnvelopeFormat(options).append(out, record);
  return out;
}

std::string seconds(std::int64_t time_ms) {
  std::string out;
  append_seconds(out, time_ms);
  return out;
}

TEST(SplunkEnvelope, HasTheseBytes) {
  EXPECT_EQ(envelope({.host = "", .machine = "box", .source = "aitf", .index = ""}, record(R"({"class_uid":7001})")),
            R"({"time":1767311999.999,"host":"box","source":"aitf","sourcetype":"aitf:ocsf:ai:inference",)"
            R"("event":{"class_uid":7001}})"
            "\n");
  EXPECT_EQ(
      envelope({.host = "h\"1", .machine = "box", .source = "s\\", .index = "ai"}, record(R"({"a":"é\n"})", 1000)),
      R"({"time":1.000,"host":"h\"1","source":"s\\","sourcetype":"aitf:ocsf:ai:inference",)"
      R"("index":"ai","event":{"a":"é\n"}})"
      "\n");
}

// An end of 2026-01-01T23:59:59.999Z must arrive as that very number.
TEST(SplunkEnvelope, WritesTimeAsPlainDecimalSeconds) {
  EXPECT_EQ(seconds(1'767'311'999'999), "1767311999.999");
  EXPECT_EQ(seconds(1'732'604'863'241), "1732604863.241");
  EXPECT_EQ(seconds(1'700'000'000'000), "1700000000.000");
  EXPECT_EQ(seconds(1'700'000'000'007), "1700000000.007");
  EXPECT_EQ(seconds(1), "0.001");
  EXPECT_EQ(seconds(253'402'300'799'999), "253402300799.999");
  EXPECT_EQ(seconds(9'223'372'036'854'775'807), "9223372036854775.807");
}

TEST(SplunkEnvelope, LeavesTimeOutRatherThanSaying1970) {
  for (const std::int64_t time : {std::int64_t{0}, std::int64_t{-1}, std::numeric_limits<std::int64_t>::min()})
    EXPECT_TRUE(envelope({.machine = "box"}, record("{\"a\":1}", time)).starts_with(R"({"host":"box",)")) << time;
}

TEST(SplunkEnvelope, NamesTheSourcetypeByClass) {
  EXPECT_THAT((std::array{sourcetype(7001), sourcetype(7002), sourcetype(7003), sourcetype(7004), sourcetype(7005),
                          sourcetype(7006), sourcetype(7007), sourcetype(7008)}),
              ElementsAre("aitf:ocsf:ai:inference", "aitf:ocsf:ai:agent", "aitf:ocsf:ai:tool", "aitf:ocsf:ai:retrieval",
                          "aitf:ocsf:ai:security", "aitf:ocsf:ai:supply_chain", "aitf:ocsf:ai:governance",
                          "aitf:ocsf:ai:identity"));
  for (const std::uint32_t other : {0U, 7000U, 7009U, 4'294'967'295U}) EXPECT_EQ(sourcetype(other), "aitf:ocsf:ai");
  EXPECT_NE(envelope({}, record("{\"a\":1}", 1, 7008)).find(R"("sourcetype":"aitf:ocsf:ai:identity")"),
            std::string::npos);
}

TEST(SplunkEnvelope, TakesTheHostFromTheEvent) {
  EXPECT_EQ(written_hostname(R"({"a":1,"device":{"hostname":"web-7","type_id":1}})"), "web-7");
  EXPECT_EQ(written_hostname(R"({"a":1,"device":{"hostname":"a\"b\\"},"c":"d"})"), R"(a\"b\\)");
  EXPECT_EQ(written_hostname(R"({"a":1,"device":{"ip":"10.0.0.1"}})"), "");
  EXPECT_EQ(written_hostname(R"({"a":1,"device":{"hostname":"cut)"), "");
  EXPECT_EQ(written_hostname(R"({"a":1,"device":{"hostname":"cut\)"), "");
  EXPECT_EQ(written_hostname(""), "");

  const journal::Record from_web = record(R"({"a":1,"device":{"hostname":"web-7"}})");
  EXPECT_NE(envelope({.machine = "box"}, from_web).find(R"("host":"web-7")"), std::string::npos);
  EXPECT_NE(envelope({.host = "fixed", .machine = "box"}, from_web).find(R"("host":"fixed")"), std::string::npos);
}

TEST(SplunkEnvelope, IsNotMisledByTextThatLooksLikeAHost) {
  EXPECT_EQ(written_hostname(R"({"prompt":",\"device\":{\"hostname\":\"evil\""})"), "");
}

// An event that is null or empty is refused by the collector, and no text at all would spoil the whole body.
TEST(SplunkEnvelope, NeverWritesAnEmptyEvent) {
  for (const std::string_view payload : {"", "{}", "null", "[]"}) {
    const std::string text = envelope({.machine = "box"}, record(payload));
    EXPECT_TRUE(text.ends_with(R"("event":{"class_uid":7001,"metadata":{"uid":"070ec7e3"}}})"
                               "\n"))
        << text;
  }
}

TEST(SplunkEncoder, PutsALineAnEventIntoOnePayload) {
  const EnvelopeFormat format({.machine = "box"});
  const auto encoder = make_encoder(format, {});
  journal::Record one = record("{\"n\":1}");
  journal::Record two = record("{\"n\":2}");
  one.sequence = 7;
  two.sequence = 9;
  EXPECT_TRUE(encoder->add(one));
  EXPECT_TRUE(encoder->add(two));
  const auto payloads = encoder->finish();
  ASSERT_EQ(payloads.size(), 1U);
  EXPECT_THAT(payloads[0].sequences, ElementsAre(7, 9));
  std::string expected;
  format.append(expected, one);
  format.append(expected, two);
  EXPECT_EQ(payloads[0].bytes, expected);
}

TEST(SplunkEncoder, MakesNoPayloadOfNothing) {
  const EnvelopeFormat format({.machine = "box"});
  EXPECT_TRUE(make_encoder(format, {})->finish().empty());
}

TEST(SplunkEncoder, TakesABatchOfExactlyTheLimitAndNotAByteMore) {
  const EnvelopeFormat format({.machine = "box"});
  std::string single;
  format.append(single, record("{\"n\":1}"));
  for (const std::size_t short_of : {0U, 1U}) {
    const auto encoder = make_encoder(format, {.batch_bytes = 3 * single.size() - short_of});
    int taken = 0;
    while (taken < 10 && encoder->add(record("{\"n\":1}"))) ++taken;
    EXPECT_EQ(taken, short_of == 0 ? 3 : 2);
    const auto payloads = encoder->finish();
    EXPECT_EQ(payloads.at(0).bytes.size(), static_cast<std::size_t>(taken) * single.size());
    EXPECT_EQ(payloads.at(0).sequences.size(), static_cast<std::size_t>(taken));
  }
}

TEST(SplunkEncoder, RefusesAnEventThatAloneIsTooLarge) {
  const EnvelopeFormat format({.machine = "box"});
  std::string single;
  format.append(single, record("{\"n\":1}"));
  EXPECT_TRUE(make_encoder(format, {.event_bytes = single.size()})->add(record("{\"n\":1}")));
  const auto encoder = make_encoder(format, {.event_bytes = single.size() - 1});
  EXPECT_FALSE(encoder->add(record("{\"n\":1}")));
  EXPECT_FALSE(encoder->add(record(std::string(2'000'000, 'x'))));
  EXPECT_TRUE(encoder->finish().empty());
}

}  // namespace
}  // namespace aitf::destinations::splunk
