#pragma once
// Walks a JSON document with simdjson's on-demand parser and reads scalars from their raw text.
// Two kinds of failure: a value of the wrong kind (problem() tells; the walk goes on after it, so it can cost one
// span), and broken JSON (is_broken(); the document is lost). Functions give false on either. One document, one thread.

#include <simdjson.h>

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "base/arena.hpp"
#include "base/result.hpp"

namespace aitf::otlp {

class JsonReader {
 public:
  using Value = simdjson::ondemand::value;

  explicit JsonReader(Arena& arena) : arena_(arena) {}

  // Calls take(key, value) for each field of the root object, then makes sure that nothing follows it.
  template <class Take>
  bool read_document(std::string_view body, Take take);

  // Calls take(key, value) for each field that is not null. `name` is for the message when it is no object.
  template <class Take>
  bool each_field(Value value, std::string_view name, Take take);
  // Calls take(value) for each element.
  template <class Take>
  bool each_element(Value value, std::string_view name, Take take);

  // The text of a string. Sets *repaired when it holds a lone surrogate or was no UTF-8.
  bool read_text(Value value, std::string_view name, std::string_view& out, bool* repaired);
  bool read_bytes(Value value, std::string_view name, std::string_view& out);  // base64
  bool read_bool(Value value, std::string_view name, bool& out);
  bool read_int64(Value value, std::string_view name, std::int64_t& out);
  bool read_double(Value value, std::string_view name, double& out);
  // Nanoseconds; what lies before 1970 becomes 0.
  bool read_time(Value value, std::string_view name, std::uint64_t& out);
  // A count of something dropped; a negative one becomes 0.
  bool read_count(Value value, std::string_view name, std::uint32_t& out);
  // A number of an enum, or its name after `prefix` as one of `names`, by number. Other numbers are kept, other names
  // 0.
  bool read_enum(Value value, std::string_view name, std::string_view prefix,
                 std::initializer_list<std::string_view> names, std::int32_t& out);

  // For a value that is no object, array or scalar it should be: says so and gives false.
  bool wrong_type(std::string_view name, std::string_view wanted, std::string_view token);
  bool is_broken() const { return broken_ != simdjson::SUCCESS; }
  const std::string& problem() const { return problem_; }
  // Why the document is broken and at which byte.
  Error broken_error() const;

 private:
  // A padded copy, as simdjson wants it.
  simdjson::padded_string_view prepare(std::string_view body);
  simdjson::ondemand::parser& parser_for(std::size_t size);
  bool broken(simdjson::error_code code);
  bool open(std::string_view body, simdjson::ondemand::document& document, simdjson::ondemand::object& root);
  bool close(simdjson::ondemand::document& document);
  void locate(simdjson::ondemand::document& document);
  template <class Take>
  bool walk(simdjson::ondemand::object& object, Take& take);
  std::string_view key_of(simdjson::ondemand::field& field);
  // The characters of a number, or of a string that holds one.
  bool number_text(Value value, std::string_view name, std::string_view& out);

  Arena& arena_;
  std::string_view text_;  // the prepared document
  simdjson::ondemand::parser own_parser_;
  simdjson::error_code broken_ = simdjson::SUCCESS;
  std::size_t broken_at_ = 0;
  bool was_repaired_ = false;
  std::string problem_;
};

inline bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

// The raw text of a scalar, or of an object or array up to its first element.
inline std::string_view token_of(JsonReader::Value& value) {
  std::string_view token = value.raw_json_token();
  while (!token.empty() && is_space(token.back())) token.remove_suffix(1);
  return token;
}

template <class Take>
bool JsonReader::walk(simdjson::ondemand::object& object, Take& take) {
  for (auto entry : object) {
    simdjson::ondemand::field field;
    if (const auto error = std::move(entry).get(field)) return broken(error);
    const std::string_view key = key_of(field);
    if (token_of(field.value()) == "null") continue;
    if (!take(key, field.value())) return false;
  }
  return true;
}

template <class Take>
bool JsonReader::read_document(std::string_view body, Take take) {
  simdjson::ondemand::document document;
  simdjson::ondemand::object root;
  if (!open(body, document, root)) return false;
  if (walk(root, take)) return close(document);
  locate(document);
  return false;
}

template <class Take>
bool JsonReader::each_field(Value value, std::string_view name, Take take) {
  const std::string_view token = token_of(value);
  if (!token.starts_with('{')) return wrong_type(name, "an object", token);
  simdjson::ondemand::object object;
  if (const auto error = value.get_object().get(object)) return broken(error);
  return walk(object, take);
}

template <class Take>
bool JsonReader::each_element(Value value, std::string_view name, Take take) {
  const std::string_view token = token_of(value);
  if (!token.starts_with('[')) return wrong_type(name, "an array", token);
  simdjson::ondemand::array array;
  if (const auto error = value.get_array().get(array)) return broken(error);
  for (auto entry : array) {
    Value element;
    if (const auto error = entry.get(element)) return broken(error);
    if (!take(element)) return false;
  }
  return true;
}

}  // namespace aitf::otlp
