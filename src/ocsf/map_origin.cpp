// Who and where. A value that its field's type refuses is set aside, never bent.

#include "ocsf/map_origin.hpp"

#include <array>

#include "ocsf/formats.hpp"
#include "ocsf/map_known.hpp"
#include "ocsf/map_text.hpp"
#include "ocsf/uid.hpp"

namespace aitf::ocsf {
namespace {

constexpr std::size_t kLinks = 32;
constexpr std::size_t kLongestIp = 40;
constexpr std::int64_t kHighestPort = 65'535;
constexpr std::int64_t kDeviceUnknown = 0, kDeviceServer = 1;

constexpr std::array<Text, 6> kSpanKinds = {"", "internal", "server", "client", "producer", "consumer"};
constexpr std::array<Text, 3> kSpanStatuses = {"unset", "ok", "error"};

bool is_ip(Text text) { return text.size() <= kLongestIp && is_ip_address(text); }

// The word of a number that OpenTelemetry defines; any other number is set aside under `key`.
template <std::size_t N>
Text word_of(std::int32_t number, const std::array<Text, N>& words, Text key, Draft& draft) {
  if (number >= 0 && static_cast<std::size_t>(number) < N) return words[static_cast<std::size_t>(number)];
  draft.set_aside(key, decimal(draft.arena, number));
  return {};
}

std::vector<SpanLink> links(Draft& draft) {
  std::vector<SpanLink> out;
  for (const span::Link& link : draft.span.links) {
    if (link.trace_id.empty() || link.span_id.empty()) continue;
    if (out.size() == kLinks) {
      draft.note_cut("trace.span.links");
      break;
    }
    out.push_back({.trace_uid = link.trace_id, .span_uid = link.span_id});
  }
  return out;
}

// Puts an address where its type allows, else aside.
void place_address(Text address, Text& hostname, Text& ip, Text key, Draft& draft) {
  if (address.empty()) return;
  if (is_ip(address)) {
    if (ip.empty()) ip = address;
  } else if (is_hostname(address)) {
    hostname = address;
  } else {
    draft.set_aside(key, address);
  }
}

User user(Draft& draft) {
  const genai::User& from = draft.operation.user;
  User to{.uid = from.id, .name = from.name};
  if (is_email_address(from.email))
    to.email_addr = from.email;
  else if (!from.email.empty())
    draft.set_aside("span.user.email", from.email);
  return to;
}

Text service_name(const Draft& draft) {
  const Text name = draft.operation.service.name;
  return name.starts_with("unknown_service") ? Text{} : name;
}

}  // namespace

Metadata metadata(Draft& draft, std::uint32_t class_uid) {
  const span::Span& span = draft.span;
  Arena& arena = draft.arena;
  const Text kind = join(arena, {decimal(arena, class_uid), ":span"});
  Metadata to;
  to.version = schema_version();
  to.product = Product{.name = "AITF", .vendor_name = "AITF", .version = draft.context.product_version};
  to.uid =
      event_uid({.trace_id = span.trace_id, .span_id = span.span_id, .kind = kind, .rule_id = {}, .part = {}}, arena);
  to.correlation_uid = span.trace_id;
  if (span.start_unix_nano != 0) to.original_time = unsigned_decimal(arena, span.start_unix_nano);
  to.logged_time = static_cast<std::int64_t>(draft.context.received_unix_nano / 1'000'000);
  to.log_name = draft.context.log_name;
  to.labels = draft.operation.labels;
  to.tenant_uid = draft.context.tenant.empty() ? draft.operation.tenant : draft.context.tenant;
  return to;
}

Trace trace(Draft& draft) {
  const span::Span& from = draft.span;
  Span to;
  to.uid = from.span_id;
  to.parent_uid = from.parent_span_id;
  to.operation = from.name;
  to.start_time = draft.times.start;
  to.end_time = draft.times.end;
  to.status_code = word_of(from.status_code, kSpanStatuses, "span.status.code", draft);
  to.kind = word_of(from.kind, kSpanKinds, "span.kind", draft);
  to.links = links(draft);
  return Trace{.uid = from.trace_id, .span = std::move(to)};
}

std::optional<Actor> actor(Draft& draft) {
  Actor to;
  to.user = when_known(user(draft));
  to.session = when_known(Session{.uid = draft.operation.end_user_session});
  to.app_name = service_name(draft);
  return when_known(to);
}

std::optional<Service> service(const Draft& draft) {
  const genai::Service& from = draft.operation.service;
  return when_known(Service{.name = service_name(draft),
                            .version = from.version,
                            .uid = from.instance,
                            .namespace_ = from.namespace_,
                            .environment = from.environment});
}

std::optional<Device> device(Draft& draft) {
  const genai::Host& from = draft.operation.host;
  Device to{.uid = from.id};
  place_address(from.name, to.hostname, to.ip, "resource.host.name", draft);
  if (is_ip(from.ip))
    to.ip = from.ip;
  else if (!from.ip.empty())
    draft.set_aside("resource.host.ip", from.ip);
  std::optional<Device> known = when_known(to);
  if (!known) return known;
  known->type_id = known->hostname.empty() ? kDeviceUnknown : kDeviceServer;
  known->type = device_type_caption(*known->type_id);
  return known;
}

std::optional<Cloud> cloud(Draft& draft) {
  const genai::Cloud& from = draft.operation.cloud;
  if (!from.provider.empty())
    return Cloud{.provider = from.provider,
                 .region = from.region,
                 .zone = from.zone,
                 .account = when_known(Account{.uid = from.account})};
  // Without a provider there is no cloud object; what is known is kept.
  if (!from.region.empty()) draft.keep("resource.cloud.region", from.region);
  if (!from.zone.empty()) draft.keep("resource.cloud.availability_zone", from.zone);
  if (!from.account.empty()) draft.keep("resource.cloud.account.id", from.account);
  return std::nullopt;
}

std::optional<NetworkEndpoint> endpoint(const genai::Endpoint& from, Text attribute, Draft& draft) {
  Arena& arena = draft.arena;
  NetworkEndpoint to;
  if (!from.ip.empty())
    place_address(from.ip, to.hostname, to.ip, join(arena, {"span.", attribute, ".address"}), draft);
  if (!from.hostname.empty())
    place_address(from.hostname, to.hostname, to.ip, join(arena, {"span.", attribute, ".address"}), draft);
  const bool is_port = from.port && *from.port >= 0 && *from.port <= kHighestPort;
  if (from.port && !is_port) draft.set_aside(join(arena, {"span.", attribute, ".port"}), decimal(arena, *from.port));
  std::optional<NetworkEndpoint> known = when_known(to);
  if (known && is_port) known->port = from.port;
  if (!known && is_port) draft.keep(join(arena, {"span.", attribute, ".port"}), decimal(arena, *from.port));
  return known;
}

Telemetry telemetry(const Draft& draft) {
  const genai::Operation& operation = draft.operation;
  const Text scope_schema = draft.scope.schema_url;
  return Telemetry{.convention = genai::word(operation.convention),
                   .scope_name = draft.scope.name,
                   .scope_version = draft.scope.version,
                   .schema_url = scope_schema.empty() ? draft.resource.schema_url : scope_schema,
                   .sdk_name = operation.sdk.name,
                   .sdk_version = operation.sdk.version,
                   .sdk_language = operation.sdk.language};
}

}  // namespace aitf::ocsf
