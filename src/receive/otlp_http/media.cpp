#include "receive/otlp_http/media.hpp"

#include "http/message.hpp"

namespace aitf::receive {
namespace {

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace

std::optional<otlp::Encoding> encoding_of(std::string_view content_type) {
  const std::string_view type = trimmed(content_type.substr(0, content_type.find(';')));
  if (http::equal_ignoring_case(type, "application/x-protobuf")) return otlp::Encoding::protobuf;
  if (http::equal_ignoring_case(type, "application/json")) return otlp::Encoding::json;
  return std::nullopt;
}

std::optional<Coding> coding_of(std::string_view content_encoding) {
  const std::string_view coding = trimmed(content_encoding);
  if (coding.empty() || http::equal_ignoring_case(coding, "identity")) return Coding::identity;
  if (http::equal_ignoring_case(coding, "gzip") || http::equal_ignoring_case(coding, "x-gzip")) return Coding::gzip;
  return std::nullopt;
}

}  // namespace aitf::receive
