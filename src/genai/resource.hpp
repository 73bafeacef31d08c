#pragma once
// Who ran the operation and where: service, host, cloud, SDK; and the ends of the call.

#include "genai/reading.hpp"

namespace aitf::genai {

void fill_resource(Reading& reading);
void fill_endpoints(Reading& reading);

// A URL without user info, query and fragment; other texts as they are.
Text without_secrets(Text url, Arena& arena);

}  // namespace aitf::genai
