// Opens a document, reads its scalars and says where it breaks.

#include "otlp/json_reader.hpp"

#include <algorithm>
#include <cstring>
#include <limits>

#include "base/utf8.hpp"
#include "otlp/json_text.hpp"

namespace aitf::otlp {
namespace {

// simdjson's index takes up to four bytes for each byte of the document. Only small ones are kept between requests.
constexpr std::size_t kKeptParserBytes = std::size_t{1} << 20;

// Where the first control character within a string stands, which JSON does not allow.
std::size_t bare_control_character(std::string_view text) {
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') in_string = !in_string;
    if (in_string && text[i] == '\\') ++i;
    if (in_string && i < text.size() && static_cast<unsigned char>(text[i]) < 0x20) return i;
  }
  return text.size();
}

// simdjson's codes, in our words.
std::string_view reason(simdjson::error_code code) {
  switch (code) {
    case simdjson::EMPTY: return "it is empty";
    case simdjson::UNCLOSED_STRING: return "a string is not closed";
    case simdjson::INCOMPLETE_ARRAY_OR_OBJECT: return "it ends too early";
    case simdjson::UNESCAPED_CHARS: return "a control character is not escaped";
    case simdjson::INCORRECT_TYPE: return "it is no object";
    case simdjson::TRAILING_CONTENT: return "something follows its end";
    default: return "unexpected character";
  }
}

std::string_view kind_of(std::string_view token) {
  if (token.empty()) return "nothing";
  switch (token.front()) {
    case '{': return "an object";
    case '[': return "an array";
    case '"': return "a string";
    case 't':
    case 'f': return "a boolean";
    case 'n': return "null";
    default: return "a number";
  }
}

bool is_scalar_or_container(std::string_view token) {
  if (token.empty()) return false;
  switch (token.front()) {
    case '{':
    case '[':
    case '"':
    case '-': return true;
    default: return token == "true" || token == "false" || token == "null" || (token[0] >= '0' && token[0] <= '9');
  }
}

}  // namespace

bool JsonReader::broken(simdjson::error_code code) {
  broken_ = code;
  return false;
}

bool JsonReader::wrong_type(std::string_view name, std::string_view wanted, std::string_view token) {
  if (!is_scalar_or_container(token)) return broken(simdjson::TAPE_ERROR);
  problem_.assign(name).append(" is ").append(kind_of(token)).append(", must be ").append(wanted);
  return false;
}

Error JsonReader::broken_error() const {
  const auto kind = broken_ == simdjson::MEMALLOC ? ErrorKind::transient : ErrorKind::invalid;
  std::string message = "body is no JSON of an OTLP request: ";
  message.append(reason(broken_)).append(" at byte ").append(std::to_string(broken_at_));
  return {kind, std::move(message), {}};
}

simdjson::padded_string_view JsonReader::prepare(std::string_view body) {
  const std::size_t capacity = body.size() + simdjson::SIMDJSON_PADDING;
  char* const place = arena_.characters(capacity);
  std::copy(body.begin(), body.end(), place);
  std::memset(place + body.size(), 0, simdjson::SIMDJSON_PADDING);
  text_ = {place, body.size()};
  return simdjson::padded_string_view(place, body.size(), capacity);
}

simdjson::ondemand::parser& JsonReader::parser_for(std::size_t size) {
  thread_local simdjson::ondemand::parser kept;
  return size <= kKeptParserBytes ? kept : own_parser_;
}

bool JsonReader::open(std::string_view body, simdjson::ondemand::document& document, simdjson::ondemand::object& root) {
  if (body.starts_with("\xEF\xBB\xBF")) body.remove_prefix(3);
  simdjson::ondemand::parser& parser = parser_for(body.size());
  auto error = parser.iterate(prepare(body)).get(document);
  if (error == simdjson::UTF8_ERROR)
    error = parser.iterate(prepare(repair_utf8(body, arena_, &was_repaired_))).get(document);
  if (error) {
    broken_at_ = error == simdjson::UNESCAPED_CHARS ? bare_control_character(text_) : text_.size();
    return broken(error);
  }
  error = document.get_object().get(root);
  if (error) {
    broken_at_ = error == simdjson::INCOMPLETE_ARRAY_OR_OBJECT ? text_.size() : 0;
    return broken(error);
  }
  return true;
}

bool JsonReader::close(simdjson::ondemand::document& document) {
  const char* rest = nullptr;
  if (document.current_location().get(rest) == simdjson::OUT_OF_BOUNDS) return true;
  broken(simdjson::TRAILING_CONTENT);
  locate(document);
  return false;
}

