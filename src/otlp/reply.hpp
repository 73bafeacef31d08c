#pragma once
// What a receiver answers: ExportTraceServiceResponse with partial success, and google.rpc.Status, in both encodings.
// Source: OTLP specification, sections "OTLP/HTTP Response" and "Partial success".

#include <cstdint>
#include <string>
#include <string_view>

#include "otlp/decode.hpp"

namespace aitf::otlp {

enum class Encoding { protobuf, json };

// google.rpc.Code values that we use.
enum class Code : std::int32_t {
  invalid_argument = 3,
  not_found = 5,
  permission_denied = 7,
  resource_exhausted = 8,
  unimplemented = 12,
  internal = 13,
  unavailable = 14,
  unauthenticated = 16,
};

std::string success_reply(const Request& request, Encoding encoding);
std::string error_reply(Code code, std::string_view message, Encoding encoding);

}  // namespace aitf::otlp
