#pragma once
// The event schema as constant tables, and what the generated structs (objects.hpp, classes.hpp) have in common.
//
// Structs. One member an attribute, of the same name (a C++ keyword gets a trailing underscore):
//   texts Text (empty: absent) · integers, times std::optional<std::int64_t> · reals std::optional<double> ·
//   booleans std::optional<bool> · objects std::optional<Object> · lists std::vector<Text or Object> · maps StringMap.
//   Texts are views: they live as long as what they were mapped or read from (a request, an arena). Times are
//   milliseconds since 1970, UTC.
// Visitors. `T::describe(v)` calls, in the order of writing, `v.field(quoted_key, &T::member)` for each attribute and
//   `v.constant(quoted_key, value)` for those that are the same in every event of a class (class_uid, class_name,
//   category_uid, category_name); quoted_key is `"name":`. `T::schema()` has the rest: its `fields` stand in the same
//   order and number as the calls, constants included.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace aitf::ocsf {

using Text = std::string_view;
using StringMap = std::vector<std::pair<Text, Text>>;

enum class Need : std::uint8_t { required, recommended, optional };

enum class Type : std::uint8_t {
  boolean,
  integer,       // 64 bit
  long_integer,  // 64 bit
  real,          // always written with a fraction or an exponent
  timestamp,     // milliseconds since 1970
  port,          // 0..65535
  string,        // to 65,535 characters
  content,       // long text
  ip,
  hostname,
  email,
  url,
  file_hash,  // to 64 characters
  object,
  map,  // of texts
};

// A number and its caption, as in severity_id and severity.
struct Caption {
  std::int64_t id = 0;
  Text text;
};

// A word of a text enum.
struct Word {
  Text word;
  Text meaning;
};

inline constexpr std::size_t kMaxFields = 128;  // of an object or a class; the generator refuses more

struct Item;

struct Field {
  Text key;  // `"name":`
  Type type = Type::string;
  Need need = Need::optional;
  bool is_list = false;
  const Item* object = nullptr;            // type object only
  std::span<const Caption> captions = {};  // of a number enum, by id; else empty
  std::span<const Word> words = {};        // of a text enum; else empty
  Text caption_field = {};                 // the attribute beside a number enum that holds the caption
  Text description = {};

  constexpr Text name() const { return key.substr(1, key.size() - 3); }
};

// An object or a class.
struct Item {
  Text name;  // token_usage, ai_model_inference
  Text caption;
  Text description;
  std::span<const Field> fields;
  std::span<const Text> at_least_one = {};  // of these attributes one must be there; empty: no such rule

  const Field* find(Text field_name) const;  // nullptr: no such attribute
};

struct ClassItem {
  std::uint32_t class_uid = 0;
  const Item* item = nullptr;
};

std::span<const ClassItem> classes();
const Item* find_class(std::int64_t class_uid);  // nullptr: no such class
Text schema_version();                           // constant of metadata.version

// Captions; empty for an id (or class) that the schema does not know.
Text class_caption(std::int64_t class_uid);
Text activity_caption(std::int64_t class_uid, std::int64_t activity_id);
Text type_caption(std::int64_t type_uid);  // "Model Inference: Chat Completion"
Text severity_caption(std::int64_t severity_id);
Text status_caption(std::int64_t class_uid, std::int64_t status_id);
Text observable_type_caption(std::int64_t type_id);
Text device_type_caption(std::int64_t type_id);

}  // namespace aitf::ocsf
