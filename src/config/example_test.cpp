#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/sample_config_test.hpp"
#include "config/schema.hpp"

namespace aitf::config {
namespace {

using namespace std::chrono_literals;

TEST(Example, ShowsEveryKeyWithItsDocAndItsDefaultOrAnExample) {
  EXPECT_EQ(example<sample::Config>(), R"(# Address to listen on.
listen: 127.0.0.1:4318
# What is kept on disk.
journal:
  # When an append is durable. One of: commit, os, none.
  sync: commit
  # Most disk space. From 1MiB to 1TiB.
  max_size: 10GiB
  # How long read segments are kept.
  retention: 0s
# Where events go.
destinations:
  # What it is. Required.
  # files: Files of JSON lines.
  - type: files
    # Name in metrics and logs. Required.
    name: my-files
    # File to append to. Required.
    path: /var/log/files
    # Compression level. From 1 to 9.
    # level: 3
    # Only these. One of: chat, tool.
    # classes: [chat]
  # What it is. Required.
  # splunk: Splunk HTTP Event Collector.
  - type: splunk
    # Name in metrics and logs. Required.
    name: my-splunk
    # Transport security.
    tls:
      # Whether the peer's certificate is checked.
      verify: true
      # Certificates to trust.
      # ca_file: /etc/ssl/ca.pem
    # Base URL. Required.
    url: https://splunk.example.com:8088
    # HEC token. Required.
    token: ${TOKEN}
    # How long to wait for an answer. From 1s to 10m.
    time_out: 1m
# Whether doubts are errors.
strict: false
# Part of the spans that is kept. From 0.0 to 1.0.
share: 0.5
# Threads.
workers: 3
# A number.
offset: -1
)");
}

TEST(Example, IsAValidConfigurationOfTheDefaults) {
  const auto parsed = parse<sample::Config>(example<sample::Config>(), "example", sample::environment);
  ASSERT_TRUE(parsed) << to_error(parsed.error()).text();
  const sample::Config defaults;
  EXPECT_EQ(parsed->listen, defaults.listen);
  EXPECT_EQ(parsed->journal.max_size, defaults.journal.max_size);
  EXPECT_EQ(parsed->share, defaults.share);
  ASSERT_EQ(parsed->destinations.size(), 2u);
  EXPECT_EQ(std::get<sample::Splunk>(parsed->destinations[1].settings).time_out, 60s);
}

struct Awkward {
  std::string dollar = "a$b: c";
  std::string colon = "x:";
  std::string nothing = "null";
  std::vector<std::string> list = {"a", "", "-"};
};
void describe(Schema<Awkward>& s) {
  s.field("dollar", &Awkward::dollar, std::string(80, 'x') + " " + std::string(80, 'y'));
  s.field("colon", &Awkward::colon, "A text.");
  s.field("nothing", &Awkward::nothing, "A text.");
  s.field("list", &Awkward::list, "Texts.");
}

TEST(Example, QuotesTextsThatYamlWouldReadAsSomethingElse) {
  const auto parsed = parse<Awkward>(example<Awkward>(), "example", sample::environment);
  ASSERT_TRUE(parsed) << to_error(parsed.error()).text();
  const Awkward defaults;
  EXPECT_EQ(parsed->dollar, defaults.dollar);
  EXPECT_EQ(parsed->colon, defaults.colon);
  EXPECT_EQ(parsed->nothing, defaults.nothing);
  EXPECT_EQ(parsed->list, defaults.list);
}

TEST(Example, WrapsLongComments) {
  EXPECT_TRUE(example<Awkward>().starts_with("# " + std::string(80, 'x') + "\n# " + std::string(80, 'y') + "\n"));
}

struct Item {
  std::string note;
};
void describe(Schema<Item>& s) { s.field("note", &Item::note, "A note."); }
struct Holder {
  std::vector<Item> items;
};
void describe(Schema<Holder>& s) { s.field("items", &Holder::items, "Items."); }

TEST(Example, WritesAnItemWhoseKeysAreAllCommentedOut) {
  const auto parsed = parse<Holder>(example<Holder>(), "example", sample::environment);
  ASSERT_TRUE(parsed) << to_error(parsed.error()).text();
  EXPECT_EQ(parsed->items.size(), 1u);
}

struct Twice {
  int a = 0;
};
void describe(Schema<Twice>& s) {
  s.field("a", &Twice::a, "One.");
  s.field("a", &Twice::a, "Two.");
}

TEST(SchemaDeathTest, HasEachKeyOnce) { EXPECT_DEATH(example<Twice>(), "assert_distinct"); }

}  // namespace
}  // namespace aitf::config
