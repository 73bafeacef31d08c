// The JSON writer, a visitor over the generated structs.

#include "ocsf/write.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/json_writer.hpp"

namespace aitf::ocsf {
namespace {

bool is_present(Text text) { return !text.empty(); }
bool is_present(const std::optional<bool>& value) { return value.has_value(); }
bool is_present(const std::optional<std::int64_t>& value) { return value.has_value(); }
bool is_present(const std::optional<double>& value) { return value && std::isfinite(*value); }
bool is_present(const std::pair<Text, Text>& entry) { return !entry.second.empty(); }
template <class Object>
bool is_present(const Object& object);
template <class Object>
bool is_present(const std::optional<Object>& object) {
  return object && is_present(*object);
}
template <class Value>
bool is_present(const std::vector<Value>& list) {
  return std::ranges::any_of(list, [](const Value& value) { return is_present(value); });
}

template <class Object>
struct PresenceVisitor {
  const Object& object;
  bool found = false;

  template <class Member>
  void field(Text, Member Object::* member) {
    found = found || is_present(object.*member);
  }
};

template <class Object>
bool is_present(const Object& object) {
  PresenceVisitor<Object> visitor{object};
  Object::describe(visitor);
  return visitor.found;
}

void write(JsonWriter& json, Text text) { json.string(text); }
void write(JsonWriter& json, bool value) { json.boolean(value); }
void write(JsonWriter& json, std::int64_t value) { json.integer(value); }
void write(JsonWriter& json, std::uint32_t value) { json.unsigned_integer(value); }
void write(JsonWriter& json, double value) { json.real(value); }
template <class Object>
void write(JsonWriter& json, const Object& object);
template <class Value>
void write(JsonWriter& json, const std::optional<Value>& value) {
  write(json, *value);
}
void write(JsonWriter& json, const StringMap& map) {
  json.begin_object();
  for (const auto& [key, value] : map) {
    if (value.empty()) continue;
    json.key(key);
    json.string(value);
  }
  json.end_object();
}
template <class Value>
void write(JsonWriter& json, const std::vector<Value>& list) {
  json.begin_array();
  for (const Value& value : list)
    if (is_present(value)) write(json, value);
  json.end_array();
}

template <class Object>
struct WriteVisitor {
  JsonWriter& json;
  const Object& object;

  template <class Member>
  void field(Text key, Member Object::* member) {
    if (!is_present(object.*member)) return;
    json.raw_key(key);
    write(json, object.*member);
  }
  template <class Value>
  void constant(Text key, Value value) {
    json.raw_key(key);
    write(json, value);
  }
};

template <class Object>
void write(JsonWriter& json, const Object& object) {
  json.begin_object();
  Object::describe(WriteVisitor<Object>{json, object});
  json.end_object();
}

}  // namespace

void append_json(std::string& out, const Event& event) {
  JsonWriter json(out);
  std::visit([&json](const auto& one) { write(json, one); }, event);
}

}  // namespace aitf::ocsf
