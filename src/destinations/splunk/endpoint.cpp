// See endpoint.hpp.

#include "destinations/splunk/endpoint.hpp"

#include <algorithm>
#include <utility>

namespace aitf::destinations::splunk {
namespace {

constexpr std::string_view collector = "/services/collector";
constexpr std::string_view base_hint =
    "give the base URL of the HTTP Event Collector, like https://splunk.example.com:8088";

struct Parts {
  std::string_view origin;     // https://host:8088
  std::string_view authority;  // host:8088
  std::string_view path;       // without a slash at its end
};

bool starts_with_scheme(std::string_view url, std::string_view scheme) {
  return url.size() > scheme.size() && std::equal(scheme.begin(), scheme.end(), url.begin(), [](char want, char is) {
           return want == (is >= 'A' && is <= 'Z' ? static_cast<char>(is + 32) : is);
         });
}

Parts split(std::string_view url) {
  const std::size_t host = url.find("//") + 2;
  const std::size_t path = std::min(url.find('/', host), url.size());
  Parts parts{url.substr(0, path), url.substr(host, path - host), url.substr(path)};
  while (parts.path.ends_with('/')) parts.path.remove_suffix(1);
  return parts;
}

bool takes_no_events(std::string_view path) {
  if (path.ends_with("/1.0")) path.remove_suffix(4);
  return path.ends_with("/raw") || path.ends_with("/ack") || path.ends_with("/health");
}

bool is_local(std::string_view authority) {
  const std::string_view host = authority.substr(0, authority.find_last_of(':'));
  return host == "localhost" || host == "[::1]" || host.starts_with("127.");
}

// The path of the collector is added only where the user gave none.
Endpoint place(Endpoint endpoint, const Parts& parts) {
  const std::string origin(parts.origin);
  const std::string_view path = parts.path.empty() ? collector : parts.path;
  endpoint.events = origin + std::string(path) + (parts.path.empty() ? "/event" : "");
  const std::size_t at = path.find(collector);
  if (at != std::string_view::npos)
    endpoint.health = origin + std::string(path.substr(0, at + collector.size())) + "/health";
  return endpoint;
}

bool is_unfit(char c) { return static_cast<unsigned char>(c) <= ' ' || c == '\x7f'; }

std::string_view port_of(std::string_view url) {
  if (url.find("//") == std::string_view::npos) return {};
  const std::string_view authority = split(url).authority;
  const std::size_t colon = authority.rfind(':');
  return colon == std::string_view::npos ? std::string_view{} : authority.substr(colon + 1);
}

}  // namespace

Result<Endpoint> endpoint_of(std::string_view url) {
  if (!starts_with_scheme(url, "https://") && !starts_with_scheme(url, "http://"))
    return fail(ErrorKind::invalid, "must start with https:// or http://", std::string(base_hint));
  if (std::any_of(url.begin(), url.end(), is_unfit))
    return fail(ErrorKind::invalid, "must not hold white space", std::string(base_hint));
  if (url.find_first_of("?#") != std::string_view::npos)
    return fail(ErrorKind::invalid, "must not hold a query", "the token belongs in `token`");
  const Parts parts = split(url);
  if (parts.authority.empty() || parts.authority.front() == ':')
    return fail(ErrorKind::invalid, "names no host", std::string(base_hint));
  if (parts.authority.find('@') != std::string_view::npos)
    return fail(ErrorKind::invalid, "must not hold a user name", "the token belongs in `token`");
  if (takes_no_events(parts.path))
    return fail(ErrorKind::invalid, "leads to an address that takes no events", std::string(base_hint));

  Endpoint endpoint;
  endpoint.encrypted = starts_with_scheme(url, "https://");
  endpoint.local = is_local(parts.authority);
  return place(std::move(endpoint), parts);
}

std::string_view port_hint(std::string_view url) {
  const std::string_view port = port_of(url);
  if (port == "8000") return "port 8000 is Splunk Web; the HTTP Event Collector usually listens on 8088";
  if (port == "8089") return "port 8089 is for management; the HTTP Event Collector usually listens on 8088";
  return {};
}

}  // namespace aitf::destinations::splunk
