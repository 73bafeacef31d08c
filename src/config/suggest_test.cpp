#include "config/suggest.hpp"

#include <gtest/gtest.h>

namespace aitf::config {
namespace {

const std::vector<std::string_view> kWords = {"listen", "max_size", "sync", "tls", "x"};

TEST(Nearest, FindsTheWordBehindATypingError) {
  EXPECT_EQ(nearest("listn", kWords), "listen");
  EXPECT_EQ(nearest("lsiten", kWords), "listen");  // two neighbours swapped is one error
  EXPECT_EQ(nearest("max-size", kWords), "max_size");
  EXPECT_EQ(nearest("snyc", kWords), "sync");
  EXPECT_EQ(nearest("tsl", kWords), "tls");
}

TEST(Nearest, FindsNothingInAnotherWord) {
  for (const char* wrong : {"journal", "q", "", "zzz"}) EXPECT_EQ(nearest(wrong, kWords), "") << wrong;
  EXPECT_EQ(nearest(std::string(1'000'000, 'l'), kWords), "");
  EXPECT_EQ(nearest("listen", {}), "");
}

}  // namespace
}  // namespace aitf::config
