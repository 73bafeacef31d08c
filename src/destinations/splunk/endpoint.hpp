#pragma once
// Where a collector's URL leads: the address for events and the one for its health.

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace aitf::destinations::splunk {

struct Endpoint {
  std::string events = {};
  std::string health = {};  // empty when the URL's path is not the collector's own
  bool encrypted = true;
  bool local = false;  // this machine
};

// `url` with or without a path; `/services/collector/event` is added where there is none. ErrorKind::invalid for what
// is not such a URL, for one with a user name or a query, and for a path that takes no events.
Result<Endpoint> endpoint_of(std::string_view url);

// What may be wrong with a URL whose peer does not answer like a collector: the ports of Splunk's other services.
std::string_view port_hint(std::string_view url);

}  // namespace aitf::destinations::splunk
