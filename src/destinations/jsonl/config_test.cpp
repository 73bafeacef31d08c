#include "destinations/jsonl/config.hpp"

#include <gtest/gtest.h>

namespace aitf::destinations {
namespace {

using namespace std::chrono_literals;

auto parse(std::string_view yaml) {
  return config::parse<JsonlConfig>(yaml, "aitf.yaml", [](const std::string&) { return std::nullopt; });
}

TEST(JsonlConfig, HasDefaultsThatSufficeAlone) {
  const auto config = parse("{}");
  ASSERT_TRUE(config);
  EXPECT_EQ(config->path, "./aitf-out");
  EXPECT_EQ(config->max_file_size.count, 100u << 20);
  EXPECT_EQ(config->max_file_age, 1h);
  EXPECT_EQ(config->batch.events, 1000u);
  EXPECT_EQ(config->batch.age, 1s);
}

TEST(JsonlConfig, ReadsWhatIsSet) {
  const auto config = parse("{path: /data, max_file_size: 1GiB, max_file_age: 10m, batch: {events: 5, age: 2s}}");
  ASSERT_TRUE(config);
  EXPECT_EQ(config->path, "/data");
  EXPECT_EQ(config->max_file_size.count, 1u << 30);
  EXPECT_EQ(config->max_file_age, 10min);
  EXPECT_EQ(config->batch.events, 5u);
}

TEST(JsonlConfig, RefusesWhatMakesNoSense) {
  EXPECT_FALSE(parse("{path: ''}"));
  EXPECT_FALSE(parse("{max_file_size: 1B}"));
  EXPECT_FALSE(parse("{max_file_age: 0s}"));
  EXPECT_FALSE(parse("{batch: {events: 0}}"));
  EXPECT_FALSE(parse("{folder: /data}"));
}

}  // namespace
}  // namespace aitf::destinations
