#pragma once
// What /healthz and /readyz answer: every part that can fail says here how it is, in plain words. Thread safe.

#include <map>
#include <mutex>
#include <string>
#include <utility>

namespace aitf::observe {

class Health {
 public:
  // `cause` says what is wrong, where, and what to do; without secrets.
  void bad(const std::string& part, std::string cause) {
    const std::scoped_lock lock(mutex_);
    bad_[part] = std::move(cause);
  }
  void good(const std::string& part) {
    const std::scoped_lock lock(mutex_);
    bad_.erase(part);
  }
  // Parts that are not well, with the cause.
  std::map<std::string, std::string> causes() const {
    const std::scoped_lock lock(mutex_);
    return bad_;
  }

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::string> bad_;
};

}  // namespace aitf::observe
