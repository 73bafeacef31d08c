// The validator: walks the JSON beside the tables of the schema.

#include "ocsf/validate.hpp"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <optional>

#include "ocsf/formats.hpp"
#include "ocsf/path.hpp"
#include "ocsf/read.hpp"

namespace aitf::ocsf {
namespace {

namespace dom = simdjson::dom;

constexpr std::int64_t kOther = 99;  // number of an enum that stands for the sender's own word
constexpr std::int64_t kTypesOfClass = 100;
constexpr std::int64_t kEarliestTime = 946'684'800'000;  // 2000-01-01
constexpr std::int64_t kLatestTime = 7'258'118'400'000;  // 2200-01-01

std::string quoted(Text text) { return '\'' + std::string(text) + '\''; }

Text json_type(dom::element json) {
  switch (json.type()) {
    case dom::element_type::NULL_VALUE: return "null";
    case dom::element_type::BOOL: return "a boolean";
    case dom::element_type::INT64:
    case dom::element_type::UINT64: return "a whole number";
    case dom::element_type::DOUBLE: return "a real";
    case dom::element_type::STRING: return "a text";
    case dom::element_type::ARRAY: return "a list";
    case dom::element_type::OBJECT: return "an object";
  }
  return "no value";
}

Text expected_type(Type type) {
  switch (type) {
    case Type::boolean: return "true or false";
    case Type::integer:
    case Type::long_integer:
    case Type::port: return "a whole number of 64 bits";
    case Type::timestamp: return "milliseconds since 1970 as a whole number";
    case Type::real: return "a number with a fraction";
    case Type::object: return "an object";
    case Type::map: return "an object of texts";
    default: return "a text";
  }
}

bool is_whole(Type type) {
  return type == Type::integer || type == Type::long_integer || type == Type::port || type == Type::timestamp;
}

std::size_t max_characters(Type type) {
  switch (type) {
    case Type::string:
    case Type::map: return 65'535;  // of a map: its values
    case Type::ip: return 40;
    case Type::file_hash: return 64;
    default: return static_cast<std::size_t>(-1);
  }
}

bool has_good_shape(Type type, Text text) {
  switch (type) {
    case Type::ip: return is_ip_address(text);
    case Type::hostname: return is_hostname(text);
    case Type::email: return is_email_address(text);
    default: return true;
  }
}

// The members of a JSON object that the schema names, by the field's place; others are unknown.
struct Members {
  std::array<std::optional<dom::element>, kMaxFields> values = {};
  std::size_t next = 0;  // our own events have their keys in order

  std::optional<std::size_t> place(const Item& item, Text key) {
    for (std::size_t i = 0; i < item.fields.size(); ++i) {
      const std::size_t at = (next + i) % item.fields.size();
      if (item.fields[at].name() != key) continue;
      next = at + 1;
      return at;
    }
    return std::nullopt;
  }

  std::optional<dom::element> value(const Item& item, Text name) const {
    const Field* field = item.find(name);
    return field == nullptr ? std::nullopt : values[static_cast<std::size_t>(field - item.fields.data())];
  }
};

bool is_present(const std::optional<dom::element>& value) { return value && !value->is_null(); }

class Validator {
 public:
  explicit Validator(const ValidateOptions& options) : options_(options) {}

  std::vector<Problem> event(dom::object json);

 private:
  void item(dom::object json, const Item& item, const Path& path);
  void collect(dom::object json, const Item& item, Members& members, const Path& path);
  void missing(const Field& field, const Path& path);
  void value(dom::element json, const Field& field, const Path& path);
  void single(dom::element json, const Field& field, const Path& path);
  void map(dom::object json, const Field& field, const Path& path);
  void scalar(dom::element json, const Field& field, const Path& path);
  void whole(std::int64_t number, const Field& field, const Path& path);
  void text(Text text, const Field& field, const Path& path);
  void caption(const Item& item, const Members& members, const Field& field, dom::element json, const Path& path);
  void one_of(const Item& item, const Members& members, const Path& path);
  void type_uid(dom::object json, std::int64_t class_uid);
  void observables(dom::object json, const Item& item);

  bool is_full() const { return problems_.size() >= kMaxProblems; }
  void add(const Path& path, ProblemKind kind, std::string message, bool is_error) {
    if (!is_full()) problems_.push_back({path.text(), kind, std::move(message), is_error});
  }
  void error(const Path& path, ProblemKind kind, std::string message) { add(path, kind, std::move(message), true); }
  void warning(const Path& path, ProblemKind kind, std::string message) { add(path, kind, std::move(message), false); }

