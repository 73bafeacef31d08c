#pragma once
// Which attribute of which naming convention fills which field. The rows stand in conventions.cpp; to read another
// convention is to add rows there.
//
// Sources: OpenTelemetry GenAI and MCP semantic conventions (semantic-conventions-genai v0.1.0), the GenAI pages of
// semantic-conventions v1.26 to v1.41 for deprecated names, and its registry for the general ones.

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "genai/operation.hpp"

namespace aitf::genai {

// What a row fills. Those up to `last_mark` decide the kind and are collected before it is known.
enum class Field : std::uint8_t {
  operation_name,
  mcp_method,
  request_model,
  last_mark = request_model,

  provider,
  response_model,
  api,
  system_fingerprint,
  temperature,
  top_p,
  top_k,
  frequency_penalty,
  presence_penalty,
  max_tokens,
  seed,
  choice_count,
  stop_sequences,
  output_type,
  tool_choice,
  reasoning_effort,
  service_tier,
  input_tokens,
  output_tokens,
  total_tokens,
  cached_tokens,
  cache_write_tokens,
  reasoning_tokens,
  audio_input_tokens,
  audio_output_tokens,
  finish_reasons,
  streaming,
  response_id,
  request_id,
  time_to_first_token,
  prompt_name,
  embedding_dimensions,
  input_count,

  conversation_id,
  end_user_session,
  user_id,
  user_name,
  user_email,
  agent_name,
  agent_id,
  agent_version,
  agent_description,
  workflow_name,
  run_id,
  framework,

  tool_name,
  tool_type,
  tool_call_id,
  tool_description,
  tool_input,
  tool_output,
  mcp_server,
  mcp_protocol_version,
  mcp_session_id,
  mcp_request_id,
  mcp_resource_uri,
  mcp_server_url,
  network_transport,
  network_protocol,

  data_source,
  database_type,
  database_namespace,
  collection,
  query,
  retrieval_top_k,
  documents,
  embedding_model,

  input_messages,
  output_messages,
  system_instructions,
  tool_definitions,
  indexed_prompt,  // these two are filled by many attributes, see indexed_messages.cpp
  indexed_completion,

  error_type,
  error_message,
  http_status,
  rpc_status,
  server_address,
  server_port,
  client_address,
  client_port,
  url,

  service_name,
  service_version,
  service_instance,
  service_namespace,
  environment,
  host_name,
  host_ip,
  host_id,
  cloud_provider,
  cloud_region,
  cloud_zone,
  cloud_account,
  sdk_name,
  sdk_version,
  sdk_language,
  tenant,

  count_,
};
constexpr bool is_indexed(Field field) { return field == Field::indexed_prompt || field == Field::indexed_completion; }
inline constexpr std::size_t field_count = static_cast<std::size_t>(Field::count_);

// A set of kinds.
using Kinds = std::uint16_t;
constexpr Kinds only(Kind kind) { return static_cast<Kinds>(1U << static_cast<unsigned>(kind)); }
inline constexpr Kinds any_kind = 0xFFFF;

// In which shape the value comes, where names of one field differ in it.
enum class Shape : std::uint8_t { as_is, seconds };

struct Row {
  Text name;  // `#` stands for a decimal number between dots: `gen_ai.prompt.#.content`
  Field field;
  // What the presence of the name says about the span; `other`: nothing, several conventions share the name.
  Convention family = Convention::other;
  Kinds kinds = any_kind;  // a name may fill another field in an operation of another kind
  Shape shape = Shape::as_is;
};

// What a name was found to be. Several rows of one name hang together by `next`.
struct Match {
  static constexpr std::int16_t none = -1;
  static constexpr std::size_t most_numbers = 3;

  std::int16_t row = none;  // first row of that name
  std::uint8_t numbers = 0;
  std::array<std::uint32_t, most_numbers> number = {};  // those that stand in place of `#`, in order
};

// Finds a name among rows. Among rows of one field the earlier one has precedence. Immutable, any thread.
class Rows {
 public:
  explicit Rows(std::span<const Row> rows);

  // The exact name first; else the name with its numbers replaced by `#`.
  Match find(Text name) const;
  // The first row alone.
  std::int16_t row_of(Text name) const;

  const Row& operator[](std::int16_t row) const { return rows_[static_cast<std::size_t>(row)]; }
  std::int16_t next(std::int16_t row) const { return next_[static_cast<std::size_t>(row)]; }

 private:
  std::int16_t exact(Text name) const;

  std::span<const Row> rows_;
  std::vector<std::int16_t> slots_;  // open addressing; as many as a power of two
  std::vector<std::int16_t> next_;
};

// Attributes of spans and of span events that repeat them; attributes of resources.
const Rows& span_rows();
const Rows& resource_rows();

}  // namespace aitf::genai
