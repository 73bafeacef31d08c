#include "genai/resource.hpp"

#include <gtest/gtest.h>

#include "genai/span_fixture.hpp"

namespace aitf::genai {
namespace {

TEST(ResourceOf, FillsServiceHostCloudAndSdk) {
  SpanFixture span;
  chat(span).with_resource({{"service.name", span.text("bot")},
                            {"deployment.environment", span.text("old")},
                            {"deployment.environment.name", span.text("staging")},
                            {"host.name", span.text("node-7")},
                            {"host.ip", span.list({span.text("10.0.0.7")})},
                            {"cloud.provider", span.text("aws")},
                            {"telemetry.sdk.name", span.text("opentelemetry")},
                            {"tenant.id", span.text("t1")},
                            {"vercel.region", span.text("fra1")}});
  const Operation op = span.normalise();
  EXPECT_EQ(op.service.name, "bot");
  EXPECT_EQ(op.service.environment, "staging");
  EXPECT_EQ(op.host.ip, "10.0.0.7");
  EXPECT_EQ(op.cloud.provider, "aws");
  EXPECT_EQ(op.sdk.name, "opentelemetry");
  EXPECT_EQ(op.tenant, "t1");
  ASSERT_EQ(op.unmapped.size(), 2u);
  EXPECT_EQ(op.unmapped[0].key, "deployment.environment");
  EXPECT_EQ(op.unmapped[1].prefix, "resource.");
  EXPECT_EQ(op.unmapped[1].key, "vercel.region");
}

TEST(ResourceOf, LeavesOutTheNameOfANamelessService) {
  SpanFixture span;
  const Operation op = chat(span).with_resource({{"service.name", span.text("unknown_service:python")}}).normalise();
  EXPECT_EQ(op.service.name, "");
  EXPECT_TRUE(op.unmapped.empty());
}

TEST(ResourceOf, DoesNotTakeSpanAttributesForResourceAttributes) {
  SpanFixture span;
  EXPECT_EQ(chat(span).with("service.name", "span").normalise().service.name, "");
}

Endpoint server(const char* address) {
  static std::deque<SpanFixture> spans;
  return chat(spans.emplace_back()).with("server.address", address).normalise().server;
}

TEST(ResourceOf, TellsAddressesFromHostNames) {
  EXPECT_EQ(server("api.openai.com").hostname, "api.openai.com");
  for (const char* ip : {"127.0.0.1", "::1", "2001:db8::8a2e"}) EXPECT_EQ(server(ip).ip, ip);
  for (const char* name : {"1.2.3", "host7", "1.2.3.4.5", "300.1.1.1", "a::b::c"})
    EXPECT_EQ(server(name).ip, "") << name;
}

TEST(ResourceOf, TakesOnlyPortsThatExist) {
  for (const auto& [sent, port] :
       {std::pair<std::int64_t, Count>{443, 443}, {0, std::nullopt}, {70000, std::nullopt}}) {
    SpanFixture span;
    chat(span).with("server.address", "h").with("server.port", SpanFixture::integer(sent));
    EXPECT_EQ(span.normalise().server.port, port);
  }
}

TEST(ResourceOf, CutsSecretsFromUrls) {
  Arena arena;
  EXPECT_EQ(without_secrets("https://u:p@x.example:8443/v1?key=k#f", arena), "https://x.example:8443/v1");
  EXPECT_EQ(without_secrets("https://x.example", arena), "https://x.example");
  EXPECT_EQ(without_secrets("https://x.example/a@b", arena), "https://x.example/a@b");
  EXPECT_EQ(without_secrets("https://a@b@c/", arena), "https://c/");
  EXPECT_EQ(without_secrets("kb://policies/rp-7", arena), "kb://policies/rp-7");
  EXPECT_EQ(without_secrets("a@b?c", arena), "a@b?c");
  EXPECT_EQ(without_secrets("https://", arena), "https://");
  EXPECT_EQ(without_secrets("?://", arena), "");
}

}  // namespace
}  // namespace aitf::genai
