#pragma once
// Checks one event, given as JSON, against the event schema. Any thread.
//
// Errors: no JSON object, repeated key, unknown class, attribute missing, unknown or of a wrong type (a real has to be
// written with a fraction or an exponent, a whole number without; null is no value), number out of range, text too
// long, value outside its enum, type_uid that is not class_uid * 100 + activity_id, an object that has none of the
// attributes of which it needs one, observable that names no attribute of the class.
// Warnings: ip, host name or e-mail address of a bad shape, time that cannot be milliseconds since 1970 of this era,
// caption that is not that of the number beside it, 99 (Other) without its caption.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace aitf::ocsf {

enum class ProblemKind : std::uint8_t {
  json,
  repeated_key,
  unknown_class,
  missing_required,
  missing_recommended,
  unknown_attribute,
  wrong_type,
  range,
  max_len,
  not_in_enum,
  enum_text,
  type_uid,
  constraint,
  observable_name,
  pattern,
  timestamp,
};
std::string_view word(ProblemKind kind);  // "missing_required", …

struct Problem {
  std::string path;  // `messages[2].role`; empty: the whole event
  ProblemKind kind = ProblemKind::json;
  std::string message;   // never holds a text of the event
  bool is_error = true;  // false: a warning
};

struct ValidateOptions {
  bool recommended = false;  // also warn about recommended attributes that are missing
};

inline constexpr std::size_t kMaxProblems = 1'000;  // of one event; what comes after these is not looked at

// Empty when the event is good. In the order of the schema.
std::vector<Problem> validate(std::string_view json, const ValidateOptions& options = {});

}  // namespace aitf::ocsf
