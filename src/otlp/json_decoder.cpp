// ExportTraceServiceRequest in OTLP JSON -> Span views. Field names as in the OTLP specification (lowerCamelCase), or
// as in the .proto files.

#include "otlp/decode.hpp"
#include "otlp/json_reader.hpp"
#include "otlp/request_builder.hpp"

namespace aitf::otlp {
namespace {

using Json = JsonReader::Value;
using span::KeyValue;
using span::Repairs;
using span::Text;
using span::Value;

bool is(Text key, Text camel_case, Text snake_case) { return key == camel_case || key == snake_case; }

class JsonDecoder {
 public:
  JsonDecoder(Arena& arena, const Limits& limits)
      : arena_(arena),
        limits_(limits),
        reader_(arena),
        builder_(arena, limits, IdForm::hex),
        levels_(limits.depth + 1) {}

  Result<Request> decode(std::string_view body);

 private:
  // Lists under construction at one depth of an attribute value.
  struct Level {
    std::vector<Value> array;
    std::vector<KeyValue> map;
  };

  bool read_resource_spans(Json json);
  bool read_resource(Json json, span::Resource& resource);
  bool read_scope_spans(Json json);
  bool read_scope(Json json, span::Scope& scope);
  bool read_span(Json json);
  bool read_span_field(Text key, Json json, RawSpan& raw);
  bool read_span_list(Text key, Json json, RawSpan& raw);
  bool read_status(Json json, span::Span& span);
  bool read_event(Json json, span::Span& span);
  bool read_link(Json json, span::Span& span);
  bool read_attributes(Json json, std::size_t depth, std::vector<KeyValue>& list, std::uint32_t& dropped);
  bool read_attribute(Json json, std::size_t depth, std::vector<KeyValue>& list, std::uint32_t& dropped);
  bool read_value(Json json, std::size_t depth, Value& value);
  bool read_list_value(Text key, Json json, std::size_t depth, Value& value);
  bool read_array(Json json, std::size_t depth, Value& value);
  bool read_map(Json json, std::size_t depth, Value& value);
  bool read_text(Json json, Text key, Text& out) { return reader_.read_text(json, key, out, &repairs_->invalid_utf8); }

