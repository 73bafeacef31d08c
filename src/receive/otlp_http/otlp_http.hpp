#pragma once
// The OTLP/HTTP receiver: an HTTP request in, what became of its spans out.
// Source: OTLP specification 1.x, section "OTLP/HTTP".

#include <cstddef>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "http/server.hpp"
#include "observe/metrics.hpp"
#include "otlp/decode.hpp"
#include "otlp/reply.hpp"
#include "receive/otlp_http/config.hpp"

namespace aitf::receive {

struct Accepted {
  std::vector<otlp::Rejection> rejected;  // the rest is safe: the sender may forget it
};

// Takes the spans of one uncompressed request; called on any worker, several at once. The sender is told, by kind:
//   invalid    400, the body is no OTLP
//   throttled  503 with Retry-After, the same request can be sent again
//   transient  503, likewise
//   permanent  413, this request can never be taken
//   internal   500
using Accept = std::function<Result<Accepted>(std::string_view body, otlp::Encoding encoding)>;

// Answers in the encoding of the request, in JSON when it has none we know. Thread safe.
class OtlpHttp {
 public:
  // `body_limit`: bytes after decompression. `metrics` outlives it and counts the answers.
  OtlpHttp(std::size_t body_limit, Accept accept, observe::Metrics& metrics);

  // As http::Handler and http::Refusal.
  http::Response answer(const http::Request& request) const;
  http::Response refuse(int status, std::string_view message, std::string_view content_type) const;

 private:
  http::Response route(const http::Request& request) const;
  http::Response take(const http::Request& request, otlp::Encoding encoding) const;
  http::Response take(std::string_view body, otlp::Encoding encoding) const;
  http::Response counted(http::Response response) const;

  const std::size_t body_limit_;
  const Accept accept_;
  observe::Metrics& metrics_;
};

// Listens and answers. Errors as http::start_server; they name the address, the caller adds the key.
Result<std::unique_ptr<http::Server>> start_otlp_http(const OtlpHttpConfig& config, Accept accept,
                                                      observe::Metrics& metrics);

}  // namespace aitf::receive
