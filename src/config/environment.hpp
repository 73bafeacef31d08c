#pragma once
// Environment variables in values: ${NAME}, ${NAME:-text} and $$.

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace aitf::config {

// The value of a variable, if it is set.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;

// That of the process.
Environment process_environment();

// The text with every variable replaced. Errors name the variable, never its value.
Result<std::string> substitute(std::string_view text, const Environment& environment);

}  // namespace aitf::config
