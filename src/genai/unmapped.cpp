// Lists what is left over.
#include "genai/unmapped.hpp"

#include <string>

#include "genai/read_value.hpp"
#include "genai/resource.hpp"

namespace aitf::genai {
namespace {

// An event shows fewer; more here would only cost time.
constexpr std::size_t most_entries = 512;

bool is_vector(const span::KeyValue& attribute) {
  const span::Value& value = attribute.value;
  if (value.type != span::Value::Type::array || value.array.size() < 8) return false;
  if (value.array.front().type != span::Value::Type::real) return false;
  return attribute.key.find("embedding") != Text::npos || attribute.key.find("vector") != Text::npos;
}

void add(Operation& operation, Text prefix, const span::KeyValue& attribute) {
  if (!is_void(attribute.value) && !is_vector(attribute))
    operation.unmapped.push_back({prefix, attribute.key, &attribute.value});
}

void add_named(const Reading& reading, const Named& named, const Rows& rows, Text prefix) {
  for (std::size_t i = 0; i < named.rows.size(); ++i)
    if (!reading.holds(named.attributes[i], named.rows[i], rows)) add(reading.operation, prefix, named.attributes[i]);
}

void add_resource(const Reading& reading) {
  const Named& named = reading.resource;
  for (std::size_t i = 0; i < named.rows.size(); ++i) {
    const span::KeyValue& attribute = named.attributes[i];
    const bool is_unnamed = attribute.key == "service.name" && is_unnamed_service(attribute.value.text);
    if (!is_unnamed && !reading.holds(attribute, named.rows[i], resource_rows()))
      add(reading.operation, "resource.", attribute);
  }
}

// `event.<name>.`, and `event.<name>#2.` for the second of a name.
Text event_prefix(span::Text name, std::size_t ordinal, Arena& arena) {
  std::string prefix("event.");
  prefix.append(name);
  if (ordinal > 1) prefix.append("#").append(std::to_string(ordinal));
  return arena.copy(prefix.append("."));
}

std::size_t ordinal_of(const Reading& reading, std::size_t event) {
  std::size_t ordinal = 1;
  for (std::size_t i = 0; i < event; ++i) ordinal += reading.span.events[i].name == reading.span.events[event].name;
  return ordinal;
}

bool is_left_out(const Reading& reading, std::size_t event, const span::KeyValue& attribute) {
  if (reading.span.events[event].name == "exception") {
    if (attribute.key == "exception.stacktrace" || attribute.key == "exception.escaped") return true;
    const bool is_type = attribute.key == "exception.type";
    if (!reading.used_events[event] || (!is_type && attribute.key != "exception.message")) return false;
    return !is_type || attribute.value.text == reading.operation.failure.type;
  }
  return reading.used_events[event] || reading.holds(attribute, span_rows().row_of(attribute.key), span_rows());
}

void add_event(const Reading& reading, std::size_t event) {
  Text prefix;
  for (const span::KeyValue& attribute : reading.span.events[event].attributes) {
    if (is_void(attribute.value) || is_left_out(reading, event, attribute)) continue;
    if (prefix.empty())
      prefix = event_prefix(reading.span.events[event].name, ordinal_of(reading, event), reading.arena);
    add(reading.operation, prefix, attribute);
  }
}

}  // namespace

void fill_unmapped(Reading& reading) {
  add_named(reading, reading.named, span_rows(), "span.");
  add_resource(reading);
  if (reading.span.scope != nullptr)
    for (const span::KeyValue& attribute : reading.span.scope->attributes) add(reading.operation, "scope.", attribute);
  for (std::size_t i = 0; i < reading.span.events.size() && reading.operation.unmapped.size() < most_entries; ++i)
    add_event(reading, i);
}

}  // namespace aitf::genai
