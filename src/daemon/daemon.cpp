// See daemon.hpp.

#include "daemon/daemon.hpp"

#include <algorithm>
#include <utility>

#include "base/log.hpp"
#include "daemon/destinations.hpp"
#include "observe/admin.hpp"
#include "receive/otlp_http/otlp_http.hpp"

namespace aitf::daemon {
namespace {

constexpr const char* starting = "start";  // a part of health until everything listens

bool is_loopback(std::string_view listen) {
  return listen.starts_with("127.") || listen.starts_with("localhost:") || listen.starts_with("[::1]");
}

// The error of an address, with the key that sets it.
tl::unexpected<Error> address_error(Error error, const char* key) {
  error.message = std::string(key) + ": " + error.message;
  if (error.hint.empty()) error.hint = "set " + std::string(key) + " to another address";
  return tl::unexpected(std::move(error));
}

http::ServerOptions admin_options(const AdminSettings& settings) {
  http::ServerOptions options;
  options.listen = settings.listen;
  options.workers = 1;
  options.limits.body_bytes = 1024;
  options.limits.connections = 64;
  return options;
}

}  // namespace

Daemon::Daemon(Settings settings, Files& files, const Clock& clock)
    : settings_(std::move(settings)),
      journal_(journal::make_memory_journal(settings_.journal.max_size.count)),
      pipeline_(PipelineOptions{}, clock, metrics_) {
  for (const DestinationSettings& destination : settings_.destinations)
    workers_.emplace_back(destination.shown_name(),
                          std::make_unique<deliver::Worker>(make_destination(destination, files, clock),
                                                            deliver::Surroundings{.journal = *journal_,
                                                                                  .files = files,
                                                                                  .state_dir = settings_.state_dir,
                                                                                  .clock = clock,
                                                                                  .metrics = metrics_,
                                                                                  .health = health_}));
}

Daemon::~Daemon() { stop(); }

void Daemon::start_delivery() {
  for (auto& [name, worker] : workers_) {
    worker->start();
    log::info("destination is ready", {{"destination", name}});
  }
}

Status Daemon::start_receiving() {
  health_.bad(starting, "receivers are not listening yet");
  AITF_CHECK(start_admin());
  AITF_CHECK(start_otlp_http());
  health_.good(starting);
  return {};
}

Status Daemon::start_admin() {
  auto server = http::start_server(admin_options(settings_.admin),
                                   [this](http::Request&& request) { return answer_admin(request); });
  if (!server) return address_error(std::move(server.error()), "admin.listen");
  admin_ = std::move(*server);
  log::info("metrics and health are served", {{"address", admin_->address()}});
  return {};
}

http::Response Daemon::answer_admin(const http::Request& request) {
  for (const auto& [name, worker] : workers_) worker->report();
  metrics_.set(observe::Metric::journal_bytes, {}, static_cast<double>(journal_->bytes()));
  return observe::answer_admin(request, metrics_, health_);
}

Status Daemon::start_otlp_http() {
  const auto accept = [this](std::string_view body, otlp::Encoding encoding) -> Result<receive::Accepted> {
    AITF_CHECK(has_room(body.size()));
    AITF_TRY(Processed done, pipeline_.process(body, encoding, [this](auto records) { return append(records); }));
    return receive::Accepted{std::move(done.rejected)};
  };
  auto server = receive::start_otlp_http(settings_.receive.otlp_http, accept, metrics_);
  if (!server) return address_error(std::move(server.error()), "receive.otlp_http.listen");
  otlp_http_ = std::move(*server);
  log::info("OTLP/HTTP is received", {{"address", otlp_http_->address()}});
  if (!is_loopback(settings_.receive.otlp_http.listen))
    log::warn("anyone who reaches this address can send spans: it has no TLS and no authentication",
              {{"address", otlp_http_->address()}, {"setting", "receive.otlp_http.listen"}});
  return {};
}

// An event is about as large as its span, so a request that cannot fit is refused before any work is done on it: while
// a destination is down, senders that try again would otherwise cost as much as the real work.
Status Daemon::has_room(std::size_t body_bytes) const {
  const std::size_t held = journal_->bytes();
  if (held == 0 || held + body_bytes <= journal_->capacity_bytes()) return {};
  Error full{ErrorKind::throttled, "the journal is full", "wait until destinations have taken what it holds"};
  full.retry_after = std::chrono::seconds(1);
  return tl::unexpected(std::move(full));
}

Status Daemon::append(std::span<const journal::Record> records) {
  auto appended = journal_->append(records);
  if (!appended) return tl::unexpected(std::move(appended.error()));
  return {};
}

std::vector<std::string> Daemon::stop() {
  if (std::exchange(stopped_, true)) return {};
  const auto deadline = std::chrono::steady_clock::now() + settings_.shutdown_timeout;
  // A sender that never ends its request must not use up the time in which acknowledged events are delivered.
  if (otlp_http_) otlp_http_->stop(std::min(settings_.shutdown_timeout / 2, std::chrono::milliseconds(2000)));
  for (auto& [name, worker] : workers_) worker->drain();
  std::vector<std::string> lacking;
  for (auto& [name, worker] : workers_)
    if (!worker->join(deadline)) lacking.push_back(name);
  if (admin_) admin_->stop(std::chrono::seconds(1));
  return lacking;
}

}  // namespace aitf::daemon
