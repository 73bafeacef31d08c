#pragma once
// Reads every byte of a decoded request, so that a sanitizer sees a bad view, and checks what decoding promises.

#include <cstdlib>

#include "base/utf8.hpp"
#include "otlp/decode.hpp"
#include "otlp/reply.hpp"

namespace aitf::fuzz {

inline void require(bool promise) {
  if (!promise) std::abort();
}

inline void walk(span::Text text) { require(is_valid_utf8(text)); }

inline void walk(span::Attributes attributes, std::size_t depth);

inline void walk(const span::Value& value, std::size_t depth) {
  require(depth <= otlp::Limits{}.depth + 1);
  if (value.type == span::Value::Type::bytes) {
    unsigned sum = 0;
    for (const char byte : value.text) sum += static_cast<unsigned char>(byte);
    require(sum <= 255 * value.text.size());
  } else {
    walk(value.text);
  }
  for (const span::Value& element : value.array) walk(element, depth + 1);
  walk(value.map, depth + 1);
}

inline void walk(span::Attributes attributes, std::size_t depth) {
  for (const span::KeyValue& attribute : attributes) {
    require(!attribute.key.empty());
    walk(attribute.key);
    walk(attribute.value, depth);
  }
}

inline void require_id(span::Text id, std::size_t digits) {
  require(id.size() == digits && id.find_first_not_of("0123456789abcdef") == span::Text::npos);
}

inline void walk(const span::Span& span) {
  require_id(span.trace_id, 32);
  require_id(span.span_id, 16);
  if (!span.parent_span_id.empty()) require_id(span.parent_span_id, 16);
  for (const span::Text text : {span.name, span.trace_state, span.status_message}) walk(text);
  walk(span.attributes, 1);
  for (const span::Event& event : span.events) {
    walk(event.name);
    walk(event.attributes, 1);
  }
  for (const span::Link& link : span.links) {
    require_id(link.trace_id, 32);
    require_id(link.span_id, 16);
  }
  walk(span.resource->schema_url);
  walk(span.resource->attributes, 1);
  for (const span::Text text : {span.scope->name, span.scope->version, span.scope->schema_url}) walk(text);
  walk(span.scope->attributes, 1);
}

inline void walk(const Result<otlp::Request>& request) {
  if (!request) {
    walk(request.error().message);
    return;
  }
  for (const span::Span& span : request->spans) walk(span);
  for (const otlp::Rejection& rejection : request->rejected) walk(rejection.message);
  walk(otlp::success_reply(*request, otlp::Encoding::json));
}

}  // namespace aitf::fuzz
