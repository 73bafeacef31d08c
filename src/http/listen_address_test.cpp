#include "http/listen_address.hpp"

#include <gtest/gtest.h>

namespace aitf::http {
namespace {

TEST(ListenAddress, TakesNamesAndBothKindsOfAddresses) {
  struct Case {
    const char* text;
    const char* host;
    int port;
  };
  for (const Case& c : {Case{"127.0.0.1:4318", "127.0.0.1", 4318}, Case{"localhost:0", "localhost", 0},
                        Case{"[::1]:65535", "::1", 65535}, Case{"0.0.0.0:1", "0.0.0.0", 1}}) {
    const auto address = parse_listen_address(c.text);
    ASSERT_TRUE(address) << c.text;
    EXPECT_EQ(address->host, c.host);
    EXPECT_EQ(address->port, c.port);
    EXPECT_EQ(to_text(address->host, address->port), c.text);
  }
}

TEST(ListenAddress, RefusesWhatIsNoAddressAndNamesIt) {
  for (const char* text : {"", "4318", "127.0.0.1", ":4318", "host:", "host:x", "host:65536", "host:-1", "host: 1",
                           "host:1x", "::1:4318", "[]:4318", "[::1]", "[::1:4318", "::1]:4318"}) {
    const auto address = parse_listen_address(text);
    ASSERT_FALSE(address) << text;
    EXPECT_EQ(address.error().kind, ErrorKind::invalid);
    EXPECT_NE(address.error().message.find('`' + std::string(text) + '`'), std::string::npos);
    EXPECT_FALSE(address.error().hint.empty());
  }
}

}  // namespace
}  // namespace aitf::http
