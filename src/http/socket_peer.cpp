#include "http/socket_peer.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <utility>

#include "http/message.hpp"

namespace aitf::http {
namespace {

constexpr timeval kPatience{10, 0};

sockaddr_in loopback(std::uint16_t port, const char* host) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  inet_pton(AF_INET, host, &address.sin_addr);
  return address;
}

const sockaddr* generic(const sockaddr_in& address) { return reinterpret_cast<const sockaddr*>(&address); }

}  // namespace

std::string RawResponse::field(std::string_view name) const {
  for (std::size_t line = head.find("\r\n"); line != std::string::npos; line = head.find("\r\n", line + 2)) {
    const std::size_t start = line + 2;
    const std::size_t colon = head.find(':', start);
    if (colon == std::string::npos) break;
    const std::size_t value = colon + 2;
    if (equal_ignoring_case(std::string_view(head).substr(start, colon - start), name)) {
      return head.substr(value, head.find("\r\n", value) - value);
    }
  }
  return {};
}

SocketPeer SocketPeer::connect(std::uint16_t port, const char* host) {
  const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = loopback(port, host);
  if (::connect(descriptor, generic(address), sizeof address) == 0) return SocketPeer(descriptor);
  ::close(descriptor);
  return SocketPeer(-1);
}

SocketPeer::SocketPeer(int descriptor) : descriptor_(descriptor) {
  ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &kPatience, sizeof kPatience);
}

SocketPeer::SocketPeer(SocketPeer&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), unread_(std::move(other.unread_)) {}

SocketPeer::~SocketPeer() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

bool SocketPeer::send(std::string_view bytes) const {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

std::string SocketPeer::read_some() {
  if (!unread_.empty()) return std::exchange(unread_, {});
  std::array<char, 65536> block;
  const ssize_t count = ::recv(descriptor_, block.data(), block.size(), 0);
  return count <= 0 ? std::string() : std::string(block.data(), static_cast<std::size_t>(count));
}

std::string SocketPeer::read_until(std::string_view text) {
  std::string all;
  while (all.find(text) == std::string::npos) {
    const std::string more = read_some();
    if (more.empty()) return all;
    all += more;
  }
  const std::size_t end = all.find(text) + text.size();
  unread_ = all.substr(end);
  return all.substr(0, end);
}

std::string SocketPeer::read_to_end() {
  std::string all;
  for (std::string more = read_some(); !more.empty(); more = read_some()) all += more;
  return all;
}

RawResponse SocketPeer::read_response(bool has_body) {
  RawResponse response;
  response.head = read_until("\r\n\r\n");
  if (!response.head.ends_with("\r\n\r\n")) return response;
  const std::size_t length = has_body ? std::strtoull(response.field("content-length").c_str(), nullptr, 10) : 0;
  while (response.body.size() < length) {
    const std::string more = read_some();
    if (more.empty()) return response;
    response.body += more;
  }
  if (response.body.size() > length) {
    unread_ = response.body.substr(length);
    response.body.resize(length);
  }
  response.status = std::atoi(response.head.c_str() + std::string_view("HTTP/1.1 ").size());
  return response;
}

void SocketPeer::end_sending() const { ::shutdown(descriptor_, SHUT_WR); }

void SocketPeer::reset() {
  const linger at_once{1, 0};
  ::setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  ::close(std::exchange(descriptor_, -1));
}

SocketListener::SocketListener() : descriptor_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address = loopback(0, "127.0.0.1");
  if (::bind(descriptor_, generic(address), sizeof address) != 0) std::abort();
  ::listen(descriptor_, 16);
  socklen_t size = sizeof address;
  ::getsockname(descriptor_, reinterpret_cast<sockaddr*>(&address), &size);
  port_ = ntohs(address.sin_port);
  ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &kPatience, sizeof kPatience);
}

SocketListener::~SocketListener() { ::close(descriptor_); }

SocketPeer SocketListener::accept() const { return SocketPeer(::accept(descriptor_, nullptr, nullptr)); }

}  // namespace aitf::http
