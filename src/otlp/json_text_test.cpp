// Escapes, numbers and base64 of OTLP JSON.

#include "otlp/json_text.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace aitf::otlp {
namespace {

TEST(JsonText, IsNotCopiedWithoutEscapes) {
  Arena arena;
  bool repaired = false;
  const std::string_view text = "plain é";
  EXPECT_EQ(unescape(text, arena, &repaired)->data(), text.data());
}

TEST(JsonText, DecodesCharactersOfEveryLength) {
  Arena arena;
  bool repaired = false;
  EXPECT_EQ(unescape(R"(\u0041\u00e9\u20AC\uD83D\uDE00)", arena, &repaired), "A\u00e9\u20ac\U0001F600");
  EXPECT_EQ(unescape(R"(\u0000)", arena, &repaired), std::string_view("\0", 1));
  EXPECT_FALSE(repaired);
}

TEST(JsonText, ReplacesLoneSurrogates) {
  Arena arena;
  for (const char* lone : {R"(\ud800)", R"(\udfff)", R"(\uDBFF)"}) {
    bool repaired = false;
    EXPECT_EQ(unescape(lone, arena, &repaired), "\xEF\xBF\xBD") << lone;
    EXPECT_TRUE(repaired) << lone;
  }
  bool repaired = false;
  EXPECT_EQ(unescape(R"(\ud800\u0041)", arena, &repaired),
            "\xEF\xBF\xBD"
            "A");
  EXPECT_EQ(unescape(R"(\ud800\n)", arena, &repaired), "\xEF\xBF\xBD\n");
}

TEST(JsonText, RefusesEscapesThatJsonDoesNotHave) {
  Arena arena;
  bool repaired = false;
  for (const char* bad : {R"(\x41)", R"(\u12)", R"(\u12g4)", R"(\u-123)", R"(\u 123)", R"(\U0041)", "\\"})
    EXPECT_EQ(unescape(bad, arena, &repaired), std::nullopt) << bad;
}

TEST(JsonText, ReadsWholeNumbersToTheLastDigit) {
  EXPECT_EQ(parse_int64("9223372036854775807"), INT64_MAX);
  EXPECT_EQ(parse_int64("-9223372036854775808"), INT64_MIN);
  EXPECT_EQ(parse_uint64("18446744073709551615"), UINT64_MAX);
  EXPECT_EQ(parse_int64("1e3"), 1000);
  EXPECT_EQ(parse_uint64("1.7e18"), 1700000000000000000u);
}

TEST(JsonText, RefusesWhatIsNoWholeNumberOfThatSize) {
  for (const char* bad :
       {"", "-", "x", "1x", "1.5", "9223372036854775808", "1e19", "NaN", "Infinity", "0x10", " 1", "+1"})
    EXPECT_EQ(parse_int64(bad), std::nullopt) << bad;
  for (const char* bad : {"-1", "18446744073709551616", "1e20"}) EXPECT_EQ(parse_uint64(bad), std::nullopt) << bad;
}

TEST(JsonText, ReadsDoubles) {
  EXPECT_EQ(parse_double("3.14"), 3.14);
  EXPECT_EQ(parse_double("-0.5e-3"), -0.0005);
  EXPECT_EQ(parse_double("5e-324"), 5e-324);
  EXPECT_EQ(parse_double("1e999"), HUGE_VAL);
  EXPECT_EQ(parse_double("-1e999"), -HUGE_VAL);
  EXPECT_EQ(parse_double("1e-999"), 0.0);
  EXPECT_TRUE(std::isnan(*parse_double("NaN")));
  EXPECT_EQ(parse_double("-Infinity"), -HUGE_VAL);
  for (const char* bad : {"", "-", "nan", "inf", "-inf", ".5", "1.2.3", "12a"})
    EXPECT_EQ(parse_double(bad), std::nullopt) << bad;
}

TEST(JsonText, DecodesBase64OfBothAlphabets) {
  Arena arena;
  EXPECT_EQ(decode_base64("", arena), "");
  EXPECT_EQ(decode_base64("Zg==", arena), "f");
  EXPECT_EQ(decode_base64("Zm8", arena), "fo");
  EXPECT_EQ(decode_base64("Zm9vYmFy", arena), "foobar");
  EXPECT_EQ(decode_base64("+/8=", arena), "\xfb\xff");
  EXPECT_EQ(decode_base64("-_8", arena), "\xfb\xff");
  for (const char* bad : {"A", "AAAAA", "A B=", "Zm9v!", "=Zg="})
    EXPECT_EQ(decode_base64(bad, arena), std::nullopt) << bad;
}

}  // namespace
}  // namespace aitf::otlp
