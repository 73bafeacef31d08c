// ExportTraceServiceRequest in protobuf -> Span views, in one pass. Field numbers are those of opentelemetry-proto 1.x.
//
// protozero throws on broken framing: within a span that costs the span, elsewhere the request. A known field with an
// unexpected wire type is an unknown field, as protobuf has it.

#include <protozero/pbf_reader.hpp>

#include "base/utf8.hpp"
#include "otlp/decode.hpp"
#include "otlp/request_builder.hpp"
#include "otlp/words.hpp"

namespace aitf::otlp {
namespace {

using protozero::tag_and_type;
using Bytes = protozero::data_view;
using Reader = protozero::pbf_reader;
using span::KeyValue;
using span::Repairs;
using span::Text;
using span::Value;

constexpr auto kVarint = protozero::pbf_wire_type::varint;
constexpr auto kFixed64 = protozero::pbf_wire_type::fixed64;
constexpr auto kLength = protozero::pbf_wire_type::length_delimited;

Text as_text(Bytes bytes) { return {bytes.data(), bytes.size()}; }

// Most strings are short and ASCII: looking at their words beats a call.
bool is_short_ascii(Text text) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080;
  if (text.size() > 64) return false;
  std::uint64_t seen = 0;
  each_word(text, [&seen](std::uint64_t word) { seen |= word; });
  return (seen & kHighBits) == 0;
}

class ProtobufDecoder {
 public:
  ProtobufDecoder(std::string_view body, Arena& arena, const Limits& limits)
      : body_(body),
        arena_(arena),
        limits_(limits),
        builder_(arena, limits, IdForm::bytes),
        levels_(limits.depth + 1) {}

  Result<Request> decode();

 private:
  // Lists under construction at one depth of an attribute value.
  struct Level {
    std::vector<Value> array;
    std::vector<KeyValue> map;
  };

  void resource_spans(Reader reader);
  void scope_spans(Reader reader);
  span::Resource resource(Reader reader);
  span::Scope scope(Reader reader);
  void span(Bytes bytes);
  void span_fields(Reader reader, RawSpan& raw);
  void event(Bytes bytes, RawSpan& raw);
  void link(Bytes bytes, RawSpan& raw);
  void status(Reader reader, span::Span& span);
  void attribute(Bytes bytes, std::size_t depth, std::vector<KeyValue>& list, std::uint32_t& dropped);
  Value value(Reader reader, std::size_t depth);
  Value array(Reader reader, std::size_t depth);
  Value map(Reader reader, std::size_t depth);
  Text text(Bytes bytes);
  // Remembers how far reading came, for the error of a broken request.
  Reader enter(Bytes bytes);
  Error broken_request(const char* what) const;

