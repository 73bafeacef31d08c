// Pauses between attempts.
#include "deliver/back_off.hpp"

#include <algorithm>

namespace aitf::deliver {
namespace {

constexpr int kMostDoublings = 30;  // past any sensible longest pause, and no overflow

}  // namespace

Milliseconds BackOff::next(std::optional<Milliseconds> wish) {
  const int doublings = std::min(failures_++, kMostDoublings);
  const Milliseconds ceiling = std::min(policy_.longest_pause, policy_.first_pause * (std::int64_t{1} << doublings));
  const Milliseconds drawn(static_cast<std::int64_t>(static_cast<double>(ceiling.count()) * random_()));
  return std::max(drawn, heeded(wish));
}

Milliseconds BackOff::unauthorized(std::optional<Milliseconds> wish) const {
  return std::max(policy_.unauthorized_pause, heeded(wish));
}

Milliseconds BackOff::heeded(std::optional<Milliseconds> wish) const {
  return std::min(wish.value_or(Milliseconds{0}), policy_.longest_wish);
}

}  // namespace aitf::deliver
