#pragma once
// Memory of one request: what is put here lives until the arena goes or is cleared, and is never freed one by one.
// Only trivially destructible things go in. Not thread safe: one request, one thread.

#include <cstddef>
#include <cstring>
#include <memory>
#include <memory_resource>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

namespace aitf {

class Arena {
 public:
  // `first_block` bytes are kept for as long as the arena lives; what goes beyond comes from the heap.
  explicit Arena(std::size_t first_block = std::size_t{64} * 1024)
      : block_(std::make_unique_for_overwrite<std::byte[]>(first_block)), memory_(block_.get(), first_block) {}
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  // Forgets everything, so that the next request finds the first block warm.
  void clear() { memory_.release(); }

  // A copy of `text` that lives as long as the arena.
  std::string_view copy(std::string_view text) {
    if (text.empty()) return {};
    char* place = static_cast<char*>(memory_.allocate(text.size(), 1));
    std::memcpy(place, text.data(), text.size());
    return {place, text.size()};
  }

  // A copy of `items` that lives as long as the arena.
  template <class T>
  std::span<const T> copy(const std::vector<T>& items) {
    static_assert(std::is_trivially_destructible_v<T>);
    if (items.empty()) return {};
    T* place = static_cast<T*>(memory_.allocate(items.size() * sizeof(T), alignof(T)));
    if constexpr (std::is_trivially_copyable_v<T>)
      std::memcpy(static_cast<void*>(place), items.data(), items.size() * sizeof(T));
    else
      std::uninitialized_copy(items.begin(), items.end(), place);
    return {place, items.size()};
  }

  // A new T that lives as long as the arena.
  template <class T, class... Args>
  T* make(Args&&... args) {
    static_assert(std::is_trivially_destructible_v<T>);
    return new (memory_.allocate(sizeof(T), alignof(T))) T{static_cast<Args&&>(args)...};
  }

  // A list of `count` T{}, to be filled in place.
  template <class T>
  std::span<T> list(std::size_t count) {
    static_assert(std::is_trivially_destructible_v<T>);
    if (count == 0) return {};
    T* place = static_cast<T*>(memory_.allocate(count * sizeof(T), alignof(T)));
    std::uninitialized_value_construct_n(place, count);
    return {place, count};
  }

  // Room for `count` characters, for a text that is made in place.
  char* characters(std::size_t count) { return static_cast<char*>(memory_.allocate(count, 1)); }

 private:
  std::unique_ptr<std::byte[]> block_;
  std::pmr::monotonic_buffer_resource memory_;
};

}  // namespace aitf
