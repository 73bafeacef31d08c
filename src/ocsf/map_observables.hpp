#pragma once
// Values of an event that a security team pivots on: addresses, names, URLs. No names of models or agents.

#include <vector>

#include "ocsf/map_text.hpp"
#include "ocsf/objects.hpp"

namespace aitf::ocsf {

// Collects observables: at most 64, no value twice.
class Observables {
 public:
  explicit Observables(Arena& arena) : arena_(arena) {}

  void add_hostname(Text name, Text value);
  void add_ip(Text name, Text value);
  void add_user(const std::optional<Actor>& actor);
  void add_url(Text name, Text value);  // http and https only
  void add_resource(Text name, Text value);
  void add_documents(const std::vector<Document>& documents);

  std::vector<Observable> take() { return std::move(found_); }

 private:
  void add(Text name, std::int64_t type_id, Text value);

  Arena& arena_;
  std::vector<Observable> found_;
};

template <class EventClass>
std::vector<Observable> observables(const EventClass& event, Arena& arena) {
  Observables found(arena);
  if (event.src_endpoint) found.add_ip("src_endpoint.ip", event.src_endpoint->ip);
  if (event.dst_endpoint) {
    found.add_hostname("dst_endpoint.hostname", event.dst_endpoint->hostname);
    found.add_ip("dst_endpoint.ip", event.dst_endpoint->ip);
  }
  if (event.device) found.add_ip("device.ip", event.device->ip);
  found.add_user(event.actor);
  if (event.model) found.add_url("model.endpoint_url", event.model->endpoint_url);
  if constexpr (requires { event.mcp; }) {
    if (event.mcp) found.add_url("mcp.server_url", event.mcp->server_url);
    if (event.mcp) found.add_resource("mcp.resource_uri", event.mcp->resource_uri);
  }
  if constexpr (requires { event.documents; }) found.add_documents(event.documents);
  return found.take();
}

}  // namespace aitf::ocsf
