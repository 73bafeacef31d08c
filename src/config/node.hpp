#pragma once
// A YAML document as a tree that remembers where everything stood. Aliases are expanded; the size is bounded.

#include <string>
#include <string_view>
#include <vector>

#include "config/problem.hpp"

namespace aitf::config {

struct Entry;

struct YamlNode {
  enum class Kind { null, scalar, list, mapping };

  Kind kind = Kind::null;
  Position at;
  std::string text;             // scalar: as written, without quotes
  std::vector<YamlNode> items;  // list
  std::vector<Entry> entries;   // mapping, in order, duplicates included
};

struct Entry {
  YamlNode key;
  YamlNode value;
};

// Why a text is no such document.
struct Unreadable {
  Position at;
  std::string message;
  std::string hint = {};
};

// The one document in `yaml`; a null node when there is none.
tl::expected<YamlNode, Unreadable> load_yaml(std::string_view yaml);

}  // namespace aitf::config
