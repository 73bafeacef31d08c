#pragma once
// Everything that runs, built from settings: journal, one worker a destination, receivers, the admin endpoints.
// Owned and called by the main thread.

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/files.hpp"
#include "base/result.hpp"
#include "daemon/pipeline.hpp"
#include "daemon/settings.hpp"
#include "deliver/worker.hpp"
#include "http/server.hpp"
#include "journal/journal.hpp"
#include "observe/health.hpp"
#include "observe/metrics.hpp"

namespace aitf::daemon {

class Daemon {
 public:
  // Builds the chain; opens no port and starts no thread. `files` and `clock` outlive it.
  Daemon(Settings settings, Files& files, const Clock& clock);
  ~Daemon();  // as stop()
  Daemon(const Daemon&) = delete;
  Daemon& operator=(const Daemon&) = delete;

  // Starts delivering what the journal holds.
  void start_delivery();
  // Opens the ports: admin, then receivers. Errors name the key of the address.
  Status start_receiving();
  // In the order of the data: no more requests, those under way finish, workers drain within shutdown_timeout.
  // Yields the destinations that lack events. Idempotent.
  std::vector<std::string> stop();

  // Puts the events of one request into the journal.
  Status append(std::span<const journal::Record> records);
  observe::Metrics& metrics() { return metrics_; }
  const observe::Health& health() const { return health_; }

 private:
  Status has_room(std::size_t body_bytes) const;
  http::Response answer_admin(const http::Request& request);
  Status start_admin();
  Status start_otlp_http();

  Settings settings_;
  observe::Metrics metrics_;
  observe::Health health_;
  std::unique_ptr<journal::Journal> journal_;
  Pipeline pipeline_;
  std::vector<std::pair<std::string, std::unique_ptr<deliver::Worker>>> workers_;  // by destination
  std::unique_ptr<http::Server> admin_;
  std::unique_ptr<http::Server> otlp_http_;
  bool stopped_ = false;
};

}  // namespace aitf::daemon
