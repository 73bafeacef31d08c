#pragma once
// Time behind an interface, so that tests decide what time it is.

#include <chrono>
#include <cstdint>
#include <mutex>

namespace aitf {

using Milliseconds = std::chrono::milliseconds;

// Thread safe.
class Clock {
 public:
  virtual ~Clock() = default;
  // Wall clock, nanoseconds since 1970, UTC.
  virtual std::uint64_t now_unix_nano() const = 0;
  // Never goes back; only differences mean anything.
  virtual std::chrono::steady_clock::time_point steady_now() const = 0;

  std::int64_t now_unix_ms() const { return static_cast<std::int64_t>(now_unix_nano() / 1'000'000); }
};

// The machine's clocks.
class SystemClock final : public Clock {
 public:
  std::uint64_t now_unix_nano() const override {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::nanoseconds>(since).count());
  }
  std::chrono::steady_clock::time_point steady_now() const override { return std::chrono::steady_clock::now(); }
};

// Stands still until told otherwise.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(std::uint64_t unix_nano = 1'795'584'000'000'000'000) : wall_(unix_nano) {}

  void advance(std::chrono::nanoseconds by) {
    const std::scoped_lock lock(mutex_);
    wall_ += static_cast<std::uint64_t>(by.count());
    steady_ += by;
  }
  std::uint64_t now_unix_nano() const override {
    const std::scoped_lock lock(mutex_);
    return wall_;
  }
  std::chrono::steady_clock::time_point steady_now() const override {
    const std::scoped_lock lock(mutex_);
    return steady_;
  }

 private:
  mutable std::mutex mutex_;
  std::uint64_t wall_;
  std::chrono::steady_clock::time_point steady_;
};

}  // namespace aitf
