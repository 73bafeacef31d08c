#pragma once
// What a request says of its body: Content-Type and Content-Encoding.
// Source: RFC 9110 8.3 and 8.4; OTLP specification, section "OTLP/HTTP Request".

#include <optional>
#include <string_view>

#include "otlp/reply.hpp"

namespace aitf::receive {

// Parameters and case do not matter. None when it is neither protobuf nor JSON.
std::optional<otlp::Encoding> encoding_of(std::string_view content_type);

enum class Coding { identity, gzip };

// None when it is a coding we do not take, or more than one.
std::optional<Coding> coding_of(std::string_view content_encoding);

}  // namespace aitf::receive
