// What comes out of Gzip is read back by zlib, a compressor of another house.

#include "destinations/splunk/gzip.hpp"

#include <gtest/gtest.h>
#include <zlib.h>

#include <random>
#include <string>

namespace aitf::destinations::splunk {
namespace {

std::string inflated(std::string_view packed, std::size_t size) {
  std::string out(size + 1, '\0');
  z_stream stream{};
  EXPECT_EQ(inflateInit2(&stream, 16 + MAX_WBITS), Z_OK);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  inflateEnd(&stream);
  return out;
}

std::string json_lines(std::size_t bytes) {
  std::string text;
  for (int i = 0; text.size() < bytes; ++i) text += "{\"event\":{\"number\":" + std::to_string(i * 7919) + "}}\n";
  return text;
}

TEST(Gzip, RoundsTripThroughZlib) {
  Gzip gzip;
  for (const std::size_t size : {1'100UL, 100'000UL, 1'000'000UL, 1'200UL}) {
    const std::string text = json_lines(size);
    const std::string_view packed = gzip.compress(text);
    ASSERT_FALSE(packed.empty());
    EXPECT_LT(packed.size(), text.size() / 2);
    EXPECT_EQ(inflated(packed, text.size()), text);
  }
}

TEST(Gzip, SaysSoWhenNothingIsWon) {
  std::mt19937 random(1);
  std::string noise(5'000, '\0');
  for (char& c : noise) c = static_cast<char>(random());
  Gzip gzip;
  EXPECT_TRUE(gzip.compress(noise).empty());
  EXPECT_TRUE(gzip.compress("").empty());
}

TEST(Gzip, ForgetsAnAttemptThatDidNotFit) {
  std::mt19937 random(2);
  std::string noise(5'000, '\0');
  for (char& c : noise) c = static_cast<char>(random());
  Gzip gzip;
  EXPECT_TRUE(gzip.compress(noise).empty());
  const std::string text = json_lines(3'000);
  EXPECT_EQ(inflated(gzip.compress(text), text.size()), text);
}

}  // namespace
}  // namespace aitf::destinations::splunk
