#include "base/utf8.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace aitf {
namespace {

constexpr char kBad[] = "\xEF\xBF\xBD";  // U+FFFD

std::string bad(int times) {
  std::string text;
  while (times-- > 0) text += kBad;
  return text;
}

std::string repair(std::string_view text) {
  Arena arena;
  bool repaired = false;
  std::string result(repair_utf8(text, arena, &repaired));
  EXPECT_EQ(repaired, result != text);
  EXPECT_TRUE(is_valid_utf8(result));
  return result;
}

TEST(Utf8, AcceptsTheLimitsOfEveryLength) {
  for (const char* text : {"\x7F", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80",
                           "\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"}) {
    EXPECT_TRUE(is_valid_utf8(text));
    EXPECT_EQ(repair(text), text);
  }
  EXPECT_TRUE(is_valid_utf8(""));
  EXPECT_TRUE(is_valid_utf8(std::string_view("a\0b", 3)));
}

TEST(Utf8, RefusesOverlongFormsSurrogatesAndWhatIsPastUnicode) {
  for (const char* text : {"\xC0\xAF", "\xC1\xBF", "\xE0\x9F\xBF", "\xF0\x8F\xBF\xBF", "\xED\xA0\x80", "\xED\xBF\xBF",
                           "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "\x80"})
    EXPECT_FALSE(is_valid_utf8(text));
}

TEST(RepairUtf8, GivesBackAValidTextWithoutCopying) {
  Arena arena;
  bool repaired = false;
  const std::string_view text = "pla\xC3\xAEt";
  EXPECT_EQ(repair_utf8(text, arena, &repaired).data(), text.data());
  EXPECT_FALSE(repaired);
}

TEST(RepairUtf8, ReplacesEachByteThatStartsNothing) {
  EXPECT_EQ(repair("ab\xFF\xFE"), "ab" + bad(2));
  EXPECT_EQ(repair("\xC0\xAFz"), bad(2) + "z");
  EXPECT_EQ(repair("\x80\xBF"), bad(2));
}

TEST(RepairUtf8, ReplacesTheMaximalPartOfACharacterAsOne) {
  EXPECT_EQ(repair("\xE2\x82z"), bad(1) + "z");       // cut short by another character
  EXPECT_EQ(repair("\xF0\x9F\x98"), bad(1));          // cut short by the end
  EXPECT_EQ(repair("\xF0\x9F\x98\xE2\x82"), bad(2));  // two cut characters
  EXPECT_EQ(repair("\xE2\xE2\x82\xAC"), bad(1) + "\xE2\x82\xAC");
}

TEST(RepairUtf8, ReplacesEverySurrogateByteByItself) {
  EXPECT_EQ(repair("\xED\xA0\xBD\xED\xB8\x80"), bad(6));  // CESU-8 of an emoji
}

// Table 3-11 of the Unicode Standard.
TEST(RepairUtf8, FollowsTheExampleOfTheStandard) {
  EXPECT_EQ(repair("\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41"), bad(4) + "A");
}

TEST(RepairUtf8, MendsTheSecondHalfOfALongTextAndKeepsTheRest) {
  const std::string left(1000, 'x');
  EXPECT_EQ(repair(left + "\xC3" + left), left + kBad + left);
}

TEST(CountCharacters, CountsCodePointsNotBytes) {
  EXPECT_EQ(count_characters(""), 0u);
  EXPECT_EQ(count_characters("a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80"), 4u);
}

TEST(FirstCharacters, NeverCutsThroughACharacter) {
  const std::string_view text = "\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80";
  EXPECT_EQ(first_characters(text, 0), "");
  EXPECT_EQ(first_characters(text, 1), "\xC3\xA9");
  EXPECT_EQ(first_characters(text, 2), "\xC3\xA9\xE2\x82\xAC");
  EXPECT_EQ(first_characters(text, 3), text);
  EXPECT_EQ(first_characters(text, 99), text);
}

// Against the plain definition, at every alignment of characters of each length.
TEST(FirstCharacters, AgreesWithCountCharactersOnLongTexts) {
  std::string text;
  for (int i = 0; i < 30; ++i) text += i % 3 == 0 ? "a" : i % 3 == 1 ? "\xE2\x82\xAC" : "\xF0\x9F\x98\x80";
  EXPECT_EQ(count_characters(text), 30u);
  for (std::size_t n = 0; n <= 31; ++n) {
    const std::string_view first = first_characters(text, n);
    EXPECT_EQ(count_characters(first), std::min<std::size_t>(n, 30)) << n;
    EXPECT_TRUE(is_valid_utf8(first)) << n;
  }
}

TEST(Utf8, IsCheckedInShortAndLongTexts) {
  for (std::size_t size = 1; size < 140; ++size)
    for (std::size_t place = 0; place < size; ++place) {
      std::string text(size, 'x');
      ASSERT_TRUE(is_valid_utf8(text));
      text[place] = '\x80';
      ASSERT_FALSE(is_valid_utf8(text)) << size << " " << place;
    }
}

}  // namespace
}  // namespace aitf
