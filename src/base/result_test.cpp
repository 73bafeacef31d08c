#include "base/result.hpp"

#include <gtest/gtest.h>

#include <memory>

#include "base/secret.hpp"

namespace aitf {
namespace {

Result<std::unique_ptr<int>> half(int value) {
  if (value % 2 != 0) return fail(ErrorKind::invalid, "odd number", "give an even one");
  return std::make_unique<int>(value / 2);
}

Status must_be_even(int value) {
  AITF_TRY([[maybe_unused]] const auto ignored, half(value));
  return {};
}

Result<int> quarter(int value) {
  AITF_TRY(const auto first, half(value));
  AITF_CHECK(must_be_even(*first));
  AITF_TRY(const auto second, half(*first));
  return *second;
}

TEST(Result, PassesValuesThrough) { EXPECT_EQ(*quarter(8), 2); }

TEST(Result, ReturnsTheFirstErrorUnchanged) {
  for (const int value : {7, 6}) {
    const auto result = quarter(value);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::invalid);
    EXPECT_EQ(result.error().text(), "odd number (give an even one)");
  }
}

TEST(Error, HasNoEmptyHint) { EXPECT_EQ((Error{ErrorKind::internal, "broken", ""}.text()), "broken"); }

template <class T>
concept Printable = requires(std::ostream& out, const T& value) { out << value; };

TEST(Secret, CannotBePrinted) {
  static_assert(!Printable<Secret>);
  EXPECT_EQ(Secret("x").reveal(), "x");
  EXPECT_TRUE(Secret().empty());
}

}  // namespace
}  // namespace aitf
