#pragma once
// receive.otlp_http of the configuration.

#include <chrono>
#include <string>

#include "config/schema.hpp"

namespace aitf::receive {

struct OtlpHttpConfig {
  std::string listen = "127.0.0.1:4318";
  config::Bytes max_request_size{64u << 20};
  config::Bytes max_memory{512u << 20};
  std::size_t max_connections = 1024;
  std::chrono::milliseconds request_timeout{30'000};
  std::chrono::milliseconds idle_timeout{120'000};
};

void describe(config::Schema<OtlpHttpConfig>& s);

}  // namespace aitf::receive
