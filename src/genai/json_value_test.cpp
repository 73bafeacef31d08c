#include "genai/json_value.hpp"

#include <gtest/gtest.h>

#include <string>

#include "genai/read_value.hpp"

namespace aitf::genai {
namespace {

using Type = span::Value::Type;

class JsonValue : public testing::Test {
 protected:
  span::Text first_text(span::Text json) {
    const span::Value* const list = parse_json(json, arena);
    return list != nullptr && !list->array.empty() ? list->array.front().text : span::Text("(none)");
  }
  Arena arena;
};

TEST_F(JsonValue, KeepsOrderTypesAndNesting) {
  const span::Value* const tree = parse_json(R"( {"b": [1, 2.5, true, null, "x"], "a": {"c": "d"}} )", arena);
  ASSERT_NE(tree, nullptr);
  ASSERT_EQ(tree->map.size(), 2u);
  EXPECT_EQ(tree->map[0].key, "b");
  const auto list = tree->map[0].value.array;
  ASSERT_EQ(list.size(), 5u);
  EXPECT_EQ(list[0].integer, 1);
  EXPECT_EQ(list[1].real, 2.5);
  EXPECT_TRUE(list[2].boolean);
  EXPECT_EQ(list[3].type, Type::empty);
  EXPECT_EQ(list[4].text, "x");
  EXPECT_EQ(member_text(*member(*tree, "a"), "c"), "d");
}

TEST_F(JsonValue, UnescapesTextAndPairsOfSurrogates) {
  EXPECT_EQ(first_text(R"(["a\"b\\c\/d\n\tT\u014dky\u014d \ud83d\uddfc!"])"), "a\"b\\c/d\n\tTōkyō 🗼!");
  EXPECT_EQ(first_text(R"(["\\"])"), "\\");
  EXPECT_EQ(first_text(R"(["ends in \\"])"), "ends in \\");
  EXPECT_EQ(first_text("[\"\\u0000\"]"), span::Text("\0", 1));
}

TEST_F(JsonValue, PutsAReplacementForLoneSurrogates) {
  EXPECT_EQ(first_text(R"(["a\ud83db"])"), "a\uFFFDb");
  EXPECT_EQ(first_text(R"(["\udc00"])"), "\uFFFD");
  EXPECT_EQ(first_text(R"(["\ud800\ud83d\uddfc"])"), "\uFFFD🗼");
  EXPECT_EQ(first_text(R"(["\ud800\u0041"])"),
            "\uFFFD"
            "A");
}

TEST_F(JsonValue, RefusesWhatIsNoJson) {
  for (const char* text : {"",        "  ",       "hello",  "5",        "\"text\"",  "{",           "[1,",
                           "{\"a\"}", "[1] tail", "[1][2]", "{'a': 1}", "[\"\\x\"]", "[\"\\u12\"]", "[\"open",
                           "[01]",    "[1.]",     "[.5]",   "[1e]",     "[-]",       "[1,]",        "{,}",
                           "[True]",  "[not",     "[nul]",  "[tru]",    "[fals]",    "[}",          "[NaN]"})
    EXPECT_EQ(parse_json(text, arena), nullptr) << text;
}

TEST_F(JsonValue, FindsTheEndOfAStringWhereverItStandsInABlock) {
  for (std::size_t plain = 0; plain < 40; ++plain) {
    const std::string before(plain, 'x');
    std::string escaped = before, unescaped = before;
    escaped.append("\\n").append(before);
    unescaped.append("\n").append(before);
    EXPECT_EQ(first_text(arena.copy("[\"" + before + "\"]")), before);
    EXPECT_EQ(first_text(arena.copy("[\"" + escaped + "\"]")), unescaped);
    EXPECT_EQ(parse_json("[\"" + before, arena), nullptr);
    EXPECT_EQ(parse_json("[\"" + before + "\\", arena), nullptr);
    EXPECT_EQ(parse_json("[\"" + before + "\x1f\"]", arena), nullptr);
    EXPECT_EQ(parse_json("[\"\\n" + before + "\x1f\"]", arena), nullptr);
  }
}

TEST_F(JsonValue, PutsManyUnescapedTextsBesideEachOther) {
  const span::Value* const tree = parse_json(R"({"a\n":"\t","plain":"\u00e9","c":["\\","d"]})", arena);
  ASSERT_NE(tree, nullptr);
  EXPECT_EQ(tree->map[0].key, "a\n");
  EXPECT_EQ(tree->map[0].value.text, "\t");
  EXPECT_EQ(tree->map[1].value.text, "é");
  EXPECT_EQ(tree->map[2].value.array[0].text, "\\");
  EXPECT_EQ(tree->map[2].value.array[1].text, "d");
}

TEST_F(JsonValue, TakesNumbersAsFarAsADoubleGoes) {
  const span::Value* const tree = parse_json("[1e-400, -0, 5E-324, 1.5e+2]", arena);
  ASSERT_NE(tree, nullptr);
  EXPECT_EQ(tree->array[0].real, 0);
  EXPECT_EQ(tree->array[1].integer, 0);
  EXPECT_EQ(tree->array[2].real, 5e-324);
  EXPECT_EQ(tree->array[3].real, 150);
  EXPECT_EQ(parse_json("[1e400]", arena), nullptr);
}

TEST_F(JsonValue, RefusesWhatIsNestedTooDeep) {
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  EXPECT_NE(parse_json(nested(json_depth), arena), nullptr);
  EXPECT_EQ(parse_json(nested(json_depth + 1), arena), nullptr);
  EXPECT_EQ(parse_json(nested(100'000), arena), nullptr);
  EXPECT_NE(parse_json("[1]", arena), nullptr);  // and works on after that
}

TEST_F(JsonValue, KeepsTheDigitsOfNumbersAsWritten) {
  const span::Value* const tree = parse_json("[9007199254740993, 1.10, 1e5, 123456789012345678901234567890]", arena);
  ASSERT_NE(tree, nullptr);
  EXPECT_EQ(tree->array[0].integer, 9007199254740993);
  EXPECT_EQ(as_json(*tree, arena), "[9007199254740993,1.10,1e5,123456789012345678901234567890]");
  EXPECT_EQ(as_text(tree->array[3], arena), "123456789012345678901234567890");
}

TEST_F(JsonValue, GivesTheJsonOfAnInnerValueWithoutBlanks) {
  const span::Value* const tree = parse_json(R"([ {"x": {"q": "two  blanks" , "n": [ 1, 2 ]} } , 3 ])", arena);
  ASSERT_NE(tree, nullptr);
  const span::Value* const inner = member(tree->array[0], "x");
  ASSERT_NE(inner, nullptr);
  EXPECT_EQ(as_json(*inner, arena), R"({"q":"two  blanks","n":[1,2]})");
  EXPECT_EQ(as_json(tree->array[0], arena), R"({"x":{"q":"two  blanks","n":[1,2]}})");
}

TEST_F(JsonValue, DoesNotReuseTheTextOfAnEarlierTree) {
  const span::Value* const first = parse_json(R"(["first \u0041", {"k": "v"}])", arena);
  const span::Value* const second = parse_json(R"(["second", {"k": "w"}])", arena);
  EXPECT_EQ(first->array[0].text, "first A");
  EXPECT_EQ(member_text(first->array[1], "k"), "v");
  EXPECT_EQ(member_text(second->array[1], "k"), "w");
}

TEST_F(JsonValue, ReadsALargeTextAndGoesOn) {
  const std::string large = "[\"" + std::string(3'000'000, 'x') + "\"]";
  EXPECT_EQ(first_text(large).size(), 3'000'000u);
  EXPECT_EQ(first_text("[\"small\"]"), "small");
}

TEST_F(JsonValue, TreatsEmptyMembersAsMissing) {
  const span::Value* const tree = parse_json(R"({"a": null, "b": "", "c": 0})", arena);
  EXPECT_EQ(member(*tree, "a"), nullptr);
  EXPECT_EQ(member(*tree, "b"), nullptr);
  EXPECT_NE(member(*tree, "c"), nullptr);
  EXPECT_EQ(member(tree->map[2].value, "a"), nullptr);
}

}  // namespace
}  // namespace aitf::genai
