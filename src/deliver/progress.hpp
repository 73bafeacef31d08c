#pragma once
// Which events of a batch are settled, and how far the cursor may go: up to before the first that is not. One thread.

#include <vector>

#include "journal/journal.hpp"

namespace aitf::deliver {

class Progress {
 public:
  // `events` ascend; `last` is where the batch ends, which may lie past the last of them.
  Progress(std::vector<journal::Sequence> events, journal::Sequence last);

  // Once or more; what is not of the batch is passed over.
  void settle(journal::Sequence event);
  bool is_settled(journal::Sequence event) const;
  journal::Sequence cursor() const { return first_open_ == events_.size() ? last_ : events_[first_open_] - 1; }
  bool done() const { return first_open_ == events_.size(); }

 private:
  std::size_t index_of(journal::Sequence event) const;  // events_.size() when it is not of the batch

  std::vector<journal::Sequence> events_;
  std::vector<bool> settled_;
  std::size_t first_open_ = 0;
  journal::Sequence last_;
};

}  // namespace aitf::deliver
