#include "receive/otlp_http/config.hpp"

#include "http/listen_address.hpp"

namespace aitf::receive {
namespace {

using namespace std::chrono_literals;
using namespace config::literals;

std::string listen_problem(const std::string& listen) {
  const auto address = http::parse_listen_address(listen);
  return address ? std::string() : address.error().text();
}

}  // namespace

void describe(config::Schema<OtlpHttpConfig>& s) {
  s.field("listen", &OtlpHttpConfig::listen, "Address and port to listen on.").check(listen_problem);
  s.field("max_request_size", &OtlpHttpConfig::max_request_size, "Largest request, before and after decompression.")
      .range(1_KiB, 1_GiB);
  s.field("max_memory", &OtlpHttpConfig::max_memory,
          "Memory for the bodies of all requests under way; more are told to come back later.")
      .range(1_MiB, 1024_GiB);
  s.field("max_connections", &OtlpHttpConfig::max_connections, "Connections at the same time.").range(1, 1'000'000);
  s.field("request_timeout", &OtlpHttpConfig::request_timeout, "Time for a whole request to arrive.").range(10ms, 1h);
  s.field("idle_timeout", &OtlpHttpConfig::idle_timeout, "How long a connection may stay without a request.")
      .range(10ms, 24h);
  s.check([](const OtlpHttpConfig& c) -> std::optional<config::Violation> {
    if (c.max_memory >= c.max_request_size) return std::nullopt;
    return config::Violation{"max_memory", "must be at least max_request_size, " + config::text_of(c.max_request_size),
                             "no request of that size would fit"};
  });
}

}  // namespace aitf::receive
