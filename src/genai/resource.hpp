#pragma once
// Who ran the operation and where: service, host, cloud, SDK; and the ends of the call.

#include "genai/reading.hpp"

namespace aitf::genai {

void fill_resource(Reading& reading);
void fill_endpoints(Reading& reading);

// What SDKs write for service.name when nobody gave one: `unknown_service:python`.
inline bool is_unnamed_service(Text name) { return name.starts_with("unknown_service"); }

// A URL without user info, query and fragment; other texts as they are.
Text without_secrets(Text url, Arena& arena);

}  // namespace aitf::genai
