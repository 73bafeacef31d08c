#pragma once
// How long to pause after a failed attempt: exponential with full jitter, never sooner than the peer asks. One thread.

#include <functional>
#include <optional>

#include "deliver/worker.hpp"

namespace aitf::deliver {

class BackOff {
 public:
  // `random` yields numbers from 0 to below 1.
  BackOff(const RetryPolicy& policy, std::function<double()> random) : policy_(policy), random_(std::move(random)) {}

  // The pause after one more failure in a row; `wish` is the peer's.
  Milliseconds next(std::optional<Milliseconds> wish);
  // The pause after a refused credential: fixed.
  Milliseconds unauthorized(std::optional<Milliseconds> wish) const;
  // After an attempt that got something through.
  void reset() { failures_ = 0; }

 private:
  Milliseconds heeded(std::optional<Milliseconds> wish) const;

  RetryPolicy policy_;
  std::function<double()> random_;
  int failures_ = 0;
};

}  // namespace aitf::deliver
