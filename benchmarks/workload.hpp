#pragma once
// The load that all benchmarks share: one OTLP request of chat spans with prompts of 1 to 2 KB and their answers,
// as an OpenTelemetry GenAI instrumentation sends them (content in JSON attributes, usage, model, resource).

#include <cstddef>
#include <string>

namespace aitf::benchmarks {

// ExportTraceServiceRequest in protobuf with `spans` spans; `seed` makes ids and texts differ between requests.
std::string chat_request(std::size_t spans, unsigned seed);

}  // namespace aitf::benchmarks
