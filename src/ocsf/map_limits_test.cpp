// How long an event may become.

#include "ocsf/map_limits.hpp"

#include <list>

#include "ocsf/map_fixture.hpp"

namespace aitf::ocsf {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

class MapLimits : public MapTest {
 protected:
  // Asks `times` times; the texts stand in `texts_`.
  void ask_often(int times, const std::string& text) {
    texts_.push_back(text);
    for (int i = 0; i < times; ++i) ask(texts_.back());
  }
  void expect_to_fit() {
    const std::string event = json();
    EXPECT_LE(event.size(), context_.event_bytes);
    EXPECT_EQ(complaints(), "");
  }
  std::list<std::string> texts_;
};

TEST_F(MapLimits, LeaveATextOfExactlyTheMostCharacters) {
  context_.content_characters = 4;
  ask("Grüß");
  const auto event = mapped();
  EXPECT_EQ(event.messages[0].text, "Grüß");
  EXPECT_EQ(event.messages[0].truncated, std::nullopt);
  EXPECT_FALSE(event.data_quality.has_value());
}

TEST_F(MapLimits, CutBetweenCharactersAndSaySo) {
  context_.content_characters = 3;
  ask("Grüße");
  operation_.messages[0].arguments = "{}";
  operation_.system_prompt = {"東京です", "gen_ai.system_instructions"};
  const auto event = mapped();
  EXPECT_EQ(event.messages[0].text, "Grü");
  EXPECT_EQ(event.messages[0].arguments, "{}");
  EXPECT_EQ(event.messages[0].truncated, true);
  EXPECT_EQ(event.messages[0].original_length, 5);
  EXPECT_EQ(event.system_prompt->text, "東京で");
  EXPECT_EQ(event.system_prompt->truncated, true);
  EXPECT_EQ(event.system_prompt->length, 4);
  EXPECT_THAT(flags(event.data_quality), ElementsAre("truncated_content"));
  EXPECT_THAT(event.data_quality->truncated_fields,
              ElementsAre("request_content", "system_prompt.text", "messages.text"));
  EXPECT_EQ(complaints(), "");
}

TEST_F(MapLimits, LeaveNoPictureInAnyText) {
  const std::string picture = "data:image/png;base64," + std::string(3000, 'A');
  ask(picture);
  span_.name = picture;
  span_.status_message = picture;
  operation_.request_model = picture;
  operation_.conversation_id = picture;
  operation_.agent_name = picture;
  const std::string event = json();
  EXPECT_EQ(event.find("AAAAAAAA"), std::string::npos) << event;
  EXPECT_NE(event.find("data:image/png;base64,"), std::string::npos);
  EXPECT_EQ(complaints(), "");
}

TEST_F(MapLimits, CutOtherStringsAt65535Characters) {
  const std::string name(70'000, 'n');
  operation_.request_model = name;
  operation_.finish_reasons = {name};
  const auto event = mapped();
  EXPECT_EQ(event.model->name.size(), 65'535U);
  EXPECT_EQ(event.finish_reasons[0].size(), 65'535U);
  EXPECT_THAT(event.data_quality->truncated_fields, ElementsAre("model.name", "finish_reasons"));
  EXPECT_EQ(complaints(), "");
}

TEST_F(MapLimits, KeepTheNewestThousandMessages) {
  ask("oldest");
  ask_often(1000, "between");
  answer("newest");
  const auto event = mapped();
  EXPECT_THAT(event.messages, SizeIs(1000));
  EXPECT_EQ(event.messages.front().text, "between");
  EXPECT_EQ(event.messages.back().text, "newest");
  EXPECT_THAT(event.data_quality->truncated_fields, ElementsAre("messages"));
}

TEST_F(MapLimits, KeepTheFirstThousandOfOtherLists) {
  operation_.finish_reasons.assign(1500, "stop");
  operation_.finish_reasons[0] = "length";
  const auto event = mapped();
  EXPECT_THAT(event.finish_reasons, SizeIs(1000));
  EXPECT_EQ(event.finish_reasons[0], "length");
}

TEST_F(MapLimits, CutOnlyTheLongestTextsOfAnEventThatIsTooLarge) {
  context_.event_bytes = 65'536;
  ask_often(3, std::string(30'000, 'x'));
  ask_often(20, "a short question");
  const auto event = mapped();
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_LT(event.messages[i].text.size(), 25'000U);
    EXPECT_GT(event.messages[i].text.size(), 10'000U);
    EXPECT_EQ(event.messages[i].original_length, 30'000);
  }
  for (std::size_t i = 3; i < event.messages.size(); ++i) EXPECT_EQ(event.messages[i].text, "a short question");
  expect_to_fit();
}

TEST_F(MapLimits, CountWhatEscapesNeed) {
  context_.event_bytes = 65'536;
  ask_often(2, std::string(30'000, '\x01'));
  ask_often(2, std::string(30'000, '"'));
  expect_to_fit();
  EXPECT_GT(json().size(), 50'000U);
}

TEST_F(MapLimits, CutAnEventOfManyLongTextsToItsMost) {
  std::string tokyo;
  for (int i = 0; i < 40'000; ++i) tokyo += "京";
  ask_often(200, tokyo);
  const auto event = mapped();
  EXPECT_THAT(event.messages, SizeIs(200));
  EXPECT_EQ(event.messages[0].text.size() % 3, 0U);
  EXPECT_EQ(event.messages[0].original_length, 40'000);
  expect_to_fit();
}

TEST_F(MapLimits, CutNamesWhenThereIsNoTextToCut) {
  const std::string name(20'000, 'n');
  for (int i = 0; i < 300; ++i) {
    ask("a");
    operation_.messages.back().name = operation_.messages.back().tool_call_id = name;
  }
  expect_to_fit();
  operation_.tool_definitions.assign(1000,
                                     {.name = name, .type = name, .server = name, .description = {}, .schema = {}});
  expect_to_fit();
}

TEST_F(MapLimits, KeepAFewDocumentsWhenTheirDetailsAreTooMany) {
  become(genai::Kind::retrieval, "query");
  std::vector<std::string> keys;
  keys.reserve(100);
  for (int i = 0; i < 100; ++i) keys.push_back("key " + std::to_string(i));
  genai::Document document{
      .id = "d", .score = 1.0, .title = {}, .uri = {}, .text = "t", .attributes = {{"key 0", "first"}}};
  for (const std::string& key : keys) document.attributes.emplace_back(key, "a value of some length");
  operation_.documents.assign(1000, document);
  const auto event = mapped<DataRetrievalEvent>();
  EXPECT_THAT(event.documents[0].attributes, SizeIs(64));
  EXPECT_EQ(event.documents[0].attributes[0].second, "first");
  EXPECT_LT(event.documents.size(), 1000U);
  EXPECT_THAT(event.data_quality->truncated_fields, ElementsAre("documents.attributes", "documents"));
  expect_to_fit();
}

}  // namespace
}  // namespace aitf::ocsf
