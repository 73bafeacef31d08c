#pragma once
// ${NAME}, ${NAME:-text} and $$ in a value.

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "config/shape.hpp"

namespace aitf::config {

// The text with every variable replaced. Errors name the variable, never its value.
Result<std::string> substitute(std::string_view text, const Environment& environment);

}  // namespace aitf::config
