#include "observe/admin.hpp"

#include <map>

#include "base/json_writer.hpp"

namespace aitf::observe {
namespace {

http::Response reply(int status, std::string content_type, std::string body) {
  return {status, {{"content-type", std::move(content_type)}, {"cache-control", "no-store"}}, std::move(body)};
}

// {"status":"ok"} or {"status":"degraded","causes":{"destination splunk":"…"}}
std::string health_body(const std::map<std::string, std::string>& causes) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.key("status");
  json.string(causes.empty() ? "ok" : "degraded");
  if (!causes.empty()) {
    json.key("causes");
    json.begin_object();
    for (const auto& [part, cause] : causes) {
      json.key(part);
      json.string(cause);
    }
    json.end_object();
  }
  json.end_object();
  return out + "\n";
}

}  // namespace

http::Response answer_admin(const http::Request& request, const Metrics& metrics, const Health& health) {
  if (request.method != "GET" && request.method != "HEAD") {
    auto refused = reply(405, "text/plain; charset=utf-8", "only GET and HEAD\n");
    refused.headers.emplace_back("allow", "GET, HEAD");
    return refused;
  }
  if (request.path == "/metrics") return reply(200, "text/plain; version=0.0.4; charset=utf-8", metrics.expose());
  const auto causes = health.causes();
  // A process that answers is alive: restarting it would not mend a destination, so /healthz stays 200.
  if (request.path == "/healthz") return reply(200, "application/json", health_body(causes));
  if (request.path == "/readyz") return reply(causes.empty() ? 200 : 503, "application/json", health_body(causes));
  return reply(404, "text/plain; charset=utf-8", "not found; there are /metrics, /healthz and /readyz\n");
}

}  // namespace aitf::observe
