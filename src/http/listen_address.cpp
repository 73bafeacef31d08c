#include "http/listen_address.hpp"

#include <charconv>

namespace aitf::http {
namespace {

tl::unexpected<Error> bad(std::string_view text, std::string_view what) {
  return fail(ErrorKind::invalid, "cannot listen on `" + std::string(text) + "`: " + std::string(what),
              "write host:port, for example 127.0.0.1:4318, [::1]:4318 or 0.0.0.0:4318");
}

bool parse_port(std::string_view text, std::uint16_t& port) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc() && end == text.data() + text.size() && !text.empty();
}

}  // namespace

Result<ListenAddress> parse_listen_address(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return bad(text, "it has no port");
  ListenAddress address;
  if (!parse_port(text.substr(colon + 1), address.port)) return bad(text, "the port is no number from 0 to 65535");
  std::string_view host = text.substr(0, colon);
  const bool bracketed = host.starts_with('[') && host.ends_with(']') && host.size() > 2;
  if (bracketed) host = host.substr(1, host.size() - 2);
  if (host.empty()) return bad(text, "it has no host");
  if (!bracketed && host.find_first_of(":[]") != std::string_view::npos) {
    return bad(text, "an IPv6 address needs brackets");
  }
  address.host = std::string(host);
  return address;
}

std::string to_text(std::string_view host, std::uint16_t port) {
  std::string text(host);
  if (host.find(':') != std::string_view::npos) text = "[" + text + "]";
  return text + ":" + std::to_string(port);
}

}  // namespace aitf::http
