#include "receive/otlp_http/media.hpp"

#include <gtest/gtest.h>

namespace aitf::receive {
namespace {

TEST(Media, KnowsTheTypesWhateverTheirCaseAndParameters) {
  for (const char* type : {"application/json", "Application/JSON", "application/json;charset=utf-8",
                           " application/json ; charset=\"utf-8\""}) {
    EXPECT_EQ(encoding_of(type), otlp::Encoding::json) << type;
  }
  for (const char* type : {"application/x-protobuf", "APPLICATION/X-PROTOBUF; messageType=x"}) {
    EXPECT_EQ(encoding_of(type), otlp::Encoding::protobuf) << type;
  }
}

TEST(Media, TakesNoOtherType) {
  for (const char* type : {"", ";", "text/plain", "application/jsonx", "application/json, text/plain", "json",
                           "application/x-protobufs", "application/"}) {
    EXPECT_EQ(encoding_of(type), std::nullopt) << type;
  }
}

TEST(Media, KnowsBothNamesOfGzipAndTheOneOfNothing) {
  for (const char* coding : {"gzip", "x-gzip", "GZIP", " gzip "}) EXPECT_EQ(coding_of(coding), Coding::gzip) << coding;
  for (const char* coding : {"", " ", "identity", "Identity"}) EXPECT_EQ(coding_of(coding), Coding::identity) << coding;
}

TEST(Media, TakesNoOtherCodingAndNoTwo) {
  for (const char* coding : {"br", "zstd", "deflate", "compress", "gzip, gzip", "gzip,", "identity, gzip", "gzipx"}) {
    EXPECT_EQ(coding_of(coding), std::nullopt) << coding;
  }
}

}  // namespace
}  // namespace aitf::receive
