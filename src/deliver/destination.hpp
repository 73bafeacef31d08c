#pragma once
// What a destination is, and nothing more: limits, an encoder for a batch, and one attempt to send.
// Retrying, waiting, batching, splitting and dead-lettering are the Worker's (worker.hpp).

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "journal/journal.hpp"

namespace aitf::deliver {

// The Worker keeps batch_events and batch_age, the Encoder batch_bytes and event_bytes.
struct Limits {
  std::size_t batch_events = 500;
  std::size_t batch_bytes = 1'000'000;        // of encoded payload, before compression
  std::chrono::milliseconds batch_age{1000};  // no event waits longer in the journal for its batch to fill
  std::size_t event_bytes = 900'000;          // an event that encodes larger goes to the dead letters
};

// One thing to send: a request body, or text for a file. `sequences[i]` is the i-th event in it, each once.
struct Payload {
  std::string bytes;
  std::vector<journal::Sequence> sequences;
};

// What came of one attempt; indexes count the payload's events from 0. `rejected` is heeded in every kind: those
// events go to the dead letters and are never sent again. What a kind says is about the others.
// When it is unclear whether the peer took something (cut, timed out), the answer is `retry`: a double carries the same
// metadata.uid, a loss cannot be mended.
struct Outcome {
  enum class Kind {
    // The peer has them. Never before the peer has said so.
    settled,
    // Not now: those in `retry_indices` are sent again, what it leaves out is settled; empty means all. After a pause,
    // save when an event was rejected and the peer asks for none.
    retry,
    // Split in halves and send each. A single event goes to the dead letters.
    too_large,
    // The peer refuses the payload for one event and does not say which: halve down to it. A single event goes to the
    // dead letters, with `reason` and `answer`.
    isolate,
    // The credential or the peer's configuration is wrong, whatever the event: all are kept and tried slowly, and
    // health is bad until a person has mended it.
    unauthorized,
  };
  struct Rejected {
    std::size_t index;
    std::string reason;  // short, for the metric: a constant word
    std::string answer;  // what the peer said, without secrets and content, to 1,024 bytes
  };

  Kind kind = Kind::settled;
  std::vector<std::size_t> retry_indices = {};
  std::optional<std::chrono::milliseconds> after = {};  // the peer's wish (Retry-After): not sooner than this
  std::vector<Rejected> rejected = {};                  // refused for good
  std::string reason = {};  // of every kind but settled, for metric and log: a constant word (unreachable, http_503)
  std::string answer = {};  // the same in full for health, the log and dead letters: what happened, where, what to do;
                            // no secrets, no content, to 1,024 bytes; may be empty
};

// Builds the payloads of one batch. One thread; begun by Destination::open(), ended by finish().
class Encoder {
 public:
  virtual ~Encoder() = default;
  // False: does not fit and was not taken. When nothing was taken before, the event itself is too large and goes to the
  // dead letters; otherwise the batch is closed and the event begins the next one.
  virtual bool add(const journal::Record& record) = 0;
  // Every event taken is in exactly one payload; one that is missing is dead-lettered as `not_encoded`.
  virtual std::vector<Payload> finish() = 0;
};

// What a destination says of its peer, in plain words.
struct Diagnosis {
  bool healthy = true;
  std::string message;  // plain words
  std::string hint;
};

// Owned by its Worker, used by the Worker's thread only, save interrupt().
class Destination {
 public:
  virtual ~Destination() = default;
  virtual const std::string& name() const = 0;
  virtual Limits limits() const = 0;
  // At any time, also while an earlier encoder lives.
  virtual std::unique_ptr<Encoder> open() = 0;
  // One attempt; blocks until answered or timed out. Never retries, sleeps or queues.
  virtual Outcome send(const Payload& payload) = 0;
  virtual Diagnosis check() = 0;
  // From any thread, once, when the time to stop is over: a send in progress ends soon, with `retry`. Without it the
  // stop lasts until the send's own time-out.
  virtual void interrupt() {}
};

}  // namespace aitf::deliver
