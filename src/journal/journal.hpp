#pragma once
// Events between the moment the sender is answered and the moment every destination has them.
// Append-only, numbered, one cursor a reader. This interface has one form today, in memory; a durable one can stand beside it.

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace aitf::journal {

using Sequence = std::uint64_t;  // the first record has 1; 0 is "before the first"

// One event. Views: the caller's on append (copied), the journal's on reading (valid inside the callback only).
struct Record {
  Sequence sequence = 0;  // given by the journal
  std::uint32_t class_uid = 0;
  std::uint8_t severity_id = 0;
  std::int64_t time_ms = 0;    // time of the event, ms since 1970
  std::string_view uid;        // metadata.uid, 32 hex
  std::string_view payload;    // the canonical event as JSON
};

struct Bounds {
  std::size_t events = 500;
  std::size_t bytes = 1'000'000;  // of payload; the first record always fits
};

// One destination's place in the journal. One thread uses it; the journal outlives it.
class Reader {
 public:
  virtual ~Reader() = default;
  // Calls `take` for records after `from`, in order, until it returns false or the end is reached.
  // Reading again from the same place gives the same records, until they are acknowledged.
  virtual Status read(Sequence from, const std::function<bool(const Record&)>& take) = 0;
  // Waits until a record after `from` is there: false on time-out or stop.
  virtual bool wait(Sequence from, std::chrono::milliseconds time_out, std::stop_token stop) = 0;
  // All up to and including `up_to` is settled; never goes back. Frees what every reader has passed.
  virtual Status acknowledge(Sequence up_to) = 0;
  virtual Sequence acknowledged() const = 0;
};

// Thread safe.
class Journal {
 public:
  virtual ~Journal() = default;
  // All of `records` or none; yields the sequence of the last one. Full: ErrorKind::throttled with retry_after.
  // When it returns, the records are as safe as this form of the journal makes them.
  virtual Result<Sequence> append(std::span<const Record> records) = 0;
  // A reader by that name, at its cursor. All readers are opened before the first append.
  virtual std::unique_ptr<Reader> open_reader(const std::string& name) = 0;
  virtual Sequence last() const = 0;             // newest record
  virtual std::size_t bytes() const = 0;         // held now
  virtual std::size_t capacity_bytes() const = 0;
};

// In memory: what is in it is gone when the process is. Full when the payloads held pass `capacity_bytes`.
std::unique_ptr<Journal> make_memory_journal(std::size_t capacity_bytes = 64u << 20);

}  // namespace aitf::journal
