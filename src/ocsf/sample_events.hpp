#pragma once
// The sample events of tests/data/events, for the tests of this room.

#include <simdjson.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace aitf::ocsf {

inline std::string read_sample(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline std::string sample(std::string_view name) {
  return read_sample(std::filesystem::path(AITF_TEST_DATA) / "events" / (std::string(name) + ".json"));
}

// File names without folder and extension, sorted.
inline std::vector<std::string> sample_names() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(std::string(AITF_TEST_DATA) + "/events"))
    names.push_back(entry.path().stem().string());
  std::ranges::sort(names);
  return names;
}

// Compact, numbers in one spelling: two documents of equal values and equal key order have equal texts.
inline std::string compact(std::string_view json) {
  simdjson::dom::parser parser;
  simdjson::dom::element document;
  if (parser.parse(json.data(), json.size()).get(document) != simdjson::SUCCESS) return "no JSON: " + std::string(json);
  return simdjson::minify(document);
}

}  // namespace aitf::ocsf
