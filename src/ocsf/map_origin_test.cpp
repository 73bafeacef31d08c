// Who and where: resource, scope, endpoints, and values that their fields refuse.

#include "ocsf/map_fixture.hpp"

namespace aitf::ocsf {
namespace {

using testing::ElementsAre;

using MapOrigin = MapTest;

TEST_F(MapOrigin, KeepsUnknownNumbersOfKindAndStatus) {
  span_.kind = 99;
  span_.status_code = 7;
  const auto event = mapped();
  EXPECT_EQ(event.trace->span->kind, "");
  EXPECT_EQ(event.trace->span->status_code, "");
  EXPECT_EQ(event.status_id, 0);
  EXPECT_EQ(event.status, "Unknown");
  EXPECT_EQ(value_of(event.unmapped, "span.kind"), "99");
  EXPECT_EQ(value_of(event.unmapped, "span.status.code"), "7");
  EXPECT_EQ(complaints(), "");
}

TEST_F(MapOrigin, WritesNoKindForOneThatIsNotSpecified) {
  span_.kind = 0;
  const auto event = mapped();
  EXPECT_EQ(event.trace->span->kind, "");
  EXPECT_EQ(event.trace->span->status_code, "unset");
  EXPECT_TRUE(event.unmapped.empty());
}

TEST_F(MapOrigin, TellsAddressesFromHostNames) {
  operation_.server = {.hostname = "api.openai.com", .ip = {}, .port = 443};
  operation_.client = {.hostname = "2001:db8::1", .ip = {}, .port = 50'000};
  const auto event = mapped();
  EXPECT_EQ(event.dst_endpoint->hostname, "api.openai.com");
  EXPECT_EQ(event.dst_endpoint->port, 443);
  EXPECT_EQ(event.src_endpoint->hostname, "");
  EXPECT_EQ(event.src_endpoint->ip, "2001:db8::1");
  EXPECT_EQ(complaints(), "");
}

TEST_F(MapOrigin, SetsAsideWhatIsNoHostNameNoPortAndNoMailAddress) {
  operation_.server = {.hostname = "unix:/run/model.sock", .ip = {}, .port = 70'000};
  operation_.user.email = "jane at example";
  operation_.host.name = "my_host";
  const auto event = mapped();
  EXPECT_FALSE(event.dst_endpoint.has_value());
  EXPECT_FALSE(event.actor.has_value());
  EXPECT_FALSE(event.device.has_value());
  EXPECT_EQ(value_of(event.unmapped, "span.server.address"), "unix:/run/model.sock");
  EXPECT_EQ(value_of(event.unmapped, "span.server.port"), "70000");
  EXPECT_EQ(value_of(event.unmapped, "span.user.email"), "jane at example");
  EXPECT_EQ(value_of(event.unmapped, "resource.host.name"), "my_host");
  EXPECT_THAT(flags(event.data_quality), ElementsAre("unparsed_value"));
  EXPECT_EQ(complaints(), "");
}

TEST_F(MapOrigin, IsNoAddressWithANulInside) {
  operation_.server.hostname = Text("127.0.0.1\0x", 11);
  EXPECT_FALSE(mapped().dst_endpoint.has_value());
}

TEST_F(MapOrigin, NamesTheUserTheSessionAndTheApplication) {
  operation_.user = {.id = "user-8812", .name = "jane", .email = "jane.roe@example.com"};
  operation_.end_user_session = "s-1";
  operation_.service = {
      .name = "support-bot", .version = "1.4.2", .instance = "e1", .namespace_ = "acme", .environment = "prod"};
  const auto event = mapped();
  EXPECT_EQ(event.actor->user->uid, "user-8812");
  EXPECT_EQ(event.actor->user->email_addr, "jane.roe@example.com");
  EXPECT_EQ(event.actor->session->uid, "s-1");
  EXPECT_EQ(event.actor->app_name, "support-bot");
  EXPECT_EQ(event.service->uid, "e1");
  EXPECT_EQ(event.service->namespace_, "acme");
  EXPECT_EQ(complaints(), "");
}

TEST_F(MapOrigin, TakesTheNameThatASdkInventsForNoServiceName) {
  operation_.service.name = "unknown_service:python";
  const auto event = mapped();
  EXPECT_FALSE(event.service.has_value());
  EXPECT_FALSE(event.actor.has_value());
}

TEST_F(MapOrigin, CallsAHostWithANameAServer) {
  operation_.host = {.name = "ai-node-07", .ip = "10.0.0.7", .id = "i-1"};
  EXPECT_EQ(mapped().device->type_id, 1);
  EXPECT_EQ(mapped().device->type, "Server");
  operation_.host.name = {};
  EXPECT_EQ(mapped().device->type_id, 0);
  EXPECT_EQ(complaints(), "");
}

TEST_F(MapOrigin, KeepsWhatIsKnownOfACloudWithoutAProvider) {
  operation_.cloud.region = "eu-west-1";
  EXPECT_EQ(value_of(mapped().unmapped, "resource.cloud.region"), "eu-west-1");
  EXPECT_FALSE(mapped().data_quality.has_value());
  operation_.cloud.provider = "aws";
  operation_.cloud.account = "123456789012";
  EXPECT_EQ(mapped().cloud->region, "eu-west-1");
  EXPECT_EQ(mapped().cloud->account->uid, "123456789012");
  EXPECT_EQ(complaints(), "");
}

TEST_F(MapOrigin, WritesAtMost32Links) {
  const std::vector<span::Link> links(40, span::Link{.trace_id = span_.trace_id, .span_id = span_.span_id});
  span_.links = links;
  const auto event = mapped();
  EXPECT_EQ(event.trace->span->links.size(), 32U);
  EXPECT_THAT(event.data_quality->truncated_fields, ElementsAre("trace.span.links"));
}

TEST_F(MapOrigin, PrefersTheTenantOfTheListener) {
  operation_.tenant = "from-resource";
  EXPECT_EQ(mapped().metadata->tenant_uid, "from-resource");
  context_.tenant = "from-token";
  EXPECT_EQ(mapped().metadata->tenant_uid, "from-token");
}

TEST_F(MapOrigin, NamesTheScopeTheSdkAndTheConvention) {
  scope_ = {.name = "my.scope", .version = "2", .attributes = {}, .schema_url = {}};
  resource_.schema_url = "https://opentelemetry.io/schemas/1.37.0";
  operation_.convention = genai::Convention::otel_genai;
  operation_.sdk = {.name = "opentelemetry", .version = "1.45.2", .language = "python"};
  const auto event = mapped();
  EXPECT_EQ(event.telemetry->convention, "otel_genai");
  EXPECT_EQ(event.telemetry->scope_name, "my.scope");
  EXPECT_EQ(event.telemetry->schema_url, "https://opentelemetry.io/schemas/1.37.0");
  EXPECT_EQ(event.telemetry->sdk_language, "python");
}

TEST_F(MapOrigin, PointsOutWhatIsWorthPivotingOnOnce) {
  operation_.server = {.hostname = "API.example.com", .ip = {}, .port = 443};
  operation_.client = {.hostname = {}, .ip = "10.0.0.7", .port = {}};
  operation_.host = {.name = "node", .ip = "10.0.0.7", .id = {}};
  operation_.user = {.id = "u", .name = "jane", .email = "jane.roe@example.com"};
  operation_.endpoint_url = "https://api.example.com/v1";
  const auto event = mapped();
  std::vector<std::string> found;
  found.reserve(event.observables.size());
  for (const Observable& one : event.observables)
    found.push_back(std::string(one.name) + "=" + std::string(one.type) + "=" + std::string(one.value));
  EXPECT_THAT(found,
              ElementsAre("src_endpoint.ip=IP Address=10.0.0.7", "dst_endpoint.hostname=Hostname=api.example.com",
                          "actor.user.name=User Name=jane", "actor.user.email_addr=Email Address=jane.roe@example.com",
                          "model.endpoint_url=URL String=https://api.example.com/v1"));
  EXPECT_EQ(complaints(), "");
}

}  // namespace
}  // namespace aitf::ocsf
