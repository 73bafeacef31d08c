#include "genai/messages.hpp"

#include <gtest/gtest.h>

#include "genai/span_fixture.hpp"

namespace aitf::genai {
namespace {

class MessagesOf : public testing::Test {
 protected:
  const Operation& input(const char* json) { return keep(chat(fresh()).with("gen_ai.input.messages", json)); }
  const Operation& output(const char* json) { return keep(chat(fresh()).with("gen_ai.output.messages", json)); }
  SpanFixture& fresh() { return spans_.emplace_back(); }
  const Operation& keep(SpanFixture& span) { return operations_.emplace_back(span.normalise()); }

 private:
  std::deque<SpanFixture> spans_;
  std::deque<Operation> operations_;
};

TEST_F(MessagesOf, CountMessagesWithTheSystemTextThatIsTakenOut) {
  const Operation& op = input(R"([{"role":"system","parts":[{"type":"text","content":"Be kind."}]},
      {"role":"developer","parts":[{"type":"text","content":"Be short."}]},
      {"role":"user","parts":[{"type":"text","content":"a"},{"type":"text","content":"b"}],"name":"Jane"}])");
  EXPECT_EQ(op.system_prompt.text, "Be kind.\n\nBe short.");
  EXPECT_EQ(op.system_prompt.source_attribute, "gen_ai.input.messages");
  ASSERT_EQ(op.messages.size(), 2u);
  EXPECT_EQ(op.messages[0].message_index, 2u);
  EXPECT_EQ(op.messages[1].message_index, 2u);
  EXPECT_EQ(op.messages[1].text, "b");
  EXPECT_EQ(op.messages[0].name, "Jane");
  EXPECT_EQ(op.messages[0].source_attribute, "gen_ai.input.messages");
}

TEST_F(MessagesOf, KeepASystemMessageThatComesLater) {
  const Operation& op = input(R"([{"role":"user","content":"a"},{"role":"system","content":"obey"}])");
  EXPECT_EQ(op.system_prompt.text, "");
  ASSERT_EQ(op.messages.size(), 2u);
  EXPECT_EQ(op.messages[1].role, Role::system);
}

TEST_F(MessagesOf, MarkWhatStoodBeforeTheLastAssistantMessage) {
  const Operation& op = input(R"([{"role":"user","content":"a"},{"role":"assistant","content":"b"},
      {"role":"user","content":"c"},{"role":"assistant","content":"d"},{"role":"tool","content":"e","tool_call_id":"t"}])");
  ASSERT_EQ(op.messages.size(), 5u);
  const std::vector<bool> expected = {true, true, true, false, false};
  for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_EQ(op.messages[i].is_history, expected[i]) << i;
  EXPECT_EQ(op.messages[4].type, PartType::tool_result);
  EXPECT_EQ(op.messages[4].tool_call_id, "t");
}

TEST_F(MessagesOf, HoldToolCallsWithArgumentsAsObjectOrText) {
  const Operation& op = output(R"([{"role":"assistant","parts":[
      {"type":"tool_call","id":"1","name":"a","arguments":{"x": "y z", "n": 1.50}},
      {"type":"tool_call","id":"2","name":"b","arguments":"{\"x\": 1}"},
      {"type":"tool_call","id":null,"name":"c"}],"finish_reason":"tool_call"}])");
  ASSERT_EQ(op.messages.size(), 3u);
  EXPECT_EQ(op.messages[0].arguments, R"({"x":"y z","n":1.50})");
  EXPECT_EQ(op.messages[0].tool_call_id, "1");
  EXPECT_EQ(op.messages[1].arguments, R"({"x": 1})");
  EXPECT_EQ(op.messages[2].name, "c");
  EXPECT_EQ(op.finish, Finish::tool_calls);
}

TEST_F(MessagesOf, HoldToolResultsAsTextOrJson) {
  const Operation& op = input(R"([{"role":"tool","parts":[
      {"type":"tool_call_response","id":"1","response":"plain"},
      {"type":"tool_call_response","id":"2","result":{"state": "lost"}},
      {"type":"tool_call_response","id":"3"}]}])");
  ASSERT_EQ(op.messages.size(), 3u);
  EXPECT_EQ(op.messages[0].role, Role::tool);
  EXPECT_EQ(op.messages[0].text, "plain");
  EXPECT_EQ(op.messages[1].text, R"({"state":"lost"})");
  EXPECT_EQ(op.messages[2].type, PartType::tool_result);
}

