#include "daemon/pipeline.hpp"

#include <array>
#include <variant>
#include <vector>

#include "base/arena.hpp"
#include "daemon/version.hpp"
#include "genai/normalise.hpp"
#include "ocsf/map.hpp"
#include "ocsf/write.hpp"

namespace aitf::daemon {
namespace {

constexpr std::size_t kinds = 8;
constexpr std::size_t conventions = 16;

// Counted while a request is worked on, told to the metrics once it is safe.
struct Tally {
  std::array<std::array<std::uint32_t, conventions>, kinds> operations{};
  std::map<std::uint32_t, std::uint32_t> events;
  std::uint32_t not_ai = 0;
  std::uint32_t internal = 0;
};

// The events of one request: JSON one after another in `text`, the views made only when it no longer moves.
class EventList {
 public:
  // Forgets the events and keeps their memory, unless a huge request made it huge.
  void clear() {
    if (text_.capacity() > kept_bytes) text_ = std::string();
    text_.clear();
    uids_.clear();
    records_.clear();
    lengths_.clear();
  }

  void add(const ocsf::Event& event) {
    const std::size_t start = text_.size();
    ocsf::append_json(text_, event);
    lengths_.push_back(text_.size() - start);
    std::visit(
        [&](const auto& e) {
          records_.push_back(record_of(e));
          uids_.append(e.metadata->uid);
        },
        event);
  }

  std::span<const journal::Record> records() {
    std::size_t start = 0;
    for (std::size_t i = 0; i < records_.size(); ++i) {
      records_[i].uid = std::string_view(uids_).substr(i * uid_bytes, uid_bytes);
      records_[i].payload = std::string_view(text_).substr(start, lengths_[i]);
      start += lengths_[i];
    }
    return records_;
  }

 private:
  static constexpr std::size_t kept_bytes = std::size_t{8} << 20;
  static constexpr std::size_t uid_bytes = 32;

  template <class E>
  static journal::Record record_of(const E& event) {
    journal::Record record;
    record.class_uid = E::class_uid;
    record.severity_id = static_cast<std::uint8_t>(event.severity_id.value_or(0));
    record.time_ms = event.time.value_or(0);
    return record;
  }

  std::string text_;
  std::string uids_;
  std::vector<journal::Record> records_;
  std::vector<std::size_t> lengths_;
};

// What a thread keeps between requests. Fresh memory for each would cost as much as all the work: the kernel has to
// hand out and clear every page.
struct Scratch {
  Arena request{std::size_t{1} << 20};  // spans
  Arena span{std::size_t{256} << 10};   // operation and event of one span
  EventList events;

  void clear() {
    request.clear();
    span.clear();
    events.clear();
  }
};

// This thread's scratch for one request; forgets the request at the end of it.
class Borrowed {
 public:
  Borrowed() : scratch_(of_this_thread()) {}
  ~Borrowed() { scratch_.clear(); }
  Borrowed(const Borrowed&) = delete;
  Borrowed& operator=(const Borrowed&) = delete;
  Scratch* operator->() const { return &scratch_; }

 private:
  static Scratch& of_this_thread() {
    thread_local Scratch scratch;
    return scratch;
  }

  Scratch& scratch_;
};

void tell(observe::Metrics& metrics, const Tally& tally, const Processed& done) {
  using observe::Metric;
  metrics.add(Metric::spans_received, {}, static_cast<double>(done.received));
  metrics.add(Metric::spans_accepted, {}, static_cast<double>(done.events + done.ignored));
  for (const otlp::Rejection& r : done.rejected)
    metrics.add(Metric::spans_rejected, {r.reason}, static_cast<double>(r.spans));
  if (tally.not_ai != 0) metrics.add(Metric::spans_ignored, {"not_ai"}, tally.not_ai);
  if (tally.internal != 0) metrics.add(Metric::spans_ignored, {"internal"}, tally.internal);
  for (const auto& [uid, count] : tally.events) metrics.add(Metric::events, {std::to_string(uid)}, count);
  for (std::size_t k = 0; k < kinds; ++k)
    for (std::size_t c = 0; c < conventions; ++c)
      if (const auto n = tally.operations[k][c]; n != 0)
        metrics.add(Metric::operations, {word(static_cast<genai::Kind>(k)), word(static_cast<genai::Convention>(c))},
                    n);
}

// One span; its event, if it makes one, goes to `events`.
void take(const span::Span& span, const ocsf::MapContext& context, EventList& events, Tally& tally) {
  const genai::Operation operation = genai::normalise(span, context.arena);
  ++tally.operations[static_cast<std::size_t>(operation.kind)][static_cast<std::size_t>(operation.convention)];
  const auto event = ocsf::map(operation, context);
  if (!event) {
    ++(operation.kind == genai::Kind::internal ? tally.internal : tally.not_ai);
    return;
  }
  std::visit([&](const auto& e) { ++tally.events[e.class_uid]; }, *event);
  events.add(*event);
}

}  // namespace

Pipeline::Pipeline(PipelineOptions options, const Clock& clock, observe::Metrics& metrics)
    : options_(std::move(options)), clock_(clock), metrics_(metrics) {}

Result<Processed> Pipeline::process(std::string_view body, otlp::Encoding encoding, const Append& append) const {
  const Borrowed memory;
  AITF_TRY(otlp::Request request, encoding == otlp::Encoding::json
                                      ? otlp::decode_json(body, memory->request, options_.limits)
                                      : otlp::decode_protobuf(body, memory->request, options_.limits));
  const ocsf::MapContext context{.arena = memory->span,
                                 .received_unix_nano = clock_.now_unix_nano(),
                                 .log_name = options_.log_name,
                                 .product_version = version,
                                 .live = options_.live,
                                 .content_characters = options_.content_characters};
  Tally tally;
  for (const span::Span& span : request.spans) {
    take(span, context, memory->events, tally);
    memory->span.clear();
  }
  const auto records = memory->events.records();
  if (!records.empty()) AITF_CHECK(append(records));
  Processed done{request.received(), records.size(), tally.not_ai + tally.internal, std::move(request.rejected)};
  tell(metrics_, tally, done);
  return done;
}

}  // namespace aitf::daemon
