#pragma once
// "Written when any part is known": objects without a known field become absent ones.

#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include "ocsf/schema.hpp"

namespace aitf::ocsf {

inline bool is_known(Text text) { return !text.empty(); }
template <class T>
bool is_known(const std::optional<T>& value) {
  return value.has_value();
}
template <class T>
bool is_known(const std::vector<T>& list) {
  return !list.empty();
}

// Visits an object: is any of its fields known?
template <class Object>
class AnyKnown {
 public:
  explicit AnyKnown(const Object& object) : object_(object) {}
  template <class Member>
  void field(Text, Member Object::* member) {
    found_ = found_ || is_known(object_.*member);
  }
  bool found() const { return found_; }

 private:
  const Object& object_;
  bool found_ = false;
};

template <class Object>
std::optional<Object> when_known(Object object) {
  AnyKnown<Object> any(object);
  Object::describe(any);
  return any.found() ? std::optional<Object>(std::move(object)) : std::nullopt;
}

// NaN and infinity say nothing.
inline std::optional<double> finite(std::optional<double> value) {
  return value && std::isfinite(*value) ? value : std::nullopt;
}

}  // namespace aitf::ocsf
