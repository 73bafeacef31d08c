#pragma once
// Takes the events after a reader's cursor in batches: closed by number, by what the encoder holds, by age, or when the
// Worker is to stop. Also encodes some of a batch's events anew, from the journal. One thread.

#include <span>
#include <stop_token>
#include <vector>

#include "base/clock.hpp"
#include "deliver/destination.hpp"

namespace aitf::deliver {

struct Batch {
  std::vector<Payload> payloads;
  std::vector<journal::Sequence> events;  // ascending, those the encoder took
  journal::Sequence oversized = 0;        // the event that alone is too large; then it is all the batch holds
  journal::Sequence last = 0;             // the batch ends here
  std::int64_t oldest_ms = 0;             // when its first event was journaled
};

// The first events of a list, encoded.
struct Encoded {
  std::vector<Payload> payloads;
  std::size_t taken = 0;  // of the list; 0: the first is alone too large
};

class Batcher {
 public:
  // All outlive the batcher.
  Batcher(Destination& destination, journal::Reader& reader, const Clock& clock)
      : destination_(destination), reader_(reader), clock_(clock), position_(reader.acknowledged()) {}

  // The next batch after the last one, at first after the cursor. Waits for a first event, then until the batch is
  // closed. Empty only when `drain` has been asked to stop and the journal held nothing more after that.
  Result<Batch> next(const std::stop_token& drain);
  // `events` ascend, and one at least; those that do not fit are left for the next call.
  Result<Encoded> encode(std::span<const journal::Sequence> events);

 private:
  // True when the batch is full.
  Result<bool> fill(Batch& batch, Encoder& encoder);
  bool wait_for_more(const Batch& batch, const std::stop_token& drain);

  Destination& destination_;
  journal::Reader& reader_;
  const Clock& clock_;
  journal::Sequence position_;  // end of the last batch; not the cursor, which a full disk may hold back
};

}  // namespace aitf::deliver
