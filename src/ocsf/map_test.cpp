// Which operations become events, ids, and events of operations that nobody should send.

#include "ocsf/map.hpp"

#include <deque>
#include <limits>

#include "ocsf/map_fixture.hpp"

namespace aitf::ocsf {
namespace {

constexpr std::array<genai::Kind, 6> kMapped = {genai::Kind::inference,    genai::Kind::embedding,
                                                genai::Kind::agent,        genai::Kind::tool,
                                                genai::Kind::mcp_protocol, genai::Kind::retrieval};

class Map : public MapTest {
 protected:
  // Every text of the operation is `text`.
  void fill_texts(Text text) {
    for (Text* one : texts_of_the_call()) *one = text;
    for (Text* one : texts_of_the_place()) *one = text;
    genai::Operation& o = operation_;
    o.system_prompt = {text, "gen_ai.system_instructions"};
    o.finish_reasons = o.labels = o.parameters.stop_sequences = {text, text};
    for (int i = 0; i < 20; ++i) ask(text);
    o.documents = {{.id = text, .score = 1.0, .title = text, .uri = text, .text = text, .attributes = {{text, text}}}};
    o.tool_definitions = {{.name = text, .type = text, .server = text, .description = text, .schema = text}};
  }

  std::vector<Text*> texts_of_the_call() {
    genai::Operation& o = operation_;
    return {&o.operation,         &o.provider,      &o.request_model,    &o.response_model,
            &o.model_id,          &o.model_version, &o.deployment,       &o.api,
            &o.response_id,       &o.request_id,    &o.prompt_name,      &o.session_id,
            &o.conversation_id,   &o.agent_name,    &o.agent_id,         &o.agent_version,
            &o.agent_description, &o.workflow_name, &o.run_id,           &o.framework,
            &o.handoff_target,    &o.tool_name,     &o.tool_description, &o.tool_input,
            &o.tool_output,       &o.mcp.method,    &o.mcp.server_url,   &o.mcp.resource_uri,
            &o.mcp_server,        &o.mcp_transport, &o.database_name,    &o.database_type,
            &o.collection_name,   &o.query,         &o.filter,           &o.embedding_model,
            &o.failure.type,      &o.failure.code,  &o.failure.message};
  }

  std::vector<Text*> texts_of_the_place() {
    genai::Operation& o = operation_;
    return {&o.endpoint_url,    &o.tenant,    &o.end_user_session, &o.user.id,  &o.user.name,         &o.user.email,
            &o.service.name,    &o.host.name, &o.service.version,  &o.host.ip,  &o.host.id,           &o.cloud.provider,
            &o.server.hostname, &o.client.ip, &o.sdk.name,         &span_.name, &span_.status_message};
  }

  void fill_unmapped(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      const Text key = keys_.emplace_back("attribute." + std::to_string(i));
      operation_.unmapped.push_back({"span.", key, &value_});
    }
  }

