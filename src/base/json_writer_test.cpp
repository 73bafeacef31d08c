#include "base/json_writer.hpp"

#include <gtest/gtest.h>
#include <simdjson.h>

#include <cmath>
#include <cstdlib>
#include <limits>

namespace aitf {
namespace {

std::string as_json(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

std::string number(double value) {
  std::string out;
  append_json_double(out, value);
  return out;
}

// What an independent parser reads in `json`, one string.
std::string read_back(const std::string& json) {
  simdjson::dom::parser parser;
  return std::string(parser.parse("[" + json + "]").at(0).get_string().value());
}

TEST(JsonString, EscapesWhatJsonWantsEscapedAndNothingElse) {
  EXPECT_EQ(as_json("\"\\/\b\f\n\r\t"), R"("\"\\/\b\f\n\r\t")");
  EXPECT_EQ(as_json(std::string_view("\0\x01\x1f\x7f", 4)), "\"\\u0000\\u0001\\u001f\x7f\"");
  EXPECT_EQ(as_json("\xC3\xA9\xE2\x80\xA8<>&'"), "\"\xC3\xA9\xE2\x80\xA8<>&'\"");
  EXPECT_EQ(as_json({}), "\"\"");
}

TEST(JsonString, EscapesAtEveryPlaceOfEveryLength) {
  for (std::size_t size = 1; size < 70; ++size)
    for (std::size_t place = 0; place < size; ++place) {
      std::string text(size, '\xC3');
      text[place] = '\n';
      const std::string before(place, '\xC3');
      const std::string after(size - place - 1, '\xC3');
      ASSERT_EQ(as_json(text), std::string("\"").append(before).append("\\n").append(after).append("\""))
          << size << " " << place;
    }
}

TEST(JsonString, IsReadBackByAnotherParser) {
  std::string text;
  for (int c = 0; c < 128; ++c) text.append(static_cast<std::size_t>(c % 7), 'x').push_back(static_cast<char>(c));
  text += "\xF0\x9F\x98\x80";
  EXPECT_EQ(read_back(as_json(text)), text);
  const std::string dense(100, '"');
  EXPECT_EQ(read_back(as_json(dense)), dense);
}

TEST(JsonString, IsReadBackWhateverLiesBesideWhat) {
  std::uint32_t state = 1;
  constexpr std::string_view kAlphabet = "\"\\\n\x01 xyzxyzxyz";
  for (std::size_t size = 0; size < 200; ++size) {
    std::string text;
    while (text.size() < size) {
      state = state * 1'664'525 + 1'013'904'223;
      text.push_back(kAlphabet[(state >> 16) % kAlphabet.size()]);
    }
    ASSERT_EQ(read_back(as_json(text)), text) << size;
  }
}

TEST(JsonString, AppendsAfterWhatIsThere) {
  std::string out = "x=";
  append_json_string(out, "a");
  EXPECT_EQ(out, "x=\"a\"");
}

TEST(JsonDouble, AlwaysHasAFractionOrAnExponent) {
  EXPECT_EQ(number(80), "80.0");
  EXPECT_EQ(number(0), "0.0");
  EXPECT_EQ(number(-0.0), "-0.0");
  EXPECT_EQ(number(0.1), "0.1");
  EXPECT_EQ(number(1e22), "1e+22");
  EXPECT_EQ(number(-2.5e-9), "-2.5e-09");
}

TEST(JsonDouble, ReadsBackTheSame) {
  for (const double value : {0.1 + 0.2, 1.0 / 3, std::numeric_limits<double>::max(), std::numeric_limits<double>::min(),
                             std::numeric_limits<double>::denorm_min(), 9007199254740993.0, 123456789012345680.0})
    EXPECT_EQ(std::strtod(number(value).c_str(), nullptr), value);
}

TEST(JsonDoubleDeathTest, TakesNoInfinity) {
  std::string out;
  EXPECT_DEATH(append_json_double(out, INFINITY), "isfinite");
}

TEST(JsonWriter, PutsTheCommas) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.key("a");
  json.begin_array();
  json.integer(std::numeric_limits<std::int64_t>::min());
  json.unsigned_integer(std::numeric_limits<std::uint64_t>::max());
  json.real(1);
  json.begin_object();
  json.end_object();
  json.begin_array();
  json.end_array();
  json.null();
  json.end_array();
  json.raw_key("\"b\":");
  json.boolean(true);
  json.key("c\"");
  json.raw("{\"d\":1}");
  json.key("e");
  json.string("f");
  json.end_object();
  EXPECT_EQ(out, R"({"a":[-9223372036854775808,18446744073709551615,1.0,{},[],null],"b":true,"c\"":{"d":1},"e":"f"})");
}

}  // namespace
}  // namespace aitf
