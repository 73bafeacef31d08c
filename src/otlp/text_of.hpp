#pragma once
// For tests: a span written out in full, so that two spans are equal exactly when their texts are, and a failed
// comparison shows the difference.

#include <string>

#include "otlp/decode.hpp"

namespace aitf::otlp {

std::string text_of(const span::Value& value);
std::string text_of(span::Attributes attributes);
std::string text_of(const span::Span& span);

}  // namespace aitf::otlp