  std::string_view body_;
  Arena& arena_;
  const Limits& limits_;
  RequestBuilder builder_;
  Repairs* repairs_ = nullptr;  // of what is being read: a span, a resource or a scope
  const char* at_ = nullptr;
  Section<span::Resource>* resource_ = nullptr;
  Section<span::Scope>* scope_ = nullptr;
  std::vector<KeyValue> attributes_;        // of a span, resource or scope
  std::vector<KeyValue> inner_attributes_;  // of an event
  std::vector<span::Event> events_;
  std::vector<span::Link> links_;
  std::vector<Level> levels_;
};

Reader ProtobufDecoder::enter(Bytes bytes) {
  at_ = bytes.data();
  return Reader(bytes);
}

Text ProtobufDecoder::text(Bytes bytes) {
  const Text text = as_text(bytes);
  return is_short_ascii(text) ? text : repair_utf8(text, arena_, &repairs_->invalid_utf8);
}

Error ProtobufDecoder::broken_request(const char* what) const {
  const std::size_t position = at_ == nullptr ? 0 : static_cast<std::size_t>(at_ - body_.data());
  std::string hint;
  if (body_.starts_with('{')) hint = "this looks like JSON: send it with content-type application/json";
  return {ErrorKind::invalid,
          "body of " + std::to_string(body_.size()) + " bytes is no OTLP protobuf message: " + what +
              " in the message at byte " + std::to_string(position),
          std::move(hint)};
}

// protozero's exceptions, in our words.
const char* problem_of(const protozero::exception& e) {
  if (dynamic_cast<const protozero::end_of_buffer_exception*>(&e) != nullptr) return "a field runs past the end";
  if (dynamic_cast<const protozero::varint_too_long_exception*>(&e) != nullptr) return "a number is too long";
  if (dynamic_cast<const protozero::unknown_pbf_wire_type_exception*>(&e) != nullptr) return "unknown wire type";
  return "invalid field number";
}

Result<Request> ProtobufDecoder::decode() {
  try {
    Reader reader(body_.data(), body_.size());
    for (at_ = body_.data(); reader.next(); at_ = reader.data().data()) {
      if (reader.tag_and_type() == tag_and_type(1, kLength))
        resource_spans(enter(reader.get_view()));
      else
        reader.skip();
    }
  } catch (const protozero::exception& e) {
    return tl::unexpected<Error>(broken_request(problem_of(e)));
  }
  return builder_.finish();
}

void ProtobufDecoder::resource_spans(Reader reader) {
  Section<span::Resource> section(builder_.spans());
  resource_ = &section;
  span::Resource resource_so_far;
  while (reader.next()) {
    repairs_ = &section.repairs;
    switch (reader.tag_and_type()) {
      case tag_and_type(1, kLength): resource_so_far.attributes = resource(enter(reader.get_view())).attributes; break;
      case tag_and_type(2, kLength): scope_spans(enter(reader.get_view())); continue;
      case tag_and_type(3, kLength): resource_so_far.schema_url = text(reader.get_view()); break;
      default: reader.skip(); continue;
    }
    section.set(resource_so_far);
  }
  builder_.finish_section(section);
}

span::Resource ProtobufDecoder::resource(Reader reader) {
  span::Resource resource;
  std::uint32_t dropped = 0;
  attributes_.clear();
  while (reader.next()) {
    if (reader.tag_and_type() == tag_and_type(1, kLength))
      attribute(reader.get_view(), 1, attributes_, dropped);
    else
      reader.skip();
  }
  resource.attributes = builder_.keep(attributes_, *repairs_);
  return resource;
}

void ProtobufDecoder::scope_spans(Reader reader) {
  Section<span::Scope> section(builder_.spans());
  scope_ = &section;
  while (reader.next()) {
    repairs_ = &section.repairs;
    span::Scope scope_so_far = section.get();
    switch (reader.tag_and_type()) {
      case tag_and_type(1, kLength):
        scope_so_far = scope(enter(reader.get_view()));
        scope_so_far.schema_url = section.get().schema_url;
        break;
      case tag_and_type(2, kLength): span(reader.get_view()); continue;
      case tag_and_type(3, kLength): scope_so_far.schema_url = text(reader.get_view()); break;
      default: reader.skip(); continue;
    }
    section.set(scope_so_far);
  }
  builder_.finish_section(section);
}

span::Scope ProtobufDecoder::scope(Reader reader) {
  span::Scope scope;
  std::uint32_t dropped = 0;
  attributes_.clear();
  while (reader.next()) {
    switch (reader.tag_and_type()) {
      case tag_and_type(1, kLength): scope.name = text(reader.get_view()); break;
      case tag_and_type(2, kLength): scope.version = text(reader.get_view()); break;
      case tag_and_type(3, kLength): attribute(reader.get_view(), 1, attributes_, dropped); break;
      default: reader.skip();
    }
  }
  scope.attributes = builder_.keep(attributes_, *repairs_);
  return scope;
}

void ProtobufDecoder::span(Bytes bytes) {
  if (!builder_.admit_span()) return;
  RawSpan raw;
  repairs_ = &raw.span.repairs;
  try {
    span_fields(Reader(bytes), raw);
  } catch (const protozero::exception& e) {
    return builder_.reject_malformed(raw.span, problem_of(e));
  }
  raw.span.resource = resource_->place(arena_);
  raw.span.scope = scope_->place(arena_);
  builder_.finish_span(raw);
}

void ProtobufDecoder::span_fields(Reader reader, RawSpan& raw) {
  span::Span& span = raw.span;
  DroppedBySender dropped;
  attributes_.clear();
  events_.clear();
  links_.clear();
  while (reader.next()) {
    switch (reader.tag_and_type()) {
      case tag_and_type(1, kLength): raw.trace_id = as_text(reader.get_view()); break;
      case tag_and_type(2, kLength): raw.span_id = as_text(reader.get_view()); break;
      case tag_and_type(3, kLength): span.trace_state = text(reader.get_view()); break;
      case tag_and_type(4, kLength): raw.parent_span_id = as_text(reader.get_view()); break;
      case tag_and_type(5, kLength): span.name = text(reader.get_view()); break;
      case tag_and_type(6, kVarint): span.kind = reader.get_enum(); break;
      case tag_and_type(7, kFixed64): span.start_unix_nano = reader.get_fixed64(); break;
      case tag_and_type(8, kFixed64): span.end_unix_nano = reader.get_fixed64(); break;
      case tag_and_type(9, kLength): attribute(reader.get_view(), 1, attributes_, span.dropped_attributes); break;
      case tag_and_type(10, kVarint): dropped.attributes = reader.get_uint32(); break;
      case tag_and_type(11, kLength): event(reader.get_view(), raw); break;
      case tag_and_type(12, kVarint): dropped.events = reader.get_uint32(); break;
      case tag_and_type(13, kLength): link(reader.get_view(), raw); break;
      case tag_and_type(14, kVarint): dropped.links = reader.get_uint32(); break;
      case tag_and_type(15, kLength): status(Reader(reader.get_view()), span); break;
      default: reader.skip();
    }
  }
  span.attributes = builder_.keep(attributes_, span.repairs);
  span.events = arena_.copy(events_);
  span.links = arena_.copy(links_);
  dropped.add_to(span);
}

void ProtobufDecoder::status(Reader reader, span::Span& span) {
  while (reader.next()) {
    switch (reader.tag_and_type()) {
      case tag_and_type(2, kLength): span.status_message = text(reader.get_view()); break;
      case tag_and_type(3, kVarint): span.status_code = reader.get_enum(); break;
      default: reader.skip();
    }
  }
}

void ProtobufDecoder::event(Bytes bytes, RawSpan& raw) {
  if (!builder_.admit(events_.size(), limits_.events, *repairs_)) {
    ++raw.span.dropped_events;
    return;
  }
  span::Event event;
  std::uint32_t dropped = 0;
  inner_attributes_.clear();
  Reader reader(bytes);
  while (reader.next()) {
    switch (reader.tag_and_type()) {
      case tag_and_type(1, kFixed64): event.time_unix_nano = reader.get_fixed64(); break;
      case tag_and_type(2, kLength): event.name = text(reader.get_view()); break;
      case tag_and_type(3, kLength): attribute(reader.get_view(), 1, inner_attributes_, dropped); break;
      default: reader.skip();
    }
  }
  event.attributes = builder_.keep(inner_attributes_, *repairs_);
  events_.push_back(event);
}

void ProtobufDecoder::link(Bytes bytes, RawSpan& raw) {
  Text trace_id;
  Text span_id;
  Reader reader(bytes);
  while (reader.next()) {
    switch (reader.tag_and_type()) {
      case tag_and_type(1, kLength): trace_id = as_text(reader.get_view()); break;
      case tag_and_type(2, kLength): span_id = as_text(reader.get_view()); break;
      default: reader.skip();
    }
  }
  span::Link link;
  if (builder_.admit(links_.size(), limits_.links, *repairs_) && builder_.read_link(link, trace_id, span_id))
    links_.push_back(link);
  else
    ++raw.span.dropped_links;
}

void ProtobufDecoder::attribute(Bytes bytes, std::size_t depth, std::vector<KeyValue>& list, std::uint32_t& dropped) {
  if (!builder_.admit(list.size(), limits_.attributes, *repairs_)) {
    ++dropped;
    return;
  }
  KeyValue attribute;
  Reader reader(bytes);
  while (reader.next()) {
    switch (reader.tag_and_type()) {
      case tag_and_type(1, kLength): attribute.key = text(reader.get_view()); break;
      case tag_and_type(2, kLength): attribute.value = value(Reader(reader.get_view()), depth); break;
      default: reader.skip();
    }
  }
  if (builder_.is_good_key(attribute.key, *repairs_))
    list.push_back(attribute);
  else
    ++dropped;
}

Value ProtobufDecoder::value(Reader reader, std::size_t depth) {
  Value value;
  while (reader.next()) {
    switch (reader.tag_and_type()) {
      case tag_and_type(1, kLength): value = {.type = Value::Type::string, .text = text(reader.get_view())}; break;
      case tag_and_type(2, kVarint): value = {.type = Value::Type::boolean, .boolean = reader.get_bool()}; break;
      case tag_and_type(3, kVarint): value = {.type = Value::Type::integer, .integer = reader.get_int64()}; break;
      case tag_and_type(4, kFixed64): value = {.type = Value::Type::real, .real = reader.get_double()}; break;
      case tag_and_type(5, kLength): value = array(Reader(reader.get_view()), depth + 1); break;
      case tag_and_type(6, kLength): value = map(Reader(reader.get_view()), depth + 1); break;
      case tag_and_type(7, kLength): value = {.type = Value::Type::bytes, .text = as_text(reader.get_view())}; break;
      default: reader.skip();
    }
  }
  return value;
}

Value ProtobufDecoder::array(Reader reader, std::size_t depth) {
  if (!builder_.admit(depth, limits_.depth + 1, *repairs_)) return {};
  std::vector<Value>& list = levels_[depth].array;
  list.clear();
  while (reader.next()) {
    if (reader.tag_and_type() != tag_and_type(1, kLength)) {
      reader.skip();
      continue;
    }
    const Bytes element = reader.get_view();
    if (builder_.admit(0, 1, *repairs_)) list.push_back(value(Reader(element), depth));
  }
  return {.type = Value::Type::array, .array = arena_.copy(list)};
}

Value ProtobufDecoder::map(Reader reader, std::size_t depth) {
  if (!builder_.admit(depth, limits_.depth + 1, *repairs_)) return {};
  std::vector<KeyValue>& list = levels_[depth].map;
  list.clear();
  std::uint32_t dropped = 0;
  while (reader.next()) {
    if (reader.tag_and_type() == tag_and_type(1, kLength))
      attribute(reader.get_view(), depth, list, dropped);
    else
      reader.skip();
  }
  return {.type = Value::Type::map, .map = builder_.keep(list, *repairs_)};
}

}  // namespace

Result<Request> decode_protobuf(std::string_view body, Arena& arena, const Limits& limits) {
  return ProtobufDecoder(body, arena, limits).decode();
}

}  // namespace aitf::otlp
