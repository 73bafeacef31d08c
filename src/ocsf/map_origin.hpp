#pragma once
// Who and where: the parts of an event that come from the resource, the scope and the endpoints of a span.

#include "ocsf/map_draft.hpp"

namespace aitf::ocsf {

Metadata metadata(Draft& draft, std::uint32_t class_uid);
Trace trace(Draft& draft);
std::optional<Actor> actor(Draft& draft);
std::optional<Service> service(const Draft& draft);
std::optional<Device> device(Draft& draft);
std::optional<Cloud> cloud(Draft& draft);
// `attribute` names where the endpoint came from: `server` or `client`.
std::optional<NetworkEndpoint> endpoint(const genai::Endpoint& from, Text attribute, Draft& draft);
Telemetry telemetry(const Draft& draft);

}  // namespace aitf::ocsf