  Arena& arena_;
  const Limits& limits_;
  JsonReader reader_;
  RequestBuilder builder_;
  Repairs* repairs_ = nullptr;  // of what is being read: a span, a resource or a scope
  Section<span::Resource>* resource_ = nullptr;
  Section<span::Scope>* scope_ = nullptr;
  DroppedBySender dropped_;
  std::vector<KeyValue> attributes_;        // of a span, resource or scope
  std::vector<KeyValue> inner_attributes_;  // of an event
  std::vector<span::Event> events_;
  std::vector<span::Link> links_;
  std::vector<Level> levels_;
};

Result<Request> JsonDecoder::decode(std::string_view body) {
  const bool done = reader_.read_document(body, [this](Text key, Json json) {
    if (!is(key, "resourceSpans", "resource_spans")) return true;
    return reader_.each_element(json, key, [this](Json element) { return read_resource_spans(element); });
  });
  if (done) return builder_.finish();
  if (reader_.is_broken()) return tl::unexpected<Error>(reader_.broken_error());
  return fail(ErrorKind::invalid, "body is no OTLP request: " + reader_.problem());
}

bool JsonDecoder::read_resource_spans(Json json) {
  Section<span::Resource> section(builder_.spans());
  resource_ = &section;
  const bool done = reader_.each_field(json, "an element of resourceSpans", [&](Text key, Json field) {
    repairs_ = &section.repairs;
    span::Resource so_far = section.get();
    if (is(key, "scopeSpans", "scope_spans"))
      return reader_.each_element(field, key, [this](Json element) { return read_scope_spans(element); });
    if (key == "resource" && !read_resource(field, so_far)) return false;
    if (is(key, "schemaUrl", "schema_url") && !read_text(field, key, so_far.schema_url)) return false;
    section.set(so_far);
    return true;
  });
  builder_.finish_section(section);
  return done;
}

bool JsonDecoder::read_resource(Json json, span::Resource& resource) {
  std::uint32_t dropped = 0;
  attributes_.clear();
  const bool done = reader_.each_field(json, "resource", [&](Text key, Json field) {
    return key != "attributes" || read_attributes(field, 1, attributes_, dropped);
  });
  resource.attributes = builder_.keep(attributes_, *repairs_);
  return done;
}

bool JsonDecoder::read_scope_spans(Json json) {
  Section<span::Scope> section(builder_.spans());
  scope_ = &section;
  const bool done = reader_.each_field(json, "an element of scopeSpans", [&](Text key, Json field) {
    repairs_ = &section.repairs;
    span::Scope so_far = section.get();
    if (key == "spans") return reader_.each_element(field, key, [this](Json element) { return read_span(element); });
    if (key == "scope" && !read_scope(field, so_far)) return false;
    if (is(key, "schemaUrl", "schema_url") && !read_text(field, key, so_far.schema_url)) return false;
    section.set(so_far);
    return true;
  });
  builder_.finish_section(section);
  return done;
}

bool JsonDecoder::read_scope(Json json, span::Scope& scope) {
  std::uint32_t dropped = 0;
  attributes_.clear();
  const bool done = reader_.each_field(json, "scope", [&](Text key, Json field) {
    if (key == "name") return read_text(field, key, scope.name);
    if (key == "version") return read_text(field, key, scope.version);
    return key != "attributes" || read_attributes(field, 1, attributes_, dropped);
  });
  scope.attributes = builder_.keep(attributes_, *repairs_);
  return done;
}

// True unless the JSON is broken: a span that cannot be read is rejected.
bool JsonDecoder::read_span(Json json) {
  if (!builder_.admit_span()) return true;
  RawSpan raw;
  span::Span& span = raw.span;
  repairs_ = &span.repairs;
  dropped_ = {};
  attributes_.clear();
  events_.clear();
  links_.clear();
  const auto take = [&](Text key, Json field) { return read_span_field(key, field, raw); };
  if (!reader_.each_field(json, "span", take)) {
    if (reader_.is_broken()) return false;
    builder_.reject_malformed(span, reader_.problem());
    return true;
  }
  span.attributes = builder_.keep(attributes_, span.repairs);
  span.events = arena_.copy(events_);
  span.links = arena_.copy(links_);
  dropped_.add_to(span);
  span.resource = resource_->place(arena_);
  span.scope = scope_->place(arena_);
  builder_.finish_span(raw);
  return true;
}

bool JsonDecoder::read_span_field(Text key, Json json, RawSpan& raw) {
  span::Span& span = raw.span;
  if (is(key, "traceId", "trace_id")) return read_text(json, key, raw.trace_id);
  if (is(key, "spanId", "span_id")) return read_text(json, key, raw.span_id);
  if (is(key, "parentSpanId", "parent_span_id")) return read_text(json, key, raw.parent_span_id);
  if (key == "name") return read_text(json, key, span.name);
  if (key == "kind")
    return reader_.read_enum(json, key, "SPAN_KIND_",
                             {"UNSPECIFIED", "INTERNAL", "SERVER", "CLIENT", "PRODUCER", "CONSUMER"}, span.kind);
  if (is(key, "startTimeUnixNano", "start_time_unix_nano")) return reader_.read_time(json, key, span.start_unix_nano);
  if (is(key, "endTimeUnixNano", "end_time_unix_nano")) return reader_.read_time(json, key, span.end_unix_nano);
  if (key == "status") return read_status(json, span);
  if (is(key, "traceState", "trace_state")) return read_text(json, key, span.trace_state);
  return read_span_list(key, json, raw);
}

bool JsonDecoder::read_span_list(Text key, Json json, RawSpan& raw) {
  span::Span& span = raw.span;
  if (key == "attributes") return read_attributes(json, 1, attributes_, span.dropped_attributes);
  if (key == "events") return reader_.each_element(json, key, [&](Json element) { return read_event(element, span); });
  if (key == "links") return reader_.each_element(json, key, [&](Json element) { return read_link(element, span); });
  if (is(key, "droppedAttributesCount", "dropped_attributes_count"))
    return reader_.read_count(json, key, dropped_.attributes);
  if (is(key, "droppedEventsCount", "dropped_events_count")) return reader_.read_count(json, key, dropped_.events);
  if (is(key, "droppedLinksCount", "dropped_links_count")) return reader_.read_count(json, key, dropped_.links);
  return true;
}

bool JsonDecoder::read_status(Json json, span::Span& span) {
  return reader_.each_field(json, "status", [&](Text key, Json field) {
    if (key == "message") return read_text(field, "status.message", span.status_message);
    if (key != "code") return true;
    return reader_.read_enum(field, "status.code", "STATUS_CODE_", {"UNSET", "OK", "ERROR"}, span.status_code);
  });
}

bool JsonDecoder::read_event(Json json, span::Span& span) {
  if (!builder_.admit(events_.size(), limits_.events, *repairs_)) {
    ++span.dropped_events;
    return true;
  }
  span::Event event;
  std::uint32_t dropped = 0;
  inner_attributes_.clear();
  const bool done = reader_.each_field(json, "an event", [&](Text key, Json field) {
    if (is(key, "timeUnixNano", "time_unix_nano")) return reader_.read_time(field, key, event.time_unix_nano);
    if (key == "name") return read_text(field, "the name of an event", event.name);
    return key != "attributes" || read_attributes(field, 1, inner_attributes_, dropped);
  });
  event.attributes = builder_.keep(inner_attributes_, *repairs_);
  events_.push_back(event);
  return done;
}

bool JsonDecoder::read_link(Json json, span::Span& span) {
  Text trace_id;
  Text span_id;
  const bool done = reader_.each_field(json, "a link", [&](Text key, Json field) {
    if (is(key, "traceId", "trace_id")) return read_text(field, key, trace_id);
    return !is(key, "spanId", "span_id") || read_text(field, key, span_id);
  });
  span::Link link;
  if (builder_.admit(links_.size(), limits_.links, *repairs_) && builder_.read_link(link, trace_id, span_id))
    links_.push_back(link);
  else
    ++span.dropped_links;
  return done;
}

bool JsonDecoder::read_attributes(Json json, std::size_t depth, std::vector<KeyValue>& list, std::uint32_t& dropped) {
  return reader_.each_element(json, "attributes",
                              [&](Json element) { return read_attribute(element, depth, list, dropped); });
}

bool JsonDecoder::read_attribute(Json json, std::size_t depth, std::vector<KeyValue>& list, std::uint32_t& dropped) {
  if (!builder_.admit(list.size(), limits_.attributes, *repairs_)) {
    ++dropped;
    return true;
  }
  KeyValue attribute;
  const bool done = reader_.each_field(json, "an attribute", [&](Text key, Json field) {
    if (key == "key") return read_text(field, "the key of an attribute", attribute.key);
    return key != "value" || read_value(field, depth, attribute.value);
  });
  if (builder_.is_good_key(attribute.key, *repairs_))
    list.push_back(attribute);
  else
    ++dropped;
  return done;
}

bool JsonDecoder::read_value(Json json, std::size_t depth, Value& value) {
  return reader_.each_field(json, "the value of an attribute", [&](Text key, Json field) {
    Value read;
    if (is(key, "stringValue", "string_value")) {
      read.type = Value::Type::string;
      if (!read_text(field, key, read.text)) return false;
    } else if (is(key, "intValue", "int_value")) {
      read.type = Value::Type::integer;
      if (!reader_.read_int64(field, key, read.integer)) return false;
    } else if (is(key, "boolValue", "bool_value")) {
      read.type = Value::Type::boolean;
      if (!reader_.read_bool(field, key, read.boolean)) return false;
    } else if (is(key, "doubleValue", "double_value")) {
      read.type = Value::Type::real;
      if (!reader_.read_double(field, key, read.real)) return false;
    } else {
      return read_list_value(key, field, depth, value);
    }
    value = read;
    return true;
  });
}

bool JsonDecoder::read_list_value(Text key, Json json, std::size_t depth, Value& value) {
  if (is(key, "arrayValue", "array_value")) return read_array(json, depth + 1, value);
  if (is(key, "kvlistValue", "kvlist_value")) return read_map(json, depth + 1, value);
  if (!is(key, "bytesValue", "bytes_value")) return true;
  value = {.type = Value::Type::bytes};
  return reader_.read_bytes(json, key, value.text);
}

bool JsonDecoder::read_array(Json json, std::size_t depth, Value& value) {
  value = {};
  if (!builder_.admit(depth, limits_.depth + 1, *repairs_)) return true;
  std::vector<Value>& list = levels_[depth].array;
  list.clear();
  const auto take = [&](Json element) {
    if (!builder_.admit(0, 1, *repairs_)) return true;
    Value& place = list.emplace_back();
    return token_of(element) == "null" || read_value(element, depth, place);
  };
  const bool done = reader_.each_field(json, "arrayValue", [&](Text key, Json field) {
    return key != "values" || reader_.each_element(field, "arrayValue.values", take);
  });
  value = {.type = Value::Type::array, .array = arena_.copy(list)};
  return done;
}

bool JsonDecoder::read_map(Json json, std::size_t depth, Value& value) {
  value = {};
  if (!builder_.admit(depth, limits_.depth + 1, *repairs_)) return true;
  std::vector<KeyValue>& list = levels_[depth].map;
  list.clear();
  std::uint32_t dropped = 0;
  const bool done = reader_.each_field(json, "kvlistValue", [&](Text key, Json field) {
    return key != "values" || read_attributes(field, depth, list, dropped);
  });
  value = {.type = Value::Type::map, .map = builder_.keep(list, *repairs_)};
  return done;
}

}  // namespace

Result<Request> decode_json(std::string_view body, Arena& arena, const Limits& limits) {
  return JsonDecoder(arena, limits).decode(body);
}

}  // namespace aitf::otlp
