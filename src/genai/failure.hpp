#pragma once
// Why an operation failed, from error attributes, the `exception` event and the status.

#include "genai/reading.hpp"

namespace aitf::genai {

void fill_failure(Reading& reading);

}  // namespace aitf::genai
