// What is written of an event, and what is left out.

#include "ocsf/write.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <string>

namespace aitf::ocsf {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kHead =
    R"({"class_uid":7001,"class_name":"Model Inference","category_uid":7,"category_name":"AI System Activity")";

std::string json_of(const Event& event) {
  std::string out;
  append_json(out, event);
  return out;
}

std::string with_head(std::string_view rest) { return std::string(kHead) + std::string(rest); }

TEST(EventJson, StartsWithTheConstantsOfTheClass) {
  EXPECT_EQ(json_of(ModelInferenceEvent{}), with_head("}"));
  EXPECT_THAT(json_of(IdentityEvent{}), HasSubstr(R"("class_uid":7008,"class_name":"Identity")"));
}

TEST(EventJson, AppendsToWhatIsThere) {
  std::string out = "before ";
  append_json(out, ModelInferenceEvent{});
  EXPECT_EQ(out, "before " + with_head("}"));
}

TEST(EventJson, KeepsTheOrderOfTheSchemaWhateverWasSetFirst) {
  ModelInferenceEvent event;
  event.raw_data = "raw";
  event.token_usage.emplace().output_tokens = 2;
  event.token_usage->input_tokens = 1;
  event.activity_id = 1;
  EXPECT_EQ(json_of(event),
            with_head(R"(,"activity_id":1,"token_usage":{"input_tokens":1,"output_tokens":2},"raw_data":"raw"})"));
}

TEST(EventJson, WritesZeroAndFalseButNothingThatIsAbsent) {
  ToolExecutionEvent event;
  event.duration = 0;
  event.blocked = false;
  event.tool_name = "";
  const std::string json = json_of(event);
  EXPECT_THAT(json, HasSubstr(R"("duration":0)"));
  EXPECT_THAT(json, HasSubstr(R"("blocked":false)"));
  EXPECT_THAT(json, Not(HasSubstr("tool_name")));
}

TEST(EventJson, LeavesOutObjectsWithoutAnyField) {
  ModelInferenceEvent event;
  event.actor.emplace().user.emplace().org.emplace();
  event.model.emplace().parameters.emplace().stop_sequences = {"", ""};
  event.cost.emplace().attribution.emplace();
  event.latency.emplace().total_ms = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(json_of(event), with_head("}"));
}

TEST(EventJson, WritesAnObjectWhoseOnlyFieldLiesDeep) {
  ModelInferenceEvent event;
  event.actor.emplace().user.emplace().org.emplace().uid = "o1";
  EXPECT_EQ(json_of(event), with_head(R"(,"actor":{"user":{"org":{"uid":"o1"}}}})"));
}

TEST(EventJson, LeavesOutEmptyItemsOfLists) {
  ModelInferenceEvent event;
  event.finish_reasons = {"", "stop", ""};
  event.messages.resize(3);
  event.messages[1].role = "user";
  EXPECT_EQ(json_of(event), with_head(R"(,"finish_reasons":["stop"],"messages":[{"role":"user"}]})"));
}

TEST(EventJson, LeavesOutEmptyEntriesOfMaps) {
  ModelInferenceEvent event;
  event.unmapped = {{"span.a", ""}, {"span.\"b\"", "1"}, {"span.c", ""}};
  EXPECT_EQ(json_of(event), with_head(R"(,"unmapped":{"span.\"b\"":"1"}})"));
  event.unmapped = {{"span.a", ""}};
  EXPECT_EQ(json_of(event), with_head("}"));
}

TEST(EventJson, WritesRealsWithAFraction) {
  ModelInferenceEvent event;
  event.quality_scores.emplace().confidence = 1;
  event.quality_scores->faithfulness = 0.1;
  EXPECT_EQ(json_of(event), with_head(R"(,"quality_scores":{"faithfulness":0.1,"confidence":1.0}})"));
}

TEST(EventJson, LeavesOutInfinity) {
  ModelInferenceEvent event;
  event.quality_scores.emplace().confidence = -std::numeric_limits<double>::infinity();
  event.quality_scores->coherence = 0.5;
  EXPECT_EQ(json_of(event), with_head(R"(,"quality_scores":{"coherence":0.5}})"));
}

TEST(EventJson, KeepsEveryDigitOf64BitIntegers) {
  ModelInferenceEvent event;
  event.time = std::numeric_limits<std::int64_t>::min();
  event.duration = std::numeric_limits<std::int64_t>::max();
  EXPECT_EQ(json_of(event), with_head(R"(,"time":-9223372036854775808,"duration":9223372036854775807})"));
}

TEST(EventJson, EscapesTexts) {
  ModelInferenceEvent event;
  event.message = "a\"b\\c\n\x01 \u00e9";
  EXPECT_EQ(json_of(event), with_head(",\"message\":\"a\\\"b\\\\c\\n\\u0001 \u00e9\"}"));
}

}  // namespace
}  // namespace aitf::ocsf
