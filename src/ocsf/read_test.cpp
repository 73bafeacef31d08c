// Events are read back as they were written, and foreign or broken JSON is told apart.

#include "ocsf/read.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "ocsf/sample_events.hpp"
#include "ocsf/write.hpp"

namespace aitf::ocsf {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;
using testing::StartsWith;

std::string written(const Event& event) {
  std::string out;
  append_json(out, event);
  return out;
}

// A 7001 event with `members` behind its class.
std::string with(std::string_view members) { return R"({"class_uid":7001,)" + std::string(members) + "}"; }

Result<ModelInferenceEvent> read_inference(std::string_view json, Arena& arena) {
  AITF_TRY(Event event, read_json(json, arena));
  return std::get<ModelInferenceEvent>(std::move(event));
}

std::string error_of(std::string_view json) {
  Arena arena;
  const auto event = read_json(json, arena);
  return event ? "no error" : event.error().message;
}

TEST(ReadEvent, HasSamplesOfEveryClass) { EXPECT_EQ(sample_names().size(), 40U); }

TEST(ReadEvent, WritesEverySampleBackWithEqualValuesInEqualOrder) {
  for (const std::string& name : sample_names()) {
    Arena arena;
    const std::string json = sample(name);
    const auto event = read_json(json, arena);
    ASSERT_TRUE(event) << name << ": " << event.error().message;
    EXPECT_EQ(compact(written(*event)), compact(json)) << name;
  }
}

TEST(ReadEvent, DoesNotNeedTheJsonAfterwards) {
  Arena arena;
  std::string json = with(R"("message":"hello","unmapped":{"span.k":"v"})");
  const auto event = read_inference(json, arena);
  json.assign(json.size(), 'x');
  ASSERT_TRUE(read_json(with(R"("message":"other")"), arena));  // the parser's memory is used again
  ASSERT_TRUE(event);
  EXPECT_EQ(event->message, "hello");
  EXPECT_THAT(event->unmapped, ElementsAre(Pair("span.k", "v")));
}

TEST(ReadEvent, TakesKeysInAnyOrder) {
  Arena arena;
  const auto event = read_inference(
      R"({"raw_data":"r","token_usage":{"scope":"leaf","input_tokens":3},"time":5,"class_uid":7001,"activity_id":1})",
      arena);
  ASSERT_TRUE(event) << event.error().message;
  EXPECT_EQ(event->raw_data, "r");
  EXPECT_EQ(event->token_usage->input_tokens, 3);
  EXPECT_EQ(event->token_usage->scope, "leaf");
  EXPECT_EQ(event->time, 5);
  EXPECT_EQ(event->activity_id, 1);
}

TEST(ReadEvent, KeepsUnknownKeysUnderTheirPath) {
  Arena arena;
  const auto event = read_inference(
      with(R"("colour":"red","model":{"size":[7, {"b": 1.50}],"name":"m","open":true},"messages":[{},{"mood":-1}],)"
           R"("unmapped":{"span.k":"v"})"),
      arena);
  ASSERT_TRUE(event) << event.error().message;
  EXPECT_EQ(event->model->name, "m");
  EXPECT_THAT(event->unmapped,
              ElementsAre(Pair("span.k", "v"), Pair("json.colour", "red"), Pair("json.model.size", R"([7,{"b":1.5}])"),
                          Pair("json.model.open", "true"), Pair("json.messages[1].mood", "-1")));
}

TEST(ReadEvent, LeavesOutUnknownKeysWithoutAValue) {
  Arena arena;
  const auto event = read_inference(with(R"("a":null,"b":"","c":[],"d":{},"":"empty key")"), arena);
  ASSERT_TRUE(event) << event.error().message;
  EXPECT_THAT(event->unmapped, ElementsAre(Pair("json.", "empty key")));
}

TEST(ReadEvent, ReadsItsOwnOutputOfUnknownKeysUnchanged) {
  Arena arena;
  const auto first = read_json(with(R"("colour":"red","x":{"y":[1]})"), arena);
  ASSERT_TRUE(first);
  const auto second = read_json(written(*first), arena);
  ASSERT_TRUE(second) << second.error().message;
  EXPECT_EQ(written(*second), written(*first));
}

TEST(ReadEvent, TakesNullAsAbsent) {
  Arena arena;
  const auto event = read_inference(with(R"("time":null,"model":null,"messages":null,"message":null)"), arena);
  ASSERT_TRUE(event) << event.error().message;
  EXPECT_FALSE(event->time);
  EXPECT_FALSE(event->model);
  EXPECT_TRUE(event->messages.empty());
}

TEST(ReadEvent, TakesAWholeNumberWhereARealIsExpected) {
  Arena arena;
  const auto event = read_inference(with(R"("latency":{"total_ms":80})"), arena);
  ASSERT_TRUE(event) << event.error().message;
  EXPECT_EQ(event->latency->total_ms, 80.0);
}

TEST(ReadEvent, NamesThePathOfAWrongType) {
  EXPECT_THAT(error_of(with(R"("time":"now")")), StartsWith("time: "));
  EXPECT_THAT(error_of(with(R"("time":1.0)")), StartsWith("time: "));
  EXPECT_THAT(error_of(with(R"("time":9223372036854775808)")), StartsWith("time: "));
  EXPECT_THAT(error_of(with(R"("message":1)")), StartsWith("message: "));
  EXPECT_THAT(error_of(with(R"("blocked":1)")), StartsWith("blocked: "));
  EXPECT_THAT(error_of(with(R"("model":{"parameters":{"top_p":"1"}})")), StartsWith("model.parameters.top_p: "));
  EXPECT_THAT(error_of(with(R"("model":{"parameters":[]})")), StartsWith("model.parameters: "));
  EXPECT_THAT(error_of(with(R"("messages":[{},{"text":{}}])")), StartsWith("messages[1].text: "));
  EXPECT_THAT(error_of(with(R"("messages":[null])")), StartsWith("messages[0]: "));
  EXPECT_THAT(error_of(with(R"("messages":{})")), StartsWith("messages: "));
  EXPECT_THAT(error_of(with(R"("finish_reasons":["a",2])")), StartsWith("finish_reasons[1]: "));
  EXPECT_THAT(error_of(with(R"("unmapped":{"span.k":1})")), StartsWith("unmapped.span.k: "));
  EXPECT_THAT(error_of(with(R"("unmapped":[])")), StartsWith("unmapped: "));
}

TEST(ReadEvent, RefusesRepeatedKeys) {
  EXPECT_EQ(error_of(with(R"("time":1,"time":1)")), "time: the key is repeated");
  EXPECT_EQ(error_of(with(R"("time":1,"message":"m","time":null)")), "time: the key is repeated");
  EXPECT_EQ(error_of(with(R"("class_uid":7001)")), "class_uid: the key is repeated");
  EXPECT_EQ(error_of(with(R"("model":{"name":"a","name":"b"})")), "model.name: the key is repeated");
  EXPECT_EQ(error_of(with(R"("unmapped":{"span.k":"1","span.k":"2"})")), "unmapped.span.k: the key is repeated");
  EXPECT_EQ(error_of(with(R"("colour":1,"colour":2)")), "unmapped.json.colour: the key is repeated");
}

TEST(ReadEvent, TakesEqualKeysOfDifferentObjects) {
  EXPECT_EQ(error_of(with(R"("messages":[{"text":"a"},{"text":"b"}])")), "no error");
}

TEST(ReadEvent, RefusesOtherClassesAndCategories) {
  EXPECT_THAT(error_of("{}"), StartsWith("class_uid: "));
  EXPECT_THAT(error_of(R"({"class_uid":"7001"})"), StartsWith("class_uid: "));
  EXPECT_THAT(error_of(R"({"class_uid":2004})"), HasSubstr("2004"));
  EXPECT_THAT(error_of(R"({"class_uid":7009})"), HasSubstr("7009"));
  EXPECT_THAT(error_of(with(R"("category_uid":2)")), StartsWith("category_uid: "));
  EXPECT_THAT(error_of(with(R"("class_name":7)")), StartsWith("class_name: "));
}

TEST(ReadEvent, RefusesWhatIsNoJsonObject) {
  for (const std::string_view json :
       {"", " ", "null", "[]", "{", "{}{}", "{\"class_uid\":7001,}", "{\"a\":\"\xff\"}", "nan"})
    EXPECT_THAT(error_of(json), HasSubstr("no JSON object")) << json;
}

TEST(ReadEvent, RefusesDepthWithoutEnd) {
  const std::string deep(100'000, '[');
  EXPECT_THAT(error_of(with("\"x\":" + deep)), HasSubstr("no JSON object"));
}

TEST(ReadEvent, KeepsDeepUnknownValues) {
  Arena arena;
  const std::string deep = std::string(900, '[') + "1" + std::string(900, ']');
  const auto event = read_inference(with("\"x\":" + deep), arena);
  ASSERT_TRUE(event) << event.error().message;
  EXPECT_THAT(event->unmapped, ElementsAre(Pair("json.x", deep)));
}

TEST(ReadEvent, DoesNotPutContentIntoErrors) {
  EXPECT_THAT(error_of(with(R"("time":"top secret prompt")")), testing::Not(HasSubstr("secret")));
}

}  // namespace
}  // namespace aitf::ocsf
