// Reads scalars and lists leniently, and writes values back as text.
#include "genai/read_value.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/json_writer.hpp"
#include "genai/json_value.hpp"

namespace aitf::genai {
namespace {

using Type = span::Value::Type;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

template <class T>
std::optional<T> parse_number(Text text) {
  text = trim(text);
  if (text.starts_with('+')) text.remove_prefix(1);
  T number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

Count whole(double number) {
  constexpr double limit = 9007199254740992.0;  // 2^53: beyond it a double no longer names one integer
  if (!(std::fabs(number) <= limit) || std::trunc(number) != number) return std::nullopt;
  return static_cast<std::int64_t>(number);
}

template <class T>
Text decimal(T number, Arena& arena) {
  char digits[32];
  const auto [end, error] = std::to_chars(std::begin(digits), std::end(digits), number);
  return error == std::errc() ? arena.copy(Text(digits, static_cast<std::size_t>(end - digits))) : Text();
}

Text base64(Text bytes, Arena& arena) {
  static constexpr char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const std::size_t size = (bytes.size() + 2) / 3 * 4;
  char* const out = arena.characters(size);
  const auto at = [&](std::size_t i) { return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U; };
  for (std::size_t i = 0, o = 0; i < bytes.size(); i += 3, o += 4) {
    const unsigned bits = at(i) << 16 | at(i + 1) << 8 | at(i + 2);
    for (unsigned k = 0; k < 4; ++k) out[o + k] = i + k <= bytes.size() ? alphabet[bits >> (18 - 6 * k) & 63] : '=';
  }
  return {out, size};
}

void write_json(const span::Value& value, JsonWriter& json, Arena& arena) {
  switch (value.type) {
    case Type::empty: return json.null();
    case Type::string: return json.string(value.text);
    case Type::boolean: return json.boolean(value.boolean);
    case Type::integer: return json.integer(value.integer);
    case Type::real: return std::isfinite(value.real) ? json.real(value.real) : json.null();
    case Type::bytes: return json.string(base64(value.text, arena));
    case Type::array:
      json.begin_array();
      for (const span::Value& item : value.array) write_json(item, json, arena);
      return json.end_array();
    case Type::map:
      json.begin_object();
      for (const span::KeyValue& member : value.map) {
        json.key(member.key);
        write_json(member.value, json, arena);
      }
      return json.end_object();
  }
}

}  // namespace

std::optional<Text> read_text(const span::Value& value, Arena& arena, bool* coerced) {
  switch (value.type) {
    case Type::string: return value.text;
    case Type::boolean: *coerced = true; return value.boolean ? "true" : "false";
    case Type::integer: *coerced = true; return decimal(value.integer, arena);
    case Type::real: *coerced = true; return decimal(value.real, arena);
    default: return std::nullopt;
  }
}

Count read_integer(const span::Value& value, bool* coerced) {
  if (value.type == Type::integer) return value.integer;
  Count count;
  if (value.type == Type::real) count = whole(value.real);
  if (value.type == Type::string) {
    count = parse_number<std::int64_t>(value.text);
    if (!count)
      if (const Real real = parse_number<double>(value.text)) count = whole(*real);
  }
  if (count) *coerced = true;
  return count;
}

Count read_count(const span::Value& value, bool* coerced) {
  bool was_coerced = false;
  const Count count = read_integer(value, &was_coerced);
  if (!count || *count < 0) return std::nullopt;
  *coerced |= was_coerced;
  return count;
}

Real read_real(const span::Value& value, bool* coerced) {
  Real real;
  if (value.type == Type::real) real = value.real;
  if (value.type == Type::integer) real = static_cast<double>(value.integer);  // a whole number is a number
  if (value.type == Type::string) real = parse_number<double>(value.text);
  if (!real || !std::isfinite(*real)) return std::nullopt;
  if (value.type == Type::string) *coerced = true;
  return real;
}

Flag read_flag(const span::Value& value, bool* coerced) {
  if (value.type == Type::boolean) return value.boolean;
  Flag flag;
  if (value.type == Type::integer && (value.integer == 0 || value.integer == 1)) flag = value.integer == 1;
  if (value.type == Type::string) {
    const Text text = trim(value.text);
    if (equal_ignoring_case(text, "true") || text == "1") flag = true;
    if (equal_ignoring_case(text, "false") || text == "0") flag = false;
  }
  if (flag) *coerced = true;
  return flag;
}

std::vector<Text> read_texts(const span::Value& value, Arena& arena, bool* coerced) {
  std::vector<Text> texts;
  const auto add = [&](const span::Value& item) {
    const auto text = read_text(item, arena, coerced);
    if (text && !text->empty()) texts.push_back(*text);
  };
  if (value.type == Type::array) {
    for (const span::Value& item : value.array) add(item);
  } else if (value.type == Type::string && trim(value.text).starts_with('[')) {
    const span::Value* list = parse_json(value.text, arena);
    if (list == nullptr)
      add(value);
    else
      for (const span::Value& item : list->array) add(item);
  } else {
    add(value);
  }
  return texts;
}

Text as_json(const span::Value& value, Arena& arena) {
  if (const Text raw = raw_json(value); !raw.empty()) return compact_json(raw, arena);
  thread_local std::string scratch;
  scratch.clear();
  JsonWriter writer(scratch);
  write_json(value, writer, arena);
  return arena.copy(scratch);
}

Text as_text(const span::Value& value, Arena& arena) {
  if (value.type == Type::string) return value.text;
  if (value.type == Type::bytes) return base64(value.text, arena);
  if (value.type == Type::empty) return {};
  return as_json(value, arena);
}

bool is_void(const span::Value& value) {
  switch (value.type) {
    case Type::empty: return true;
    case Type::bytes: return value.text.empty();
    case Type::array: return value.array.empty();
    case Type::map: return value.map.empty();
    case Type::string: return value.text.empty() || value.text == "[]" || value.text == "{}";
    default: return false;
  }
}

bool equal_ignoring_case(Text a, Text b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

bool contains_ignoring_case(Text text, Text lower_case_part) {
  return std::search(text.begin(), text.end(), lower_case_part.begin(), lower_case_part.end(),
                     [](char x, char y) { return lower(x) == y; }) != text.end();
}

Text lower(Text text, Arena& arena) {
  const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (std::none_of(text.begin(), text.end(), is_upper)) return text;
  char* const out = arena.characters(text.size());
  std::transform(text.begin(), text.end(), out, [](char c) { return lower(c); });
  return {out, text.size()};
}

Text trim(Text text) {
  constexpr Text blanks = " \t\r\n";
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == Text::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

}  // namespace aitf::genai
