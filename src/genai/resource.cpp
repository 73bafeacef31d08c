// Fields of resources and endpoints.
#include "genai/resource.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace aitf::genai {
namespace {

bool is_ip(Text address) {
  std::array<char, INET6_ADDRSTRLEN> text;
  const bool may_be =
      !address.empty() && ((address.back() >= '0' && address.back() <= '9') || address.find(':') != Text::npos);
  if (!may_be || address.size() >= text.size()) return false;
  text[address.copy(text.data(), address.size())] = '\0';
  std::array<unsigned char, sizeof(in6_addr)> bytes;
  return inet_pton(AF_INET, text.data(), bytes.data()) == 1 || inet_pton(AF_INET6, text.data(), bytes.data()) == 1;
}

void fill_endpoint(Reading& reading, Endpoint& end, Field address, Field port) {
  const Text text = reading.text(address);
  (is_ip(text) ? end.ip : end.hostname) = text;
  reading.count(port, end.port);
  if (end.port && (*end.port < 1 || *end.port > 65535)) end.port.reset();
}

void fill_service(Reading& reading) {
  Service& service = reading.operation.service;
  const span::KeyValue* name = reading.peek(Field::service_name);
  if (name == nullptr || !is_unnamed_service(name->value.text)) service.name = reading.text(Field::service_name);
  service.version = reading.text(Field::service_version);
  service.instance = reading.text(Field::service_instance);
  service.namespace_ = reading.text(Field::service_namespace);
  service.environment = reading.text(Field::environment);
}

// host.ip is a list; the first address stands for it.
Text first_ip(Reading& reading) {
  const span::KeyValue* const attribute = reading.peek(Field::host_ip);
  if (attribute == nullptr) return {};
  const span::Value& value = attribute->value;
  const Text address = value.array.empty() ? value.text : value.array.front().text;
  if (!is_ip(address)) return {};
  if (value.array.size() < 2) reading.take(Field::host_ip);
  return address;
}

}  // namespace

void fill_resource(Reading& reading) {
  Operation& operation = reading.operation;
  fill_service(reading);
  operation.host = {reading.text(Field::host_name), first_ip(reading), reading.text(Field::host_id)};
  operation.cloud = {reading.text(Field::cloud_provider), reading.text(Field::cloud_region),
                     reading.text(Field::cloud_zone), reading.text(Field::cloud_account)};
  operation.sdk = {reading.text(Field::sdk_name), reading.text(Field::sdk_version), reading.text(Field::sdk_language)};
  operation.tenant = reading.text(Field::tenant);
}

void fill_endpoints(Reading& reading) {
  Operation& operation = reading.operation;
  fill_endpoint(reading, operation.server, Field::server_address, Field::server_port);
  fill_endpoint(reading, operation.client, Field::client_address, Field::client_port);
  const Text url = without_secrets(reading.text(Field::url), reading.arena);
  (operation.kind == Kind::tool || operation.kind == Kind::mcp_protocol ? operation.mcp.server_url
                                                                        : operation.endpoint_url) = url;
}

Text without_secrets(Text url, Arena& arena) {
  const std::size_t scheme = url.find("://");
  if (scheme == Text::npos) return url;
  url = url.substr(0, url.find_first_of("?#"));
  const std::size_t host = scheme + 3;
  if (host > url.size()) return url;
  const std::size_t end = std::min(url.find('/', host), url.size());
  const std::size_t at = url.substr(host, end - host).rfind('@');
  if (at == Text::npos) return url;
  const Text rest = url.substr(host + at + 1);
  char* const out = arena.characters(host + rest.size());
  std::memcpy(out, url.data(), host);
  std::memcpy(out + host, rest.data(), rest.size());
  return {out, host + rest.size()};
}

}  // namespace aitf::genai
