// The JSON reader, a visitor over the generated structs on simdjson's DOM.
//
// Our own events have their keys in the schema's order, so one pass over the struct's fields reads them all; each pass
// takes the keys that come in order, and a key that a whole pass does not take is unknown.

#include "ocsf/read.hpp"

#include <simdjson.h>

#include <algorithm>
#include <bitset>
#include <optional>
#include <string>

#include "ocsf/path.hpp"

namespace aitf::ocsf {
namespace {

namespace dom = simdjson::dom;

auto fail_at(const Path& path, const std::string& what) { return fail(ErrorKind::invalid, path.text() + ": " + what); }

class Reader {
 public:
  explicit Reader(Arena& arena) : arena_(arena) {}

  Result<Event> event(dom::object json);

 private:
  template <class Object>
  struct MemberVisitor;

  template <class Class>
  Result<Event> event_of(dom::object json);
  template <class Object>
  Status object(dom::object json, Object& out, const Path& path);

  Status value(dom::element json, Text& out, const Path& path);
  Status value(dom::element json, std::int64_t& out, const Path& path);
  Status value(dom::element json, double& out, const Path& path);
  Status value(dom::element json, bool& out, const Path& path);
  Status value(dom::element json, StringMap& out, const Path& path);
  template <class Value>
  Status value(dom::element json, std::optional<Value>& out, const Path& path);
  template <class Value>
  Status value(dom::element json, std::vector<Value>& out, const Path& path);
  template <class Object>
  Status value(dom::element json, Object& out, const Path& path);

  void keep_unknown(dom::element json, const Path& path);

  Arena& arena_;
  StringMap unknown_;
};

Status Reader::value(dom::element json, Text& out, const Path& path) {
  Text text;
  if (json.get(text) != simdjson::SUCCESS) return fail_at(path, "a text is expected");
  out = arena_.copy(text);
  return {};
}

Status Reader::value(dom::element json, std::int64_t& out, const Path& path) {
  if (json.get(out) != simdjson::SUCCESS) return fail_at(path, "a whole number of 64 bits is expected");
  return {};
}

Status Reader::value(dom::element json, double& out, const Path& path) {
  if (json.get(out) != simdjson::SUCCESS) return fail_at(path, "a number is expected");
  return {};
}

Status Reader::value(dom::element json, bool& out, const Path& path) {
  if (json.get(out) != simdjson::SUCCESS) return fail_at(path, "true or false is expected");
  return {};
}

Status Reader::value(dom::element json, StringMap& out, const Path& path) {
  dom::object map;
  if (json.get(map) != simdjson::SUCCESS) return fail_at(path, "an object of texts is expected");
  out.reserve(map.size());
  for (const auto& [key, element] : map) {
    Text text;
    AITF_CHECK(value(element, text, Path{&path, key}));
    out.emplace_back(arena_.copy(key), text);
  }
  return {};
}

template <class Value>
Status Reader::value(dom::element json, std::optional<Value>& out, const Path& path) {
  return value(json, out.emplace(), path);
}

template <class Value>
Status Reader::value(dom::element json, std::vector<Value>& out, const Path& path) {
  dom::array list;
  if (json.get(list) != simdjson::SUCCESS) return fail_at(path, "a list is expected");
  out.reserve(list.size());
  for (const dom::element element : list) {
    const Path here{.above = &path, .index = out.size()};
    AITF_CHECK(value(element, out.emplace_back(), here));
  }
  return {};
}

template <class Object>
Status Reader::value(dom::element json, Object& out, const Path& path) {
  dom::object fields;
  if (json.get(fields) != simdjson::SUCCESS) return fail_at(path, "an object is expected");
  return object(fields, out, path);
}

// One pass over the fields of a struct: takes the key under the cursor when it is this field's, and goes on.
template <class Object>
struct Reader::MemberVisitor {
  Reader& reader;
  Object& out;
  const Path& path;
  dom::object::iterator cursor;
  dom::object::iterator end;
  Text key = {};
  std::size_t index = 0;
  std::bitset<kMaxFields> seen = {};
  Status status = {};

  void start() {
    index = 0;
    look();
  }
  void look() { key = cursor != end ? cursor.key() : Text{}; }

  // True for the field under the cursor.
  bool is_next(Text quoted_key) {
    const std::size_t current = index++;
    if (!status || cursor == end || key != quoted_key.substr(1, quoted_key.size() - 3)) return false;
    if (seen[current]) status = fail_at(Path{&path, key}, "the key is repeated");
    seen[current] = true;
    return status.has_value();
  }
  void next() {
    ++cursor;
    look();
  }

