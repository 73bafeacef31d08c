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

struct Limits {
  std::size_t batch_events = 500;
  std::size_t batch_bytes = 1'000'000;       // of encoded payload, before compression
  std::chrono::milliseconds batch_age{1000};  // the oldest event of a batch waits no longer
  std::size_t event_bytes = 900'000;         // an event that encodes larger goes to the dead letters
};

// One thing to send: a request body, or text for a file. `sequences[i]` is the i-th event in it.
struct Payload {
  std::string bytes;
  std::vector<journal::Sequence> sequences;
};

// What came of one attempt; indexes count the payload's events from 0.
struct Outcome {
  enum class Kind {
    settled,       // the peer has everything, save `rejected`
    retry,         // nothing settled except what `rejected` names and, when `retry_indices` is not empty, what it leaves out
    too_large,     // split the payload and send the parts
    isolate,       // the peer refuses the payload but does not say which event: split down to the culprit
    unauthorized,  // the credential or the peer's configuration is wrong: keep everything, try slowly, say it aloud
  };
  struct Rejected {
    std::size_t index;
    std::string reason;  // short, for the metric: a constant word
    std::string answer;  // what the peer said, without secrets, to 1,024 bytes
  };

  Kind kind = Kind::settled;
  std::vector<std::size_t> retry_indices;  // kind retry: only these; empty means all that are not rejected
  std::optional<std::chrono::milliseconds> after;  // the peer's wish (Retry-After)
  std::vector<Rejected> rejected;          // refused for good
  std::string reason;                      // what happened, for the log and for health: constant words and codes
};

// Builds the payloads of one batch. One thread.
class Encoder {
 public:
  virtual ~Encoder() = default;
  // False: does not fit any more (the batch is full) and was not taken.
  virtual bool add(const journal::Record& record) = 0;
  virtual std::vector<Payload> finish() = 0;
};

// What `aitf check` and /readyz say.
struct Diagnosis {
  bool healthy = true;
  std::string message;  // plain words
  std::string hint;
};

// Owned by its Worker, used by the Worker's thread only.
class Destination {
 public:
  virtual ~Destination() = default;
  virtual const std::string& name() const = 0;
  virtual Limits limits() const = 0;
  virtual std::unique_ptr<Encoder> open() = 0;
  virtual Outcome send(const Payload& payload) = 0;  // blocks until answered or timed out
  virtual Diagnosis check() = 0;
};

}  // namespace aitf::deliver
