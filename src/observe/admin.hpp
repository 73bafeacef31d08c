#pragma once
// The admin endpoints: GET /metrics (Prometheus text 0.0.4), /healthz (the process is up), /readyz (it can do its
// work). /readyz is 503 while any part is unwell, and both name the part and the cause.

#include "http/server.hpp"
#include "observe/health.hpp"
#include "observe/metrics.hpp"

namespace aitf::observe {

// Thread safe.
http::Response answer_admin(const http::Request& request, const Metrics& metrics, const Health& health);

}  // namespace aitf::observe
