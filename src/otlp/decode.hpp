#pragma once
// ExportTraceServiceRequest in protobuf or JSON -> Span views.
// Source: opentelemetry-proto 1.x (collector/trace/v1, trace/v1, common/v1, resource/v1); OTLP JSON per the OTLP
// specification.
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
  std::size_t depth = 32;         // nesting of an attribute value
  std::size_t attributes = 1024;  // of one span, event, link, scope or resource
  std::size_t events = 4096;      // of one span
  std::size_t links = 128;        // of one span
  std::size_t key_bytes = 1024;   // of an attribute's name
  std::size_t spans = 100'000;    // of one request; the rest is rejected
  // Attributes, array elements, events and links of one request; the rest is cut. Bounds memory: one byte on the wire
  // can otherwise become fifty.
  std::size_t values = 1'000'000;
};

// Why spans were not taken. The first hundred are told one by one, later ones are added to one of the same reason.
struct Rejection {
  std::string_view
      reason;             // a constant word, used as metric label: invalid_trace_id, invalid_span_id, malformed, limit
  std::string message;    // for the sender: names the span, its position, and both numbers
  std::size_t spans = 1;  // how many spans this stands for
};

struct Request {
  std::vector<span::Span> spans;
  std::vector<Rejection> rejected;

  std::size_t rejected_spans() const {
    std::size_t count = 0;
    for (const Rejection& r : rejected) count += r.spans;
    return count;
  }
  std::size_t received() const { return spans.size() + rejected_spans(); }
};

// Spans hold views into `body` and `arena`: both must outlive them.
// Error: invalid; the message holds the byte position where the body stops making sense.
Result<Request> decode_protobuf(std::string_view body, Arena& arena, const Limits& limits = {});
// As above, except that `body` is copied into the arena and may go.
Result<Request> decode_json(std::string_view body, Arena& arena, const Limits& limits = {});

}  // namespace aitf::otlp
