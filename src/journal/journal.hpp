#pragma once
// Events between the moment the sender is answered and the moment every destination has them.
// Append-only, numbered, one cursor a reader. This interface has one form today, in memory; a durable one can stand
// beside it and is held to the same suite (journal_test.cpp).

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/result.hpp"

namespace aitf::journal {

using Sequence = std::uint64_t;  // the first record has 1; 0 is "before the first"

// One event. Views: the caller's on append (copied), the journal's on reading (valid inside the callback only).
struct Record {
  Sequence sequence = 0;  // given by the journal
  std::uint32_t class_uid = 0;
  std::uint8_t severity_id = 0;
  std::int64_t time_ms = 0;       // time of the event, ms since 1970
  std::string_view uid;           // metadata.uid, 32 hex
  std::string_view payload;       // the canonical event as JSON
  std::int64_t journaled_ms = 0;  // given by the journal: when it was appended, ms since 1970
};

// One destination's place in the journal. One thread uses it, save acknowledged(), which is for any; the journal
// outlives it. The place stays with the journal: a reader opened again by the same name goes on where the last one
// was. One reader a name at a time.
class Reader {
 public:
  virtual ~Reader() = default;
  // Calls `take` for records after `from`, in order, until it returns false or the end is reached; the end is where
  // it is when the call begins. No lock is held while `take` runs. Reading again from the same place gives the same
  // records, until they are acknowledged: what is acknowledged is passed over.
  virtual Status read(Sequence from, const std::function<bool(const Record&)>& take) = 0;
  // Waits until a record after `from` is there: false on time-out or stop.
  virtual bool wait(Sequence from, std::chrono::milliseconds time_out, std::stop_token stop) = 0;
  // All up to and including `up_to` is settled; never goes back. Frees what every reader has passed.
  // Past the newest record: ErrorKind::internal, and nothing moves.
  virtual Status acknowledge(Sequence up_to) = 0;
  virtual Sequence acknowledged() const = 0;
};

// Thread safe.
class Journal {
 public:
  virtual ~Journal() = default;
  // All of `records` or none; yields the sequence of the last one, or last() when there are none. Full:
  // ErrorKind::throttled with retry_after. When it returns, the records are as safe as this form makes them.
  // Records of one append are numbered in a row.
  virtual Result<Sequence> append(std::span<const Record> records) = 0;
  // A reader by that name, at its cursor. All readers are opened before the first append; one opened later begins
  // with the oldest record still held. With no reader at all, records are numbered and freed at once.
  virtual std::unique_ptr<Reader> open_reader(const std::string& name) = 0;
  virtual Sequence last() const = 0;      // newest record
  virtual std::size_t bytes() const = 0;  // held now
  virtual std::size_t capacity_bytes() const = 0;
};

// In memory: what is in it is gone when the process is. bytes() counts text and bookkeeping and stays within
// `capacity_bytes`, save that an empty journal takes one append of any size, so that none is refused for ever.
std::unique_ptr<Journal> make_memory_journal(std::size_t capacity_bytes = 64u << 20);
// The same, with a clock of the caller's, which outlives it.
std::unique_ptr<Journal> make_memory_journal(std::size_t capacity_bytes, const Clock& clock);

}  // namespace aitf::journal
