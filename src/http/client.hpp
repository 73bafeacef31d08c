#pragma once
// An HTTP client on libcurl; it only carries. No redirects are followed (a token would leak), no retries are made.

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "base/secret.hpp"

namespace aitf::http {

struct ClientOptions {
  std::chrono::milliseconds connect_time{10'000};
  std::chrono::milliseconds request_time{60'000};
  bool verify_tls = true;
  std::string ca_file;                  // empty: the system's
  std::size_t answer_bytes = 1u << 20;  // of a reply kept; the rest is read and dropped
};

struct Call {
  std::string method = "POST";
  std::string url;
  std::vector<std::pair<std::string, std::string>> headers;
  // One more header whose value is secret ("Authorization", "Splunk …"); never logged.
  std::pair<std::string, Secret> secret_header;
  std::string_view body;
};

struct Answer {
  int status = 0;
  std::string body;
  std::string content_type;
  std::optional<std::chrono::milliseconds> retry_after;  // seconds or HTTP date, RFC 9110 10.2.3
  std::string location;
};

// What went wrong when there is no answer.
struct Unanswered {
  enum class Kind { unreachable, tls, timed_out, cut } kind;
  bool body_was_sent = false;  // then the peer may have taken it
  std::string message;         // without the URL's user info and query
};

// One connection pool (keep-alive). One thread at a time, save interrupt().
class Client {
 public:
  virtual ~Client() = default;
  virtual tl::expected<Answer, Unanswered> call(const Call& call) = 0;
  // From any thread, for good: a call under way ends as `cut` within about a second, later ones at once.
  virtual void interrupt() {}
};

std::unique_ptr<Client> make_client(const ClientOptions& options);

}  // namespace aitf::http
