// Which URLs are taken, and where they lead.

#include "destinations/splunk/endpoint.hpp"

#include <gtest/gtest.h>

namespace aitf::destinations::splunk {
namespace {

struct Case {
  std::string_view url;
  std::string_view events;
  std::string_view health;
};

TEST(SplunkEndpoint, AddsThePathOnlyWhereThereIsNone) {
  for (const Case& c : {
           Case{"https://s:8088", "https://s:8088/services/collector/event",
                "https://s:8088/services/collector/health"},
           Case{"https://s:8088/", "https://s:8088/services/collector/event",
                "https://s:8088/services/collector/health"},
           Case{"http://[::1]:8088", "http://[::1]:8088/services/collector/event",
                "http://[::1]:8088/services/collector/health"},
           Case{"https://s/services/collector", "https://s/services/collector", "https://s/services/collector/health"},
           Case{"https://s/services/collector/", "https://s/services/collector", "https://s/services/collector/health"},
           Case{"https://s/services/collector/event/1.0", "https://s/services/collector/event/1.0",
                "https://s/services/collector/health"},
           Case{"https://p/splunk/services/collector/event", "https://p/splunk/services/collector/event",
                "https://p/splunk/services/collector/health"},
           Case{"https://p/hec", "https://p/hec", ""},
       }) {
    const auto endpoint = endpoint_of(c.url);
    ASSERT_TRUE(endpoint) << c.url;
    EXPECT_EQ(endpoint->events, c.events);
    EXPECT_EQ(endpoint->health, c.health);
  }
}

TEST(SplunkEndpoint, RefusesWhatCannotWork) {
  for (const std::string_view url :
       {"", "splunk:8088", "ftp://s", "https://", "https:///path", "https://:8088", "https://user:pass@s:8088",
        "https://s:8088?token=x", "https://s:8088/#x", "https://s:8088/a b", "https://s\r\n:8088",
        "https://s/services/collector/raw", "https://s/services/collector/raw/1.0", "https://s/services/collector/ack",
        "https://s/services/collector/health"}) {
    const auto endpoint = endpoint_of(url);
    ASSERT_FALSE(endpoint) << url;
    EXPECT_EQ(endpoint.error().kind, ErrorKind::invalid);
    EXPECT_FALSE(endpoint.error().hint.empty());
  }
}

TEST(SplunkEndpoint, KnowsWhatTravelsUnencryptedAndHowFar) {
  EXPECT_TRUE(endpoint_of("HTTPS://s")->encrypted);
  EXPECT_FALSE(endpoint_of("http://s")->encrypted);
  EXPECT_TRUE(endpoint_of("http://127.0.0.1:8088")->local);
  EXPECT_TRUE(endpoint_of("http://localhost:8088")->local);
  EXPECT_TRUE(endpoint_of("http://[::1]:8088")->local);
  EXPECT_FALSE(endpoint_of("http://splunk:8088")->local);
  EXPECT_FALSE(endpoint_of("http://localhost.example.com")->local);
}

TEST(SplunkEndpoint, KnowsThePortsOfOtherServices) {
  EXPECT_NE(port_hint("https://s:8000/x").find("Splunk Web"), std::string_view::npos);
  EXPECT_NE(port_hint("https://s:8089").find("management"), std::string_view::npos);
  EXPECT_EQ(port_hint("https://s:8088"), "");
  EXPECT_EQ(port_hint("https://s"), "");
}

}  // namespace
}  // namespace aitf::destinations::splunk
