// Telling what a file holds.

#include "receive/files/content.hpp"

#include <gtest/gtest.h>

namespace aitf::receive {
namespace {

using namespace std::string_literals;

TEST(Content, IsToldByTheName) {
  EXPECT_EQ(content_by_name("a/b.binpb"), Content::protobuf);
  EXPECT_EQ(content_by_name("b.pb.gz"), Content::protobuf);
  EXPECT_EQ(content_by_name("b.json"), Content::json);
  EXPECT_EQ(content_by_name("b.jsonl"), Content::json_lines);
  EXPECT_EQ(content_by_name("b.jsonl.gz"), Content::json_lines);
  EXPECT_EQ(content_by_name("b.ndjson"), Content::json_lines);
  for (const char* name : {"-", "b", "b.gz", "b.txt", "json"})
    EXPECT_EQ(content_by_name(name), Content::unknown) << name;
}

TEST(Content, OfJsonBeginsWithAnObject) {
  for (const char* json : {"{", "{}", "{\"a\":1}", "\n{\"a\":1}", " \r\n\t{\n \"a\":1}", "\xEF\xBB\xBF{}", "\n {}"})
    EXPECT_TRUE(looks_like_json(json)) << json;
}

TEST(Content, OfProtobufMayBeginLikeWhiteSpaceAndABrace) {
  // resource_spans of 123 bytes ('{') with a resource of 34 bytes ('"') that begins with an attribute.
  EXPECT_FALSE(looks_like_json("\x0a{\x0a\"\x0a\x20"s));
  for (const std::string& other : {""s, "\x0a\x02\x12\x00"s, "\x0a\x20"s, "text"s, "[{}]"s})
    EXPECT_FALSE(looks_like_json(other));
}

TEST(Content, OfJsonLinesHasWholeObjectsOnLines) {
  EXPECT_TRUE(looks_like_json_lines("{}\n{}"));
  EXPECT_TRUE(looks_like_json_lines("{\"a\":{}}\r\n\n{\"a\""));
  for (const char* one : {"{}", "{}\n", "{}\n \n", "{\n}\n", "{\"a\":\n{}}"})
    EXPECT_FALSE(looks_like_json_lines(one)) << one;
}

TEST(Content, IsTrimmedAtBothEnds) {
  EXPECT_EQ(trim(" \r\n a b\t\n"), "a b");
  EXPECT_EQ(trim(" \n"), "");
}

}  // namespace
}  // namespace aitf::receive
