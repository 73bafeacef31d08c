// Every capture says the same in protobuf and in JSON.

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "base/files.hpp"
#include "otlp/decode.hpp"
#include "otlp/text_of.hpp"

namespace aitf::otlp {
namespace {

std::vector<Path> captures() {
  std::vector<Path> found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(AITF_TEST_DATA "/otlp"))
    if (entry.path().extension() == ".binpb") found.push_back(entry.path());
  std::sort(found.begin(), found.end());
  return found;
}

std::string contents(const Path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream out;
  out << file.rdbuf();
  return out.str();
}

TEST(Captures, AreThere) { EXPECT_GE(captures().size(), 60u); }

TEST(Captures, SayTheSameInBothEncodings) {
  for (const Path& path : captures()) {
    Arena arena;
    const std::string binary = contents(path);
    const auto from_protobuf = decode_protobuf(binary, arena);
    const auto from_json = decode_json(contents(Path(path).replace_extension("json")), arena);
    ASSERT_TRUE(from_protobuf) << path << ": " << from_protobuf.error().text();
    ASSERT_TRUE(from_json) << path << ": " << from_json.error().text();
    EXPECT_TRUE(from_protobuf->rejected.empty()) << path;
    EXPECT_FALSE(from_protobuf->spans.empty()) << path;
    ASSERT_EQ(from_protobuf->spans.size(), from_json->spans.size()) << path;
    for (std::size_t i = 0; i < from_json->spans.size(); ++i)
      EXPECT_EQ(text_of(from_protobuf->spans[i]), text_of(from_json->spans[i])) << path;
  }
}

}  // namespace
}  // namespace aitf::otlp
