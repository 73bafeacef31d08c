// The program's log: makes a line, and writes it to standard error at once.
#include "base/log.hpp"

#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <mutex>

#include "base/arena.hpp"
#include "base/clock.hpp"
#include "base/json_writer.hpp"
#include "base/utf8.hpp"

namespace aitf::log {
namespace {

std::atomic<Level> least_level{Level::info};
std::atomic<Format> chosen_format{Format::automatic};

std::string_view name_of(Level level) {
  switch (level) {
    case Level::debug: return "debug";
    case Level::info: return "info";
    case Level::warn: return "warn";
    case Level::error: break;
  }
  return "error";
}

// RFC 3339 in UTC with milliseconds.
std::string time_text(std::uint64_t unix_nano) {
  const auto seconds = static_cast<std::time_t>(unix_nano / 1'000'000'000);
  std::tm parts{};
  ::gmtime_r(&seconds, &parts);
  std::array<char, 64> text;
  const int size = std::snprintf(text.data(), text.size(), "%04d-%02d-%02dT%02d:%02d:%02d.%03uZ", parts.tm_year + 1900,
                                 parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec,
                                 static_cast<unsigned>(unix_nano / 1'000'000 % 1000));
  return {text.data(), static_cast<std::size_t>(size)};
}

std::string json_line(std::uint64_t unix_nano, Level level, std::string_view sentence,
                      std::initializer_list<Field> fields) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.key("time");
  json.string(time_text(unix_nano));
  json.key("level");
  json.string(name_of(level));
  json.key("message");
  json.string(sentence);
  for (const Field& field : fields) {
    json.key(field.key);
    field.is_number ? json.raw(field.value) : json.string(field.value);
  }
  json.end_object();
  return out;
}

// A value that could be read in two ways stands in quotes, escaped: a peer's answer must not forge fields or lines.
void append_text_value(std::string& out, const Field& field) {
  bool plain = !field.value.empty();
  for (const char c : field.value)
    plain = plain && static_cast<unsigned char>(c) > ' ' && c != '"' && c != '\\' && c != '=';
  plain ? void(out += field.value) : append_json_string(out, field.value);
}

std::string text_line(std::uint64_t unix_nano, Level level, std::string_view sentence,
                      std::initializer_list<Field> fields) {
  std::string out = time_text(unix_nano);
  std::string name(name_of(level));
  name.resize(5, ' ');
  out.append(" ").append(name).append(" ").append(sentence);
  for (const Field& field : fields) {
    out.append(" ").append(field.key).append("=");
    append_text_value(out, field);
  }
  return out;
}

Format format_now() {
  const Format format = chosen_format.load(std::memory_order_relaxed);
  if (format != Format::automatic) return format;
  return ::isatty(STDERR_FILENO) == 1 ? Format::text : Format::json;
}

// Nobody can be told of a log that cannot be written.
void write_all(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(STDERR_FILENO, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

}  // namespace

Field::Field(std::string_view k, double v) : key(k), is_number(std::isfinite(v)) {
  if (is_number)
    append_json_double(value, v);
  else
    value = std::isnan(v) ? "nan" : v > 0 ? "infinity" : "-infinity";
}

std::string line(Format format, std::uint64_t unix_nano, Level level, std::string_view sentence,
                 std::initializer_list<Field> fields) {
  const auto make = format == Format::text ? text_line : json_line;
  const std::string made = make(unix_nano, level, sentence, fields);
  Arena arena(made.size() * 3 + 1);
  bool repaired = false;
  std::string out(repair_utf8(made, arena, &repaired));
  out.push_back('\n');
  return out;
}

void configure(Level least, Format format) {
  least_level = least;
  chosen_format = format;
  chosen_format = format_now();
}

void write(Level level, std::string_view sentence, std::initializer_list<Field> fields) {
  if (level < least_level.load(std::memory_order_relaxed)) return;
  const std::string text = line(format_now(), SystemClock().now_unix_nano(), level, sentence, fields);
  static std::mutex one_line_at_a_time;
  const std::scoped_lock lock(one_line_at_a_time);
  write_all(text);
}

}  // namespace aitf::log
