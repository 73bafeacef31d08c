// Reads JSON by recursive descent, straight into the tree. Texts without escapes are not copied.
#include "genai/json_value.hpp"

#include <simdjson.h>

#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <string>
#include <system_error>
#include <vector>

#include "genai/json_string.hpp"
#include "genai/short_text.hpp"

namespace aitf::genai {
namespace {

using span::KeyValue;
using span::Text;
using span::Value;

// Lists that are being read, one for each level; they keep their memory from one text to the next.
struct Workspace {
  std::array<std::vector<Value>, json_depth> items;
  std::array<std::vector<KeyValue>, json_depth> members;
};

constexpr std::size_t kept_bytes = 1 << 20;  // what a text larger than this made grow is given back

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

class Reader {
 public:
  Reader(Text text, Arena& arena, Workspace& workspace)
      : at_(text.data()), end_(at_ + text.size()), strings_(end_, arena), arena_(arena), work_(workspace) {}

  // The one value that is the whole text.
  bool read(Value& out) {
    if (!read_value(0, out)) return false;
    skip_blanks();
    return at_ == end_;
  }

 private:
  bool read_value(std::size_t depth, Value& out) {
    skip_blanks();
    if (at_ == end_ || depth == json_depth) return false;
    switch (*at_) {
      case '"': out.type = Value::Type::string; return strings_.read(++at_, out.text);
      case '{': return read_object(depth, out);
      case '[': return read_array(depth, out);
      case 't': out.type = Value::Type::boolean; return out.boolean = skip("true");
      case 'f': out.type = Value::Type::boolean; return skip("false");
      case 'n': return skip("null");
      default: return read_number(out);
    }
  }

  bool read_array(std::size_t depth, Value& out) {
    const char* const begin = at_++;
    std::vector<Value>& items = work_.items[depth];
    items.clear();
    if (!skip_end(']')) {
      do {
        if (!read_value(depth + 1, items.emplace_back())) return false;
        skip_blanks();
      } while (skip(','));
      if (!skip(']')) return false;
    }
    out.type = Value::Type::array;
    out.array = arena_.copy(items);
    out.text = since(begin);
    return true;
  }

  bool read_object(std::size_t depth, Value& out) {
    const char* const begin = at_++;
    std::vector<KeyValue>& members = work_.members[depth];
    members.clear();
    if (!skip_end('}')) {
      do {
        KeyValue& next = members.emplace_back();
        if (!read_key(next.key) || !read_value(depth + 1, next.value)) return false;
        skip_blanks();
      } while (skip(','));
      if (!skip('}')) return false;
    }
    out.type = Value::Type::map;
    out.map = arena_.copy(members);
    out.text = since(begin);
    return true;
  }

  // A string and the colon behind it.
  bool read_key(Text& key) {
    skip_blanks();
    if (!skip('"') || !strings_.read(at_, key)) return false;
    skip_blanks();
    return skip(':');
  }

  bool read_number(Value& out) {
    const char* const begin = at_;
    skip('-');
    if (!skip('0') && !skip_digits()) return false;
    const char* const whole = at_;
    if (skip('.') && !skip_digits()) return false;
    if (skip('e') || skip('E')) {
      if (!skip('+')) skip('-');
      if (!skip_digits()) return false;
    }
    out.text = since(begin);
    out.type = Value::Type::integer;
    if (at_ == whole && std::from_chars(begin, at_, out.integer).ec == std::errc()) return true;
    // Also an integer that is too long: the double that is nearest; its digits stay in `text`.
    out.type = Value::Type::real;
    const std::errc error = std::from_chars(begin, at_, out.real).ec;
    if (error == std::errc::result_out_of_range) out.real = std::strtod(std::string(out.text).c_str(), nullptr);
    return std::isfinite(out.real);  // a number too small is 0, one too large is none
  }

  void skip_blanks() {
    while (at_ < end_ && is_blank(*at_)) ++at_;
  }
  bool skip(char c) {
    if (at_ == end_ || *at_ != c) return false;
    ++at_;
    return true;
  }
  // The bracket that closes an empty list or object.
  bool skip_end(char bracket) {
    skip_blanks();
    return skip(bracket);
  }
  bool skip(Text word) {
    if (!Text(at_, static_cast<std::size_t>(end_ - at_)).starts_with(word)) return false;
    at_ += word.size();
    return true;
  }
  bool skip_digits() {
    const char* const begin = at_;
    while (at_ < end_ && is_digit(*at_)) ++at_;
    return at_ > begin;
  }
  Text since(const char* begin) const { return {begin, static_cast<std::size_t>(at_ - begin)}; }

  const char* at_;
  const char* end_;
  JsonStrings strings_;
  Arena& arena_;
  Workspace& work_;
};

bool read_json(Text text, Arena& arena, Value& out) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == Text::npos || (text[first] != '[' && text[first] != '{')) return false;
  thread_local Workspace work;
  const bool is_json = Reader(text, arena, work).read(out);
  if (text.size() > kept_bytes) work = Workspace();
  return is_json;
}

}  // namespace

const Value* parse_json(Text text, Arena& arena) {
  Value value;
  return read_json(text, arena, value) ? arena.make<Value>(value) : nullptr;
}

Value decoded(const Value& value, Arena& arena) {
  Value tree;
  if (value.type != Value::Type::string || !read_json(value.text, arena, tree)) tree = value;
  return tree;
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
  for (const KeyValue& each : value.map)
    if (same(each.key, key)) return each.value.is_empty() ? nullptr : &each.value;
  return nullptr;
}

Text member_text(const Value& value, Text key) {
  const Value* const found = member(value, key);
  return found != nullptr && found->type == Value::Type::string ? found->text : Text();
}

}  // namespace aitf::genai
