#pragma once
// ExportTraceServiceRequest in protobuf or JSON -> Span views.
// Source: opentelemetry-proto 1.x (collector/trace/v1, trace/v1, common/v1, resource/v1); OTLP JSON per the OTLP specification.
//
// A request that is no OTLP at all is an error; a bad span costs only itself and is told in `rejected`.
// Invalid UTF-8 and lone surrogates become U+FFFD; unknown fields are skipped. Pure, any thread.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.hpp"
#include "base/result.hpp"
#include "span/span.hpp"

namespace aitf::otlp {

struct Limits {
  std::size_t depth = 32;            // nesting of an attribute value
  std::size_t attributes = 1024;     // of one span, event, link, scope or resource
  std::size_t events = 4096;         // of one span
  std::size_t links = 128;           // of one span
  std::size_t key_bytes = 1024;      // of an attribute's name
  std::size_t spans = 100'000;       // of one request; the rest is rejected
};

struct Rejection {
  std::string_view reason;  // a constant word, used as metric label: invalid_trace_id, invalid_span_id, malformed, limit
  std::string message;      // for the sender: names the span, its id or position, and both numbers
};

struct Request {
  std::vector<span::Span> spans;
  std::vector<Rejection> rejected;
  std::size_t received() const { return spans.size() + rejected.size(); }
};

Result<Request> decode_protobuf(std::string_view body, Arena& arena, const Limits& limits = {});
Result<Request> decode_json(std::string_view body, Arena& arena, const Limits& limits = {});

}  // namespace aitf::otlp
