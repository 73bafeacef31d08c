#pragma once
// Bytes -> Request, within the limits. Memory for the body is taken as the body arrives: what Content-Length claims
// only bounds the growth. One thread at a time.

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "http/memory_budget.hpp"
#include "http/server.hpp"

namespace aitf::http {

// Why a request cannot be answered by the handler.
struct Failure {
  int status = 0;  // 0: there is nobody to answer
  std::string message;
};

class RequestParser {
 public:
  // Both outlive the parser.
  RequestParser(const ServerLimits& limits, MemoryBudget& budget);
  ~RequestParser();

  // Takes bytes from the front and says how many; the rest is to be shown again, with more behind it. Stops at the end
  // of the head, so that the peer can be told to go on, and at the end of the request. Not after a failure or the end.
  tl::expected<std::size_t, Failure> put(std::string_view bytes);

  bool head_is_done() const;
  bool is_done() const;
  // Once the head is there.
  bool expects_continue() const;
  bool keep_alive() const;
  // As far as it came.
  Request& request();
  Reservation& memory();

 private:
  class Beast;
  std::unique_ptr<Beast> beast_;
};

}  // namespace aitf::http
