// Class 7002: sessions, steps, delegations and memory accesses of agents.

#include "ocsf/map_classes.hpp"
#include "ocsf/map_common.hpp"
#include "ocsf/map_content.hpp"

namespace aitf::ocsf {
namespace {

constexpr std::int64_t kSessionStart = 1, kSessionEnd = 2, kStep = 3, kDelegation = 4, kMemory = 5, kRecovery = 6,
                       kApproval = 7, kCreation = 8, kMessage = 9;

// Words of the operation, most telling first.
constexpr ActivityWord kActivities[] = {
    {"create_agent", kCreation},
    {"handoff", kDelegation},
    {"delegat", kDelegation},
    {"transfer_to", kDelegation},
    {"memory", kMemory},
    {"recover", kRecovery},
    {"approval", kApproval},
    {"human_in", kApproval},
    {"a2a", kMessage},
    {"acp", kMessage},
    {"anp", kMessage},
    {"message", kMessage},
    {"session.end", kSessionEnd},
    {"session", kSessionStart},
    {"step", kStep},
    {"plan", kStep},
};

// Runs of an agent or a workflow; on a root they are the session.
constexpr ActivityWord kRuns[] = {{"invoke", kStep}, {"workflow", kStep}, {"agent", kStep}, {"team", kStep}};

std::int64_t activity(const Draft& draft) {
  const genai::Operation& operation = draft.operation;
  if (!operation.handoff_target.empty()) return kDelegation;
  const std::int64_t by_word = activity_of(operation.operation, kActivities);
  if (by_word != kActivityOther) return by_word;
  const std::int64_t run = activity_of(operation.operation, kRuns);
  return run == kStep && draft.span.parent_span_id.empty() ? kSessionStart : run;
}

Text step_type(const Draft& draft, std::int64_t activity_id) {
  switch (activity_id) {
    case kDelegation: return "delegation";
    case kMemory: return "memory_access";
    case kRecovery: return "error_recovery";
    case kApproval: return "human_in_loop";
    case kMessage: return "message";
    case kStep: break;
    default: return {};
  }
  if (holds(draft.operation.operation, "plan")) return "planning";
  return holds(draft.operation.operation, "workflow") ? Text("workflow") : Text();
}

bool is_blocked(const genai::Operation& operation) {
  return operation.failure.category == genai::ErrorCategory::content_filter;
}

void set_content(AgentActivityEvent& event, const Draft& draft) {
  event.system_prompt = system_prompt(draft);
  event.tool_definitions = tool_definitions(draft);
  event.messages = messages(draft);
}

void conclude(AgentActivityEvent& event, Draft& draft) {
  const genai::Operation& operation = draft.operation;
  const Text who = operation.agent_name.empty() ? operation.workflow_name : operation.agent_name;
  const Text after_who = who.empty() ? "" : ": ";
  const Text arrow = operation.handoff_target.empty() ? "" : " -> ";
  conclude(event, draft, is_blocked(operation), {who, after_who, event.activity_name, arrow, operation.handoff_target});
}

}  // namespace

void map_agent(Draft& draft, AgentActivityEvent& event) {
  const genai::Operation& operation = draft.operation;
  begin(event, draft, activity(draft));
  event.model = model(draft, {});
  event.agent_version = operation.agent_version;
  event.agent_description = operation.agent_description;
  event.framework = lower(draft.arena, operation.framework);
  event.workflow_name = operation.workflow_name;
  event.run_id = operation.run_id;
  event.step_type = step_type(draft, *event.activity_id);
  event.delegation_target = operation.handoff_target;
  if (is_blocked(operation)) event.blocked = true;
  event.token_usage = token_usage(draft);
  set_content(event, draft);
  conclude(event, draft);
  finish(event, draft);
}

}  // namespace aitf::ocsf
