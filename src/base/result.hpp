#pragma once
// Errors are values. A function that can fail returns Result<T>; Status when it yields nothing.
//
// Only names that std::expected has too are used, so that moving to it is one line.

#include <chrono>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace aitf {

// What the caller does with an error names its kind.
enum class ErrorKind {
  invalid,    // the input or the configuration is wrong: fix it, trying again cannot help
  transient,  // try again
  throttled,  // try again after `retry_after`
  permanent,  // give this item up, go on with others
  internal,   // a broken promise of our own code or machine
};

struct Error {
  ErrorKind kind = ErrorKind::internal;
  std::string message;  // what happened and where: lower case, no full stop, no secret, no content
  std::string hint;     // what to do next; may be empty
  std::optional<std::chrono::milliseconds> retry_after = {};

  // "message (hint)", for people.
  std::string text() const { return hint.empty() ? message : message + " (" + hint + ")"; }
};

template <class T>
using Result = tl::expected<T, Error>;
using Status = Result<void>;

inline tl::unexpected<Error> fail(ErrorKind kind, std::string message, std::string hint = {}) {
  return tl::unexpected<Error>(Error{kind, std::move(message), std::move(hint)});
}

}  // namespace aitf

#define AITF_CONCAT_(a, b) a##b
#define AITF_CONCAT(a, b) AITF_CONCAT_(a, b)

// AITF_TRY(auto value, expression): declares value, or returns the expression's error.
// NOLINTBEGIN(bugprone-macro-parentheses): a declaration takes no parentheses
#define AITF_TRY(declaration, expression)                                                         \
  auto AITF_CONCAT(aitf_result_, __LINE__) = (expression);                                        \
  if (!AITF_CONCAT(aitf_result_, __LINE__))                                                       \
    return tl::unexpected<::aitf::Error>(std::move(AITF_CONCAT(aitf_result_, __LINE__)).error()); \
  declaration = std::move(*AITF_CONCAT(aitf_result_, __LINE__))
// NOLINTEND(bugprone-macro-parentheses)

// AITF_CHECK(expression): returns the error of an expression that yields nothing.
#define AITF_CHECK(expression)                                                                \
  do {                                                                                        \
    auto aitf_status_ = (expression);                                                         \
    if (!aitf_status_) return tl::unexpected<::aitf::Error>(std::move(aitf_status_).error()); \
  } while (false)
