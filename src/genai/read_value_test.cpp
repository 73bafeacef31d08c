#include "genai/read_value.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "genai/span_fixture.hpp"

namespace aitf::genai {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class ReadValue : public testing::Test {
 protected:
  SpanFixture make;
  bool coerced = false;
};

TEST_F(ReadValue, TakesAWholeNumberFromTextOrRealAndSaysSo) {
  EXPECT_EQ(read_count(SpanFixture::integer(7), &coerced), 7);
  EXPECT_FALSE(coerced);
  EXPECT_EQ(read_count(make.text(" 42 "), &coerced), 42);
  EXPECT_TRUE(coerced);
  EXPECT_EQ(read_count(SpanFixture::real(3.0), &coerced), 3);
  EXPECT_EQ(read_count(make.text("1e3"), &coerced), 1000);
}

TEST_F(ReadValue, RefusesWhatIsNoCount) {
  for (const char* text : {"", "x", "12x", "1.5", "-1", "nan", "99999999999999999999"})
    EXPECT_FALSE(read_count(make.text(text), &coerced)) << text;
  EXPECT_FALSE(read_count(SpanFixture::integer(-1), &coerced));
  EXPECT_FALSE(read_count(SpanFixture::real(0.5), &coerced));
  EXPECT_FALSE(read_count(SpanFixture::real(1e300), &coerced));
  EXPECT_FALSE(read_count(SpanFixture::boolean(true), &coerced));
  EXPECT_FALSE(coerced);
}

TEST_F(ReadValue, RefusesRealsThatAreNotFinite) {
  EXPECT_FALSE(read_real(SpanFixture::real(std::numeric_limits<double>::infinity()), &coerced));
  EXPECT_FALSE(read_real(make.text("NaN"), &coerced));
  EXPECT_EQ(read_real(make.text("0.2"), &coerced), 0.2);
}

TEST_F(ReadValue, ReadsTheSpellingsOfBooleans) {
  EXPECT_EQ(read_flag(make.text("False"), &coerced), false);
  EXPECT_EQ(read_flag(make.text("TRUE"), &coerced), true);
  EXPECT_EQ(read_flag(SpanFixture::integer(1), &coerced), true);
  EXPECT_FALSE(read_flag(make.text("yes"), &coerced));
  EXPECT_FALSE(read_flag(SpanFixture::integer(2), &coerced));
}

TEST_F(ReadValue, DecodesAListThatCameAsJsonText) {
  EXPECT_THAT(read_texts(make.text(R"(["stop", "length"])"), make.arena, &coerced), ElementsAre("stop", "length"));
  EXPECT_THAT(read_texts(make.text("stop"), make.arena, &coerced), ElementsAre("stop"));
  EXPECT_THAT(read_texts(make.list({make.text("a"), make.text("")}), make.arena, &coerced), ElementsAre("a"));
  EXPECT_FALSE(coerced);
  EXPECT_THAT(read_texts(make.text("['stop'"), make.arena, &coerced), ElementsAre("['stop'"));
  EXPECT_THAT(read_texts(make.text("[]"), make.arena, &coerced), IsEmpty());
}

TEST_F(ReadValue, WritesStructuresAsCompactJson) {
  const auto map = make.map({{"b", SpanFixture::integer(1)}, {"a", make.list({make.text("x\"y"), {}})}});
  EXPECT_EQ(as_json(map, make.arena), R"({"b":1,"a":["x\"y",null]})");
  EXPECT_EQ(as_text(make.text("plain"), make.arena), "plain");
  EXPECT_EQ(as_json(make.text("plain"), make.arena), "\"plain\"");
}

TEST_F(ReadValue, WritesBytesAsBase64) {
  const auto bytes = [&](Text text) { return span::Value{.type = span::Value::Type::bytes, .text = text}; };
  EXPECT_EQ(as_text(bytes("M"), make.arena), "TQ==");
  EXPECT_EQ(as_text(bytes("Ma"), make.arena), "TWE=");
  EXPECT_EQ(as_text(bytes("Man"), make.arena), "TWFu");
}

TEST_F(ReadValue, KnowsWhatIsVoid) {
  for (const char* text : {"", "[]", "{}"}) EXPECT_TRUE(is_void(make.text(text))) << text;
  EXPECT_TRUE(is_void({}));
  EXPECT_TRUE(is_void(make.list({})));
  EXPECT_FALSE(is_void(SpanFixture::integer(0)));
  EXPECT_FALSE(is_void(SpanFixture::boolean(false)));
}

}  // namespace
}  // namespace aitf::genai