  const ValidateOptions& options_;
  const Path top_ = {};
  std::vector<Problem> problems_;
};

std::vector<Problem> Validator::event(dom::object json) {
  const Path path{&top_, "class_uid"};
  const auto found = json.at_key("class_uid");
  std::int64_t uid = 0;
  if (found.error() != simdjson::SUCCESS) {
    error(path, ProblemKind::missing_required, "a required attribute is missing");
  } else if (found.get(uid) != simdjson::SUCCESS) {
    error(path, ProblemKind::wrong_type, "a whole number is expected");
  } else if (const Item* class_item = find_class(uid); class_item == nullptr) {
    error(path, ProblemKind::unknown_class, "there is no class " + std::to_string(uid) + " in this schema");
  } else {
    item(json, *class_item, top_);
    type_uid(json, uid);
    observables(json, *class_item);
  }
  return std::move(problems_);
}

void Validator::item(dom::object json, const Item& item, const Path& path) {
  Members members;
  collect(json, item, members, path);
  for (std::size_t i = 0; i < item.fields.size() && !is_full(); ++i) {
    const Field& field = item.fields[i];
    const Path here{&path, field.name()};
    if (!members.values[i]) {
      missing(field, here);
      continue;
    }
    value(*members.values[i], field, here);
    if (!field.caption_field.empty()) caption(item, members, field, *members.values[i], path);
  }
  one_of(item, members, path);
}

void Validator::collect(dom::object json, const Item& item, Members& members, const Path& path) {
  for (const auto& [key, element] : json) {
    if (is_full()) return;
    const Path here{&path, key};
    const auto place = members.place(item, key);
    if (!place) {
      error(here, ProblemKind::unknown_attribute, std::string(item.name) + " has no such attribute");
      continue;
    }
    if (members.values[*place]) error(here, ProblemKind::repeated_key, "the key is repeated");
    members.values[*place] = element;
  }
}

void Validator::missing(const Field& field, const Path& path) {
  if (field.need == Need::required) error(path, ProblemKind::missing_required, "a required attribute is missing");
  if (field.need == Need::recommended && options_.recommended)
    warning(path, ProblemKind::missing_recommended, "a recommended attribute is missing");
}

void Validator::value(dom::element json, const Field& field, const Path& path) {
  if (!field.is_list) return single(json, field, path);
  dom::array list;
  if (json.get(list) != simdjson::SUCCESS)
    return error(path, ProblemKind::wrong_type, "a list is expected, this is " + std::string(json_type(json)));
  std::size_t index = 0;
  for (const dom::element one : list) {
    if (is_full()) return;
    single(one, field, Path{.above = &path, .index = index++});
  }
}

void Validator::single(dom::element json, const Field& field, const Path& path) {
  if (field.type != Type::object && field.type != Type::map) return scalar(json, field, path);
  dom::object object;
  if (json.get(object) != simdjson::SUCCESS)
    return error(path, ProblemKind::wrong_type, "an object is expected, this is " + std::string(json_type(json)));
  if (field.type == Type::map) return map(object, field, path);
  item(object, *field.object, path);
}

void Validator::map(dom::object json, const Field& field, const Path& path) {
  std::vector<Text> keys;
  for (const auto& [key, element] : json) {
    if (is_full()) return;
    keys.push_back(key);
    scalar(element, field, Path{&path, key});
  }
  std::ranges::sort(keys);
  for (auto at = std::ranges::adjacent_find(keys); at != keys.end() && !is_full();
       at = std::adjacent_find(std::ranges::upper_bound(at, keys.end(), *at), keys.end()))
    error(Path{&path, *at}, ProblemKind::repeated_key, "the key is repeated");
}

void Validator::scalar(dom::element json, const Field& field, const Path& path) {
  std::int64_t number = 0;
  Text string;
  const bool is_text = !is_whole(field.type) && field.type != Type::real && field.type != Type::boolean;
  if (field.type == Type::boolean && json.is_bool()) return;
  if (field.type == Type::real && json.type() == dom::element_type::DOUBLE) return;
  if (is_whole(field.type) && json.get(number) == simdjson::SUCCESS) return whole(number, field, path);
  if (is_text && json.get(string) == simdjson::SUCCESS) return text(string, field, path);
  error(path, ProblemKind::wrong_type,
        std::string(expected_type(field.type)) + " is expected, this is " + std::string(json_type(json)));
}

void Validator::whole(std::int64_t number, const Field& field, const Path& path) {
  if (field.type == Type::port && (number < 0 || number > 65'535))
    error(path, ProblemKind::range, "a port is 0 to 65535, not " + std::to_string(number));
  if (field.type == Type::timestamp && number != 0 && (number < kEarliestTime || number > kLatestTime))
    warning(path, ProblemKind::timestamp, std::to_string(number) + " cannot be milliseconds since 1970 of this era");
  if (!field.captions.empty() && std::ranges::find(field.captions, number, &Caption::id) == field.captions.end())
    error(path, ProblemKind::not_in_enum, std::to_string(number) + " is no value of " + std::string(field.name()));
}

std::string word_list(const Field& field) {
  std::string out;
  for (const Word& one : field.words) (out += out.empty() ? "" : ", ") += one.word;
  return out;
}

void Validator::text(Text text, const Field& field, const Path& path) {
  const std::size_t limit = max_characters(field.type);
  if (text.size() > limit && count_characters(text) > limit)
    error(path, ProblemKind::max_len, "the text has more than " + std::to_string(limit) + " characters");
  if (!has_good_shape(field.type, text))
    warning(path, ProblemKind::pattern,
            "the text is no " + std::string(field.type == Type::ip         ? "ip address"
                                            : field.type == Type::hostname ? "host name"
                                                                           : "e-mail address"));
  if (!field.words.empty() && std::ranges::find(field.words, text, &Word::word) == field.words.end())
    error(path, ProblemKind::not_in_enum, "the word is none of " + word_list(field));
}

void Validator::caption(const Item& item, const Members& members, const Field& field, dom::element json,
                        const Path& path) {
  std::int64_t number = 0;
  if (json.get(number) != simdjson::SUCCESS) return;
  const auto known = std::ranges::find(field.captions, number, &Caption::id);
  if (known == field.captions.end()) return;
  const auto beside = members.value(item, field.caption_field);
  Text found;
  if (number == kOther && !is_present(beside))
    warning(Path{&path, field.name()}, ProblemKind::enum_text,
            "99 (Other) without " + std::string(field.caption_field));
  if (number == kOther || !beside || beside->get(found) != simdjson::SUCCESS || found == known->text) return;
  warning(Path{&path, field.caption_field}, ProblemKind::enum_text,
          quoted(known->text) + " is the caption of " + std::to_string(number));
}

void Validator::one_of(const Item& item, const Members& members, const Path& path) {
  const auto is_there = [&](Text name) { return is_present(members.value(item, name)); };
  if (item.at_least_one.empty() || std::ranges::any_of(item.at_least_one, is_there)) return;
  std::string names;
  for (const Text name : item.at_least_one) (names += names.empty() ? "" : ", ") += name;
  error(path, ProblemKind::constraint, std::string(item.name) + " needs at least one of " + names);
}

void Validator::type_uid(dom::object json, std::int64_t class_uid) {
  std::int64_t activity = 0;
  std::int64_t type = 0;
  if (json.at_key("activity_id").get(activity) != simdjson::SUCCESS) return;
  if (json.at_key("type_uid").get(type) != simdjson::SUCCESS) return;
  std::int64_t expected = 0;
  const bool fits = !__builtin_add_overflow(class_uid * kTypesOfClass, activity, &expected);
  if (fits && type == expected) return;
  error(Path{&top_, "type_uid"}, ProblemKind::type_uid,
        std::to_string(type) + (fits ? " should be " + std::to_string(expected) : " does not fit activity_id"));
}

// Walks names through the schema; `a[0].b` and `a[].b` count as `a.b`.
bool names_attribute(const Item* item, Text path) {
  for (;;) {
    const std::size_t dot = path.find('.');
    const Text step = path.substr(0, dot);
    const std::size_t bracket = step.find('[');
    if (bracket != Text::npos && !step.ends_with(']')) return false;
    const Field* field = item->find(step.substr(0, bracket));
    if (field == nullptr) return false;
    if (dot == Text::npos || field->type == Type::map) return true;
    if (field->type != Type::object) return false;
    item = field->object;
    path.remove_prefix(dot + 1);
  }
}

void Validator::observables(dom::object json, const Item& item) {
  dom::array list;
  if (json.at_key("observables").get(list) != simdjson::SUCCESS) return;
  const Path path{&top_, "observables"};
  std::size_t index = 0;
  for (const dom::element one : list) {
    if (is_full()) return;
    const Path row{.above = &path, .index = index++};
    Text name;
    if (one["name"].get(name) == simdjson::SUCCESS && !names_attribute(&item, name))
      error(Path{&row, "name"}, ProblemKind::observable_name,
            "the name is that of no attribute of " + std::string(item.caption));
  }
}

}  // namespace

std::string_view word(ProblemKind kind) {
  switch (kind) {
    case ProblemKind::json: return "json";
    case ProblemKind::repeated_key: return "repeated_key";
    case ProblemKind::unknown_class: return "unknown_class";
    case ProblemKind::missing_required: return "missing_required";
    case ProblemKind::missing_recommended: return "missing_recommended";
    case ProblemKind::unknown_attribute: return "unknown_attribute";
    case ProblemKind::wrong_type: return "wrong_type";
    case ProblemKind::range: return "range";
    case ProblemKind::max_len: return "max_len";
    case ProblemKind::not_in_enum: return "not_in_enum";
    case ProblemKind::enum_text: return "enum_text";
    case ProblemKind::type_uid: return "type_uid";
    case ProblemKind::constraint: return "constraint";
    case ProblemKind::observable_name: return "observable_name";
    case ProblemKind::pattern: return "pattern";
    case ProblemKind::timestamp: return "timestamp";
  }
  return "json";
}

std::vector<Problem> validate(std::string_view json, const ValidateOptions& options) {
  static thread_local dom::parser parser(kMaxEventJson);
  dom::object object;
  if (const auto error = parser.parse(json.data(), json.size()).get(object); error != simdjson::SUCCESS)
    return {
        Problem{{}, ProblemKind::json, std::string("this is no JSON object: ") + simdjson::error_message(error), true}};
  return Validator(options).event(object);
}

}  // namespace aitf::ocsf
