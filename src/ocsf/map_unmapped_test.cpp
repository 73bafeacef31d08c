// Attributes that no field holds, as texts.

#include "ocsf/map_unmapped.hpp"

#include <deque>
#include <limits>

#include "ocsf/map_fixture.hpp"

namespace aitf::ocsf {
namespace {

using span::Value;
using testing::ElementsAre;
using testing::IsEmpty;

Value text(Text value) { return {.type = Value::Type::string, .text = value}; }
Value integer(std::int64_t value) { return {.type = Value::Type::integer, .integer = value}; }
Value real(double value) { return {.type = Value::Type::real, .real = value}; }
Value boolean(bool value) { return {.type = Value::Type::boolean, .boolean = value}; }
Value bytes(Text value) { return {.type = Value::Type::bytes, .text = value}; }
Value list(std::span<const Value> items) { return {.type = Value::Type::array, .array = items}; }

class MapUnmapped : public MapTest {
 protected:
  std::string as_text(const Value& value) {
    bool cut = false;
    return std::string(value_text(value, arena_, 4096, &cut));
  }
  void add(Text key, const Value& value) {
    operation_.unmapped.push_back({"span.", key, &values_.emplace_back(value)});
  }

  std::deque<Value> values_;  // stays in place
};

TEST_F(MapUnmapped, WritesValuesAsShortTexts) {
  EXPECT_EQ(as_text(text("a \"b\"")), "a \"b\"");
  EXPECT_EQ(as_text(integer(std::numeric_limits<std::int64_t>::min())), "-9223372036854775808");
  EXPECT_EQ(as_text(real(0.1)), "0.1");
  EXPECT_EQ(as_text(real(80)), "80");
  EXPECT_EQ(as_text(boolean(false)), "false");
  EXPECT_EQ(as_text(bytes("ab\xff")), "YWL/");
  EXPECT_EQ(as_text(bytes("a")), "YQ==");
}

TEST_F(MapUnmapped, WritesListsAndMapsAsCompactJson) {
  const std::vector<Value> inner = {text("x\n"),
                                    integer(2),
                                    real(3),
                                    boolean(true),
                                    Value{},
                                    bytes("a"),
                                    real(std::numeric_limits<double>::quiet_NaN())};
  const std::vector<span::KeyValue> entries = {{"list", list(inner)}, {"", text("no key")}};
  const Value value{.type = Value::Type::map, .map = entries};
  EXPECT_EQ(as_text(value), R"({"list":["x\n",2,3.0,true,null,"YQ==",null],"":"no key"})");
}

TEST_F(MapUnmapped, HoldsNoPictures) {
  const std::string picture = "data:image/png;base64," + std::string(20'000, 'A');
  const std::string around = picture + " and what follows";
  EXPECT_EQ(as_text(text(around)), "data:image/png;base64, and what follows");
  const std::vector<span::KeyValue> entries = {{"url", text(picture)}};
  EXPECT_EQ(as_text({.type = Value::Type::map, .map = entries}), R"({"url":"data:image/png;base64,"})");
}

TEST_F(MapUnmapped, LeavesOutWhatSaysNothing) {
  add("null", Value{});
  add("empty", text(""));
  add("list", list({}));
  add("list as text", text("[]"));
  add("map as text", text("{}"));
  add("nan", real(std::numeric_limits<double>::quiet_NaN()));
  add("infinite", real(std::numeric_limits<double>::infinity()));
  add("zero", integer(0));
  const auto event = mapped();
  EXPECT_THAT(event.unmapped, ElementsAre(std::pair<Text, Text>("span.zero", "0")));
  EXPECT_FALSE(event.data_quality.has_value());
}

TEST_F(MapUnmapped, CutsLongValuesAtACharacter) {
  std::string euros;
  for (int i = 0; i < 5000; ++i) euros += "€";
  add("euros", text(euros));
  add("exact", text(Text(euros).substr(0, 12'288)));
  const auto event = mapped();
  EXPECT_EQ(value_of(event.unmapped, "span.euros"), Text(euros).substr(0, 12'288));
  EXPECT_EQ(value_of(event.unmapped, "span.exact").size(), 12'288U);
  EXPECT_THAT(flags(event.data_quality), ElementsAre("truncated_content"));
  EXPECT_THAT(event.data_quality->truncated_fields, ElementsAre("unmapped"));
}

TEST_F(MapUnmapped, CutsLongListsBytesAndMapsOfLongKeys) {
  const std::vector<Value> numbers(100'000, integer(7));
  const std::string key(50'000, 'k');
  const std::vector<span::KeyValue> entries = {{key, integer(1)}};
  add("numbers", list(numbers));
  add("bytes", bytes(Text(key)));
  add("map", Value{.type = Value::Type::map, .map = entries});
  const auto event = mapped();
  for (const auto& [name, value] : event.unmapped) EXPECT_EQ(value.size(), 4096U) << name;
  EXPECT_EQ(complaints(), "");
}

TEST_F(MapUnmapped, HoldsAtMost256Keys) {
  std::vector<std::string> keys;
  keys.reserve(5000);
  for (int i = 0; i < 5000; ++i) keys.push_back("k" + std::to_string(i));
  for (const std::string& key : keys) add(key, integer(1));
  const auto event = mapped();
  EXPECT_EQ(event.unmapped.size(), 256U);
  EXPECT_EQ(event.unmapped.back().first, "span.k255");
  EXPECT_THAT(flags(event.data_quality), ElementsAre("limit_reached"));
}

TEST_F(MapUnmapped, HoldsNoKeyTwice) {
  span_.kind = 99;  // becomes `span.kind` too
  add("kind", text("sent"));
  add("twice", integer(1));
  add("twice", integer(2));
  const auto event = mapped();
  EXPECT_THAT(event.unmapped,
              ElementsAre(std::pair<Text, Text>("span.kind", "99"), std::pair<Text, Text>("span.twice", "1")));
  EXPECT_EQ(complaints(), "");
}

TEST_F(MapUnmapped, IsAbsentWhenAllHasAField) { EXPECT_THAT(mapped().unmapped, IsEmpty()); }

}  // namespace
}  // namespace aitf::ocsf
