// gzip within a limit: whole, in pieces, of several members, broken and hostile.

#include "otlp/inflate.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <random>

namespace aitf::otlp {
namespace {

using ::testing::HasSubstr;

std::string gzip(std::string_view text, int level = 6) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string out(deflateBound(&stream, text.size()) + 32, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string some_text(std::size_t size, unsigned seed) {
  std::mt19937 random(seed);
  std::string text;
  while (text.size() < size) text += random() % 3 == 0 ? std::string(random() % 40, 'a') : std::to_string(random());
  text.resize(size);
  return text;
}

// Inflates with inputs and rooms of the given sizes.
Result<std::string> in_pieces(std::string_view body, std::size_t input_size, std::size_t room_size) {
  GzipInflater inflater;
  std::string out;
  std::string room(room_size, '\0');
  for (std::size_t at = 0; at < body.size();) {
    std::string_view piece = body.substr(at, input_size);
    at += piece.size();
    for (;;) {
      AITF_TRY(const std::size_t made, inflater.inflate(piece, room.data(), room.size()));
      if (made == 0) break;
      out.append(room, 0, made);
    }
    EXPECT_TRUE(piece.empty());
  }
  if (!inflater.is_complete()) return fail(ErrorKind::invalid, "cut short");
  return out;
}

TEST(Inflate, GivesBackWhatWasCompressed) {
  for (const std::size_t size : {0, 1, 100, 4096, 300'000})
    for (const int level : {0, 1, 6, 9}) {
      const std::string text = some_text(size, static_cast<unsigned>(size) + 1);
      EXPECT_EQ(inflate_gzip(gzip(text, level), 1 << 20).value(), text) << size << " at level " << level;
    }
}

TEST(Inflate, ReadsEveryMember) {
  const std::string body = gzip("{\"resource") + gzip("") + gzip("Spans\"") + gzip(":[]}");
  EXPECT_EQ(inflate_gzip(body, 100).value(), "{\"resourceSpans\":[]}");
}

TEST(Inflate, ReadsInPiecesOfAnySize) {
  const std::string text = some_text(5000, 7);
  const std::string body = gzip(text.substr(0, 2000)) + gzip("") + gzip(text.substr(2000));
  for (const std::size_t input : {1, 2, 3, 7, 64, 10'000})
    for (const std::size_t room : {1, 2, 13, 1000, 5000, 10'000})
      EXPECT_EQ(in_pieces(body, input, room).value(), text) << input << " in, " << room << " out";
}

TEST(Inflate, TakesExactlyTheLimit) {
  const std::string text = some_text(1000, 3);
  EXPECT_EQ(inflate_gzip(gzip(text), 1000).value(), text);
  const auto over = inflate_gzip(gzip(text), 999);
  ASSERT_FALSE(over);
  EXPECT_EQ(over.error().kind, ErrorKind::permanent);
  EXPECT_THAT(over.error().message, HasSubstr("999"));
}

TEST(Inflate, CountsAllMembersAgainstTheLimit) {
  const std::string text = some_text(600, 3);
  EXPECT_EQ(inflate_gzip(gzip(text) + gzip(text), 1000).error().kind, ErrorKind::permanent);
}

TEST(Inflate, RefusesABombWithinTheLimit) {
  const std::string bomb = gzip(std::string(64 << 20, '\0'), 9);
  ASSERT_LT(bomb.size(), 100'000u);
  EXPECT_EQ(inflate_gzip(bomb, 1 << 20).error().kind, ErrorKind::permanent);
}

TEST(Inflate, DoesNotTrustTheStatedLength) {
  std::string body = gzip("short");
  body.replace(body.size() - 4, 4, "\xff\xff\xff\xff");
  const auto result = inflate_gzip(body, 1 << 20);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::invalid);
  EXPECT_THAT(result.error().message, HasSubstr("length"));
}

TEST(Inflate, RefusesEveryCutBody) {
  const std::string body = gzip(some_text(300, 9));
  for (std::size_t length = 0; length < body.size(); ++length) {
    const auto result = inflate_gzip(std::string_view(body).substr(0, length), 1 << 20);
    ASSERT_FALSE(result) << length;
    EXPECT_EQ(result.error().kind, ErrorKind::invalid) << length;
  }
}

TEST(Inflate, RefusesBytesAfterTheLastMember) {
  for (const std::string_view garbage : {"x", "garbage", "\x1f"})
    EXPECT_EQ(inflate_gzip(gzip("text") + std::string(garbage), 100).error().kind, ErrorKind::invalid) << garbage;
}

TEST(Inflate, RefusesAChangedByteOfTheText) {
  std::string body = gzip(some_text(300, 9), 0);
  body[body.size() - 20] ^= 1;
  EXPECT_THAT(inflate_gzip(body, 1 << 20).error().message, HasSubstr("checksum"));
}

TEST(Inflate, RefusesWhatIsNoGzip) {
  for (const std::string_view body : {"", "{}", "plain text that is long enough to hold a header"})
    EXPECT_EQ(inflate_gzip(body, 100).error().kind, ErrorKind::invalid) << body;
}

}  // namespace
}  // namespace aitf::otlp
