// The journal in memory: a deque of immutable blocks. An append becomes one block (several when it is large), copied
// outside the lock; a reader holds shares of the blocks it reads, so neither waits for the other's work.
#include <algorithm>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <utility>
#include <vector>

#include "journal/journal.hpp"

namespace aitf::journal {
namespace {

// A large append is cut into blocks of about this size, so that it is freed as its readers go through it.
constexpr std::size_t kBlockBytes = 1u << 20;
constexpr std::chrono::milliseconds kRetryAfter{1000};

// Where a record lies in its block's text: uid, then payload.
struct Entry {
  std::size_t offset;
  std::size_t payload_size;
  std::int64_t time_ms;
  std::uint32_t class_uid;
  std::uint32_t uid_size;
  std::uint8_t severity_id;
};

// Never changes once it is in the journal.
struct Block {
  Sequence first = 0;
  std::int64_t journaled_ms = 0;
  std::vector<Entry> entries;
  std::string text;

  Sequence last() const { return first + entries.size() - 1; }
  std::size_t bytes() const { return sizeof(Block) + entries.capacity() * sizeof(Entry) + text.capacity(); }

  Record record(std::size_t i) const {
    const Entry& e = entries[i];
    const std::string_view all(text);
    return {first + i,
            e.class_uid,
            e.severity_id,
            e.time_ms,
            all.substr(e.offset, e.uid_size),
            all.substr(e.offset + e.uid_size, e.payload_size),
            journaled_ms};
  }
};
using Blocks = std::vector<std::shared_ptr<Block>>;

std::size_t text_size(const Record& record) { return record.uid.size() + record.payload.size(); }

void copy_into(Block& block, const Record& record) {
  block.entries.push_back({block.text.size(), record.payload.size(), record.time_ms, record.class_uid,
                           static_cast<std::uint32_t>(record.uid.size()), record.severity_id});
  block.text.append(record.uid).append(record.payload);
}

// One block of the first records of `records`, which it takes off.
std::shared_ptr<Block> make_block(std::span<const Record>& records) {
  std::size_t count = 1;
  std::size_t size = text_size(records[0]);
  while (count < records.size() && size + text_size(records[count]) <= kBlockBytes) size += text_size(records[count++]);
  auto block = std::make_shared<Block>();
  block->entries.reserve(count);
  block->text.reserve(size);
  for (const Record& record : records.first(count)) copy_into(*block, record);
  records = records.subspan(count);
  return block;
}

std::size_t bytes_of(const Blocks& blocks) {
  std::size_t sum = 0;
  for (const auto& block : blocks) sum += block->bytes();
  return sum;
}

class MemoryJournal final : public Journal {
 public:
  MemoryJournal(std::size_t capacity, const Clock& clock) : capacity_(capacity), clock_(clock) {}

  Result<Sequence> append(std::span<const Record> records) override;
  std::unique_ptr<Reader> open_reader(const std::string& name) override;
  Sequence last() const override {
    const std::scoped_lock lock(mutex_);
    return last_;
  }
  std::size_t bytes() const override {
    const std::scoped_lock lock(mutex_);
    return bytes_;
  }
  std::size_t capacity_bytes() const override { return capacity_; }

  // The block that holds the first record after `from`; none at the end.
  std::shared_ptr<const Block> block_after(Sequence from) const;
  bool wait(Sequence from, std::chrono::milliseconds time_out, const std::stop_token& stop);
  Status acknowledge(Sequence& cursor, Sequence up_to);
  Sequence read_cursor(const Sequence& cursor) const {
    const std::scoped_lock lock(mutex_);
    return cursor;
  }

 private:
  Status publish(const Blocks& blocks, std::size_t size);
  Sequence slowest() const;
  void take_passed(Blocks& freed);

  const std::size_t capacity_;
  const Clock& clock_;
  mutable std::mutex mutex_;
  std::condition_variable_any appended_;
  std::deque<std::shared_ptr<Block>> blocks_;
  std::map<std::string, Sequence> cursors_;  // nodes stay where they are: readers point at them
  Sequence last_ = 0;
  std::size_t bytes_ = 0;
};

class MemoryReader final : public Reader {
 public:
  MemoryReader(MemoryJournal& journal, Sequence& cursor) : journal_(journal), cursor_(cursor) {}

