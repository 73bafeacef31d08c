// Duplicates of attribute names, in short and long lists.

#include "otlp/unique_keys.hpp"

#include <gtest/gtest.h>

#include <deque>
#include <random>
#include <set>

namespace aitf::otlp {
namespace {

std::vector<span::KeyValue> list_of(const std::deque<std::string>& keys) {
  std::vector<span::KeyValue> list;
  list.reserve(keys.size());
  for (std::size_t i = 0; i < keys.size(); ++i)
    list.push_back({keys[i], {.type = span::Value::Type::integer, .integer = static_cast<std::int64_t>(i)}});
  return list;
}

TEST(UniqueKeys, LeavesListsWithoutDuplicatesAlone) {
  UniqueKeys unique;
  for (const std::size_t size : {0, 1, 4, 5, 300}) {
    std::deque<std::string> keys;
    for (std::size_t i = 0; i < size; ++i) keys.push_back("key." + std::to_string(i));
    auto list = list_of(keys);
    EXPECT_FALSE(unique.keep_first(list)) << size;
    EXPECT_EQ(list.size(), size);
  }
}

TEST(UniqueKeys, KeepsTheFirstOfEachAndTheOrder) {
  std::mt19937 random(11);
  UniqueKeys unique;
  for (int round = 0; round < 300; ++round) {
    std::deque<std::string> keys;
    const std::size_t size = random() % 60;
    for (std::size_t i = 0; i < size; ++i)
      keys.push_back(std::string(random() % 20, 'k') + std::to_string(random() % 9));
    auto list = list_of(keys);
    std::vector<std::int64_t> expected;
    std::set<std::string> seen;
    for (std::size_t i = 0; i < size; ++i)
      if (seen.insert(keys[i]).second) expected.push_back(static_cast<std::int64_t>(i));
    EXPECT_EQ(unique.keep_first(list), expected.size() < size);
    std::vector<std::int64_t> kept;
    kept.reserve(list.size());
    for (const auto& attribute : list) kept.push_back(attribute.value.integer);
    EXPECT_EQ(kept, expected);
  }
}

}  // namespace
}  // namespace aitf::otlp
