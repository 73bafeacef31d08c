// The validator finds each fault that is put into good events, and nothing in good ones.

#include "ocsf/validate.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "ocsf/read.hpp"
#include "ocsf/sample_events.hpp"

namespace aitf::ocsf {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// "error wrong_type messages[0].text", a problem a line.
std::vector<std::string> summary(std::string_view json, const ValidateOptions& options = {}) {
  std::vector<std::string> lines;
  for (const Problem& problem : validate(json, options))
    lines.push_back((problem.is_error ? "error " : "warning ") + std::string(word(problem.kind)) + " " + problem.path);
  return lines;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << "the sample has no " << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

TEST(ValidateEvent, FindsNothingInTheSamples) {
  for (const std::string& name : sample_names()) EXPECT_THAT(summary(sample(name)), IsEmpty()) << name;
}

struct Mutation {
  std::string_view name;
  std::string_view from;  // first occurrence in the compact sample
  std::string_view to;
  std::vector<std::string> problems;
  std::string_view sample = "7001-chat-tools";
};

void PrintTo(const Mutation& mutation, std::ostream* out) { *out << mutation.name; }

class ValidateMutation : public testing::TestWithParam<Mutation> {};

TEST_P(ValidateMutation, IsFound) {
  const Mutation& mutation = GetParam();
  const std::string json = replaced(compact(sample(mutation.sample)), mutation.from, mutation.to);
  EXPECT_EQ(summary(json), mutation.problems);
}

using Lines = std::vector<std::string>;

const Mutation kMutations[] = {
    {"TopLevelRequiredMissing", R"("time":1795584141337,)", "", Lines{"error missing_required time"}},
    {"NestedRequiredMissing", R"(,"logged_time":1795584141383)", "",
     Lines{"error missing_required metadata.logged_time"}},
    {"RequiredInListMissing", R"("message_index":1,)", "", Lines{"error missing_required messages[0].message_index"}},
    {"RequiredObjectMissing", R"("product":{"name":"AITF","vendor_name":"AITF","version":"0.1.0"},)", "",
     Lines{"error missing_required metadata.product"}},
    {"ClassMissing", R"("class_uid":7001,)", "", Lines{"error missing_required class_uid"}},
    {"ClassUnknown", R"("class_uid":7001)", R"("class_uid":7010)", Lines{"error unknown_class class_uid"}},
    {"ClassIsText", R"("class_uid":7001)", R"("class_uid":"7001")", Lines{"error wrong_type class_uid"}},
    {"ClassIsReal", R"("class_uid":7001)", R"("class_uid":7001.0)", Lines{"error wrong_type class_uid"}},
    {"CategoryOutsideEnum", R"("category_uid":7)", R"("category_uid":6)", Lines{"error not_in_enum category_uid"}},
    {"UnknownAtTop", R"("operation")", R"("colour":1,"operation")", Lines{"error unknown_attribute colour"}},
    {"UnknownNested", R"("provider")", R"("colour":1,"provider")", Lines{"error unknown_attribute model.colour"}},
    {"UnknownInList", R"("direction")", R"("colour":1,"direction")",
     Lines{"error unknown_attribute messages[0].colour"}},
    {"NullIsNoValue", R"("session_id":"sess-5f2c")", R"("session_id":null)", Lines{"error wrong_type session_id"}},
    {"NumberForText", R"("session_id":"sess-5f2c")", R"("session_id":5)", Lines{"error wrong_type session_id"}},
    {"TextForNumber", R"("input_tokens":59)", R"("input_tokens":"59")",
     Lines{"error wrong_type token_usage.input_tokens"}},
    {"FractionForWhole", R"("input_tokens":59)", R"("input_tokens":59.0)",
     Lines{"error wrong_type token_usage.input_tokens"}},
    {"ExponentForWhole", R"("input_tokens":59)", R"("input_tokens":1e2)",
     Lines{"error wrong_type token_usage.input_tokens"}},
    {"WholeForReal", R"("output_per_1m_usd":10.0)", R"("output_per_1m_usd":10)",
     Lines{"error wrong_type cost.output_per_1m_usd"}},
    {"ExponentForReal", R"("output_per_1m_usd":10.0)", R"("output_per_1m_usd":1e1)", Lines{}},
    {"BooleanForWhole", R"("duration":5)", R"("duration":true)", Lines{"error wrong_type duration"}},
    {"WholeBeyond64Bits", R"("duration":5)", R"("duration":9223372036854775808)", Lines{"error wrong_type duration"}},
    {"LargestWhole", R"("duration":5)", R"("duration":9223372036854775807)", Lines{}},
    {"WholeForBoolean", R"("blocked":false)", R"("blocked":0)", Lines{"error wrong_type finding.blocked"},
     "7005-indirect-injection"},
    {"TextForObject", R"("user":{"uid":"user-8812"})", R"("user":"user-8812")", Lines{"error wrong_type actor.user"}},
    {"ListForObject", R"("user":{"uid":"user-8812"})", R"("user":[])", Lines{"error wrong_type actor.user"}},
    {"TextForList", R"("finish_reasons":["tool_calls"])", R"("finish_reasons":"tool_calls")",
     Lines{"error wrong_type finish_reasons"}},
    {"NumberInListOfTexts", R"("finish_reasons":["tool_calls"])", R"("finish_reasons":["a",1])",
     Lines{"error wrong_type finish_reasons[1]"}},
    {"TextInListOfObjects", R"("messages":[)", R"("messages":["a",)", Lines{"error wrong_type messages[0]"}},
    {"PortTooLarge", R"("port":9911)", R"("port":65536)", Lines{"error range dst_endpoint.port"}},
    {"PortBelowZero", R"("port":9911)", R"("port":-1)", Lines{"error range dst_endpoint.port"}},
    {"LargestPort", R"("port":9911)", R"("port":65535)", Lines{}},
    {"TextEnum", R"("scope":"leaf")", R"("scope":"Leaf")", Lines{"error not_in_enum token_usage.scope"}},
    {"TextEnumInList", R"("flags":["inherited_context"])", R"("flags":["inherited_context","odd"])",
     Lines{"error not_in_enum data_quality.flags[1]"}},
    {"EmptyTextIsNoWord", R"("record_kind":"span")", R"("record_kind":"")", Lines{"error not_in_enum record_kind"}},
    {"NumberEnum", R"("severity_id":1)", R"("severity_id":7)", Lines{"error not_in_enum severity_id"}},
    {"CaptionDiffers", R"("severity":"Informational")", R"("severity":"Low")", Lines{"warning enum_text severity"}},
    {"CaptionOfNestedNumberDiffers", R"("type":"IP Address")", R"("type":"IP")",
     Lines{"warning enum_text observables[0].type"}},
    {"CaptionAbsent", R"(,"severity":"Informational")", "", Lines{"error missing_required severity"}},
    {"OtherHasItsOwnCaption", R"("type_id":1,"type":"Server")", R"("type_id":99,"type":"Mainframe")", Lines{}},
    {"OtherWithoutCaption", R"("type_id":1,"type":"Server")", R"("type_id":99)",
     Lines{"warning enum_text device.type_id"}},
    {"TypeUidOfAnotherActivity", R"("type_uid":700101,"type_name":"Model Inference: Chat Completion")",
     R"("type_uid":700102,"type_name":"Model Inference: Text Completion")", Lines{"error type_uid type_uid"}},
    {"TypeUidOutsideEnum", R"("type_uid":700101)", R"("type_uid":700201)",
     Lines{"error not_in_enum type_uid", "error type_uid type_uid"}},
    {"ActivityWithoutBounds", R"("activity_id":1,)", R"("activity_id":9223372036854775807,)",
     Lines{"error not_in_enum activity_id", "error type_uid type_uid"}},
    {"NoneOfTheNeeded", R"("actor":{"user":{"uid":"user-8812"},"app_name":"support-bot"})", R"("actor":{})",
     Lines{"error constraint actor"}},
    {"NoneOfTheNeededDeep", R"("user":{"uid":"user-8812"})", R"("user":{})", Lines{"error constraint actor.user"}},
    {"ObservableOfNoAttribute", R"("name":"dst_endpoint.ip")", R"("name":"dst_endpoint.mac")",
     Lines{"error observable_name observables[0].name"}},
    {"ObservableOfAnotherClass", R"("name":"dst_endpoint.ip")", R"("name":"finding.title")",
     Lines{"error observable_name observables[0].name"}},
    {"ObservableBelowAText", R"("name":"dst_endpoint.ip")", R"("name":"message.text")",
     Lines{"error observable_name observables[0].name"}},
    {"ObservableInAList", R"("name":"dst_endpoint.ip")", R"("name":"messages[].text")", Lines{}},
    {"ObservableInAMap", R"("name":"dst_endpoint.ip")", R"("name":"unmapped.span.peer.ip")", Lines{}},
    {"IpOfBadShape", R"("ip":"127.0.0.1")", R"("ip":"127.0.0.256")", Lines{"warning pattern dst_endpoint.ip"}},
    {"IpVersion6", R"("ip":"127.0.0.1")", R"("ip":"2001:db8::1")", Lines{}},
    {"HostOfBadShape", R"("hostname":"ai-node-07")", R"("hostname":"ai node")",
     Lines{"warning pattern device.hostname"}},
    {"TimeInSeconds", R"("start_time":1795584141337)", R"("start_time":1795584141)",
     Lines{"warning timestamp trace.span.start_time"}},
    {"TimeInNanoseconds", R"("time":1795584141337)", R"("time":1795584141337000000)", Lines{"warning timestamp time"}},
    {"TimeZeroIsTaken", R"("end_time":1795584141343)", R"("end_time":0)", Lines{}},
    {"HashTooLong", R"("sha256":")", R"("sha256":"0)", Lines{"error max_len system_prompt.sha256"}},
    {"RepeatedAtTop", R"("duration":5)", R"("duration":5,"duration":5)", Lines{"error repeated_key duration"}},
    {"RepeatedInList", R"("role":"user")", R"("role":"user","role":"user")",
     Lines{"error repeated_key messages[0].role"}},
    {"RepeatedInMap", R"("operation":"chat",)",
     R"("operation":"chat","unmapped":{"b":"1","a":"1","b":"2","c":"","c":"","c":""},)",
     Lines{"error repeated_key unmapped.b", "error repeated_key unmapped.c"}},
    {"NumberInMap", R"("operation":"chat",)", R"("operation":"chat","unmapped":{"a":1},)",
     Lines{"error wrong_type unmapped.a"}},
    {"TextForMap", R"("operation":"chat",)", R"("operation":"chat","unmapped":"a",)",
     Lines{"error wrong_type unmapped"}},
};

INSTANTIATE_TEST_SUITE_P(, ValidateMutation, testing::ValuesIn(kMutations),
                         [](const auto& one) { return std::string(one.param.name); });

TEST(ValidateEvent, CountsCharactersNotBytes) {
  const auto with_message = [](const std::string& text) {
    return replaced(compact(sample("7001-chat-tools")), "chat gpt-4o by openai", text);
  };
  std::string text;
  for (int i = 0; i < 65'535; ++i) text += "\u00e9";
  EXPECT_THAT(summary(with_message(text)), IsEmpty());
  EXPECT_THAT(summary(with_message(text + "x")), ElementsAre("error max_len message"));
}

TEST(ValidateEvent, RefusesWhatIsNoJsonObject) {
  for (const std::string_view json : {"", "[]", "7", "{", "{\"a\":NaN}", "{\"a\":\"\xc3\"}"})
    EXPECT_THAT(summary(json), ElementsAre("error json ")) << json;
}

TEST(ValidateEvent, TellsAllThatIsMissing) {
  const auto problems = summary(R"({"class_uid":7001})");
  EXPECT_THAT(problems, testing::Contains("error missing_required metadata"));
  EXPECT_THAT(problems, testing::Contains("error missing_required type_uid"));
}

TEST(ValidateEvent, WarnsOfMissingRecommendedAttributesOnlyWhenAsked) {
  const std::string json = replaced(compact(sample("7001-chat-tools")), R"("operation":"chat",)", "");
  EXPECT_THAT(summary(json), IsEmpty());
  EXPECT_THAT(summary(json, {.recommended = true}), testing::Contains("warning missing_recommended operation"));
}

TEST(ValidateEvent, DoesNotPutContentIntoMessages) {
  const std::string json = replaced(compact(sample("7001-chat-tools")), R"("scope":"leaf")", R"("scope":"my secret")");
  const auto problems = validate(json);
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_THAT(problems[0].message, HasSubstr("aggregate, duplicate, leaf"));
  EXPECT_THAT(problems[0].message, Not(HasSubstr("secret")));
}

TEST(ValidateEvent, CutsAndCleansKeysInPaths) {
  const std::string key(1'000, 'k');
  const auto problems = validate(
      replaced(compact(sample("7001-chat-tools")), R"("operation":)", "\"\\u001b" + key + "\":1,\"operation\":"));
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].path, "?" + key.substr(0, 127));
}

TEST(ValidateEvent, StopsAfterAThousandProblems) {
  std::string list = "1";
  for (int i = 0; i < 5'000; ++i) list += ",1";
  const auto json = replaced(compact(sample("7001-chat-tools")), R"("finish_reasons":["tool_calls"])",
                             R"("finish_reasons":[)" + list + "]");
  EXPECT_EQ(validate(json).size(), kMaxProblems);
}

}  // namespace
}  // namespace aitf::ocsf
