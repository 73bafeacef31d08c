#include "genai/conventions.hpp"

#include <gtest/gtest.h>

#include <string>

namespace aitf::genai {
namespace {

constexpr Row rows_with_numbers[] = {
    {"gen_ai.prompt.#.content", Field::indexed_prompt},
    {"llm.input_messages.#.message.tool_calls.#.tool_call.id", Field::tool_call_id},
    {"input.value", Field::tool_input, Convention::openinference, only(Kind::tool)},
    {"input.value", Field::query, Convention::openinference, only(Kind::retrieval)},
    {"plain", Field::api},
};

TEST(Rows, FindsEachNameOfTheTables) {
  for (const char* name : {"gen_ai.operation.name", "gen_ai.usage.cache_write.input_tokens", "url.full"})
    EXPECT_EQ(span_rows()[span_rows().find(name).row].name, name);
  EXPECT_EQ(resource_rows()[resource_rows().find("host.name").row].field, Field::host_name);
}

TEST(Rows, DoesNotFindNamesThatOnlyLookAlike) {
  for (const char* name : {"", "gen_ai.operation.nam", "gen_ai.operation.name ", "GEN_AI.operation.name", "host.name"})
    EXPECT_EQ(span_rows().find(name).row, Match::none) << name;
}

TEST(Rows, GivesTheNumbersOfAnIndexedName) {
  const Rows rows(rows_with_numbers);
  const Match match = rows.find("llm.input_messages.12.message.tool_calls.3.tool_call.id");
  ASSERT_NE(match.row, Match::none);
  EXPECT_EQ(rows[match.row].field, Field::tool_call_id);
  ASSERT_EQ(match.numbers, 2);
  EXPECT_EQ(match.number[0], 12u);
  EXPECT_EQ(match.number[1], 3u);
}

TEST(Rows, TakesOnlyWholeSegmentsForNumbers) {
  const Rows rows(rows_with_numbers);
  EXPECT_NE(rows.find("gen_ai.prompt.0.content").row, Match::none);
  for (const char* name : {"gen_ai.prompt.0x.content", "gen_ai.prompt.x0.content", "gen_ai.prompt.-1.content",
                           "gen_ai.prompt..content", "gen_ai.prompt.content", "gen_ai.prompt.99999999999.content"})
    EXPECT_EQ(rows.find(name).row, Match::none) << name;
}

TEST(Rows, RefusesNamesWithTooManyNumbersOrTooLong) {
  const Rows rows(rows_with_numbers);
  EXPECT_EQ(rows.find("a.1.2.3.4").row, Match::none);
  EXPECT_EQ(rows.find("gen_ai.prompt.0." + std::string(300, 'x')).row, Match::none);
}

TEST(Rows, ListsAllMeaningsOfOneName) {
  const Rows rows(rows_with_numbers);
  const std::int16_t first = rows.find("input.value").row;
  ASSERT_NE(first, Match::none);
  ASSERT_NE(rows.next(first), Match::none);
  EXPECT_EQ(rows[first].kinds, only(Kind::tool));
  EXPECT_EQ(rows[rows.next(first)].field, Field::query);
  EXPECT_EQ(rows.next(rows.next(first)), Match::none);
}

}  // namespace
}  // namespace aitf::genai
