// Failures. Codes: RFC 9110, gRPC status names, JSON-RPC 2.0 and MCP, and 529 and the class names of provider SDKs.
#include "genai/failure.hpp"

#include <algorithm>
#include <array>

#include "genai/read_value.hpp"

namespace aitf::genai {
namespace {

using enum ErrorCategory;

struct Rule {
  Text part;
  ErrorCategory category;
};

// Codes as text, whole.
constexpr std::array codes = {
    Rule{"400", invalid_request},
    Rule{"401", auth},
    Rule{"403", auth},
    Rule{"404", not_found},
    Rule{"407", auth},
    Rule{"408", timeout},
    Rule{"409", invalid_request},
    Rule{"410", not_found},
    Rule{"413", invalid_request},
    Rule{"415", invalid_request},
    Rule{"422", invalid_request},
    Rule{"424", server},
    Rule{"429", rate_limit},
    Rule{"498", auth},
    Rule{"499", cancelled},
    Rule{"500", server},
    Rule{"502", server},
    Rule{"503", overloaded},
    Rule{"504", timeout},
    Rule{"529", overloaded},
    Rule{"-32700", invalid_request},
    Rule{"-32600", invalid_request},
    Rule{"-32601", not_found},
    Rule{"-32602", invalid_request},
    Rule{"-32603", server},
    Rule{"-32002", not_found},
    Rule{"-32001", timeout},
    Rule{"CANCELLED", cancelled},
    Rule{"INVALID_ARGUMENT", invalid_request},
    Rule{"DEADLINE_EXCEEDED", timeout},
    Rule{"NOT_FOUND", not_found},
    Rule{"PERMISSION_DENIED", auth},
    Rule{"RESOURCE_EXHAUSTED", rate_limit},
    Rule{"FAILED_PRECONDITION", invalid_request},
    Rule{"OUT_OF_RANGE", invalid_request},
    Rule{"UNIMPLEMENTED", not_found},
    Rule{"INTERNAL", server},
    Rule{"UNAVAILABLE", overloaded},
    Rule{"UNAUTHENTICATED", auth},
};

// Parts of class names and error words, lower case without `_` and `-`; the first that fits counts.
constexpr std::array type_words = {
    Rule{"contentfilter", content_filter},
    Rule{"contentpolicy", content_filter},
    Rule{"toolerror", tool_error},
    Rule{"ratelimit", rate_limit},
    Rule{"toomanyrequests", rate_limit},
    Rule{"throttl", rate_limit},
    Rule{"quota", rate_limit},
    Rule{"insufficientquota", rate_limit},
    Rule{"authenticat", auth},
    Rule{"unauthorized", auth},
    Rule{"permission", auth},
    Rule{"accessdenied", auth},
    Rule{"forbidden", auth},
    Rule{"notfound", not_found},
    Rule{"timeout", timeout},
    Rule{"timedout", timeout},
    Rule{"deadline", timeout},
    Rule{"overloaded", overloaded},
    Rule{"unavailable", overloaded},
    Rule{"badrequest", invalid_request},
    Rule{"invalidrequest", invalid_request},
    Rule{"validation", invalid_request},
    Rule{"unprocessable", invalid_request},
    Rule{"invalidargument", invalid_request},
    Rule{"cancel", cancelled},
    Rule{"abort", cancelled},
    Rule{"connection", network},
    Rule{"network", network},
    Rule{"socket", network},
    Rule{"dns", network},
    Rule{"sslerror", network},
    Rule{"internalserver", server},
    Rule{"servererror", server},
};

// What providers say when their filter stopped a prompt or an answer.
constexpr std::array<Text, 8> filter_phrases = {
    "content_filter",           "content filter",        "content management policy", "responsibleaipolicyviolation",
    "content_policy_violation", "response was filtered", "prompt was filtered",       "blocked by our content"};

constexpr std::array<Text, 4> limit_phrases = {"rate limit", "rate_limit", "too many requests", "quota exceeded"};

template <std::size_t N>
ErrorCategory whole(const std::array<Rule, N>& rules, Text text) {
  const auto found = std::ranges::find(rules, text, &Rule::part);
  return found != rules.end() ? found->category : none;
}

template <std::size_t N>
bool says(Text text, const std::array<Text, N>& phrases) {
  return std::ranges::any_of(phrases, [&](Text phrase) { return contains_ignoring_case(text, phrase); });
}

ErrorCategory of_type(Text type) {
  std::array<char, 128> plain;  // without `_`, `-` and `.`, in lower case
  std::size_t size = 0;
  for (const char c : type.substr(type.size() > plain.size() ? type.size() - plain.size() : 0))
    if (c != '_' && c != '-' && c != '.') plain[size++] = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  const Text word(plain.data(), size);
  for (const Rule& rule : type_words)
    if (word.find(rule.part) != Text::npos) return rule.category;
  return none;
}

ErrorCategory of_code(Text code) {
  if (const ErrorCategory category = whole(codes, code); category != none) return category;
  if (code.size() != 3) return none;
  return code[0] == '5' ? server : code[0] == '4' ? invalid_request : none;
}

bool is_code(Text text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  return !text.empty() && text.size() <= 6 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// `Error code: 429 - …`, `status code 503`, `HTTP 401`.
Text code_in(Text message) {
  constexpr std::array<Text, 5> before = {"Error code: ", "status code ", "status code: ", "HTTP ", "statusCode: "};
  for (const Text words : before) {
    const std::size_t at = message.find(words);
    if (at == Text::npos) continue;
    const Text digits = message.substr(at + words.size(), 3);
    const Text after = message.substr(std::min(at + words.size() + 3, message.size()), 1);
    if (digits.size() == 3 && is_code(digits) && digits[0] >= '1' && digits[0] <= '5' && !is_code(after)) return digits;
  }
  return {};
}

// The stack trace that some senders append to the text shows source paths and is no part of the reason.
Text without_stack_trace(Text message) {
  constexpr Text python = "Traceback (most recent call last)";
  const std::size_t trace = message.find(python);
  if (trace != Text::npos) {
    if (const Text before = trim(message.substr(0, trace)); !before.empty()) return before;
    const Text body = trim(message);
    return body.substr(body.rfind('\n') + 1);  // Python ends with the exception itself
  }
  return message.substr(0, message.find("\n    at "));
}

struct Exception {
  Text type, message;
};

// Of several exceptions the last one ended the span.
Exception last_exception(Reading& reading) {
  const auto events = reading.span.events;
  for (std::size_t i = events.size(); i-- > 0;) {
    if (events[i].name != "exception") continue;
    reading.used_events[i] = true;
    const span::Value* const type = span::find(events[i].attributes, "exception.type");
    const span::Value* const message = span::find(events[i].attributes, "exception.message");
    return {type != nullptr ? type->text : Text(), message != nullptr ? message->text : Text()};
  }
  return {};
}

Text first_of(std::initializer_list<Text> texts) {
  const auto* const found = std::ranges::find_if(texts, [](Text text) { return !text.empty(); });
  return found != texts.end() ? *found : Text();
}

ErrorCategory category_of(const Failure& failure, Kind kind) {
  const bool refused = failure.code.empty() || failure.code == "400";
  if (refused && says(failure.message, filter_phrases)) return content_filter;
  if (of_type(failure.type) == content_filter) return content_filter;
  if (const ErrorCategory category = of_code(failure.code); category != none) return category;
  if (failure.type.ends_with("PermissionError")) return denied;  // Python's own: a tool refused
  if (const ErrorCategory category = of_type(failure.type); category != none) return category;
  if (says(failure.message, limit_phrases)) return rate_limit;
  return kind == Kind::tool ? tool_error : other;
}

Text code(Reading& reading, const Failure& failure) {
  const Text http = reading.content(Field::http_status);
  const Text rpc = reading.content(Field::rpc_status);
  return first_of({http, rpc, is_code(failure.type) ? failure.type : Text(), code_in(failure.message),
                   code_in(reading.span.status_message)});
}

}  // namespace

void fill_failure(Reading& reading) {
  const bool has_type = reading.peek(Field::error_type) != nullptr;
  if (!has_type && reading.span.status_code != 2) return;
  Failure& failure = reading.operation.failure;
  const Exception exception = last_exception(reading);
  failure.type = first_of({reading.text(Field::error_type), exception.type});
  failure.message = without_stack_trace(
      first_of({exception.message, reading.span.status_message, reading.text(Field::error_message)}));
  failure.code = code(reading, failure);
  failure.category = category_of(failure, reading.operation.kind);
}

}  // namespace aitf::genai
