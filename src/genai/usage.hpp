#pragma once
// Tokens of an operation. What was not counted is unknown, never 0.

#include "genai/reading.hpp"

namespace aitf::genai {

// After the messages: whether an answer exists decides what two zeros mean.
void fill_usage(Reading& reading);

}  // namespace aitf::genai
