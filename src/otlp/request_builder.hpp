#pragma once
// What both decoders do alike: hold to the limits, check ids, take or reject spans, keep attributes in the arena.
// One request, one thread.

#include <cstdint>
#include <string>
#include <vector>

#include "otlp/decode.hpp"
#include "otlp/ids.hpp"
#include "otlp/unique_keys.hpp"

namespace aitf::otlp {

namespace reasons {
inline constexpr std::string_view kTraceId = "invalid_trace_id";
inline constexpr std::string_view kSpanId = "invalid_span_id";
inline constexpr std::string_view kMalformed = "malformed";
inline constexpr std::string_view kLimit = "limit";
}  // namespace reasons

// A span with its ids as they came.
struct RawSpan {
  span::Span span;
  span::Text trace_id = {};
  span::Text span_id = {};
  span::Text parent_span_id = {};
};

// What the sender says it dropped. It is added to what we drop, and stops at the largest number.
struct DroppedBySender {
  std::uint32_t attributes = 0;
  std::uint32_t events = 0;
  std::uint32_t links = 0;

  void add_to(span::Span& span) const;
};

// A resource or scope and the spans under it. It goes to the arena when a span first needs it, and may be filled later.
template <class T>
class Section {
 public:
  explicit Section(std::size_t first_span) : first_span_(first_span) {}

  void set(const T& value) {
    value_ = value;
    if (placed_ != nullptr) *placed_ = value;
  }
  const T& get() const { return value_; }
  const T* place(Arena& arena) {
    if (placed_ == nullptr) placed_ = arena.make<T>(value_);
    return placed_;
  }
  std::size_t first_span() const { return first_span_; }

  span::Repairs repairs = {};

 private:
  T value_ = {};
  T* placed_ = nullptr;
  std::size_t first_span_;
};

class RequestBuilder {
 public:
  RequestBuilder(Arena& arena, const Limits& limits, IdForm form)
      : arena_(arena), limits_(limits), form_(form), values_left_(limits.values) {}

  // False when the request has had all the spans it may have; the span is then counted as rejected.
  bool admit_span();
  // Takes the span, or rejects it for its ids.
  void finish_span(RawSpan& raw);
  // Rejects a span that cannot be read.
  void reject_malformed(const span::Span& span, std::string_view problem);
  // What was mended in a resource or scope counts for each of its spans.
  template <class T>
  void finish_section(const Section<T>& section) {
    spread(section.repairs, section.first_span());
  }

  // False when `count` has reached `limit` or the request has no values left; flags it.
  bool admit(std::size_t count, std::size_t limit, span::Repairs& repairs);
  // False when the attribute has no name or one that is too long; flags the latter.
  bool is_good_key(span::Text key, span::Repairs& repairs) const;
  // The list without duplicates, in the arena.
  span::Attributes keep(std::vector<span::KeyValue>& attributes, span::Repairs& repairs);
  // Reads both ids of a link.
  bool read_link(span::Link& link, span::Text trace_id, span::Text span_id);

  std::size_t spans() const { return request_.spans.size(); }
  Request finish();

 private:
  void reject(std::string_view reason, const span::Span& span, std::string_view problem);
  void spread(const span::Repairs& repairs, std::size_t first_span);

  Arena& arena_;
  const Limits& limits_;
  IdForm form_;
  std::size_t values_left_;
  std::size_t seen_ = 0;
  std::size_t over_limit_ = 0;
  UniqueKeys unique_;
  Request request_;
};

}  // namespace aitf::otlp
