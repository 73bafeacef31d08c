// The rows of every naming convention, in order of precedence within a field, and the hash that finds them.
#include "genai/conventions.hpp"

#include <bit>
#include <charconv>

#include "genai/short_text.hpp"

namespace aitf::genai {
namespace {

constexpr Convention now = Convention::otel_genai;
constexpr Convention old = Convention::otel_genai_old;
constexpr Convention mcp = Convention::mcp;
constexpr Kinds retrieval = only(Kind::retrieval);
constexpr Kinds not_retrieval = static_cast<Kinds>(any_kind & ~retrieval);
constexpr Kinds mcp_item = only(Kind::mcp_protocol);
constexpr Kinds not_mcp_item = static_cast<Kinds>(any_kind & ~mcp_item);
constexpr Kinds in_mcp = only(Kind::tool) | only(Kind::mcp_protocol);

constexpr Row span_table[] = {
    {"gen_ai.operation.name", Field::operation_name},
    {"mcp.method.name", Field::mcp_method, mcp},
    {"gen_ai.request.model", Field::request_model},

    {"gen_ai.provider.name", Field::provider, now},
    {"gen_ai.system", Field::provider, old},
    {"gen_ai.response.model", Field::response_model},
    {"openai.api.type", Field::api},
    {"openai.response.system_fingerprint", Field::system_fingerprint},
    {"gen_ai.openai.response.system_fingerprint", Field::system_fingerprint, old},

    {"gen_ai.request.temperature", Field::temperature},
    {"gen_ai.request.top_p", Field::top_p},
    {"gen_ai.request.top_k", Field::top_k, Convention::other, not_retrieval},
    {"gen_ai.request.frequency_penalty", Field::frequency_penalty},
    {"gen_ai.request.presence_penalty", Field::presence_penalty},
    {"gen_ai.request.max_tokens", Field::max_tokens},
    {"gen_ai.request.seed", Field::seed},
    {"gen_ai.openai.request.seed", Field::seed, old},
    {"gen_ai.request.choice.count", Field::choice_count},
    {"gen_ai.request.stop_sequences", Field::stop_sequences},
    {"gen_ai.output.type", Field::output_type},
    {"gen_ai.openai.request.response_format", Field::output_type, old},
    {"gen_ai.request.tool_choice", Field::tool_choice},
    {"gen_ai.request.reasoning.level", Field::reasoning_effort},
    {"gen_ai.request.reasoning_effort", Field::reasoning_effort},
    {"openai.request.service_tier", Field::service_tier},
    {"openai.response.service_tier", Field::service_tier},
    {"gen_ai.openai.request.service_tier", Field::service_tier, old},
    {"gen_ai.openai.response.service_tier", Field::service_tier, old},

    {"gen_ai.usage.input_tokens", Field::input_tokens},
    {"gen_ai.usage.prompt_tokens", Field::input_tokens, old},
    {"gen_ai.usage.output_tokens", Field::output_tokens},
    {"gen_ai.usage.completion_tokens", Field::output_tokens, old},
    {"gen_ai.usage.total_tokens", Field::total_tokens},
    {"gen_ai.usage.cache_read.input_tokens", Field::cached_tokens, now},
    {"gen_ai.usage.cache_write.input_tokens", Field::cache_write_tokens, now},
    {"gen_ai.usage.cache_creation.input_tokens", Field::cache_write_tokens, now},
    {"gen_ai.usage.reasoning.output_tokens", Field::reasoning_tokens, now},
    {"gen_ai.usage.audio.input_tokens", Field::audio_input_tokens, now},
    {"gen_ai.usage.audio.output_tokens", Field::audio_output_tokens, now},

    {"gen_ai.response.finish_reasons", Field::finish_reasons},
    {"gen_ai.request.stream", Field::streaming, now},
    {"gen_ai.response.id", Field::response_id},
    {"gen_ai.response.time_to_first_chunk", Field::time_to_first_token, now, any_kind, Shape::seconds},
    {"gen_ai.client.operation.time_to_first_chunk", Field::time_to_first_token, now, any_kind, Shape::seconds},
    {"gen_ai.prompt.name", Field::prompt_name},
    {"gen_ai.embeddings.dimension.count", Field::embedding_dimensions, now},

    {"gen_ai.conversation.id", Field::conversation_id},
    {"session.id", Field::end_user_session},
    {"user.id", Field::user_id},
    {"enduser.id", Field::user_id},
    {"enduser.pseudo.id", Field::user_id},
    {"user.name", Field::user_name},
    {"user.full_name", Field::user_name},
    {"user.email", Field::user_email},
    {"gen_ai.agent.name", Field::agent_name},
    {"gen_ai.agent.id", Field::agent_id},
    {"gen_ai.agent.version", Field::agent_version},
    {"gen_ai.agent.description", Field::agent_description},
    {"gen_ai.workflow.name", Field::workflow_name, now},

    {"gen_ai.tool.name", Field::tool_name, Convention::other, not_mcp_item},
    {"gen_ai.tool.type", Field::tool_type},
    {"gen_ai.tool.call.id", Field::tool_call_id},
    {"gen_ai.tool.description", Field::tool_description},
    {"gen_ai.tool.call.arguments", Field::tool_input, now},
    {"gen_ai.tool.call.result", Field::tool_output, now},
    {"mcp.protocol.version", Field::mcp_protocol_version, mcp},
    {"mcp.session.id", Field::mcp_session_id, mcp},
    {"jsonrpc.request.id", Field::mcp_request_id},
    {"mcp.resource.uri", Field::mcp_resource_uri, mcp},
    {"gen_ai.tool.name", Field::tool_name, Convention::other, mcp_item},
    {"gen_ai.prompt.name", Field::tool_name, Convention::other, mcp_item},
    {"network.transport", Field::network_transport, Convention::other, in_mcp},
    {"network.protocol.name", Field::network_protocol, Convention::other, in_mcp},

    {"gen_ai.data_source.id", Field::data_source},
    {"aws.bedrock.knowledge_base.id", Field::data_source},
    {"db.system.name", Field::database_type, Convention::db},
    {"db.system", Field::database_type, Convention::db},
    {"db.namespace", Field::database_namespace, Convention::db},
    {"db.name", Field::database_namespace, Convention::db},
    {"db.collection.name", Field::collection, Convention::db},
    {"gen_ai.retrieval.query.text", Field::query, now},
    {"gen_ai.retrieval.top_k", Field::retrieval_top_k, now},
    {"gen_ai.request.top_k", Field::retrieval_top_k, Convention::other, retrieval},
    {"gen_ai.retrieval.documents", Field::documents, now},

    {"gen_ai.input.messages", Field::input_messages, now},
    {"gen_ai.prompt", Field::input_messages, old},
    {"gen_ai.output.messages", Field::output_messages, now},
    {"gen_ai.completion", Field::output_messages, old},
    {"gen_ai.system_instructions", Field::system_instructions, now},
    {"gen_ai.tool.definitions", Field::tool_definitions, now},
    {"gen_ai.request.tools", Field::tool_definitions},
    {"gen_ai.prompt.#.role", Field::indexed_prompt, old},
    {"gen_ai.prompt.#.content", Field::indexed_prompt, old},
    {"gen_ai.prompt.#.tool_call_id", Field::indexed_prompt, old},
    {"gen_ai.prompt.#.tool_calls.#.id", Field::indexed_prompt, old},
    {"gen_ai.prompt.#.tool_calls.#.name", Field::indexed_prompt, old},
    {"gen_ai.prompt.#.tool_calls.#.arguments", Field::indexed_prompt, old},
    {"gen_ai.prompt.#.function_call.name", Field::indexed_prompt, old},
    {"gen_ai.prompt.#.function_call.arguments", Field::indexed_prompt, old},
    {"gen_ai.completion.#.role", Field::indexed_completion, old},
    {"gen_ai.completion.#.content", Field::indexed_completion, old},
    {"gen_ai.completion.#.finish_reason", Field::indexed_completion, old},
    {"gen_ai.completion.#.tool_calls.#.id", Field::indexed_completion, old},
    {"gen_ai.completion.#.tool_calls.#.name", Field::indexed_completion, old},
    {"gen_ai.completion.#.tool_calls.#.arguments", Field::indexed_completion, old},
    {"gen_ai.completion.#.function_call.name", Field::indexed_completion, old},
    {"gen_ai.completion.#.function_call.arguments", Field::indexed_completion, old},

    {"error.type", Field::error_type},
    {"error.message", Field::error_message},
    {"http.response.status_code", Field::http_status},
    {"http.status_code", Field::http_status},
    {"rpc.response.status_code", Field::rpc_status},
    {"rpc.jsonrpc.error_code", Field::rpc_status},
    {"server.address", Field::server_address},
    {"net.peer.name", Field::server_address},
    {"server.port", Field::server_port},
    {"net.peer.port", Field::server_port},
    {"client.address", Field::client_address},
    {"client.port", Field::client_port},
    {"url.full", Field::url},
};

constexpr Row resource_table[] = {
    {"service.name", Field::service_name},
    {"service.version", Field::service_version},
    {"service.instance.id", Field::service_instance},
    {"service.namespace", Field::service_namespace},
    {"deployment.environment.name", Field::environment},
    {"deployment.environment", Field::environment},
    {"host.name", Field::host_name},
    {"host.ip", Field::host_ip},
    {"host.id", Field::host_id},
    {"cloud.provider", Field::cloud_provider},
    {"cloud.region", Field::cloud_region},
    {"cloud.availability_zone", Field::cloud_zone},
    {"cloud.account.id", Field::cloud_account},
    {"telemetry.sdk.name", Field::sdk_name},
    {"telemetry.sdk.version", Field::sdk_version},
    {"telemetry.sdk.language", Field::sdk_language},
    {"tenant.id", Field::tenant},
};

constexpr std::uint64_t multiplier = 0x9E3779B97F4A7C15ULL;

// Names begin alike, so the middle and the end tell them apart.
std::size_t hash(Text name) {
  const std::size_t size = name.size();
  if (size < 8) return static_cast<std::size_t>((load_short(name) ^ size) * multiplier >> 32);
  const auto middle = load<std::uint64_t>(name.data() + (size - 8) / 2);
  const auto end = load<std::uint64_t>(name.data() + size - 8);
  return static_cast<std::size_t>((end ^ std::rotl(middle * multiplier, 23) ^ size) * multiplier >> 32);
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool has_number(Text name) {
  for (std::size_t i = 1; i < name.size(); ++i)
    if (is_digit(name[i]) && name[i - 1] == '.') return true;
  return false;
}

// Writes `name` with every whole-number segment replaced by `#`; false when it holds none or does not fit.
bool generalise(Text name, std::array<char, 256>& out, std::size_t* size, Match& match) {
  std::size_t written = 0;
  for (std::size_t i = 0; i < name.size();) {
    std::size_t end = i;
    const bool at_start = i > 0 && name[i - 1] == '.';
    while (at_start && end < name.size() && is_digit(name[end])) ++end;
    if (written == out.size()) return false;
    if (end == i || (end < name.size() && name[end] != '.')) {
      out[written++] = name[i++];
      continue;
    }
    if (match.numbers == Match::most_numbers) return false;
    const auto [rest, error] = std::from_chars(name.data() + i, name.data() + end, match.number[match.numbers]);
    if (error != std::errc()) return false;
    ++match.numbers;
    out[written++] = '#';
    i = end;
  }
  *size = written;
  return match.numbers > 0;
}

}  // namespace

Rows::Rows(std::span<const Row> rows) : rows_(rows), next_(rows.size(), Match::none) {
  slots_.assign(std::bit_ceil(rows.size() * 4), Match::none);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::size_t at = hash(rows[i].name) & mask;
    while (slots_[at] != Match::none && (*this)[slots_[at]].name != rows[i].name) at = (at + 1) & mask;
    if (slots_[at] == Match::none) {
      slots_[at] = static_cast<std::int16_t>(i);
      continue;
    }
    std::int16_t last = slots_[at];
    while (next(last) != Match::none) last = next(last);
    next_[static_cast<std::size_t>(last)] = static_cast<std::int16_t>(i);
  }
}

std::int16_t Rows::exact(Text name) const {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = hash(name) & mask; slots_[at] != Match::none; at = (at + 1) & mask)
    if (same((*this)[slots_[at]].name, name)) return slots_[at];
  return Match::none;
}

Match Rows::find(Text name) const {
  Match match;
  match.row = exact(name);
  if (match.row != Match::none || !has_number(name)) return match;
  std::array<char, 256> general;
  std::size_t size = 0;
  if (generalise(name, general, &size, match)) match.row = exact(Text(general.data(), size));
  return match;
}

std::int16_t Rows::row_of(Text name) const {
  const std::int16_t row = exact(name);
  return row != Match::none || !has_number(name) ? row : find(name).row;
}

const Rows& span_rows() {
  static const Rows rows(span_table);
  return rows;
}

const Rows& resource_rows() {
  static const Rows rows(resource_table);
  return rows;
}

}  // namespace aitf::genai
