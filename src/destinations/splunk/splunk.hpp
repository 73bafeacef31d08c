#pragma once
// Sends events to a Splunk HTTP Event Collector: one request a batch, at least once, without acknowledgement by
// indexers. What an answer means stands in answer.hpp, what is written in envelope.hpp.

#include <memory>
#include <string>

#include "deliver/destination.hpp"
#include "destinations/splunk/config.hpp"
#include "http/client.hpp"

namespace aitf::destinations {

// `config` has passed its own checks. `client` carries the requests; its options come from http_options().
std::unique_ptr<deliver::Destination> make_splunk(std::string name, SplunkConfig config,
                                                  std::unique_ptr<http::Client> client);
// The same over the network.
std::unique_ptr<deliver::Destination> make_splunk(std::string name, SplunkConfig config);

http::ClientOptions http_options(const SplunkConfig& config);

}  // namespace aitf::destinations
