#include "genai/media.hpp"

#include <gtest/gtest.h>

#include <string>

#include "genai/span_fixture.hpp"

namespace aitf::genai {
namespace {

// 96 bytes of zero, in base64 and their SHA-256.
const std::string zeros(128, 'A');
constexpr const char* zeros_sha256 = "2ea9ab9198d1638007400cd2c3bef1cc745b864b76011a0e1bc52180ac6452d4";

class MediaOf : public testing::Test {
 protected:
  Part only_part(const std::string& part) {
    chat(span_).with("gen_ai.input.messages", R"([{"role":"user","parts":[)" + part + "]}]");
    operation_ = span_.normalise();
    EXPECT_EQ(operation_.messages.size(), 1u);
    return operation_.messages.empty() ? Part() : operation_.messages[0];
  }
  Arena arena;

 private:
  SpanFixture span_;
  Operation operation_;
};

TEST_F(MediaOf, DigestsBase64WithAndWithoutPadding) {
  Part part;
  describe_base64("YWJj", "image/png", part, arena);
  EXPECT_EQ(part.size, 3);
  EXPECT_EQ(part.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  describe_base64("YWI=", "", part, arena);
  EXPECT_EQ(part.size, 2);
  describe_base64("YQ", "", part, arena);
  EXPECT_EQ(part.size, 1);
  describe_base64("", "", part, arena);
  EXPECT_EQ(part.size, 0);
}

TEST_F(MediaOf, CutsBlobsOutOfTextAndKeepsTheRest) {
  std::vector<Part> media;
  const std::string text = "look: data:image/png;base64," + zeros + " and data:audio/wav;base64," + zeros + "!";
  EXPECT_EQ(without_blobs(text, media, arena), "look: data:image/png;base64, and data:audio/wav;base64,!");
  ASSERT_EQ(media.size(), 2u);
  EXPECT_EQ(media[0].type, PartType::image);
  EXPECT_EQ(media[0].media_type, "image/png");
  EXPECT_EQ(media[0].size, 96);
  EXPECT_EQ(media[0].sha256, zeros_sha256);
  EXPECT_EQ(media[1].type, PartType::audio);
}

TEST_F(MediaOf, LeavesShortPayloadsAndTextsInPlace) {
  std::vector<Part> media;
  for (const std::string& text :
       {std::string("a; b;base64, c"), std::string("data:image/png;base64,AAAA"), "data:text/plain;base64," + zeros,
        ";base64," + zeros, "no data here;base64," + zeros, std::string()})
    EXPECT_EQ(without_blobs(text, media, arena), text);
  EXPECT_TRUE(media.empty());
}

TEST_F(MediaOf, DescribesBlobParts) {
  const Part part =
      only_part(R"({"type":"blob","modality":"image","mime_type":"image/jpeg","content":")" + zeros + "\"}");
  EXPECT_EQ(part.type, PartType::image);
  EXPECT_EQ(part.media_type, "image/jpeg");
  EXPECT_EQ(part.size, 96);
  EXPECT_EQ(part.sha256, zeros_sha256);
  EXPECT_EQ(part.text, "");
}

TEST_F(MediaOf, DescribesPicturesOfTheChatApi) {
  const Part part = only_part(R"({"type":"image_url","image_url":{"url":"data:image/png;base64,)" + zeros + "\"}}");
  EXPECT_EQ(part.type, PartType::image);
  EXPECT_EQ(part.media_type, "image/png");
  EXPECT_EQ(part.sha256, zeros_sha256);
  EXPECT_EQ(part.uri, "");
}

TEST_F(MediaOf, KeepsAddressesWithoutSecrets) {
  const Part part = only_part(
      R"({"type":"uri","modality":"video","mime_type":"video/mp4","uri":"https://u:p@x.example/v.mp4?token=t"})");
  EXPECT_EQ(part.type, PartType::video);
  EXPECT_EQ(part.uri, "https://x.example/v.mp4");
}

TEST_F(MediaOf, DescribesPicturesInAFrame) {
  const Part part =
      only_part(R"({"type":"image","source":{"type":"base64","media_type":"image/webp","data":")" + zeros + "\"}}");
  EXPECT_EQ(part.type, PartType::image);
  EXPECT_EQ(part.media_type, "image/webp");
  EXPECT_EQ(part.size, 96);
}

TEST_F(MediaOf, NamesFilesById) {
  const Part part = only_part(R"({"type":"file","modality":"document","file_id":"file-123"})");
  EXPECT_EQ(part.type, PartType::file);
  EXPECT_EQ(part.uri, "file-123");
}

TEST_F(MediaOf, LeavesNoBlobInToolTexts) {
  SpanFixture span;
  span.with("gen_ai.operation.name", "execute_tool").with("gen_ai.tool.name", "shot");
  span.with("gen_ai.tool.call.result", "{\"image\":\"data:image/png;base64," + zeros + "\"}");
  EXPECT_EQ(span.normalise().tool_output, "{\"image\":\"data:image/png;base64,\"}");
}

}  // namespace
}  // namespace aitf::genai
