// Walks JSON with simdjson On-Demand and puts what it finds into the arena. Texts without escapes are not copied.
#include "genai/json_value.hpp"

#include <simdjson.h>

#include <array>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace aitf::genai {
namespace {

namespace ondemand = simdjson::ondemand;
using span::KeyValue;
using span::Text;
using span::Value;

// A parser and lists that keep their memory from one text to the next.
struct Workspace {
  ondemand::parser parser;
  std::array<std::vector<Value>, json_depth> items;
  std::array<std::vector<KeyValue>, json_depth> members;
};

constexpr std::size_t kept_bytes = 1 << 20;  // what a text larger than this made grow is given back

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

void append_utf8(char*& out, std::uint32_t point) {
  const auto put = [&](std::uint32_t byte) { *out++ = static_cast<char>(byte); };
  if (point < 0x80) return put(point);
  if (point < 0x800) return put(0xC0 | point >> 6), put(0x80 | (point & 0x3F));
  if (point < 0x10000) return put(0xE0 | point >> 12), put(0x80 | (point >> 6 & 0x3F)), put(0x80 | (point & 0x3F));
  put(0xF0 | point >> 18), put(0x80 | (point >> 12 & 0x3F)), put(0x80 | (point >> 6 & 0x3F)),
      put(0x80 | (point & 0x3F));
}

// Four hex digits at `at`; nothing when they are none.
std::optional<std::uint32_t> hex4(Text text, std::size_t at) {
  if (at + 4 > text.size()) return std::nullopt;
  std::uint32_t unit = 0;
  const char* const end = text.data() + at + 4;
  const auto [rest, error] = std::from_chars(text.data() + at, end, unit, 16);
  return error == std::errc() && rest == end ? std::optional(unit) : std::nullopt;
}

bool is_high_surrogate(std::uint32_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool is_low_surrogate(std::uint32_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

// Reads \uXXXX, and a second one that makes a pair with it; `at` stands on the first digit and ends behind the last.
bool unescape_unicode(Text raw, std::size_t& at, char*& out) {
  const auto unit = hex4(raw, at);
  if (!unit) return false;
  at += 4;
  std::uint32_t point = *unit;
  if (is_high_surrogate(point) && raw.substr(at, 2) == "\\u") {
    const auto second = hex4(raw, at + 2);
    if (second && is_low_surrogate(*second)) {
      point = 0x10000 + ((point - 0xD800) << 10) + (*second - 0xDC00);
      at += 6;
    }
  }
  append_utf8(out, point >= 0xD800 && point < 0xE000 ? 0xFFFD : point);
  return true;
}

char simple_escape(char c) {
  switch (c) {
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    case '"':
    case '\\':
    case '/': return c;
    default: return 0;
  }
}

// Text of a JSON string between its quotes; nothing when an escape is wrong.
std::optional<Text> unescape(Text raw, Arena& arena) {
  std::size_t at = raw.find('\\');
  if (at == Text::npos) return raw;
  char* const begin = arena.characters(raw.size());  // no escape is shorter than what it stands for
  char* out = begin;
  for (std::size_t copied = 0;; at = raw.find('\\', copied)) {
    const std::size_t plain = std::min(at, raw.size()) - copied;
    std::memcpy(out, raw.data() + copied, plain);
    out += plain;
    if (at == Text::npos) return Text(begin, static_cast<std::size_t>(out - begin));
    if (at + 1 == raw.size()) return std::nullopt;
    copied = at + 2;
    if (raw[at + 1] == 'u') {
      if (!unescape_unicode(raw, copied, out)) return std::nullopt;
    } else if (const char c = simple_escape(raw[at + 1]); c != 0) {
      *out++ = c;
    } else {
      return std::nullopt;
    }
  }
}

// The string that begins at `begin`, up to its closing quote.
std::optional<Text> quoted(const char* begin, const char* end) {
  for (const char* at = begin; at < end; ++at) {
    at = static_cast<const char*>(std::memchr(at, '"', static_cast<std::size_t>(end - at)));
    if (at == nullptr) return std::nullopt;
    const char* slash = at;
    while (slash > begin && slash[-1] == '\\') --slash;
    if ((at - slash) % 2 == 0) return Text(begin, static_cast<std::size_t>(at - begin));
  }
  return std::nullopt;
}

class Walker {
 public:
  Walker(Text text, Arena& arena, Workspace& workspace) : text_(text), arena_(arena), work_(workspace) {}

  // The padding behind the text must be readable.
  const Value* walk() {
    const simdjson::padded_string_view padded(text_.data(), text_.size(), text_.size() + simdjson::SIMDJSON_PADDING);
    if (work_.parser.iterate(padded).get(document_)) return nullptr;
    ondemand::value root;
    if (document_.get_value().get(root)) return nullptr;
    Value value;
    if (!read(root, 0, value) || !at_end()) return nullptr;
    return arena_.make<Value>(value);
  }

 private:
  bool read(ondemand::value json, std::size_t depth, Value& out) {
    ondemand::json_type type;
    if (depth == json_depth || json.type().get(type)) return false;
    switch (type) {
      case ondemand::json_type::array: return read_array(json, depth, out);
      case ondemand::json_type::object: return read_object(json, depth, out);
      case ondemand::json_type::string: return read_string(json, out);
      case ondemand::json_type::number: return read_number(json, out);
      case ondemand::json_type::boolean: out.type = Value::Type::boolean; return !json.get_bool().get(out.boolean);
      case ondemand::json_type::null: {
        bool is_null = false;
        return !json.is_null().get(is_null) && is_null;
      }
    }
    return false;
  }

  bool read_array(ondemand::value json, std::size_t depth, Value& out) {
    const char* const begin = location();
    ondemand::array array;
    if (json.get_array().get(array)) return false;
    std::vector<Value>& items = work_.items[depth];
    items.clear();
    for (auto item : array) {
      ondemand::value value;
      if (item.get(value)) return false;
      Value next;
      if (!read(value, depth + 1, next)) return false;
      items.push_back(next);
    }
    out.type = Value::Type::array;
    out.array = arena_.copy(items);
    out.text = since(begin);
    return true;
  }

  bool read_object(ondemand::value json, std::size_t depth, Value& out) {
    const char* const begin = location();
    ondemand::object object;
    if (json.get_object().get(object)) return false;
    std::vector<KeyValue>& members = work_.members[depth];
    members.clear();
    for (auto&& each : object) {
      ondemand::field field;
      if (std::move(each).get(field)) return false;
      const auto raw = quoted(field.key().raw(), end());
      const auto key = raw ? unescape(*raw, arena_) : std::nullopt;
      KeyValue next;
      if (!key || !read(field.value(), depth + 1, next.value)) return false;
      next.key = *key;
      members.push_back(next);
    }
    out.type = Value::Type::map;
    out.map = arena_.copy(members);
    out.text = since(begin);
    return true;
  }

  bool read_string(ondemand::value json, Value& out) {
    ondemand::raw_json_string string;
    if (json.get_raw_json_string().get(string)) return false;
    const auto raw = quoted(string.raw(), end());
    const auto text = raw ? unescape(*raw, arena_) : std::nullopt;
    out.type = Value::Type::string;
    out.text = text.value_or(Text());
    return text.has_value();
  }

  bool read_number(ondemand::value json, Value& out) {
    Text token = json.raw_json_token();
    while (!token.empty() && is_blank(token.back())) token.remove_suffix(1);
    out.text = token;
    out.type = Value::Type::integer;
    if (!json.get_int64().get(out.integer)) return true;
    out.type = Value::Type::real;
    if (!json.get_double().get(out.real)) return true;
    // An integer too long for simdjson: the double that is nearest; its digits stay in `text`.
    const auto [rest, error] = std::from_chars(token.data(), token.data() + token.size(), out.real);
    return error == std::errc() && rest == token.data() + token.size();
  }

  const char* end() const { return text_.data() + text_.size(); }
  const char* location() {
    const char* at = nullptr;
    return document_.current_location().get(at) ? end() : at;
  }
  bool at_end() {
    const char* at = nullptr;
    return document_.current_location().get(at) == simdjson::OUT_OF_BOUNDS;
  }
  Text since(const char* begin) {
    const char* last = location();
    while (last > begin && is_blank(last[-1])) --last;
    return {begin, static_cast<std::size_t>(last - begin)};
  }

  Text text_;
  Arena& arena_;
  Workspace& work_;
  ondemand::document document_;
};

}  // namespace

const Value* parse_json(Text text, Arena& arena) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == Text::npos || (text[first] != '[' && text[first] != '{')) return nullptr;
  thread_local auto work = std::make_unique<Workspace>();
  char* const copy = arena.characters(text.size() + simdjson::SIMDJSON_PADDING);
  std::memcpy(copy, text.data(), text.size());
  std::memset(copy + text.size(), ' ', simdjson::SIMDJSON_PADDING);
  const Value* const value = Walker(Text(copy, text.size()), arena, *work).walk();
  if (text.size() > kept_bytes) work = std::make_unique<Workspace>();
  return value;
}

Value decoded(const Value& value, Arena& arena) {
  if (value.type != Value::Type::string) return value;
  const Value* const tree = parse_json(value.text, arena);
  return tree != nullptr ? *tree : value;
}

Text raw_json(const Value& value) {
  switch (value.type) {
    case Value::Type::array:
    case Value::Type::map:
    case Value::Type::integer:
    case Value::Type::real: return value.text;
    default: return {};
  }
}

Text compact_json(Text json, Arena& arena) {
  if (json.find_first_of(" \t\r\n") == Text::npos) return json;
  char* const out = arena.characters(json.size() + simdjson::SIMDJSON_PADDING);
  std::size_t size = 0;
  if (simdjson::minify(json.data(), json.size(), out, size)) return json;
  return {out, size};
}

const Value* member(const Value& value, Text key) {
  if (value.type != Value::Type::map) return nullptr;
  const Value* const found = span::find(value.map, key);
  return found != nullptr && !found->is_empty() ? found : nullptr;
}

Text member_text(const Value& value, Text key) {
  const Value* const found = member(value, key);
  return found != nullptr && found->type == Value::Type::string ? found->text : Text();
}

}  // namespace aitf::genai
