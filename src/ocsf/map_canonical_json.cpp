// JSON in one spelling.

#include "ocsf/map_canonical_json.hpp"

#include <simdjson.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/json_writer.hpp"

namespace aitf::ocsf {
namespace {

using simdjson::dom::element;
using simdjson::dom::element_type;

constexpr std::size_t kMostBytes = std::size_t{1} << 20;  // larger ones would stay in memory, once a thread

class CanonicalWriter {
 public:
  explicit CanonicalWriter(std::string& out) : json_(out) {}

  void write(element value) {
    switch (value.type()) {
      case element_type::NULL_VALUE: return json_.null();
      case element_type::BOOL: return json_.boolean(value.get_bool().value_unsafe());
      case element_type::INT64: return json_.integer(value.get_int64().value_unsafe());
      case element_type::UINT64: return json_.unsigned_integer(value.get_uint64().value_unsafe());
      case element_type::DOUBLE: return json_.real(value.get_double().value_unsafe());
      case element_type::STRING: return json_.string(value.get_string().value_unsafe());
      case element_type::ARRAY: return array(value.get_array().value_unsafe());
      case element_type::OBJECT: return object(value.get_object().value_unsafe());
    }
  }

 private:
  void array(simdjson::dom::array items) {
    json_.begin_array();
    for (const element item : items) write(item);
    json_.end_array();
  }

  void object(simdjson::dom::object fields) {
    std::vector<std::pair<Text, element>> sorted;
    for (const auto field : fields) sorted.emplace_back(field.key, field.value);
    std::ranges::sort(sorted, {}, &std::pair<Text, element>::first);
    json_.begin_object();
    for (const auto& [key, value] : sorted) {
      json_.key(key);
      write(value);
    }
    json_.end_object();
  }

  JsonWriter json_;
};

}  // namespace

Text canonical_json(Text json, Arena& arena) {
  if (json.empty() || json.size() > kMostBytes) return json;
  static thread_local simdjson::dom::parser parser;
  const auto parsed = parser.parse(json.data(), json.size());
  if (parsed.error() != simdjson::SUCCESS) return json;
  std::string out;
  out.reserve(json.size());
  CanonicalWriter(out).write(parsed.value_unsafe());
  return arena.copy(out);
}

}  // namespace aitf::ocsf
