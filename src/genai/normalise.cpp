// One pass over the names, then field by field as the kind wants it.
#include "genai/normalise.hpp"

#include "genai/classify.hpp"
#include "genai/failure.hpp"
#include "genai/inference.hpp"
#include "genai/messages.hpp"
#include "genai/reading.hpp"
#include "genai/resource.hpp"
#include "genai/retrieval.hpp"
#include "genai/tool.hpp"
#include "genai/unmapped.hpp"
#include "genai/usage.hpp"

namespace aitf::genai {
namespace {

void fill_session_and_user(Reading& reading) {
  Operation& operation = reading.operation;
  operation.conversation_id = reading.text(Field::conversation_id);
  operation.end_user_session = reading.text(Field::end_user_session);
  operation.session_id = operation.conversation_id.empty() ? operation.end_user_session : operation.conversation_id;
  operation.user = {reading.text(Field::user_id), reading.text(Field::user_name), reading.text(Field::user_email)};
}

// Frameworks by the scope of their instrumentation, whatever stands before.
Text framework_of(const span::Scope* scope) {
  struct Known {
    Text ending, framework;
  };
  static constexpr Known known[] = {
      {".langchain", "langchain"},
      {".llama_index", "llama_index"},
      {".openai_agents", "openai_agents"},
      {".crewai", "crewai"},
      {".google_adk", "google_adk"},
      {".smolagents", "smolagents"},
      {".semantic_kernel", "semantic_kernel"},
  };
  if (scope == nullptr) return {};
  for (const Known& each : known)
    if (scope->name.ends_with(each.ending)) return each.framework;
  return {};
}

void fill_agent(Reading& reading) {
  Operation& operation = reading.operation;
  operation.agent_name = reading.text(Field::agent_name);
  operation.agent_id = reading.text(Field::agent_id);
  operation.agent_version = reading.text(Field::agent_version);
  operation.agent_description = reading.text(Field::agent_description);
  operation.workflow_name = reading.text(Field::workflow_name);
  operation.run_id = reading.text(Field::run_id);
  if (const Text framework = reading.text(Field::framework); !framework.empty()) operation.framework = framework;
  if (operation.framework.empty()) operation.framework = framework_of(reading.span.scope);
  // A workflow's own name stood in gen_ai.workflow.name before it moved to gen_ai.agent.name.
  if (operation.operation != "invoke_workflow") return;
  if (operation.agent_name.empty()) operation.agent_name = operation.workflow_name;
  if (operation.workflow_name.empty()) operation.workflow_name = operation.agent_name;
}

void fill_kind(Reading& reading) {
  switch (reading.operation.kind) {
    case Kind::inference:
    case Kind::embedding:
    case Kind::agent: fill_answer(reading); return fill_messages(reading);
    case Kind::tool:
    case Kind::mcp_protocol: return fill_tool(reading);
    case Kind::retrieval: return fill_retrieval(reading);
    case Kind::not_ai:
    case Kind::internal: return;
  }
}

void fill(Reading& reading) {
  Operation& operation = reading.operation;
  if (reading.peek(Field::mcp_method) == nullptr) operation.operation = reading.text(Field::operation_name);
  fill_resource(reading);
  fill_model(reading);
  fill_session_and_user(reading);
  fill_agent(reading);
  if (operation.kind == Kind::internal) return;  // context for others, never an event
  fill_kind(reading);
  fill_endpoints(reading);
  fill_usage(reading);
  fill_failure(reading);
  fill_finish(reading);
  fill_unmapped(reading);
}

}  // namespace

Operation normalise(const span::Span& span, Arena& arena) {
  Operation operation;
  operation.span = &span;
  Reading reading(span, arena, operation);
  reading.look_up();
  operation.kind = classify(reading);
  if (operation.kind == Kind::not_ai) return operation;
  operation.convention = convention_of(reading);
  reading.collect(operation.kind);
  fill(reading);
  return operation;
}

}  // namespace aitf::genai
