// Reads the counters, and judges them.
#include "genai/usage.hpp"

#include <algorithm>
#include <limits>

namespace aitf::genai {
namespace {

bool has_answer(const Operation& operation) {
  return std::ranges::any_of(operation.messages, [](const Part& part) {
    return part.direction == Direction::output && (!part.text.empty() || part.type == PartType::tool_call);
  });
}

// A stream whose usage was not asked for is reported as two zeros beside an answer.
bool is_uncounted(const Operation& operation) {
  const Usage& usage = operation.usage;
  return operation.kind == Kind::inference && usage.input_tokens == 0 && usage.output_tokens == 0 &&
         has_answer(operation);
}

Count total(const Operation& operation) {
  const Usage& usage = operation.usage;
  if (usage.total_tokens) return usage.total_tokens;
  if (operation.kind == Kind::embedding && !usage.output_tokens) return usage.input_tokens;
  if (!usage.input_tokens || !usage.output_tokens) return std::nullopt;
  if (*usage.input_tokens > std::numeric_limits<std::int64_t>::max() - *usage.output_tokens) return std::nullopt;
  return *usage.input_tokens + *usage.output_tokens;
}

}  // namespace

void fill_usage(Reading& reading) {
  Operation& operation = reading.operation;
  Usage& usage = operation.usage;
  reading.count(Field::input_tokens, usage.input_tokens);
  reading.count(Field::output_tokens, usage.output_tokens);
  reading.count(Field::total_tokens, usage.total_tokens);
  reading.count(Field::cached_tokens, usage.cached_tokens);
  reading.count(Field::cache_write_tokens, usage.cache_write_tokens);
  reading.count(Field::reasoning_tokens, usage.reasoning_tokens);
  reading.count(Field::audio_input_tokens, usage.audio_input_tokens);
  reading.count(Field::audio_output_tokens, usage.audio_output_tokens);
  if (is_uncounted(operation)) usage = {};
  usage.total_tokens = total(operation);
  operation.usage_scope = operation.kind == Kind::agent ? UsageScope::aggregate : UsageScope::leaf;
}

}  // namespace aitf::genai
