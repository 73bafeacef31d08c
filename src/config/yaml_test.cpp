#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/node.hpp"

namespace aitf::config {
namespace {

using ::testing::HasSubstr;

std::string repeat(std::string_view text, int times) {
  std::string out;
  while (times-- > 0) out += text;
  return out;
}

// "line:column message" of the refusal; empty when it was read.
std::string refusal(std::string_view yaml) {
  const auto loaded = load_yaml(yaml);
  if (loaded) return {};
  const Unreadable& why = loaded.error();
  return std::to_string(why.at.line) + ":" + std::to_string(why.at.column) + " " + why.message;
}

TEST(LoadYaml, RemembersWhereEverythingStood) {
  const auto root = load_yaml("# c\na:\n  - x\n  - \"y\"\n");
  ASSERT_TRUE(root);
  ASSERT_EQ(root->entries.size(), 1u);
  const Entry& entry = root->entries[0];
  EXPECT_EQ(entry.key.at.line, 2);
  EXPECT_EQ(entry.key.at.column, 1);
  ASSERT_EQ(entry.value.items.size(), 2u);
  EXPECT_EQ(entry.value.items[1].text, "y");
  EXPECT_EQ(entry.value.items[1].at.line, 4);
  EXPECT_EQ(entry.value.items[1].at.column, 5);
}

TEST(LoadYaml, ReadsNothingAsNull) {
  for (const char* yaml : {"", "\n", "# only words\n", "~", "\xEF\xBB\xBF"}) {
    const auto root = load_yaml(yaml);
    ASSERT_TRUE(root) << refusal(yaml);
    EXPECT_EQ(root->kind, YamlNode::Kind::null);
  }
}

TEST(LoadYaml, TellsAnEmptyTextFromNothing) {
  const auto root = load_yaml("a: ''\nb:\n");
  ASSERT_TRUE(root);
  EXPECT_EQ(root->entries[0].value.kind, YamlNode::Kind::scalar);
  EXPECT_EQ(root->entries[1].value.kind, YamlNode::Kind::null);
}

TEST(LoadYaml, ExpandsAliases) {
  const auto root = load_yaml("a: &x {k: v}\nb: *x\n");
  ASSERT_TRUE(root);
  EXPECT_EQ(root->entries[1].value.entries[0].value.text, "v");
}

TEST(LoadYaml, RefusesAnAliasOfItself) {
  EXPECT_THAT(refusal("a: &x [*x]\n"), HasSubstr("alias inside of what it stands for"));
}

TEST(LoadYaml, RefusesAliasBombs) {
  std::string many = "a0: &a0 [x]\n";
  for (int i = 1; i < 12; ++i) {
    const std::string alias = "*a" + std::to_string(i - 1) + " ,";
    many += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + repeat(alias, 9) +
            alias.substr(0, alias.size() - 2) + "]\n";
  }
  EXPECT_THAT(refusal(many), HasSubstr("too many values"));
  EXPECT_THAT(refusal("a: &a " + std::string(500'000, 'x') + "\nb: [" + repeat("*a ,", 100) + "*a ]\n"),
              HasSubstr("too many values"));
}

TEST(LoadYaml, RefusesWhatIsTooDeepOrTooLarge) {
  for (const char* open : {"[", "{a: ", "- ", "? ", "&a ["})
    EXPECT_THAT(refusal(repeat(open, 20'000)), HasSubstr("nested too deeply"));
  EXPECT_EQ(refusal(repeat("[", 32) + repeat("]", 32)), "");
  EXPECT_EQ(refusal(std::string(1 << 20, ' ')), "");
  EXPECT_EQ(refusal(std::string((1 << 20) + 1, ' ')), "0:0 larger than 1 MiB");
}

TEST(LoadYaml, RefusesASecondDocumentAndTags) {
  EXPECT_EQ(refusal("a: 1\n---\nb: 2\n"), "2:1 more after the end of the document");
  EXPECT_EQ(refusal("a: !!binary x\n"), "1:4 YAML tag");
  EXPECT_EQ(refusal("a: ! x\n"), "");
}

TEST(LoadYaml, TellsWhereBytesAreNoText) {
  EXPECT_EQ(refusal("a: 1\nb: \xE9\n"), "2:4 not valid UTF-8");
  EXPECT_EQ(refusal("a: 1\nb: \x04\n"), "2:4 control character");
  EXPECT_EQ(refusal(std::string_view("a\0", 2)), "1:2 control character");
}

TEST(LoadYaml, TellsWhatYamlRefuses) {
  EXPECT_EQ(refusal("a: 1\n  b: 2\n"), "2:4 not YAML: illegal map value");
  EXPECT_THAT(refusal("a: *nowhere\n"), HasSubstr("1:4 not YAML: the referenced anchor is not defined"));
}

TEST(LoadYaml, RefusesAQuoteThatIsNeverClosed) {
  for (const char* yaml : {"a: \"x\nb: 1\n", "a: 'x\nb: 1\n", "a: \"x", "a: 'x", "a: [\"x\n"})
    EXPECT_THAT(refusal(yaml), HasSubstr("a quote is not closed")) << yaml;
}

TEST(LoadYaml, KeepsBlockTextsWhole) {
  for (const char* yaml : {"a: |\n  x\n  y\n", "a: |\n  x\n  y"}) {
    const auto root = load_yaml(yaml);
    ASSERT_TRUE(root) << refusal(yaml);
    EXPECT_EQ(root->entries[0].value.text, "x\ny\n");
  }
}

TEST(LoadYaml, KeepsDuplicatesForTheReaderToTell) {
  const auto root = load_yaml("a: 1\na: 2\n");
  ASSERT_TRUE(root);
  EXPECT_EQ(root->entries.size(), 2u);
}

}  // namespace
}  // namespace aitf::config
