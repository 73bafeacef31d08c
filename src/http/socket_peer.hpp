#pragma once
// For tests: the other end of a connection, byte by byte. Blocking, one thread at a time; a read that waits longer
// than ten seconds gives up, so that a broken server fails a test and does not hang it.

#include <cstdint>
#include <string>
#include <string_view>

namespace aitf::http {

struct RawResponse {
  int status = 0;  // 0: the connection ended before a whole answer
  std::string head;
  std::string body;
  // Value of a field, "" when there is none.
  std::string field(std::string_view name) const;
};

class SocketPeer {
 public:
  // To this machine's `host`.
  static SocketPeer connect(std::uint16_t port, const char* host = "127.0.0.1");
  explicit SocketPeer(int descriptor);
  SocketPeer(SocketPeer&& other) noexcept;
  SocketPeer& operator=(SocketPeer&&) = delete;
  ~SocketPeer();

  bool is_connected() const { return descriptor_ >= 0; }
  int descriptor() const { return descriptor_; }
  // False when the other side is gone.
  bool send(std::string_view bytes) const;
  // At least one byte, or "" at the end.
  std::string read_some();
  // Until the text has come, or the end; returns all up to and with it.
  std::string read_until(std::string_view text);
  std::string read_to_end();
  // `has_body` false: an answer to HEAD.
  RawResponse read_response(bool has_body = true);
  void end_sending() const;
  // Closes with a reset.
  void reset();

 private:
  int descriptor_;
  std::string unread_;
};

// Listens on a free port of 127.0.0.1.
class SocketListener {
 public:
  SocketListener();
  SocketListener(const SocketListener&) = delete;
  SocketListener& operator=(const SocketListener&) = delete;
  ~SocketListener();

  std::uint16_t port() const { return port_; }
  SocketPeer accept() const;

 private:
  int descriptor_;
  std::uint16_t port_ = 0;
};

}  // namespace aitf::http
