#include "base/arena.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

namespace aitf {
namespace {

TEST(Arena, KeepsTextAfterItsSourceIsGone) {
  Arena arena(16);
  std::vector<std::string_view> copies;
  copies.reserve(100);
  for (int i = 0; i < 100; ++i) copies.push_back(arena.copy(std::string(100, static_cast<char>('a' + i % 26))));
  for (int i = 0; i < 100; ++i)
    EXPECT_EQ(copies[static_cast<std::size_t>(i)], std::string(100, static_cast<char>('a' + i % 26)));
}

TEST(Arena, CopiesNothingOfNothing) {
  Arena arena;
  EXPECT_TRUE(arena.copy(std::string_view()).empty());
  EXPECT_TRUE(arena.copy(std::vector<int>()).empty());
}

TEST(Arena, AlignsWhatItMakes) {
  Arena arena;
  arena.characters(1);
  struct Pair {
    std::uint64_t a;
    double b;
  };
  const Pair* pair = arena.make<Pair>(std::uint64_t{7}, 0.5);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(pair) % alignof(Pair), 0u);
  EXPECT_EQ(pair->a, 7u);
  arena.characters(3);
  const auto items = arena.copy(std::vector<Pair>{{1, 1}, {2, 2}});
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(items.data()) % alignof(Pair), 0u);
  EXPECT_EQ(items[1].a, 2u);
}

}  // namespace
}  // namespace aitf
