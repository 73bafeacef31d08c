#pragma once
// For tests: bodies as senders make them, and what answers say.

#include <cstdint>
#include <string>
#include <string_view>

#include "http/server.hpp"
#include "receive/otlp_http/otlp_http.hpp"

namespace aitf::receive {

std::string gzip(std::string_view text);
// The gzip of so many MiB of zeros.
std::string gzip_of_zeros(std::size_t mebibytes);

// ExportTraceServiceRequest with so many good spans and one whose trace id has the wrong length, if `with_bad`.
std::string json_spans(int good, bool with_bad = false);
std::string protobuf_spans(int good, bool with_bad = false);

// google.rpc.Status; code -1: the body is none.
struct RpcStatus {
  std::int64_t code = -1;
  std::string message;
};
// In the encoding that Content-Type says.
RpcStatus status_in(const std::string& content_type, const std::string& body);

// ExportTraceServiceResponse; rejected -1: the body is none.
struct PartialSuccess {
  std::int64_t rejected = -1;
  std::string message;
};
PartialSuccess success_in(const std::string& content_type, const std::string& body);

// Decodes as the product does and adds up the spans.
class CountingAccept {
 public:
  Result<Accepted> operator()(std::string_view body, otlp::Encoding encoding);
  std::size_t spans = 0;
};

}  // namespace aitf::receive
