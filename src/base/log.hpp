#pragma once
// Log of the program itself, to standard error: text on a terminal, JSON lines otherwise.
// A line is a constant sentence plus fields. Secrets and content never go into a field. Thread safe.

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>

namespace aitf::log {

enum class Level { debug, info, warn, error };
enum class Format { automatic, text, json };

struct Field {
  std::string_view key;
  std::string value;
  bool is_number = false;  // or a boolean: JSON without quotes

  Field(std::string_view k, std::string_view v) : key(k), value(v) {}
  Field(std::string_view k, const char* v) : key(k), value(v) {}
  Field(std::string_view k, const std::string& v) : key(k), value(v) {}
  Field(std::string_view k, bool v) : key(k), value(v ? "true" : "false"), is_number(true) {}
  Field(std::string_view k, double v);  // what JSON has no number for (infinity) is a text
  template <class N>
    requires std::is_integral_v<N>
  Field(std::string_view k, N v) : key(k), value(std::to_string(v)), is_number(true) {}
};

// Call once, before threads start. `automatic` looks whether standard error is a terminal.
void configure(Level least, Format format);
// Writes one line in one system call. Invalid UTF-8 is repaired; nothing in a field can start a line of its own.
void write(Level level, std::string_view sentence, std::initializer_list<Field> fields = {});

// The line that write() makes, with its line end. `format` is text or json.
std::string line(Format format, std::uint64_t unix_nano, Level level, std::string_view sentence,
                 std::initializer_list<Field> fields);

inline void debug(std::string_view s, std::initializer_list<Field> f = {}) { write(Level::debug, s, f); }
inline void info(std::string_view s, std::initializer_list<Field> f = {}) { write(Level::info, s, f); }
inline void warn(std::string_view s, std::initializer_list<Field> f = {}) { write(Level::warn, s, f); }
inline void error(std::string_view s, std::initializer_list<Field> f = {}) { write(Level::error, s, f); }

}  // namespace aitf::log
