#pragma once
// gzip (RFC 1952) within a limit, several members included: what receivers and file readers unpack requests with.
//
// The limit is checked before bytes are made, so a bomb costs at most the limit. Errors:
//   ErrorKind::permanent  more than `limit` bytes come out (HTTP 413, gRPC RESOURCE_EXHAUSTED); the message holds the
//   limit ErrorKind::invalid    no gzip, cut short, wrong checksum or bytes after the last member (HTTP 400)

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace aitf::otlp {

// True when `bytes` begin as gzip does.
bool looks_like_gzip(std::string_view bytes);

// All of `body` inflated. Any thread.
Result<std::string> inflate_gzip(std::string_view body, std::size_t limit);

// Inflates piece by piece, for files that are larger than memory. One thread at a time.
class GzipInflater {
 public:
  GzipInflater();
  ~GzipInflater();

  // Takes bytes from the front of `input`, writes at most `size` (not 0) bytes to `room` and returns how many.
  // Nothing written means that more input is needed. Only ErrorKind::invalid; nothing may be called after an error.
  Result<std::size_t> inflate(std::string_view& input, char* room, std::size_t size);

  // True when the input may end here: at least one member, and all of them whole.
  bool is_complete() const;

 private:
  struct State;

  void begin_member();
  Status step(std::string_view& input);

  std::unique_ptr<State> state_;
};

}  // namespace aitf::otlp
