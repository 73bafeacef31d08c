// Class 7002.

#include "ocsf/map_fixture.hpp"

namespace aitf::ocsf {
namespace {

class MapAgent : public MapTest {
 protected:
  MapAgent() {
    become(genai::Kind::agent, "invoke_agent");
    operation_.agent_name = "order_agent";
  }
};

TEST_F(MapAgent, OnARootIsASessionWithADuration) {
  span_.parent_span_id = {};
  for (const Text word : {"invoke_agent", "invoke_workflow"}) {
    become(genai::Kind::agent, word);
    const auto event = mapped<AgentActivityEvent>();
    EXPECT_EQ(event.activity_name, "Session Start");
    EXPECT_EQ(event.step_type, "");
    EXPECT_EQ(event.message, "order_agent: Session Start");
    EXPECT_EQ(event.duration, 5);
    EXPECT_TRUE(event.trace->span->end_time.has_value());
    EXPECT_EQ(complaints(), "");
  }
}

TEST_F(MapAgent, BelowAnotherSpanIsAStep) {
  EXPECT_EQ(mapped<AgentActivityEvent>().activity_name, "Step Execute");
  become(genai::Kind::agent, "invoke_workflow");
  EXPECT_EQ(mapped<AgentActivityEvent>().step_type, "workflow");
}

TEST_F(MapAgent, HandsOverByDelegation) {
  become(genai::Kind::agent, "handoff");
  operation_.handoff_target = "refund";
  const auto event = mapped<AgentActivityEvent>();
  EXPECT_EQ(event.activity_id, 4);
  EXPECT_EQ(event.step_type, "delegation");
  EXPECT_EQ(event.delegation_target, "refund");
  EXPECT_EQ(event.message, "order_agent: Delegation -> refund");
  become(genai::Kind::agent, "invoke_agent");
  EXPECT_EQ(mapped<AgentActivityEvent>().activity_id, 4);
  EXPECT_EQ(complaints(), "");
}

TEST_F(MapAgent, NamesOtherActivitiesByTheirWord) {
  const std::vector<std::pair<Text, std::int64_t>> cases = {
      {"create_agent", 8},  {"memory.store", 5},     {"step", 3}, {"plan", 3},
      {"agent.session", 1}, {"a2a.message.send", 9}, {"", 0},     {"dream", 99}};
  for (const auto& [word, id] : cases) {
    become(genai::Kind::agent, word);
    EXPECT_EQ(mapped<AgentActivityEvent>().activity_id, id) << word;
    EXPECT_EQ(complaints(), "") << word;
  }
}

TEST_F(MapAgent, TellsUsageAndContentAndTheFrameworkInLowerCase) {
  operation_.framework = "CrewAI";
  operation_.run_id = "run-1";
  operation_.usage.input_tokens = 247;
  operation_.usage_scope = genai::UsageScope::aggregate;
  operation_.system_prompt = {"be kind", "gen_ai.system_instructions"};
  answer("done");
  const auto event = mapped<AgentActivityEvent>();
  EXPECT_EQ(event.framework, "crewai");
  EXPECT_EQ(event.run_id, "run-1");
  EXPECT_EQ(event.token_usage->scope, "aggregate");
  EXPECT_EQ(event.system_prompt->length, 7);
  EXPECT_EQ(event.messages.size(), 1U);
  EXPECT_EQ(complaints(), "");
}

TEST_F(MapAgent, WithoutANameIsCalledByItsWorkflowOrItsActivity) {
  operation_.agent_name = {};
  EXPECT_EQ(mapped<AgentActivityEvent>().message, "Step Execute");
  operation_.workflow_name = "crew";
  EXPECT_EQ(mapped<AgentActivityEvent>().message, "crew: Step Execute");
}

}  // namespace
}  // namespace aitf::ocsf
