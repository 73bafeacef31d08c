// See event_file.hpp.
#include "destinations/jsonl/event_file.hpp"

#include <algorithm>
#include <charconv>

#include "base/log.hpp"
#include "deliver/utc_time.hpp"

namespace aitf::destinations::jsonl {
namespace {

constexpr std::string_view kSuffix = ".jsonl";

// The n of <prefix><n>.jsonl; 0 for any other name.
std::uint64_t number_of(std::string_view name, std::string_view prefix) {
  if (!name.starts_with(prefix) || !name.ends_with(kSuffix)) return 0;
  name.remove_prefix(prefix.size());
  if (name.size() < kSuffix.size()) return 0;
  name.remove_suffix(kSuffix.size());
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
  return error == std::errc{} && end == name.data() + name.size() ? number : 0;
}

// Of the first `bytes` of `lines`, those that make whole lines.
std::size_t whole_lines(std::string_view lines, std::size_t bytes) {
  const std::size_t end = lines.substr(0, bytes).rfind('\n');
  return end == std::string_view::npos ? 0 : end + 1;
}

}  // namespace

EventFile::Written EventFile::write(std::string_view lines) {
  if (Status ready = prepare(lines.size()); !ready) return {0, ready.error()};
  const std::uint64_t before = file_->size();
  const Status appended = file_->append(lines);
  const std::size_t taken = appended ? lines.size() : static_cast<std::size_t>(file_->size() - before);
  const std::size_t whole = appended ? lines.size() : whole_lines(lines, taken);
  is_damaged_ = taken != whole;
  if (whole > 0)
    if (const Status synced = file_->sync(); !synced) {
      is_damaged_ = true;  // what a failed sync left behind is unknown, and a later sync does not tell
      return {0, synced.error()};
    }
  if (whole < lines.size()) return {whole, appended.error()};
  return {whole, std::nullopt};
}

Status EventFile::check() { return prepare(0); }

// Afterwards the file is open, ends with a whole line and has room.
Status EventFile::prepare(std::size_t bytes) {
  if (file_ && !file_->is_in_place()) {
    log::warn("the file of events was moved or removed; a new one is begun", {{"file", current().string()}});
    file_.reset();
  }
  if (!file_) AITF_CHECK(open());
  if (!is_due(bytes)) return {};
  AITF_CHECK(close_file());
  return open();
}

bool EventFile::is_due(std::size_t bytes) const {
  if (is_damaged_) return true;
  if (file_->size() == 0) return false;
  return file_->size() + bytes > bounds_.bytes || clock_.steady_now() - opened_at_ >= bounds_.age;
}

Status EventFile::open() {
  AITF_CHECK(files_.make_directories(folder_));
  AITF_TRY(auto file, files_.open_append(current()));
  const Path parent = folder_.parent_path();
  AITF_CHECK(files_.sync_directory(folder_));
  AITF_CHECK(files_.sync_directory(parent.empty() ? Path(".") : parent));
  is_damaged_ = false;
  if (file->size() > 0) {
    AITF_TRY(const std::string end, files_.read_end(current(), 1));
    if (end != "\n") {
      log::warn("the last line of a file of events is cut short; the file is closed as it is",
                {{"file", current().string()}});
      is_damaged_ = true;
    }
  }
  file_ = std::move(file);
  opened_at_ = clock_.steady_now();
  return {};
}

Status EventFile::close_file() {
  AITF_TRY(const Path name, free_name());
  file_.reset();
  AITF_CHECK(files_.rename(current(), name));
  is_damaged_ = false;
  return files_.sync_directory(folder_);
}

// rename() would replace a file of that name.
Result<Path> EventFile::free_name() {
  const std::string prefix = "events-" + deliver::utc_stamp(clock_.now_unix_ms()) + "-";
  AITF_TRY(const std::vector<std::string> names, files_.list(folder_));
  std::uint64_t highest = 0;
  for (const std::string& name : names) highest = std::max(highest, number_of(name, prefix));
  return folder_ / (prefix + std::to_string(highest + 1) + std::string(kSuffix));
}

}  // namespace aitf::destinations::jsonl