  Status read(Sequence from, const std::function<bool(const Record&)>& take) override {
    const Sequence end = journal_.last();
    for (Sequence at = std::max(from, acknowledged()); at < end;) {
      const auto block = journal_.block_after(at);
      if (!block) return {};
      for (std::size_t i = at < block->first ? 0 : at - block->first + 1; i < block->entries.size(); ++i)
        if (!take(block->record(i))) return {};
      at = block->last();
    }
    return {};
  }
  bool wait(Sequence from, std::chrono::milliseconds time_out, std::stop_token stop) override {
    return journal_.wait(from, time_out, stop);
  }
  Status acknowledge(Sequence up_to) override { return journal_.acknowledge(cursor_, up_to); }
  Sequence acknowledged() const override { return journal_.read_cursor(cursor_); }

 private:
  MemoryJournal& journal_;
  Sequence& cursor_;  // the journal's, under its lock
};

Result<Sequence> MemoryJournal::append(std::span<const Record> records) {
  if (records.empty()) return last();
  Blocks blocks;
  std::span<const Record> rest = records;
  while (!rest.empty()) blocks.push_back(make_block(rest));
  const std::size_t size = bytes_of(blocks);
  {
    const std::scoped_lock lock(mutex_);
    AITF_CHECK(publish(blocks, size));
  }
  appended_.notify_all();
  return blocks.back()->last();
}

// Numbers the blocks and makes them visible. Under the lock.
Status MemoryJournal::publish(const Blocks& blocks, std::size_t size) {
  if (bytes_ != 0 && size > capacity_ - std::min(bytes_, capacity_)) {
    Error full{ErrorKind::throttled,
               "the journal is full: " + std::to_string(bytes_) + " of " + std::to_string(capacity_) + " bytes held",
               "a destination does not keep up; see aitf_destination_lag_events", kRetryAfter};
    return tl::unexpected<Error>(std::move(full));
  }
  const std::int64_t now = clock_.now_unix_ms();
  for (const auto& block : blocks) {
    block->first = last_ + 1;
    block->journaled_ms = now;
    last_ = block->last();
  }
  if (cursors_.empty()) return {};
  blocks_.insert(blocks_.end(), blocks.begin(), blocks.end());
  bytes_ += size;
  return {};
}

std::unique_ptr<Reader> MemoryJournal::open_reader(const std::string& name) {
  const std::scoped_lock lock(mutex_);
  const Sequence oldest = blocks_.empty() ? last_ : blocks_.front()->first - 1;
  return std::make_unique<MemoryReader>(*this, cursors_.try_emplace(name, oldest).first->second);
}

std::shared_ptr<const Block> MemoryJournal::block_after(Sequence from) const {
  const std::scoped_lock lock(mutex_);
  const auto at =
      std::partition_point(blocks_.begin(), blocks_.end(), [from](const auto& block) { return block->last() <= from; });
  return at == blocks_.end() ? nullptr : *at;
}

bool MemoryJournal::wait(Sequence from, std::chrono::milliseconds time_out, const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  return appended_.wait_for(lock, stop, time_out, [this, from] { return last_ > from; }) && !stop.stop_requested();
}

Status MemoryJournal::acknowledge(Sequence& cursor, Sequence up_to) {
  Blocks freed;  // let go outside the lock
  const std::scoped_lock lock(mutex_);
  if (up_to > last_)
    return fail(ErrorKind::internal, "cannot acknowledge record " + std::to_string(up_to) +
                                         " of the journal: the newest is " + std::to_string(last_));
  cursor = std::max(cursor, up_to);
  take_passed(freed);
  return {};
}

Sequence MemoryJournal::slowest() const {
  Sequence least = last_;
  for (const auto& [name, cursor] : cursors_) least = std::min(least, cursor);
  return least;
}

void MemoryJournal::take_passed(Blocks& freed) {
  const Sequence passed = slowest();
  while (!blocks_.empty() && blocks_.front()->last() <= passed) {
    bytes_ -= blocks_.front()->bytes();
    freed.push_back(std::move(blocks_.front()));
    blocks_.pop_front();
  }
}

}  // namespace

std::unique_ptr<Journal> make_memory_journal(std::size_t capacity_bytes, const Clock& clock) {
  return std::make_unique<MemoryJournal>(capacity_bytes, clock);
}

std::unique_ptr<Journal> make_memory_journal(std::size_t capacity_bytes) {
  static const SystemClock clock;
  return make_memory_journal(capacity_bytes, clock);
}

}  // namespace aitf::journal
