// Ids in both forms.

#include "otlp/ids.hpp"

#include <gtest/gtest.h>

namespace aitf::otlp {
namespace {

TEST(Ids, BecomeLowerCaseHexadecimal) {
  Arena arena;
  EXPECT_EQ(read_id(std::string_view("\x00\x9f\xab\xff\x10\x7f\x80\x01", 8), IdForm::bytes, 8, arena),
            "009fabff107f8001");
  EXPECT_EQ(read_id("009FabFF107f8001", IdForm::hex, 8, arena), "009fabff107f8001");
}

TEST(Ids, OfZerosOrOfTheWrongFormAreNone) {
  Arena arena;
  for (const std::string_view bad :
       {std::string_view("\0\0\0\0\0\0\0\0", 8), std::string_view("1234567"), std::string_view()})
    EXPECT_EQ(read_id(bad, IdForm::bytes, 8, arena), "");
  for (const std::string_view bad : {"0000000000000000", "009fabff107f800", "009fabff107f800x", "009fabff107f800\0"})
    EXPECT_EQ(read_id(bad, IdForm::hex, 8, arena), "");
}

TEST(Ids, SayWhatIsWrong) {
  EXPECT_EQ(id_problem("span_id", "", IdForm::bytes, 8), "span_id is missing, must have 8");
  EXPECT_EQ(id_problem("trace_id", std::string(32, 'a'), IdForm::bytes, 16), "trace_id has 32 bytes, must have 16");
  EXPECT_EQ(id_problem("span_id", "abc", IdForm::hex, 8), "span_id has 3 characters, must have 16 hexadecimal digits");
  EXPECT_EQ(id_problem("span_id", "0000000000000000", IdForm::hex, 8), "span_id is all zero");
  EXPECT_EQ(id_problem("span_id", "000000000000000x", IdForm::hex, 8),
            "span_id holds characters that are no hexadecimal digits");
}

}  // namespace
}  // namespace aitf::otlp
