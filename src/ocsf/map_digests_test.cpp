// Digests of texts that come again.

#include "ocsf/map_digests.hpp"

#include <gtest/gtest.h>

#include <string>

#include "ocsf/map_canonical_json.hpp"
#include "ocsf/uid.hpp"

namespace aitf::ocsf {
namespace {

class Digests : public testing::Test {
 protected:
  Arena arena_;
};

TEST_F(Digests, AreThoseOfTheTextHoweverOftenItComes) {
  const std::string large(100'000, 'x');
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 500; ++i) {  // more than are remembered
      const std::string text = "description " + std::to_string(i);
      EXPECT_EQ(text_digest(text, arena_), sha256_hex(text, arena_));
    }
    EXPECT_EQ(text_digest(large, arena_), sha256_hex(large, arena_));
  }
}

TEST_F(Digests, OfNothingAreNothing) {
  EXPECT_EQ(text_digest("", arena_), "");
  EXPECT_EQ(json_digest("", arena_), "");
}

TEST_F(Digests, DoNotConfuseATextWithItsJson) {
  const Text spaced = "{ }";
  EXPECT_EQ(text_digest(spaced, arena_), sha256_hex("{ }", arena_));
  EXPECT_EQ(json_digest(spaced, arena_), sha256_hex("{}", arena_));
  EXPECT_EQ(text_digest(spaced, arena_), sha256_hex("{ }", arena_));
}

TEST_F(Digests, OfJsonIgnoreBlanksOrderAndEscapes) {
  EXPECT_EQ(canonical_json("{\"b\" : [1, -2.5, true, null, 18446744073709551615],\n\"a\":\"\\u00e9\\/\"}", arena_),
            R"({"a":"é/","b":[1,-2.5,true,null,18446744073709551615]})");
}

TEST_F(Digests, OfWhatIsNoJsonAreThoseOfTheText) {
  const std::string deep = std::string(5000, '[') + std::string(5000, ']');
  for (const Text text : {Text("{\"a\":"), Text("plain"), Text("{\"a\":1} x"), Text(deep)})
    EXPECT_EQ(canonical_json(text, arena_), text);
}

}  // namespace
}  // namespace aitf::ocsf
