#include "receive/otlp_http/config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace aitf::receive {
namespace {

auto parse(std::string_view yaml) {
  return config::parse<OtlpHttpConfig>(yaml, "aitf.yaml", config::process_environment());
}

TEST(OtlpHttpConfig, ListensOnThisMachineOnlyUnlessToldOtherwise) {
  const auto config = parse("{}");
  ASSERT_TRUE(config);
  EXPECT_EQ(config->listen, "127.0.0.1:4318");
}

TEST(OtlpHttpConfig, ReadsEveryKey) {
  const auto config = parse(
      "listen: '[::1]:1'\nmax_request_size: 10MiB\nmax_memory: 1GiB\nmax_connections: 7\n"
      "request_timeout: 5s\nidle_timeout: 1m\n");
  ASSERT_TRUE(config) << config.error().front().text();
  EXPECT_EQ(config->listen, "[::1]:1");
  EXPECT_EQ(config->max_request_size.count, 10u << 20);
  EXPECT_EQ(config->max_memory.count, 1u << 30);
  EXPECT_EQ(config->max_connections, 7u);
  EXPECT_EQ(config->request_timeout, std::chrono::seconds(5));
  EXPECT_EQ(config->idle_timeout, std::chrono::minutes(1));
}

TEST(OtlpHttpConfig, NamesTheKeyOfAnAddressThatIsNone) {
  const auto config = parse("max_connections: 1\nlisten: 127.0.0.1\n");
  ASSERT_FALSE(config);
  EXPECT_THAT(config.error().front().text(), testing::HasSubstr("aitf.yaml:2:9: listen: "));
}

TEST(OtlpHttpConfig, RefusesARequestSizeThatTheMemoryCannotHold) {
  const auto config = parse("max_request_size: 10MiB\nmax_memory: 9MiB\n");
  ASSERT_FALSE(config);
  EXPECT_THAT(config.error().front().text(), testing::HasSubstr("max_memory"));
}

}  // namespace
}  // namespace aitf::receive
