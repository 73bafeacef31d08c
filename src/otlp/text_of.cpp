// Writes spans out for tests: one line a field, types shown.

#include "otlp/text_of.hpp"

#include <sstream>

#include "otlp/ids.hpp"

namespace aitf::otlp {
namespace {

std::string hex(span::Text bytes) {
  std::string out(2 * bytes.size(), '\0');
  write_hex(bytes, out.data());
  return out;
}

std::string real(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.17g", value);
  return text;
}

std::string text_of(span::Repairs repairs) {
  std::string out;
  if (repairs.invalid_utf8) out += " invalid_utf8";
  if (repairs.limit_reached) out += " limit_reached";
  if (repairs.duplicate_key) out += " duplicate_key";
  return out;
}

}  // namespace

std::string text_of(const span::Value& value) {
  using Type = span::Value::Type;
  switch (value.type) {
    case Type::empty: return "empty";
    case Type::string: return "'" + std::string(value.text) + "'";
    case Type::boolean: return value.boolean ? "true" : "false";
    case Type::integer: return std::to_string(value.integer);
    case Type::real: return "real " + real(value.real);
    case Type::bytes: return "bytes " + hex(value.text);
    case Type::map: return "{" + text_of(value.map) + "}";
    case Type::array: break;
  }
  std::string out = "[";
  for (const span::Value& element : value.array) out += (out.size() > 1 ? ", " : "") + text_of(element);
  return out + "]";
}

std::string text_of(span::Attributes attributes) {
  std::string out;
  for (const span::KeyValue& a : attributes)
    out += (out.empty() ? "" : ", ") + std::string(a.key) + ": " + text_of(a.value);
  return out;
}

std::string text_of(const span::Span& span) {
  std::ostringstream out;
  out << "trace " << span.trace_id << " span " << span.span_id << " parent " << span.parent_span_id << '\n';
  out << "name '" << span.name << "' state '" << span.trace_state << "' kind " << span.kind << '\n';
  out << "from " << span.start_unix_nano << " to " << span.end_unix_nano << '\n';
  out << "status " << span.status_code << " '" << span.status_message << "'\n";
  out << "dropped " << span.dropped_attributes << ' ' << span.dropped_events << ' ' << span.dropped_links << '\n';
  out << "repairs" << text_of(span.repairs) << '\n' << text_of(span.attributes) << '\n';
  for (const span::Event& e : span.events)
    out << "event " << e.time_unix_nano << " '" << e.name << "' " << text_of(e.attributes) << '\n';
  for (const span::Link& l : span.links) out << "link " << l.trace_id << ' ' << l.span_id << '\n';
  out << "resource " << span.resource->schema_url << ' ' << text_of(span.resource->attributes) << '\n';
  const span::Scope& scope = *span.scope;
  out << "scope " << scope.name << ' ' << scope.version << ' ' << scope.schema_url << ' ' << text_of(scope.attributes);
  return out.str();
}

}  // namespace aitf::otlp
