// Fields of model calls.
#include "genai/inference.hpp"

#include "genai/finish.hpp"
#include "genai/model_id.hpp"
#include "genai/provider.hpp"
#include "genai/read_value.hpp"

namespace aitf::genai {
namespace {

void fill_provider(Reading& reading) {
  const span::KeyValue* const sent = reading.peek(Field::provider);
  if (sent == nullptr || sent->value.type != span::Value::Type::string) return;
  const ProviderName provider = normalise_provider(sent->value.text, reading.arena);
  if (provider.kind == ProviderKind::store) return;  // a data source, or left to `unmapped`
  reading.take(Field::provider);
  (provider.kind == ProviderKind::provider ? reading.operation.provider : reading.operation.framework) = provider.name;
}

void fill_parameters(Reading& reading) {
  Parameters& p = reading.operation.parameters;
  reading.real(Field::temperature, p.temperature);
  reading.real(Field::top_p, p.top_p);
  reading.real(Field::top_k, p.top_k);
  reading.real(Field::frequency_penalty, p.frequency_penalty);
  reading.real(Field::presence_penalty, p.presence_penalty);
  reading.count(Field::max_tokens, p.max_tokens);
  reading.integer(Field::seed, p.seed);
  reading.count(Field::choice_count, p.choice_count);
  p.stop_sequences = reading.texts(Field::stop_sequences);
  p.output_type = reading.text(Field::output_type);
  p.tool_choice = reading.content(Field::tool_choice);
  p.reasoning_effort = reading.text(Field::reasoning_effort);
  p.service_tier = reading.text(Field::service_tier);
}

}  // namespace

void fill_model(Reading& reading) {
  Operation& operation = reading.operation;
  fill_provider(reading);
  operation.request_model = reading.text(Field::request_model);
  operation.response_model = reading.text(Field::response_model);
  fill_model_id(operation, reading.arena);
  fill_parameters(reading);
}

void fill_answer(Reading& reading) {
  Operation& operation = reading.operation;
  operation.api = reading.text(Field::api);
  operation.system_fingerprint = reading.text(Field::system_fingerprint);
  reading.flag(Field::streaming, operation.streaming);
  operation.response_id = reading.text(Field::response_id);
  operation.request_id = reading.text(Field::request_id);
  reading.milliseconds(Field::time_to_first_token, operation.time_to_first_token_ms);
  operation.prompt_name = reading.text(Field::prompt_name);
  reading.count(Field::embedding_dimensions, operation.embedding_dimensions);
  reading.count(Field::input_count, operation.input_count);
}

void fill_finish(Reading& reading) { reading.operation.finish = finish_of(reading.operation.finish_reasons); }

}  // namespace aitf::genai