  template <class Member>
  void field(Text quoted_key, Member Object::* member) {
    if (!is_next(quoted_key)) return;
    const dom::element json = cursor.value();
    if (!json.is_null()) status = reader.value(json, out.*member, Path{&path, key});
    next();
  }
  void constant(Text quoted_key, std::uint32_t expected) {
    if (!is_next(quoted_key)) return;
    std::int64_t found = 0;
    if (cursor.value().get(found) != simdjson::SUCCESS || found != expected)
      status = fail_at(Path{&path, key}, std::to_string(expected) + " is expected");
    next();
  }
  void constant(Text quoted_key, Text) {
    if (!is_next(quoted_key)) return;
    if (!cursor.value().is_string()) status = fail_at(Path{&path, key}, "a text is expected");
    next();
  }
};

template <class Object>
Status Reader::object(dom::object json, Object& out, const Path& path) {
  MemberVisitor<Object> visitor{*this, out, path, json.begin(), json.end()};
  while (visitor.status && visitor.cursor != visitor.end) {
    const auto before = visitor.cursor;
    visitor.start();
    Object::describe(visitor);
    if (visitor.cursor != before || !visitor.status) continue;
    keep_unknown(visitor.cursor.value(), Path{&path, visitor.key});
    ++visitor.cursor;
  }
  return std::move(visitor.status);
}

bool is_empty(dom::element json) {
  switch (json.type()) {
    case dom::element_type::NULL_VALUE: return true;
    case dom::element_type::STRING: return json.get_string_length().value_unsafe() == 0;
    case dom::element_type::ARRAY: return json.get_array().value_unsafe().size() == 0;
    case dom::element_type::OBJECT: return json.get_object().value_unsafe().size() == 0;
    default: return false;
  }
}

void Reader::keep_unknown(dom::element json, const Path& path) {
  if (is_empty(json)) return;
  Text text;
  const bool is_text = json.get(text) == simdjson::SUCCESS;
  unknown_.emplace_back(arena_.copy("json." + path.text()), arena_.copy(is_text ? text : simdjson::minify(json)));
}

// Two equal keys in a map would make JSON that readers understand differently.
Status check_unique(const StringMap& map) {
  std::vector<Text> keys;
  keys.reserve(map.size());
  for (const auto& entry : map) keys.push_back(entry.first);
  std::ranges::sort(keys);
  const auto repeated = std::ranges::adjacent_find(keys);
  if (repeated == keys.end()) return {};
  const Path top;
  const Path unmapped{&top, "unmapped"};
  return fail_at(Path{&unmapped, *repeated}, "the key is repeated");
}

template <class Class>
Result<Event> Reader::event_of(dom::object json) {
  Result<Event> event(Event{std::in_place_type<Class>});
  Class& out = std::get<Class>(*event);
  AITF_CHECK(object(json, out, Path{}));
  out.unmapped.insert(out.unmapped.end(), unknown_.begin(), unknown_.end());
  AITF_CHECK(check_unique(out.unmapped));
  return event;
}

Result<Event> Reader::event(dom::object json) {
  std::int64_t uid = 0;
  if (json.at_key("class_uid").get(uid) != simdjson::SUCCESS)
    return fail(ErrorKind::invalid, "class_uid: a class number is expected", "is this a canonical event?");
  switch (uid) {
    case ModelInferenceEvent::class_uid: return event_of<ModelInferenceEvent>(json);
    case AgentActivityEvent::class_uid: return event_of<AgentActivityEvent>(json);
    case ToolExecutionEvent::class_uid: return event_of<ToolExecutionEvent>(json);
    case DataRetrievalEvent::class_uid: return event_of<DataRetrievalEvent>(json);
    case SecurityFindingEvent::class_uid: return event_of<SecurityFindingEvent>(json);
    case SupplyChainEvent::class_uid: return event_of<SupplyChainEvent>(json);
    case GovernanceEvent::class_uid: return event_of<GovernanceEvent>(json);
    case IdentityEvent::class_uid: return event_of<IdentityEvent>(json);
    default:
      return fail(ErrorKind::invalid, "class_uid: there is no class " + std::to_string(uid), "7001 to 7008 exist");
  }
}

}  // namespace

Result<Event> read_json(std::string_view json, Arena& arena) {
  static thread_local dom::parser parser(kMaxEventJson);
  dom::object object;
  if (const auto error = parser.parse(json.data(), json.size()).get(object); error != simdjson::SUCCESS)
    return fail(ErrorKind::invalid, std::string("the event is no JSON object: ") + simdjson::error_message(error));
  return Reader(arena).event(object);
}

}  // namespace aitf::ocsf
