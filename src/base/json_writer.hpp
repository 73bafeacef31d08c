#pragma once
// The one JSON writer: appends compact JSON to a string. It trusts the caller to open and close in pairs
// and to give valid UTF-8; it puts the commas. Numbers: integers whole, doubles in shortest form that reads back the
// same and always with a fraction or an exponent (80.0, never 80); NaN and infinity are the caller's fault (asserted).

#include <cstdint>
#include <string>
#include <string_view>

namespace aitf {

// Appends `text` with quotes and escapes. Control characters as \u00XX or their short form; nothing else is escaped.
void append_json_string(std::string& out, std::string_view text);
// Appends a double in shortest round-trip form, with a fraction or an exponent.
void append_json_double(std::string& out, double value);

class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : out_(out) {}

  void begin_object() { open('{'); }
  void end_object() { close('}'); }
  void begin_array() { open('['); }
  void end_array() { close(']'); }

  void key(std::string_view name);            // escapes the name
  void raw_key(std::string_view quoted_key);  // `"name":`, known to need no escape
  void string(std::string_view text);
  void integer(std::int64_t value);
  void unsigned_integer(std::uint64_t value);
  void real(double value);
  void boolean(bool value);
  void null();
  void raw(std::string_view json);  // a whole value, already JSON

 private:
  void open(char bracket);
  void close(char bracket);
  void comma();

  std::string& out_;
  bool first_ = true;
};

}  // namespace aitf
