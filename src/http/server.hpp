#pragma once
// A small HTTP/1.1 server: accepts, bounds, reads a whole request, asks a handler on a worker thread, writes the
// answer. Beast and Asio stay in the .cpp files. Keep-alive, chunked bodies and Expect: 100-continue are handled here.
// Source: RFC 9110, RFC 9112.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace aitf::http {

struct Request {
  std::string method;  // upper case, as sent
  std::string path;    // without the query, percent-decoded not
  std::string query;
  std::vector<std::pair<std::string, std::string>> headers;  // names lower case
  std::string body;                                          // as it came, still compressed
  std::string peer;                                          // address, for the log
  // First header of that name (lower case), or empty.
  std::string_view header(std::string_view name) const;
};

struct Response {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
};

struct ServerLimits {
  std::size_t body_bytes = 64u << 20;    // on the wire; over it 413
  std::size_t header_bytes = 32u << 10;  // over it 431
  std::size_t connections = 1024;        // over it the newest is answered 503 and closed
  std::size_t body_memory = 512u << 20;  // all bodies being read or waiting, together; over it 503 with Retry-After
  std::chrono::milliseconds request_time{30'000};  // from the first byte to the whole request; over it 408
  std::chrono::milliseconds idle_time{120'000};    // keep-alive without a request
};

struct ServerOptions {
  std::string listen = "127.0.0.1:0";  // host:port, [v6]:port; port 0 takes a free one
  std::size_t workers = 0;             // threads that run the handler; 0: one a core
  ServerLimits limits;
};

// Called on any worker thread, several at once. What it throws becomes a 500 and a log line.
using Handler = std::function<Response(Request&&)>;
// Makes the answer to a request that failed before the handler could see it (400, 408, 413, 431, 503), so that it can
// speak the peer's language. `content_type` is what the peer sent, if that was read. Runs on the thread that moves the
// bytes: it must not wait.
using Refusal = std::function<Response(int status, std::string_view message, std::string_view content_type)>;

class Server {
 public:
  virtual ~Server() = default;  // stops
  virtual std::uint16_t port() const = 0;
  virtual std::string address() const = 0;  // host:port as bound
  // Accepts no more, lets requests under way finish for at most `grace`, then closes. A handler that runs still is
  // waited for. Idempotent; not from a handler.
  virtual void stop(std::chrono::milliseconds grace) = 0;
};

// Binds and starts. ErrorKind::invalid for a bad address; permanent, with the system's reason, when it cannot bind.
Result<std::unique_ptr<Server>> start_server(const ServerOptions& options, Handler handler, Refusal refusal = {});

}  // namespace aitf::http
