// Limits, ids, rejections: the part of decoding that does not depend on the encoding.

#include "otlp/request_builder.hpp"

#include <algorithm>

#include "base/utf8.hpp"

namespace aitf::otlp {
namespace {

constexpr std::size_t kToldOneByOne = 100;
constexpr std::size_t kNameCharacters = 100;

void merge(span::Repairs& into, const span::Repairs& from) {
  into.invalid_utf8 |= from.invalid_utf8;
  into.limit_reached |= from.limit_reached;
  into.duplicate_key |= from.duplicate_key;
}

void add(std::uint32_t& to, std::uint32_t count) { to = count > UINT32_MAX - to ? UINT32_MAX : to + count; }

}  // namespace

void DroppedBySender::add_to(span::Span& span) const {
  add(span.dropped_attributes, attributes);
  add(span.dropped_events, events);
  add(span.dropped_links, links);
}

bool RequestBuilder::admit_span() {
  if (seen_ >= limits_.spans) {
    ++over_limit_;
    return false;
  }
  ++seen_;
  return true;
}

bool RequestBuilder::admit(std::size_t count, std::size_t limit, span::Repairs& repairs) {
  if (count >= limit || values_left_ == 0) {
    repairs.limit_reached = true;
    return false;
  }
  --values_left_;
  return true;
}

bool RequestBuilder::is_good_key(span::Text key, span::Repairs& repairs) const {
  if (key.size() > limits_.key_bytes) repairs.limit_reached = true;
  return !key.empty() && key.size() <= limits_.key_bytes;
}

span::Attributes RequestBuilder::keep(std::vector<span::KeyValue>& attributes, span::Repairs& repairs) {
  if (unique_.keep_first(attributes)) repairs.duplicate_key = true;
  return arena_.copy(attributes);
}

bool RequestBuilder::read_link(span::Link& link, span::Text trace_id, span::Text span_id) {
  link.trace_id = read_id(trace_id, form_, kTraceIdBytes, arena_);
  link.span_id = read_id(span_id, form_, kSpanIdBytes, arena_);
  return !link.trace_id.empty() && !link.span_id.empty();
}

void RequestBuilder::finish_span(RawSpan& raw) {
  span::Span& span = raw.span;
  span.trace_id = read_id(raw.trace_id, form_, kTraceIdBytes, arena_);
  if (span.trace_id.empty())
    return reject(reasons::kTraceId, span, id_problem("trace_id", raw.trace_id, form_, kTraceIdBytes));
  span.span_id = read_id(raw.span_id, form_, kSpanIdBytes, arena_);
  if (span.span_id.empty())
    return reject(reasons::kSpanId, span, id_problem("span_id", raw.span_id, form_, kSpanIdBytes));
  // Some SDKs write a root's parent as zeros.
  if (!is_zero_id(raw.parent_span_id, form_)) {
    span.parent_span_id = read_id(raw.parent_span_id, form_, kSpanIdBytes, arena_);
    if (span.parent_span_id.empty())
      return reject(reasons::kSpanId, span, id_problem("parent_span_id", raw.parent_span_id, form_, kSpanIdBytes));
  }
  request_.spans.push_back(span);
}

void RequestBuilder::reject_malformed(const span::Span& span, std::string_view problem) {
  reject(reasons::kMalformed, span, problem);
}

void RequestBuilder::reject(std::string_view reason, const span::Span& span, std::string_view problem) {
  auto& rejected = request_.rejected;
  if (rejected.size() >= kToldOneByOne) {
    const auto same =
        std::find_if(rejected.rbegin(), rejected.rend(), [&](const Rejection& r) { return r.reason == reason; });
    if (same != rejected.rend()) {
      ++same->spans;
      return;
    }
  }
  std::string message = "span ";
  if (!span.name.empty()) message.append("'").append(first_characters(span.name, kNameCharacters)).append("' ");
  message.append("(number ").append(std::to_string(seen_)).append(" of the request): ").append(problem);
  rejected.push_back({reason, std::move(message)});
}

void RequestBuilder::spread(const span::Repairs& repairs, std::size_t first_span) {
  if (!repairs.invalid_utf8 && !repairs.limit_reached && !repairs.duplicate_key) return;
  for (std::size_t i = first_span; i < request_.spans.size(); ++i) merge(request_.spans[i].repairs, repairs);
}

Request RequestBuilder::finish() {
  if (over_limit_ > 0)
    request_.rejected.push_back({reasons::kLimit,
                                 "the request holds " + std::to_string(seen_ + over_limit_) + " spans, the last " +
                                     std::to_string(over_limit_) + " are above the limit of " +
                                     std::to_string(limits_.spans) + " spans a request",
                                 over_limit_});
  return std::move(request_);
}

}  // namespace aitf::otlp