  std::deque<std::string> keys_;
  span::Value value_{.type = span::Value::Type::string, .text = "value"};
};

TEST_F(Map, MakesNoEventOfOtherSpans) {
  for (const auto kind : {genai::Kind::not_ai, genai::Kind::internal}) {
    become(kind, "chat");
    EXPECT_FALSE(map(operation_, context_).has_value());
  }
  operation_.kind = genai::Kind::inference;
  operation_.span = nullptr;
  EXPECT_FALSE(map(operation_, context_).has_value());
}

TEST_F(Map, MakesAnEventOfTheRightClassOfEveryOtherKind) {
  const std::array<std::size_t, 6> classes = {0, 0, 1, 2, 2, 3};
  for (std::size_t i = 0; i < kMapped.size(); ++i) {
    operation_.kind = kMapped[i];
    EXPECT_EQ(map(operation_, context_)->index(), classes[i]);
    EXPECT_EQ(complaints(), "") << genai::word(kMapped[i]);
  }
}

TEST_F(Map, GivesTheSameSpanTheSameIdAndTheSameJson) {
  ask("What is new?");
  const std::string first = json();
  EXPECT_NE(first.find(R"("uid":"070ec7e3e1e43ac931fbee6598ce9cbc")"), std::string::npos);
  EXPECT_EQ(json(), first);
}

TEST_F(Map, GivesOtherSpansAndOtherClassesOtherIds) {
  const std::string uid(mapped().metadata->uid);
  operation_.kind = genai::Kind::agent;
  EXPECT_NE(mapped<AgentActivityEvent>().metadata->uid, uid);
  operation_.kind = genai::Kind::inference;
  span_.span_id = "9f9da9ef5c98e0be";
  EXPECT_NE(mapped().metadata->uid, uid);
}

TEST_F(Map, MakesValidEventsOfOperationsThatTellNothing) {
  genai::Operation nothing;
  span::Span bare;
  bare.trace_id = span_.trace_id;
  bare.span_id = span_.span_id;
  nothing.span = &bare;
  operation_ = nothing;
  for (const auto kind : kMapped) {
    operation_.kind = kind;
    EXPECT_EQ(complaints(), "") << genai::word(kind);
  }
}

TEST_F(Map, MakesValidEventsOfHugeTexts) {
  for (const char c : {'x', '\x01', '"'}) {
    const std::string huge(80'000, c);
    for (const auto kind : kMapped) {
      operation_ = {};
      operation_.span = &span_;
      fill_texts(huge);
      operation_.kind = kind;
      const std::string event = json();
      EXPECT_LE(event.size(), context_.event_bytes) << genai::word(kind);
      EXPECT_EQ(complaints(), "") << genai::word(kind);
    }
  }
}

TEST_F(Map, MakesValidEventsOfOddTexts) {
  for (const Text odd :
       {Text("\0", 1), Text(" "), Text("\xEF\xBF\xBD"), Text("\xF4\x8F\xBF\xBF"), Text("https://"), Text("[]"),
        Text("-"), Text("a@b.c"), Text("1.2.3.4"), Text("fe80::1%eth0-with-a-long-zone-name-behind-it")}) {
    for (const auto kind : kMapped) {
      operation_ = {};
      operation_.span = &span_;
      fill_texts(odd);
      operation_.kind = kind;
      EXPECT_EQ(complaints(), "") << odd;
    }
  }
}

TEST_F(Map, MakesValidEventsOf5000Attributes) {
  fill_unmapped(5000);
  span_.dropped_attributes = 4'000'000'000;
  const auto event = mapped();
  EXPECT_EQ(event.unmapped.size(), 256U);
  EXPECT_EQ(event.data_quality->dropped_attributes_count, 4'000'000'000);
  EXPECT_THAT(event.data_quality->flags, testing::ElementsAre("dropped_attributes", "limit_reached"));
  EXPECT_EQ(complaints(), "");
}

TEST_F(Map, MakesValidEventsOfExtremeNumbers) {
  constexpr auto least = std::numeric_limits<std::int64_t>::min();
  operation_.usage.input_tokens = least;
  operation_.usage.output_tokens = least;
  operation_.usage.total_tokens = least;
  operation_.server = {.hostname = "a", .ip = {}, .port = least};
  operation_.parameters.seed = least;
  operation_.parameters.temperature = 5e-324;
  operation_.time_to_first_token_ms = -1.7976931348623157e308;
  span_.kind = span_.status_code = std::numeric_limits<std::int32_t>::min();
  EXPECT_EQ(complaints(), "");
}

TEST_F(Map, TellsEveryFaultOfTheInputInAlphabeticalOrder) {
  span_.repairs = {.invalid_utf8 = true, .limit_reached = true, .duplicate_key = true};
  span_.dropped_attributes = 1;
  span_.dropped_events = 2;
  span_.dropped_links = 3;
  operation_.quality = {.coerced_type = true, .unparsed_value = true};
  const auto quality = mapped().data_quality;
  EXPECT_THAT(quality->flags, testing::ElementsAre("coerced_type", "dropped_attributes", "duplicate_key",
                                                   "invalid_utf8", "limit_reached", "unparsed_value"));
  EXPECT_EQ(quality->dropped_attributes_count, 1);
  EXPECT_EQ(quality->dropped_events_count, 2);
  EXPECT_EQ(quality->dropped_links_count, 3);
}

}  // namespace
}  // namespace aitf::ocsf
