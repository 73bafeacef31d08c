#pragma once
// "host:port" and "[v6]:port", as configuration has them.

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace aitf::http {

struct ListenAddress {
  std::string host;  // without brackets
  std::uint16_t port = 0;
};

// ErrorKind::invalid, naming the text, when it is neither.
Result<ListenAddress> parse_listen_address(std::string_view text);

// The way back: v6 addresses in brackets.
std::string to_text(std::string_view host, std::uint16_t port);

}  // namespace aitf::http
