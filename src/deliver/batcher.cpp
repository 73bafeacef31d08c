// Takes events in batches.
#include "deliver/batcher.hpp"

#include <algorithm>

namespace aitf::deliver {
namespace {

constexpr Milliseconds kIdle{60'000};  // any length does: an event or a stop ends the wait

bool is_empty(const Batch& batch) { return batch.events.empty() && batch.oversized == 0; }

}  // namespace

Result<Batch> Batcher::next(const std::stop_token& drain) {
  Batch batch;
  batch.last = position_;
  const auto encoder = destination_.open();
  while (true) {
    const bool draining = drain.stop_requested();  // before the look: what was appended before the stop is seen
    AITF_TRY(const bool full, fill(batch, *encoder));
    if (full || draining || !wait_for_more(batch, drain)) break;
  }
  if (!batch.events.empty()) batch.payloads = encoder->finish();
  position_ = batch.last;
  return batch;
}

Result<bool> Batcher::fill(Batch& batch, Encoder& encoder) {
  const std::size_t most = std::max<std::size_t>(destination_.limits().batch_events, 1);
  bool full = batch.events.size() >= most;
  if (full) return true;
  AITF_CHECK(reader_.read(batch.last, [&](const journal::Record& record) {
    if (is_empty(batch)) batch.oldest_ms = record.journaled_ms;
    if (!encoder.add(record)) {
      full = true;
      if (batch.events.empty()) batch.oversized = batch.last = record.sequence;
      return false;
    }
    batch.events.push_back(record.sequence);
    batch.last = record.sequence;
    full = batch.events.size() >= most;
    return !full;
  }));
  return full;
}

// False: the batch is to be closed. Age counts from the append, so that what has waited long is not held up again.
bool Batcher::wait_for_more(const Batch& batch, const std::stop_token& drain) {
  if (is_empty(batch)) {
    reader_.wait(batch.last, kIdle, drain);
    return true;
  }
  const Milliseconds age_limit = destination_.limits().batch_age;
  const Milliseconds age(std::max<std::int64_t>(clock_.now_unix_ms() - batch.oldest_ms, 0));
  if (age >= age_limit) return false;
  return reader_.wait(batch.last, age_limit - age, drain) || drain.stop_requested();
}

Result<Encoded> Batcher::encode(std::span<const journal::Sequence> events) {
  Encoded encoded;
  const auto encoder = destination_.open();
  AITF_CHECK(reader_.read(events.front() - 1, [&](const journal::Record& record) {
    if (record.sequence != events[encoded.taken]) return record.sequence < events.back();
    if (!encoder->add(record)) return false;
    return ++encoded.taken < events.size();
  }));
  if (encoded.taken > 0) encoded.payloads = encoder->finish();
  return encoded;
}

}  // namespace aitf::deliver
