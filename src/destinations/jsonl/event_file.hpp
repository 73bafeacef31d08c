#pragma once
// The file events are appended to, `events.jsonl` in a folder: only whole lines count as written, and only when they
// are on disk. By size and by age it is closed, that is renamed to `events-<UTC time>-<n>.jsonl`, and begun anew.
// Nothing is ever deleted or overwritten. A file whose last line is cut short (a crash, a full disk) is closed too, so
// that no line goes on in another's. One thread; one EventFile a folder.

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/files.hpp"

namespace aitf::destinations::jsonl {

class EventFile {
 public:
  struct Bounds {
    std::uint64_t bytes;
    Milliseconds age;
  };
  // How much of a text is on disk: its first `bytes`, which end with a line. `error` when that is not all.
  struct Written {
    std::size_t bytes = 0;
    std::optional<Error> error = {};
  };

  // `files` and `clock` outlive it. Opens nothing yet.
  EventFile(Files& files, const Clock& clock, Path folder, Bounds bounds)
      : files_(files), clock_(clock), folder_(std::move(folder)), bounds_(bounds) {}

  // `lines` are whole lines. When only a part is written, write the rest again.
  Written write(std::string_view lines);
  // Whether the file can be opened for writing; begins an empty one when there is none.
  Status check();

 private:
  Status prepare(std::size_t bytes);
  Status open();
  Status close_file();
  Result<Path> free_name();
  bool is_due(std::size_t bytes) const;
  Path current() const { return folder_ / "events.jsonl"; }

  Files& files_;
  const Clock& clock_;
  Path folder_;
  Bounds bounds_;
  std::unique_ptr<File> file_;  // none: not open
  std::chrono::steady_clock::time_point opened_at_{};
  bool is_damaged_ = false;  // the file may end in half a line, or lack on disk what it seems to hold
};

}  // namespace aitf::destinations::jsonl
