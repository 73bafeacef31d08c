// Class 7001: one call of a model.

#include "ocsf/map_classes.hpp"
#include "ocsf/map_common.hpp"
#include "ocsf/map_content.hpp"

namespace aitf::ocsf {
namespace {

constexpr std::int64_t kChat = 1, kTextCompletion = 2, kEmbedding = 3, kImage = 4, kAudio = 5;

// Words of the operation, most telling first.
constexpr ActivityWord kActivities[] = {
    {"embed", kEmbedding}, {"image", kImage},
    {"audio", kAudio},     {"speech", kAudio},
    {"transcri", kAudio},  {"text_comp", kTextCompletion},
    {"chat", kChat},       {"completion", kTextCompletion},
    {"generat", kChat},    {"stream", kChat},
    {"llm", kChat},        {"message", kChat},
    {"response", kChat},
};

// Kinds of output that tell an activity of their own.
constexpr ActivityWord kOutputs[] = {{"image", kImage}, {"speech", kAudio}, {"audio", kAudio}};

std::int64_t activity(const genai::Operation& operation) {
  if (operation.kind == genai::Kind::embedding) return kEmbedding;
  const std::int64_t by_output = activity_of(operation.parameters.output_type, kOutputs);
  if (by_output == kImage || by_output == kAudio) return by_output;
  // Without a word, messages show that it was a chat.
  if (operation.operation.empty() && !operation.messages.empty()) return kChat;
  return activity_of(operation.operation, kActivities);
}

Text model_type(std::int64_t activity_id) {
  switch (activity_id) {
    case kEmbedding: return "embedding";
    case kImage: return "image";
    case kAudio: return "audio";
    case kChat:
    case kTextCompletion: return "llm";
    default: return {};
  }
}

// A filter of the provider or the model itself stopped the answer.
bool is_blocked(const genai::Operation& operation) {
  return operation.finish == genai::Finish::content_filter || operation.finish == genai::Finish::refusal ||
         operation.failure.category == genai::ErrorCategory::content_filter;
}

void set_answer(ModelInferenceEvent& event, const genai::Operation& operation) {
  if (operation.finish != genai::Finish::none) event.finish_reason = genai::word(operation.finish);
  event.finish_reasons = operation.finish_reasons;
  event.streaming = operation.streaming;
  if (is_blocked(operation)) event.blocked = true;
  event.response_id = operation.response_id;
  event.request_id = operation.request_id;
}

void set_content(ModelInferenceEvent& event, const Draft& draft) {
  event.request_content = request_content(draft);
  event.response_content = response_content(draft);
  event.system_prompt = system_prompt(draft);
  event.tool_definitions = tool_definitions(draft);
  event.messages = messages(draft);
  if (!event.tool_definitions.empty()) event.tools_provided = static_cast<std::int64_t>(event.tool_definitions.size());
}

void conclude(ModelInferenceEvent& event, Draft& draft) {
  const genai::Operation& operation = draft.operation;
  const Text model_id = operation.model_id.empty() ? operation.request_model : operation.model_id;
  const Text after_word = operation.operation.empty() || model_id.empty() ? "" : " ";
  const Text by = operation.provider.empty() ? "" : " by ";
  conclude(event, draft, is_blocked(operation), {operation.operation, after_word, model_id, by, operation.provider});
}

}  // namespace

void map_inference(Draft& draft, ModelInferenceEvent& event) {
  const genai::Operation& operation = draft.operation;
  begin(event, draft, activity(operation));
  event.model = model(draft, model_type(*event.activity_id));
  event.token_usage = token_usage(draft);
  event.latency = latency(draft);
  event.prompt_name = operation.prompt_name;
  event.embedding_dimensions = operation.embedding_dimensions;
  event.input_count = operation.input_count;
  set_answer(event, operation);
  set_content(event, draft);
  conclude(event, draft);
  finish(event, draft);
}

}  // namespace aitf::ocsf
