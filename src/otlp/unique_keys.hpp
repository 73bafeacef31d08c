#pragma once
// Removes attributes whose name came before. The first one is kept.

#include <cstdint>
#include <vector>

#include "span/span.hpp"

namespace aitf::otlp {

// Kept from list to list, so that its table is made once. One thread at a time.
class UniqueKeys {
 public:
  // True when something was removed. Order is kept.
  bool keep_first(std::vector<span::KeyValue>& attributes);

 private:
  struct Slot {
    std::uint32_t round = 0;  // the list that filled this slot
    std::uint32_t index = 0;
  };

  bool is_new(const std::vector<span::KeyValue>& attributes, std::size_t index);
  void make_room(std::size_t count);

  std::vector<Slot> slots_;  // open addressing, a power of two, at most half full
  std::uint32_t round_ = 0;
};

}  // namespace aitf::otlp
