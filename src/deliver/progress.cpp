// Which events of a batch are settled.
#include "deliver/progress.hpp"

#include <algorithm>
#include <utility>

namespace aitf::deliver {

Progress::Progress(std::vector<journal::Sequence> events, journal::Sequence last)
    : events_(std::move(events)), settled_(events_.size()), last_(last) {}

std::size_t Progress::index_of(journal::Sequence event) const {
  const auto at = std::lower_bound(events_.begin(), events_.end(), event);
  return at != events_.end() && *at == event ? static_cast<std::size_t>(at - events_.begin()) : events_.size();
}

void Progress::settle(journal::Sequence event) {
  const std::size_t index = index_of(event);
  if (index == events_.size()) return;
  settled_[index] = true;
  while (first_open_ < events_.size() && settled_[first_open_]) ++first_open_;
}

bool Progress::is_settled(journal::Sequence event) const {
  const std::size_t index = index_of(event);
  return index == events_.size() || settled_[index];
}

}  // namespace aitf::deliver
