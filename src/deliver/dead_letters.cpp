// The store of refused events.
#include "deliver/dead_letters.hpp"

#include <algorithm>
#include <charconv>

#include "base/arena.hpp"
#include "base/json_writer.hpp"
#include "base/utf8.hpp"
#include "deliver/utc_time.hpp"

namespace aitf::deliver {
namespace {

constexpr std::string_view kSuffix = ".jsonl";

// A peer may answer in any bytes.
void append_line(std::string& out, const DeadLetter& letter, std::string_view time) {
  Arena arena;
  bool repaired = false;
  JsonWriter json(out);
  json.begin_object();
  json.key("time");
  json.string(time);
  json.key("reason");
  json.string(letter.reason);
  json.key("attempts");
  json.unsigned_integer(letter.attempts);
  json.key("answer");
  json.string(repair_utf8(letter.answer, arena, &repaired));
  json.key("event");
  json.raw(letter.event.empty() ? "null" : letter.event);
  json.end_object();
  out += '\n';
}

// The n of <day>-<n>.jsonl; 0 for any other name.
std::uint64_t number_of(std::string_view name, std::string_view day) {
  if (!name.starts_with(day) || !name.ends_with(kSuffix)) return 0;
  name.remove_prefix(day.size());
  name.remove_suffix(kSuffix.size());
  std::uint64_t number = 0;
  if (!name.starts_with('-')) return 0;
  const auto [end, error] = std::from_chars(name.data() + 1, name.data() + name.size(), number);
  return error == std::errc{} && end == name.data() + name.size() ? number : 0;
}

bool stands_for_itself(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

}  // namespace

std::string folder_name(std::string_view destination) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  if (destination.empty()) return "%";
  std::string name;
  for (const char c : destination) {
    if (stands_for_itself(c) || (c == '.' && !name.empty())) {
      name += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    name.append({'%', kHex[byte >> 4], kHex[byte & 15]});
  }
  return name;
}

DeadLetters::DeadLetters(Files& files, const Clock& clock, const Path& state_dir, std::string_view destination,
                         std::uint64_t file_bytes)
    : files_(files),
      clock_(clock),
      state_dir_(state_dir),
      folder_(state_dir / "dead-letters" / folder_name(destination)),
      file_bytes_(file_bytes) {}

Status DeadLetters::write(std::span<const DeadLetter> letters) {
  if (letters.empty()) return {};
  const std::int64_t now = clock_.now_unix_ms();
  const std::string time = utc_text(now);
  const std::string day = utc_day(now);
  std::string text;
  for (const DeadLetter& letter : letters) append_line(text, letter, time);
  if (!has_room(day, text.size())) AITF_CHECK(open(day));
  const std::uint64_t before = file_->size();
  Status written = file_->append(text);
  const bool untouched = !written && file_->size() == before;
  if (written) written = file_->sync();
  if (!written && !untouched) file_.reset();  // it may end in half a line, or hold what the disk does not
  return written;
}

bool DeadLetters::has_room(const std::string& day, std::size_t bytes) const {
  return file_ && file_->is_in_place() && day_ == day && (file_->size() == 0 || file_->size() + bytes <= file_bytes_);
}

Status DeadLetters::open(const std::string& day) {
  file_.reset();
  AITF_CHECK(make_folder());
  AITF_TRY(const std::uint64_t number, next_number(day));
  AITF_TRY(auto file, files_.open_append(folder_ / (day + "-" + std::to_string(number) + std::string(kSuffix))));
  AITF_CHECK(files_.sync_directory(folder_));
  file_ = std::move(file);
  day_ = day;
  return {};
}

// A folder lasts only when its parent is synced too.
Status DeadLetters::make_folder() {
  AITF_CHECK(files_.make_directories(folder_));
  AITF_CHECK(files_.sync_directory(folder_.parent_path()));
  return files_.sync_directory(state_dir_);
}

Result<std::uint64_t> DeadLetters::next_number(const std::string& day) {
  AITF_TRY(const std::vector<std::string> names, files_.list(folder_));
  std::uint64_t highest = 0;
  for (const std::string& name : names) highest = std::max(highest, number_of(name, day));
  return highest + 1;
}

}  // namespace aitf::deliver
