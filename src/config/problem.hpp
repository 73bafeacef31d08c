#pragma once
// What is wrong in a configuration, and where.

#include <string>
#include <vector>

#include "base/result.hpp"

namespace aitf::config {

// From 1, as editors count; a column counts bytes. 0: not known.
struct Position {
  int line = 0;
  int column = 0;
};

struct Problem {
  std::string file;
  Position at;
  std::string key;      // dotted path: destinations[0].url; empty for the file itself
  std::string message;  // lower case, no full stop; never holds a secret
  std::string hint;     // what to do; may be empty

  // aitf.yaml:12:5: receive.otlp_http.listn: unknown key (did you mean `listen`?)
  std::string text() const;
};

// All problems as one error of kind invalid, a line each.
Error to_error(const std::vector<Problem>& problems);

// What a cross-field rule of a section found. `key` is the section's own key it is about.
struct Violation {
  std::string key;
  std::string message;
  std::string hint = {};
};

}  // namespace aitf::config
