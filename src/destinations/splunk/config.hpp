#pragma once
// What a user may set for a Splunk destination.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "base/result.hpp"
#include "base/secret.hpp"
#include "config/schema.hpp"

namespace aitf::destinations {

struct SplunkBatch {
  std::uint32_t events = 500;
  config::Bytes bytes{1'000'000};  // before compression; every release takes this much
  std::chrono::milliseconds age{1000};
};

struct SplunkConfig {
  std::string url;
  Secret token;
  std::string index;  // empty: the token's default
  std::string source = "aitf";
  std::string host;  // empty: the event's device.hostname, else this machine's name
  bool verify_tls = true;
  std::string ca_file;
  std::chrono::milliseconds timeout{30'000};
  bool gzip = true;
  SplunkBatch batch;
};

void describe(config::Schema<SplunkBatch>& s);
void describe(config::Schema<SplunkConfig>& s);

// The destination that SPLUNK_HEC_URL, SPLUNK_HEC_TOKEN, SPLUNK_INDEX and SPLUNK_VERIFY_SSL ask for. Nothing without
// SPLUNK_HEC_URL; ErrorKind::invalid when it stands there and the rest is missing or wrong.
std::optional<Result<SplunkConfig>> splunk_from_environment(const config::Environment& environment);

}  // namespace aitf::destinations
