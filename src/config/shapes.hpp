#pragma once
// The Shape of each C++ type a field may have. Included by schema.hpp; nobody else needs it.

#include <chrono>
#include <concepts>
#include <limits>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "base/secret.hpp"
#include "config/shape.hpp"
#include "config/values.hpp"

namespace aitf::config {

template <class T>
const Section& section_of();

namespace shapes {

bool read(const Shape&, const YamlNode&, Reader&, bool& value);
bool read(const Shape&, const YamlNode&, Reader&, double& value);
bool read(const Shape&, const YamlNode&, Reader&, std::string& value);
bool read(const Shape&, const YamlNode&, Reader&, Secret& value);
bool read(const Shape&, const YamlNode&, Reader&, std::chrono::milliseconds& value);
bool read(const Shape&, const YamlNode&, Reader&, Bytes& value);
bool read_signed(const YamlNode&, Reader&, std::int64_t least, std::int64_t most, std::int64_t& value);
bool read_unsigned(const YamlNode&, Reader&, std::uint64_t most, std::uint64_t& value);
bool read_word(const Shape&, const YamlNode&, Reader&, std::int64_t& value);
// Calls `add` for each item: it makes room for one and says where.
bool read_list(const Shape&, const YamlNode&, Reader&, const std::function<void*()>& add);
bool read_checked(const Shape&, const YamlNode&, Reader&, void* value);

std::string show(const Shape&, bool value);
std::string show(const Shape&, double value);
std::string show(const Shape&, const std::string& value);
std::string show(const Shape&, const Secret& value);
std::string show(const Shape&, std::chrono::milliseconds value);
std::string show(const Shape&, Bytes value);
std::string show_word(const Shape&, std::int64_t value);
std::string show_list(const Shape&, const std::vector<const void*>& items);

template <class T>
concept Integer = std::integral<T> && !std::same_as<T, bool>;
template <class T>
concept Enum = std::is_enum_v<T>;

template <class T>
struct ElementOf {
  using type = T;
};
template <class T>
struct ElementOf<std::vector<T>> {
  using type = typename ElementOf<T>::type;
};
template <class T>
struct ElementOf<std::optional<T>> {
  using type = typename ElementOf<T>::type;
};
// What range() and one_of() speak of: the value itself, or the items of a list.
template <class T>
using Element = typename ElementOf<T>::type;

template <Integer T>
bool read(const Shape&, const YamlNode& node, Reader& reader, T& value) {
  using Limits = std::numeric_limits<T>;
  std::conditional_t<std::is_signed_v<T>, std::int64_t, std::uint64_t> wide = 0;
  bool good = false;
  if constexpr (std::is_signed_v<T>)
    good = read_signed(node, reader, Limits::min(), Limits::max(), wide);
  else
    good = read_unsigned(node, reader, Limits::max(), wide);
  if (good) value = static_cast<T>(wide);
  return good;
}

template <Enum T>
bool read(const Shape& shape, const YamlNode& node, Reader& reader, T& value) {
  std::int64_t number = 0;
  const bool good = read_word(shape, node, reader, number);
  if (good) value = static_cast<T>(number);
  return good;
}

template <class T>
bool read(const Shape& shape, const YamlNode& node, Reader& reader, std::vector<T>& value) {
  static_assert(!std::same_as<T, bool>, "std::vector<bool> has no elements to point to");
  value.clear();
  return read_list(shape, node, reader, [&value]() -> void* { return &value.emplace_back(); });
}

template <class T>
bool read(const Shape& shape, const YamlNode& node, Reader& reader, std::optional<T>& value) {
  return read_checked(*shape.item, node, reader, &value.emplace());
}

template <class T>
bool read(const Shape& shape, const YamlNode& node, Reader& reader, T& value) {
  return read_section(*shape.section, node, reader, &value);
}

template <Integer T>
std::string show(const Shape&, const T& value) {
  return std::to_string(value);
}

template <Enum T>
std::string show(const Shape& shape, const T& value) {
  return show_word(shape, static_cast<std::int64_t>(value));
}

template <class T>
std::string show(const Shape& shape, const std::vector<T>& value) {
  std::vector<const void*> items;
  items.reserve(value.size());
  for (const T& item : value) items.push_back(&item);
  return show_list(shape, items);
}

template <class T>
std::string show(const Shape& shape, const std::optional<T>& value) {
  return value ? show(*shape.item, *value) : std::string();
}

template <class T>
std::string show(const Shape&, const T&) {
  return {};  // a section shows its fields
}

template <class T>
constexpr Kind kind_of() {
  if constexpr (std::same_as<T, bool>)
    return Kind::boolean;
  else if constexpr (Integer<T>)
    return Kind::integer;
  else if constexpr (std::same_as<T, double>)
    return Kind::real;
  else if constexpr (std::same_as<T, std::string>)
    return Kind::text;
  else if constexpr (std::same_as<T, Secret>)
    return Kind::secret;
  else if constexpr (std::same_as<T, std::chrono::milliseconds>)
    return Kind::duration;
  else if constexpr (std::same_as<T, Bytes>)
    return Kind::bytes;
  else if constexpr (Enum<T>)
    return Kind::word;
  else
    return Kind::section;
}

template <class T>
struct Wrapped {
  static constexpr bool is = false;
};
template <class T>
struct Wrapped<std::vector<T>> {
  static constexpr bool is = true;
  static constexpr Kind kind = Kind::list;
  using Item = T;
};
template <class T>
struct Wrapped<std::optional<T>> {
  static constexpr bool is = true;
  static constexpr Kind kind = Kind::optional;
  using Item = T;
};

template <class T>
Shape shape_of() {
  Shape shape;
  shape.read = [](const Shape& s, const YamlNode& node, Reader& reader, void* value) {
    return shapes::read(s, node, reader, *static_cast<T*>(value));
  };
  shape.show = [](const Shape& s, const void* value) { return shapes::show(s, *static_cast<const T*>(value)); };
  if constexpr (Wrapped<T>::is) {
    shape.kind = Wrapped<T>::kind;
    shape.item = std::make_shared<Shape>(shape_of<typename Wrapped<T>::Item>());
  } else {
    shape.kind = kind_of<T>();
    if constexpr (kind_of<T>() == Kind::section) shape.section = &section_of<T>();
  }
  return shape;
}

}  // namespace shapes
}  // namespace aitf::config
