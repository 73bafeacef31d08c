#pragma once
// What the AI did, in one vocabulary, whichever convention the span was written in.
//
// Views into the span, its request and the request's Arena; valid as long as these. "Unknown" is an empty text, an
// empty optional or an empty list, and is never the same as 0. Words of enums are those of the event schema.
// Meaning of each field: the canonical event schema (src/ocsf/canonical-1.1.0.json), field of the same name.

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "span/span.hpp"

namespace aitf::genai {

using Text = std::string_view;
using Count = std::optional<std::int64_t>;
using Real = std::optional<double>;
using Flag = std::optional<bool>;

enum class Kind : std::uint8_t { not_ai, internal, inference, embedding, agent, tool, mcp_protocol, retrieval };
Text word(Kind kind);  // "not_ai", …

// By which a span was recognised; `word` gives the schema's text.
enum class Convention : std::uint8_t {
  other,
  otel_genai,
  otel_genai_old,
  openllmetry,
  openllmetry_old,
  openinference,
  langfuse,
  litellm,
  vercel_ai,
  pydantic_ai,
  semantic_kernel,
  autogen,
  mcp,
  aitf_seed,
  aitf_head,
  db,
};
Text word(Convention convention);

enum class Direction : std::uint8_t { input, output };
enum class Role : std::uint8_t { system, user, assistant, tool, other };
enum class PartType : std::uint8_t {
  text,
  reasoning,
  tool_call,
  tool_result,
  image,
  audio,
  video,
  file,
  refusal,
  data,
  other
};
Text word(Direction direction);
Text word(Role role);
Text word(PartType type);

// One part of one message.
struct Part {
  std::uint32_t message_index = 0;  // within its direction, from 0; system text counts, so indexes may have gaps
  Direction direction = Direction::input;
  Role role = Role::user;
  PartType type = PartType::text;
  Text text;  // text, reasoning, tool result, or JSON of what has no better place
  Text name;  // speaker, or tool name on tool parts
  Text tool_call_id;
  Text arguments;  // of a tool_call: JSON text as sent
  Text uri;        // of a media part, without user info and query
  Text media_type;
  Count size;               // bytes of a media part
  Text sha256;              // of a media part's bytes, hex
  bool is_history = false;  // stood before the last assistant message
  Text source_attribute;    // `gen_ai.input.messages`
};

struct SystemPrompt {
  Text text;  // parts joined by an empty line
  Text source_attribute;
};

struct ToolDefinition {
  Text name;
  Text type;
  Text server;
  Text description;  // full text; only its digest goes into events
  Text schema;       // parameter schema as JSON text; only its digest goes into events
};

struct Usage {
  Count input_tokens, output_tokens, total_tokens;  // total as sent, or computed (see schema)
  Count cached_tokens, cache_write_tokens, reasoning_tokens;
  Count audio_input_tokens, audio_output_tokens;
  bool known() const {
    return input_tokens || output_tokens || total_tokens || cached_tokens || cache_write_tokens || reasoning_tokens ||
           audio_input_tokens || audio_output_tokens;
  }
};
enum class UsageScope : std::uint8_t { leaf, aggregate, duplicate };
Text word(UsageScope scope);

struct Parameters {
  Real temperature, top_p, top_k, frequency_penalty, presence_penalty;
  Count max_tokens, seed, choice_count;
  std::vector<Text> stop_sequences;
  Text output_type, tool_choice, reasoning_effort, service_tier;
};

// Finish reasons, normalised.
enum class Finish : std::uint8_t { none, stop, length, tool_calls, content_filter, refusal, error, other };
Text word(Finish finish);

enum class ErrorCategory : std::uint8_t {
  none,
  rate_limit,
  auth,
  content_filter,
  invalid_request,
  not_found,
  timeout,
  overloaded,
  server,
  network,
  cancelled,
  tool_error,
  denied,
  other,
};
Text word(ErrorCategory category);

struct Failure {
  Text type;                                     // error.type or exception.type, as sent
  Text code;                                     // HTTP, gRPC or JSON-RPC code as text
  Text message;                                  // no stack trace
  ErrorCategory category = ErrorCategory::none;  // none: the operation did not fail
};

struct Document {
  Text id;
  Real score;
  Text title, uri, text;
  std::vector<std::pair<Text, Text>> attributes;
};

struct Endpoint {
  Text hostname, ip;  // one of them
  Count port;
};

struct User {
  Text id, name, email;
};

struct Service {
  Text name, version, instance, namespace_, environment;
};

struct Host {
  Text name, ip, id;
};

struct Cloud {
  Text provider, region, zone, account;
};

struct Sdk {
  Text name, version, language;
};

struct Mcp {
  Text method, protocol_version, session_id, request_id, server_version, server_url;
  Text resource_uri, prompt_name, prompt_arguments;
};

// An attribute that no field holds, spelled as sent: key `<prefix><name>`.
struct Unmapped {
  Text prefix;  // "span.", "resource.", "scope.", "event.<name>."
  Text key;
  const span::Value* value = nullptr;
};

// Quality flags that reading the attributes gives rise to; those of decoding stand in Span::repairs.
struct Quality {
  bool coerced_type = false;    // a text became a number, say
  bool unparsed_value = false;  // a value did not fit its field and went to `unmapped`
};

struct Operation {
  const span::Span* span = nullptr;
  Kind kind = Kind::not_ai;
  Convention convention = Convention::other;
  Text operation;  // `chat`, `execute_tool`, `tools/call`, … as sent

  Text provider;        // normalised
  Text request_model;   // as sent
  Text response_model;  // as sent
  Text model_id;        // canonical: of the request, else of the response
  Text model_version;   // date or version suffix
  Text deployment;      // Azure or hosted deployment
  Text api;             // chat_completions, responses, messages
  Text system_fingerprint;
  Parameters parameters;
  Usage usage;
  UsageScope usage_scope = UsageScope::leaf;
  std::vector<Text> finish_reasons;  // as sent, one a choice
  Finish finish = Finish::none;
  Flag streaming;
  Text response_id, request_id;
  Real time_to_first_token_ms;
  Text prompt_name;
  Count embedding_dimensions, input_count;

  Text session_id;        // agent session, else conversation, else session.id
  Text conversation_id;   // only what the sender calls so
  Text end_user_session;  // session.id
  User user;

  Text agent_name, agent_id, agent_version, agent_description, workflow_name, run_id, framework;
  Text handoff_target;  // the agent or team handed to

  Text tool_name, tool_type, tool_call_id, tool_description;  // tool_type: word of the schema's enum
  Text tool_input;                                            // bytes as sent; a wrapper is removed
  Text tool_output;
  Text mcp_server, mcp_transport;
  Mcp mcp;

  Text database_name, database_type, collection_name;
  Text query;
  Count top_k, results_count;
  Text score_kind;  // similarity, distance, unknown
  Text embedding_model;
  Text filter;
  std::vector<Document> documents;

  SystemPrompt system_prompt;
  std::vector<ToolDefinition> tool_definitions;
  std::vector<Part> messages;

  Failure failure;
  Endpoint server, client;  // server.address, client.address
  Text endpoint_url;        // base URL of the provider, without user info and query
  Service service;
  Host host;
  Cloud cloud;
  Sdk sdk;
  Text tenant;
  std::vector<Text> labels;

  std::vector<Unmapped> unmapped;
  Quality quality;
};

}  // namespace aitf::genai
