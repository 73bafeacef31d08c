#pragma once
// Span -> Operation. Pure, any thread; one table (conventions.cpp) says which attribute of which convention fills what.

#include "base/arena.hpp"
#include "genai/operation.hpp"
#include "span/span.hpp"

namespace aitf::genai {

// Never fails: a span that is not AI comes back with Kind::not_ai and nothing else filled.
Operation normalise(const span::Span& span, Arena& arena);

}  // namespace aitf::genai
