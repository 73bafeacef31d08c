#pragma once
// What no field holds, so that nothing that was sent is lost.

#include "genai/reading.hpp"

namespace aitf::genai {

// Last of all: lists the attributes of span, resource, scope and events that nobody took.
void fill_unmapped(Reading& reading);

}  // namespace aitf::genai