void JsonReader::locate(simdjson::ondemand::document& document) {
  const char* where = nullptr;
  if (document.current_location().get(where)) where = text_.data() + text_.size();
  broken_at_ = std::min(static_cast<std::size_t>(where - text_.data()), text_.size());
}

std::string_view JsonReader::key_of(simdjson::ondemand::field& field) {
  const char* const start = field.key().raw();
  const char* end = start;
  while (*end != '"') end += *end == '\\' ? 2 : 1;  // simdjson has seen the closing quote
  const std::string_view quoted(start, static_cast<std::size_t>(end - start));
  bool repaired = false;
  return unescape(quoted, arena_, &repaired).value_or(quoted);
}

bool JsonReader::read_text(Value value, std::string_view name, std::string_view& out, bool* repaired) {
  const std::string_view token = token_of(value);
  if (!token.starts_with('"')) return wrong_type(name, "a string", token);
  if (token.size() < 2 || !token.ends_with('"')) return broken(simdjson::TAPE_ERROR);
  const auto text = unescape(token.substr(1, token.size() - 2), arena_, repaired);
  if (!text) {
    problem_.assign(name).append(" holds an escape that JSON does not have");
    return false;
  }
  if (was_repaired_ && text->find("\xEF\xBF\xBD") != std::string_view::npos) *repaired = true;
  out = *text;
  return true;
}

bool JsonReader::read_bytes(Value value, std::string_view name, std::string_view& out) {
  bool repaired = false;
  std::string_view text;
  if (!read_text(value, name, text, &repaired)) return false;
  const auto bytes = decode_base64(text, arena_);
  if (!bytes) {
    problem_.assign(name).append(" is no base64");
    return false;
  }
  out = *bytes;
  return true;
}

bool JsonReader::read_bool(Value value, std::string_view name, bool& out) {
  const std::string_view token = token_of(value);
  if (token != "true" && token != "false") return wrong_type(name, "true or false", token);
  out = token == "true";
  return true;
}

bool JsonReader::number_text(Value value, std::string_view name, std::string_view& out) {
  out = token_of(value);
  bool repaired = false;
  if (out.starts_with('"')) return read_text(value, name, out, &repaired);
  if (!out.empty() && (out[0] == '-' || (out[0] >= '0' && out[0] <= '9'))) return true;
  return wrong_type(name, "a number", out);
}

bool JsonReader::read_int64(Value value, std::string_view name, std::int64_t& out) {
  std::string_view text;
  if (!number_text(value, name, text)) return false;
  const auto number = parse_int64(text);
  if (!number) {
    problem_.assign(name).append(" is no 64-bit integer");
    return false;
  }
  out = *number;
  return true;
}

bool JsonReader::read_double(Value value, std::string_view name, double& out) {
  std::string_view text;
  if (!number_text(value, name, text)) return false;
  const auto number = parse_double(text);
  if (!number) {
    problem_.assign(name).append(" is no number");
    return false;
  }
  out = *number;
  return true;
}

bool JsonReader::read_time(Value value, std::string_view name, std::uint64_t& out) {
  std::string_view text;
  if (!number_text(value, name, text)) return false;
  const auto time = parse_uint64(text);
  const auto early = time ? std::nullopt : parse_int64(text);
  if (!time && !early) {
    problem_.assign(name).append(" is no time in nanoseconds");
    return false;
  }
  out = time.value_or(0);
  return true;
}

bool JsonReader::read_count(Value value, std::string_view name, std::uint32_t& out) {
  std::int64_t count = 0;
  if (!read_int64(value, name, count)) return false;
  out = static_cast<std::uint32_t>(std::clamp<std::int64_t>(count, 0, std::numeric_limits<std::uint32_t>::max()));
  return true;
}

bool JsonReader::read_enum(Value value, std::string_view name, std::string_view prefix,
                           std::initializer_list<std::string_view> names, std::int32_t& out) {
  std::string_view text;
  if (!number_text(value, name, text)) return false;
  if (text.starts_with(prefix)) {
    const auto found = std::find(names.begin(), names.end(), text.substr(prefix.size()));
    out = found == names.end() ? 0 : static_cast<std::int32_t>(found - names.begin());
    return true;
  }
  std::int64_t number = 0;
  if (!read_int64(value, name, number)) return false;
  out = static_cast<std::int32_t>(std::clamp<std::int64_t>(number, std::numeric_limits<std::int32_t>::min(),
                                                           std::numeric_limits<std::int32_t>::max()));
  return true;
}

}  // namespace aitf::otlp
