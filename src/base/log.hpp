#pragma once
// Log of the program itself, to standard error: text on a terminal, JSON lines otherwise.
// A line is a constant sentence plus fields. Secrets and content never go into a field. Thread safe.

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace aitf::log {

enum class Level { debug, info, warn, error };
enum class Format { automatic, text, json };

struct Field {
  std::string_view key;
  std::string value;
  bool is_number = false;  // JSON without quotes

  Field(std::string_view k, std::string_view v) : key(k), value(v) {}
  Field(std::string_view k, const char* v) : key(k), value(v) {}
  Field(std::string_view k, const std::string& v) : key(k), value(v) {}
  template <class N>
    requires std::is_arithmetic_v<N>
  Field(std::string_view k, N v) : key(k), value(std::to_string(v)), is_number(true) {}
};

// Call once, before threads start. `automatic` looks whether standard error is a terminal.
void configure(Level least, Format format);
void write(Level level, std::string_view sentence, std::initializer_list<Field> fields = {});

inline void debug(std::string_view s, std::initializer_list<Field> f = {}) { write(Level::debug, s, f); }
inline void info(std::string_view s, std::initializer_list<Field> f = {}) { write(Level::info, s, f); }
inline void warn(std::string_view s, std::initializer_list<Field> f = {}) { write(Level::warn, s, f); }
inline void error(std::string_view s, std::initializer_list<Field> f = {}) { write(Level::error, s, f); }

}  // namespace aitf::log
