// Hand-written checks: a regular expression of the standard library is slow and recurses on long text.

#include "ocsf/formats.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <string>

namespace aitf::ocsf {
namespace {

bool is_alphanumeric(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
bool is_domain_character(char c) { return is_alphanumeric(c) || c == '-'; }
bool is_local_character(char c) {
  return is_alphanumeric(c) || std::string_view("_.+-").find(c) != std::string_view::npos;
}

bool is_label(std::string_view text) {
  return !text.empty() && is_alphanumeric(text.front()) && is_alphanumeric(text.back()) &&
         std::ranges::all_of(text, is_domain_character);
}

}  // namespace

bool is_ip_address(std::string_view text) {
  const std::string address(text.substr(0, std::min<std::size_t>(text.find('%'), 64)));
  if (address.find('\0') != std::string::npos) return false;
  std::array<unsigned char, sizeof(in6_addr)> bytes;
  const bool has_zone = address.size() != text.size();
  if (inet_pton(AF_INET6, address.c_str(), bytes.data()) == 1) return !text.ends_with('%');
  return !has_zone && inet_pton(AF_INET, address.c_str(), bytes.data()) == 1;
}

bool is_hostname(std::string_view text) {
  for (;;) {
    const std::size_t dot = text.find('.');
    if (!is_label(text.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    text.remove_prefix(dot + 1);
  }
}

bool is_email_address(std::string_view text) {
  const std::size_t at = text.find('@');
  if (at == std::string_view::npos || at == 0) return false;
  const std::string_view domain = text.substr(at + 1);
  const std::size_t dot = domain.find('.');
  if (dot == std::string_view::npos || dot == 0 || dot + 1 == domain.size()) return false;
  return std::ranges::all_of(text.substr(0, at), is_local_character) &&
         std::ranges::all_of(domain.substr(0, dot), is_domain_character) &&
         std::ranges::all_of(domain.substr(dot), [](char c) { return is_domain_character(c) || c == '.'; });
}

}  // namespace aitf::ocsf
