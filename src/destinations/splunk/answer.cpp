// See answer.hpp.

#include "destinations/splunk/answer.hpp"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "base/arena.hpp"
#include "base/utf8.hpp"

namespace aitf::destinations::splunk {
namespace {

constexpr std::string_view token_hint =
    "look under Settings > Data inputs > HTTP Event Collector, enable or make the token and set it as `token`";
constexpr std::string_view channel_hint = "turn indexer acknowledgement off for this token";
constexpr std::string_view endpoint_hint =
    "not a HEC endpoint: `url` must name the HTTP Event Collector, usually https://…:8088, "
    "not Splunk Web (8000) or the management port (8089)";
constexpr std::string_view index_hint =
    "allow the index for this token or change `index`; without `index` the token's default is used";
constexpr std::string_view between_hint = "something between here and Splunk changes the body: look at proxies";

struct Row {
  std::int64_t code;
  Action action;
  std::string_view word;
  std::string_view meaning;
  std::string_view hint;
};

constexpr std::array<Row, 28> rows = {{
    {0, Action::success, "success", "success", {}},
    {1, Action::configuration, "token_disabled", "the token is disabled", token_hint},
    {2, Action::configuration, "token_required", "no token arrived", "a proxy may take the Authorization header away"},
    {3, Action::configuration, "invalid_authorization", "the Authorization header is not understood",
     "a proxy may change the Authorization header"},
    {4, Action::configuration, "invalid_token", "the token is not known there", token_hint},
    {5, Action::configuration, "no_data", "no data arrived", between_hint},
    {6, Action::bad_event, "invalid_data_format", "an event has an invalid format or is too large", {}},
    {7, Action::bad_index, "incorrect_index", "the index is not allowed for this token", index_hint},
    {8, Action::retry, "internal_server_error", "internal server error", {}},
    {9, Action::retry, "server_busy", "the server is busy", {}},
    {10, Action::configuration, "channel_missing", "the token wants a data channel", channel_hint},
    {11, Action::configuration, "invalid_channel", "the data channel is not accepted", channel_hint},
    {12, Action::bad_event, "event_required", "an event is missing from its envelope", {}},
    {13, Action::bad_event, "event_blank", "an event is blank", {}},
    {14, Action::configuration, "ack_disabled", "acknowledgement is disabled for this token", endpoint_hint},
    {15, Action::bad_event, "indexed_fields", "an event's time or indexed fields are not accepted", {}},
    {16, Action::configuration, "query_token", "a token in the query is not allowed", "take the query out of `url`"},
    {17, Action::configuration, "health_endpoint", "this is the health endpoint", endpoint_hint},
    {18, Action::retry, "queues_full", "the queues are full", {}},
    {19, Action::retry, "ack_unavailable", "the acknowledgement service is unavailable", {}},
    {20, Action::retry, "queues_full", "the queues are full and the acknowledgement service is unavailable", {}},
    {21, Action::configuration, "invalid_token", "the token is not known there", token_hint},
    {22, Action::configuration, "token_disabled", "the token is disabled", token_hint},
    {23, Action::retry, "shutting_down", "the server is shutting down", {}},
    {24, Action::success, "queue_filling", "success, the queue is filling up", {}},
    {25, Action::success, "ack_filling", "success, the acknowledgement queue is filling up", {}},
    {26, Action::retry, "queue_full", "the queue is full", {}},
    {27, Action::retry, "ack_full", "the acknowledgement channel is full", {}},
}};
constexpr Row sticky_channel = {28, Action::configuration, "channel_missing",
                                "the token wants a data channel and sticky sessions", channel_hint};

const Row* find_row(std::int64_t code) {
  if (code == sticky_channel.code) return &sticky_channel;
  return code >= 0 && code < static_cast<std::int64_t>(rows.size()) ? &rows[static_cast<std::size_t>(code)] : nullptr;
}

struct Body {
  std::optional<std::int64_t> code;
  std::optional<std::int64_t> number;
};

// Nothing for what is not a JSON object with a whole `code`.
Body parse_body(std::string_view text) {
  Body body;
  simdjson::dom::parser parser;
  simdjson::dom::object object;
  if (parser.parse(text.data(), text.size()).get(object) != simdjson::SUCCESS) return body;
  std::int64_t value = 0;
  if (object["code"].get(value) == simdjson::SUCCESS) body.code = value;
  if (object["invalid-event-number"].get(value) == simdjson::SUCCESS) body.number = value;
  return body;
}

Reading by_row(const Row& row, const Body& body) {
  return {row.action, row.word, row.meaning, row.hint, body.code, body.number};
}

Reading of_success(int status, const Body& body) {
  const Row* row = status == 200 && body.code ? find_row(*body.code) : nullptr;
  if (row != nullptr && row->action == Action::success) return by_row(*row, body);
  return {Action::configuration, "not_hec", "the answer is not one of the HTTP Event Collector",
          endpoint_hint,         body.code, {}};
}

// 401 and 403: about the credential, by whomever.
Reading of_refusal(int status, const Body& body) {
  const Row* row = body.code ? find_row(*body.code) : nullptr;
  if (row != nullptr && row->action == Action::configuration) return by_row(*row, body);
  if (status == 401) return {Action::configuration, "http_401", "the credential is refused", endpoint_hint, {}, {}};
  return {Action::configuration,
          "http_403",
          "the request is refused, and not by the HTTP Event Collector",
          "look at firewalls and proxies between here and Splunk",
          {},
          {}};
}

// What nginx, Apache and Go say, with 400, to plain HTTP on a port that speaks TLS: no event is at fault.
bool is_about_tls(std::string_view text) {
  constexpr std::array<std::string_view, 3> phrases = {"plain HTTP request was sent to HTTPS port",
                                                       "speaking plain HTTP to an SSL-enabled server port",
                                                       "HTTP request to an HTTPS server"};
  return std::ranges::any_of(phrases, [&](auto phrase) { return text.find(phrase) != std::string_view::npos; });
}

Reading of_bad_request(const Body& body, std::string_view text) {
  const Row* row = body.code ? find_row(*body.code) : nullptr;
  if (row != nullptr && row->action != Action::success) return by_row(*row, body);
  if (!body.code && is_about_tls(text))
    return {Action::configuration, "plain_http", "the port speaks TLS", "write https:// in `url`", {}, {}};
  // A firewall that dislikes one event's text, or a code of a later release: most likely one event's fault.
  return {Action::bad_event, "http_400", "the request is refused without a known reason", {}, body.code, body.number};
}

Reading of_retry(int status, const Body& body) {
  const Row* row = body.code ? find_row(*body.code) : nullptr;
  if (row != nullptr && row->action == Action::retry) return by_row(*row, body);
  if (status == 408) return {Action::retry, "http_408", "the request took too long", {}, {}, {}};
  if (status == 429) return {Action::retry, "http_429", "too many requests", {}, {}, {}};
  if (status == 502 || status == 504) return {Action::retry, "http_gateway", "no answer behind a proxy", {}, {}, {}};
  if (status == 503) return {Action::retry, "http_503", "the service is unavailable", {}, {}, {}};
  return {Action::retry, "http_5xx", "the server failed", {}, {}, {}};
}

Reading of_other(int status) {
  if (status >= 300 && status < 400)
    return {Action::configuration, "redirect", "the answer is a redirect, which is not followed",
            endpoint_hint,         {},         {}};
  if (status == 415)
    return {Action::configuration, "encoding", "the encoding of the body is not accepted", "set `gzip: false`", {}, {}};
  return {Action::configuration, "not_hec", "the request is not understood there", endpoint_hint, {}, {}};
}

void redact(std::string& text, const std::string& secret) {
  constexpr std::string_view mark = "[token]";
  if (secret.empty()) return;
  for (std::size_t at = text.find(secret); at != std::string::npos; at = text.find(secret, at + mark.size()))
    text.replace(at, secret.size(), mark);
}

// What the peer said, fit for a dead letter.
std::string peer_text(const http::Answer& answer, const Secret& token) {
  constexpr std::size_t longest = 1024;
  std::string text = "HTTP " + std::to_string(answer.status) + ": " + answer.body;
  redact(text, token.reveal());
  Arena arena;
  bool repaired = false;
  std::string_view shown = repair_utf8(text, arena, &repaired);
  std::size_t end = std::min(shown.size(), longest);
  while (end > 0 && end < shown.size() && (static_cast<unsigned char>(shown[end]) & 0xC0) == 0x80) --end;
  return std::string(shown.substr(0, end));
}

// Index of the refused event, when the answer names one that was sent.
std::optional<std::size_t> refused_event(const Reading& reading, std::size_t events) {
  if (!reading.number) return std::nullopt;
  const std::int64_t index = *reading.number - (reading.action == Action::bad_index ? 1 : 0);
  if (index < 0 || index >= static_cast<std::int64_t>(events)) return std::nullopt;
  return static_cast<std::size_t>(index);
}

// One event is refused; those before it are indexed, those after it were not looked at.
deliver::Outcome refuse_one(std::size_t refused, std::size_t events, const Reading& reading, std::string said) {
  deliver::Outcome outcome;
  outcome.rejected.push_back({refused, std::string(reading.word), std::move(said)});
  if (refused + 1 < events) {
    outcome.kind = deliver::Outcome::Kind::retry;
    outcome.retry_indices.resize(events - refused - 1);
    std::iota(outcome.retry_indices.begin(), outcome.retry_indices.end(), refused + 1);
  }
  return outcome;
}

deliver::Outcome refuse(const http::Answer& answer, std::size_t events, const Reading& reading, const Secret& token) {
  const bool index_is_wrong = reading.action == Action::bad_index;
  std::optional<std::size_t> refused = refused_event(reading, events);
  if (!refused && events == 1) refused = 0;
  // All events go to the same index. When the very first is refused for it, so would be all others.
  if (index_is_wrong && refused == 0U) return {.kind = deliver::Outcome::Kind::unauthorized};
  if (!refused) return {.kind = deliver::Outcome::Kind::isolate};
  return refuse_one(*refused, events, reading, peer_text(answer, token));
}

deliver::Outcome by_action(const http::Answer& answer, std::size_t events, const Reading& reading,
                           const Secret& token) {
  using Kind = deliver::Outcome::Kind;
  switch (reading.action) {
    case Action::success: return {.kind = Kind::settled};
    case Action::retry: return {.kind = Kind::retry, .after = answer.retry_after};
    case Action::too_large: return {.kind = Kind::too_large};
    case Action::bad_event:
    case Action::bad_index: return refuse(answer, events, reading, token);
    case Action::configuration: break;
  }
  return {.kind = Kind::unauthorized, .after = answer.retry_after};
}

}  // namespace

Reading read_answer(const http::Answer& answer) {
  const int status = answer.status;
  if (status == 413) return {Action::too_large, "http_413", "the body is too large", {}, {}, {}};
  const Body body = parse_body(answer.body);
  if (status >= 200 && status < 300) return of_success(status, body);
  if (status == 401 || status == 403) return of_refusal(status, body);
  if (status == 400) return of_bad_request(body, answer.body);
  if (status == 408 || status == 429 || status >= 500) return of_retry(status, body);
  return of_other(status);
}

std::string describe(const Reading& reading, int status) {
  std::string text = "HTTP " + std::to_string(status);
  if (reading.code) text += ", code " + std::to_string(*reading.code);
  text += ": ";
  text += reading.meaning;
  if (!reading.hint.empty()) text.append(" (").append(reading.hint).append(")");
  return text;
}

deliver::Outcome judge(const http::Answer& answer, std::size_t events, const Secret& token) {
  const Reading reading = read_answer(answer);
  deliver::Outcome outcome = by_action(answer, events, reading, token);
  if (outcome.kind == deliver::Outcome::Kind::settled) return outcome;
  outcome.reason = reading.word;
  outcome.answer = describe(reading, answer.status);
  return outcome;
}

}  // namespace aitf::destinations::splunk
