#pragma once
// What a user may set for a destination of type jsonl.

#include <chrono>
#include <cstdint>
#include <string>

#include "config/schema.hpp"

namespace aitf::destinations {

struct JsonlBatch {
  std::uint32_t events = 1000;
  config::Bytes bytes{4u << 20};
  std::chrono::milliseconds age{1000};
};

struct JsonlConfig {
  std::string path = "./aitf-out";
  config::Bytes max_file_size{100u << 20};
  std::chrono::milliseconds max_file_age{std::chrono::hours(1)};
  JsonlBatch batch = {};
};

void describe(config::Schema<JsonlBatch>& s);
void describe(config::Schema<JsonlConfig>& s);

}  // namespace aitf::destinations
