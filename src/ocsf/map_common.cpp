// The common part of all events.

#include "ocsf/map_common.hpp"

#include <algorithm>
#include <array>

#include "base/utf8.hpp"
#include "ocsf/map_known.hpp"

namespace aitf::ocsf {
namespace {

constexpr std::int64_t kSuccess = 1, kFailure = 2, kUnknownStatus = 0;
constexpr std::int64_t kInformational = 1, kLow = 2, kMedium = 3;
constexpr std::size_t kMessageCharacters = 512;
constexpr std::int32_t kHighestStatusCode = 2;

// Refused for a reason that a security team wants to see.
bool is_refused(genai::ErrorCategory category) {
  using enum genai::ErrorCategory;
  return category == auth || category == denied || category == content_filter;
}

bool has_known_status(const Draft& draft) {
  return draft.span.status_code >= 0 && draft.span.status_code <= kHighestStatusCode;
}

Text error_category(const Draft& draft) {
  const genai::ErrorCategory category = draft.operation.failure.category;
  return genai::word(category == genai::ErrorCategory::none ? genai::ErrorCategory::other : category);
}

Text preview_of(Text text, Text path, Draft& draft) {
  const Text first = first_characters(text, kPreviewCharacters);
  if (first.size() < text.size()) draft.note_cut(path);
  return first;
}

bool is_of_answer(const genai::Part& part) { return part.direction == genai::Direction::output && !part.text.empty(); }

// A stream without usage is reported as 0 tokens by some senders: an answer of 0 tokens is an unknown count.
bool is_unreported(const Draft& draft) {
  const genai::Usage& usage = draft.operation.usage;
  const bool is_zero = usage.input_tokens.value_or(0) == 0 && usage.output_tokens.value_or(0) == 0 &&
                       usage.total_tokens.value_or(0) == 0;
  return is_zero && std::ranges::any_of(draft.operation.messages, is_of_answer);
}

std::optional<ModelParameters> parameters(const genai::Parameters& from) {
  return when_known(ModelParameters{.temperature = finite(from.temperature),
                                    .top_p = finite(from.top_p),
                                    .top_k = finite(from.top_k),
                                    .max_tokens = from.max_tokens,
                                    .frequency_penalty = finite(from.frequency_penalty),
                                    .presence_penalty = finite(from.presence_penalty),
                                    .seed = from.seed,
                                    .stop_sequences = from.stop_sequences,
                                    .choice_count = from.choice_count,
                                    .output_type = from.output_type,
                                    .tool_choice = from.tool_choice,
                                    .reasoning_effort = from.reasoning_effort,
                                    .service_tier = from.service_tier});
}

// Output tokens by the time between the first token and the end; without the first token that time is not known.
std::optional<double> tokens_per_second(const Draft& draft, std::optional<double> total_ms) {
  const std::optional<double> first_ms = finite(draft.operation.time_to_first_token_ms);
  const genai::Count output = draft.operation.usage.output_tokens;
  if (!total_ms || !first_ms || !output || *output <= 0 || *first_ms >= *total_ms || *first_ms < 0) return std::nullopt;
  return static_cast<double>(*output) * 1000.0 / (*total_ms - *first_ms);
}

}  // namespace

Verdict verdict(const Draft& draft, bool blocked) {
  Verdict result;
  if (draft.failed)
    result = {kLow, kFailure};
  else if (!has_known_status(draft))
    result = {kInformational, kUnknownStatus};
  else
    result = {kInformational, kSuccess};
  if (blocked || is_refused(draft.operation.failure.category)) result.severity_id = kMedium;
  return result;
}

std::optional<Error> error(Draft& draft) {
  if (!draft.failed) return std::nullopt;
  const genai::Failure& failure = draft.operation.failure;
  const Text text = failure.message.empty() ? draft.span.status_message : failure.message;
  return Error{.type = failure.type,
               .code = failure.code,
               .message = preview_of(text, "error.message", draft),
               .category = error_category(draft)};
}

Text status_detail(Draft& draft) {
  if (!draft.failed) return {};
  const Text sent = draft.span.status_message;
  return preview_of(sent.empty() ? draft.operation.failure.message : sent, "status_detail", draft);
}

std::optional<Model> model(const Draft& draft, Text type) {
  const genai::Operation& from = draft.operation;
  std::optional<Model> to = when_known(Model{.model_id = from.model_id,
                                             .name = from.request_model,
                                             .response_model = from.response_model,
                                             .provider = from.provider,
                                             .version = from.model_version,
                                             .api = from.api,
                                             .deployment = from.deployment,
                                             .endpoint_url = from.endpoint_url,
                                             .system_fingerprint = from.system_fingerprint,
                                             .parameters = parameters(from.parameters)});
  if (to) to->type = type;
  return to;
}

std::optional<TokenUsage> token_usage(const Draft& draft) {
  const genai::Usage& from = draft.operation.usage;
  if (!from.known() || is_unreported(draft)) return std::nullopt;
  return TokenUsage{.input_tokens = from.input_tokens,
                    .output_tokens = from.output_tokens,
                    .total_tokens = from.total_tokens,
                    .cached_tokens = from.cached_tokens,
                    .cache_write_tokens = from.cache_write_tokens,
                    .reasoning_tokens = from.reasoning_tokens,
                    .audio_input_tokens = from.audio_input_tokens,
                    .audio_output_tokens = from.audio_output_tokens,
                    .scope = genai::word(draft.operation.usage_scope)};
}

std::optional<Latency> latency(const Draft& draft) {
  const std::optional<double> total = draft.times.exact_duration_ms();
  return when_known(Latency{.total_ms = total,
                            .time_to_first_token_ms = finite(draft.operation.time_to_first_token_ms),
                            .tokens_per_second = tokens_per_second(draft, total)});
}

Text message(const Draft& draft, std::initializer_list<Text> subject) {
  const Text what = join(draft.arena, subject);
  if (!draft.failed) return one_line(draft.arena, what, kMessageCharacters);
  const Text reason = join(draft.arena, {what.empty() ? Text{} : Text(": "), error_category(draft)});
  const Text first = first_characters(what, kMessageCharacters - std::min(kMessageCharacters, reason.size()));
  return one_line(draft.arena, join(draft.arena, {first, reason}), kMessageCharacters);
}

}  // namespace aitf::ocsf