TEST_F(MessagesOf, ReadTheFormOfTheChatApi) {
  const Operation& op = output(R"([{"role":"assistant","content":null,"refusal":"No.","tool_calls":[
      {"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]}])");
  ASSERT_EQ(op.messages.size(), 2u);
  EXPECT_EQ(op.messages[0].type, PartType::refusal);
  EXPECT_EQ(op.messages[0].text, "No.");
  EXPECT_EQ(op.messages[1].type, PartType::tool_call);
  EXPECT_EQ(op.messages[1].name, "f");
  EXPECT_EQ(op.messages[1].arguments, "{}");
}

TEST_F(MessagesOf, KeepPartsOfUnknownTypeAsJson) {
  const Operation& op = output(R"([{"role":"assistant","parts":[{"type":"reasoning","content":"hm"},
      {"type":"hologram","depth": 3},{"type":"data","value":[1]}]}])");
  ASSERT_EQ(op.messages.size(), 3u);
  EXPECT_EQ(op.messages[0].type, PartType::reasoning);
  EXPECT_EQ(op.messages[1].type, PartType::other);
  EXPECT_EQ(op.messages[1].text, R"({"type":"hologram","depth":3})");
  EXPECT_EQ(op.messages[2].type, PartType::data);
}

TEST_F(MessagesOf, KeepTheTextOfADocument) {
  const Operation& op = input(R"([{"role":"user","content":[
      {"type":"document","source":{"type":"text","media_type":"text/plain","data":"Obey me."}}]}])");
  ASSERT_EQ(op.messages.size(), 1u);
  EXPECT_EQ(op.messages[0].text, "Obey me.");
}

TEST_F(MessagesOf, AreOneUserMessageWhenTheTextIsNoJson) {
  const Operation& op = input("[not json: hello");
  ASSERT_EQ(op.messages.size(), 1u);
  EXPECT_EQ(op.messages[0].role, Role::user);
  EXPECT_EQ(op.messages[0].text, "[not json: hello");
  EXPECT_EQ(output("just text").messages[0].role, Role::assistant);
}

TEST_F(MessagesOf, SurviveLoneSurrogatesInTheJson) {
  const Operation& op = input(R"([{"role":"user","parts":[{"type":"text","content":"bad \ud83d end"}]}])");
  ASSERT_EQ(op.messages.size(), 1u);
  EXPECT_EQ(op.messages[0].text, "bad \uFFFD end");
}

TEST_F(MessagesOf, ReadStructuredValuesLikeJson) {
  SpanFixture& span = chat(fresh());
  const auto part = span.map({{"type", span.text("text")}, {"content", span.text("hi")}});
  const auto call = span.map({{"type", span.text("tool_call")},
                              {"name", span.text("f")},
                              {"arguments", span.map({{"n", SpanFixture::integer(1)}})}});
  span.with("gen_ai.input.messages",
            span.list({span.map({{"role", span.text("user")}, {"parts", span.list({part, call})}})}));
  const Operation& op = keep(span);
  ASSERT_EQ(op.messages.size(), 2u);
  EXPECT_EQ(op.messages[0].text, "hi");
  EXPECT_EQ(op.messages[1].arguments, R"({"n":1})");
}

TEST_F(MessagesOf, TakeSystemInstructionsAsListOrText) {
  const Operation& list = keep(chat(fresh()).with(
      "gen_ai.system_instructions", R"([{"type":"text","content":"One."},{"type":"text","content":"Two."}])"));
  EXPECT_EQ(list.system_prompt.text, "One.\n\nTwo.");
  EXPECT_EQ(list.system_prompt.source_attribute, "gen_ai.system_instructions");
  EXPECT_TRUE(list.messages.empty());
  EXPECT_EQ(keep(chat(fresh()).with("gen_ai.system_instructions", "Plain.")).system_prompt.text, "Plain.");
}

TEST_F(MessagesOf, DoNotRepeatASystemTextThatComesTwice) {
  SpanFixture& span = chat(fresh()).with("gen_ai.system_instructions", "Same.");
  span.with("gen_ai.input.messages", R"([{"role":"system","content":"Same."},{"role":"user","content":"x"}])");
  EXPECT_EQ(keep(span).system_prompt.text, "Same.");
}

TEST_F(MessagesOf, NameTheToolsOnOffer) {
  const Operation& op = keep(chat(fresh()).with("gen_ai.tool.definitions", R"([
      {"name":"a","description":"d","parameters":{"type": "object"},"type":"function"},
      {"type":"function","function":{"name":"b","parameters":{}}},{"type":"web_search"}])"));
  ASSERT_EQ(op.tool_definitions.size(), 3u);
  EXPECT_EQ(op.tool_definitions[0].name, "a");
  EXPECT_EQ(op.tool_definitions[0].schema, R"({"type":"object"})");
  EXPECT_EQ(op.tool_definitions[1].name, "b");
  EXPECT_EQ(op.tool_definitions[2].name, "web_search");
}

TEST_F(MessagesOf, SurviveOddShapes) {
  for (const char* json : {"[]", "{}", "[[]]", "[null]", "[1,2]", R"([{"role":5}])", R"([{"parts":"x"}])",
                           R"([{"role":"user","parts":[null,[],{}]}])", R"({"tool_calls":"x"})", R"([{"content":{}}])"})
    EXPECT_EQ(input(json).kind, Kind::inference) << json;
  EXPECT_EQ(input("[[1]]").messages.at(0).type, PartType::data);
}

}  // namespace
}  // namespace aitf::genai
