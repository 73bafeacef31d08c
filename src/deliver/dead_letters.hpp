#pragma once
// Where the events lie that a destination refused for good: state_dir/dead-letters/<destination>/<day>-<n>.jsonl, one
// JSON object a line: {"time":…,"reason":…,"attempts":…,"answer":…,"event":{…}}. `time` is RFC 3339, UTC; `event` is
// the canonical event as it was in the journal. A file is begun anew by day, by size, at every start, and after a
// failed write: only the last line of a file can be cut short, and it is then in the next file in full.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/files.hpp"
#include "base/result.hpp"

namespace aitf::deliver {

struct DeadLetter {
  std::string_view reason;  // a constant word
  std::uint32_t attempts = 0;
  std::string_view answer;  // the peer's words, or ours
  std::string_view event;   // JSON in one line; empty becomes null
};

// The store of one destination. One thread; Files and Clock outlive it.
class DeadLetters {
 public:
  DeadLetters(Files& files, const Clock& clock, const Path& state_dir, std::string_view destination,
              std::uint64_t file_bytes = 16u << 20);

  // On disk when it returns. On an error none of them counts as written, though some may be: write them again.
  Status write(std::span<const DeadLetter> letters);
  const Path& folder() const { return folder_; }

 private:
  Status open(const std::string& day);
  Status make_folder();
  Result<std::uint64_t> next_number(const std::string& day);
  bool has_room(const std::string& day, std::size_t bytes) const;

  Files& files_;
  const Clock& clock_;
  Path state_dir_;
  Path folder_;
  std::uint64_t file_bytes_;
  std::unique_ptr<File> file_;  // none: the next write begins one
  std::string day_;             // of file_
};

// A destination's name as a folder's: letters, digits, '-', '_' and '.' (not first) as they are, all else as %XX.
// Two names never share a folder. Names are to have 80 bytes at most.
std::string folder_name(std::string_view destination);

}  // namespace aitf::deliver
