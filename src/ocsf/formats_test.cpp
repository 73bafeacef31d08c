// Shapes of addresses and names.

#include "ocsf/formats.hpp"

#include <gtest/gtest.h>

#include <string>

namespace aitf::ocsf {
namespace {

TEST(Formats, KnowIpAddresses) {
  for (const char* good :
       {"127.0.0.1", "0.0.0.0", "255.255.255.255", "::", "::1", "2001:db8::1", "::ffff:192.0.2.1", "fe80::1%eth0"})
    EXPECT_TRUE(is_ip_address(good)) << good;
  for (const char* bad : {"", "127.0.0", "127.0.0.256", "127.0.0.01", "1.2.3.4.5", "localhost",
                          "::1::", "12345::", "127.0.0.1%eth0", "fe80::1%", ":"})
    EXPECT_FALSE(is_ip_address(bad)) << bad;
  EXPECT_FALSE(is_ip_address(std::string_view("127.0.0.1\0x", 11)));
  EXPECT_FALSE(is_ip_address(std::string(100'000, '1')));
}

TEST(Formats, KnowHostNames) {
  for (const char* good : {"a", "localhost", "api.openai.com", "ai-node-07", "1.2.3.4", "X--1.example"})
    EXPECT_TRUE(is_hostname(good)) << good;
  for (const char* bad :
       {"", ".", "a.", ".a", "a..b", "-a", "a-", "a-.b", "a_b", "a b", "b\u00fccher.example", "a/b", "a:1"})
    EXPECT_FALSE(is_hostname(bad)) << bad;
}

TEST(Formats, KnowEmailAddresses) {
  for (const char* good : {"jane.roe@example.com", "a_b+c-d@x-y.example.org", "1@2.3"})
    EXPECT_TRUE(is_email_address(good)) << good;
  for (const char* bad : {"", "@", "a@", "@example.com", "a@b", "a@.com", "a@b.", "a b@example.com", "a@b c.com",
                          "a@b@c.com", "a@b_c.com", "a@b.c_d"})
    EXPECT_FALSE(is_email_address(bad)) << bad;
}

}  // namespace
}  // namespace aitf::ocsf
