#pragma once
// One declarative table a section: from it come parsing, defaults, errors with file, line, column and a hint, and the
// commented example. Defaults are the struct's member initialisers and stand nowhere else.
//
//   struct SplunkConfig {
//     std::string url;
//     Secret token;
//     std::chrono::milliseconds time_out{60'000};
//   };
//   void describe(config::Schema<SplunkConfig>& s) {   // in the namespace of SplunkConfig
//     s.field("url", &SplunkConfig::url, "Base URL of the HTTP Event Collector.").required().example("https://…:8088");
//     s.field("token", &SplunkConfig::token, "HEC token.").required().example("${SPLUNK_HEC_TOKEN}");
//     s.field("time_out", &SplunkConfig::time_out, "How long to wait for an answer.").range(1s, 10min);
//     s.check([](const SplunkConfig& c) -> std::optional<config::Violation> {…});
//   }
//   auto config = config::parse<SplunkConfig>(yaml, "aitf.yaml", config::process_environment());
//
// A field may be: bool, any integer, double, std::string, Secret, std::chrono::milliseconds (30s), Bytes (10MiB), an
// enum with one_of(), another described struct, and std::vector or std::optional of these.
// A required text or secret must also not be empty. A Secret's text may be `file:/path`: then it is what that file
// holds, without white space around it.
//
// A struct with a std::variant of described structs picks one by a word, and that one's keys stand beside its own:
//
//   struct DestinationConfig { std::string name; std::variant<JsonlConfig, SplunkConfig> settings; };
//   void describe(config::Schema<DestinationConfig>& s) {
//     s.field("name", &DestinationConfig::name, "Name in metrics and logs.").required().example("my-{type}");
//     s.choice("type", &DestinationConfig::settings, "What the events are sent to.")
//         .option<JsonlConfig>("jsonl", "Files of JSON lines.")
//         .option<SplunkConfig>("splunk", "Splunk HTTP Event Collector.");
//   }
//
// In values ${NAME} is the environment's, ${NAME:-text} has a default for when it is unset or empty, $$ is one $.
// It happens after YAML is read, so a variable can never add keys. A file is at most 1 MiB.
// Everything here is for start and reload: not fast, and safe to call from any thread.

#include <cassert>
#include <concepts>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <variant>
#include <vector>

#include "config/environment.hpp"
#include "config/problem.hpp"
#include "config/shape.hpp"
#include "config/shapes.hpp"
#include "config/values.hpp"

namespace aitf::config {

// Adds to the last field; for one expression only.
template <class M>
class FieldBuilder {
 public:
  using Element = shapes::Element<M>;

  explicit FieldBuilder(Field& field) : field_(field) {}

  FieldBuilder& required() {
    field_.required = true;
    if constexpr (std::same_as<M, std::string> || std::same_as<M, Secret>)
      add_check([](const M& value) { return value.empty() ? "must not be empty" : ""; });
    return *this;
  }

  // YAML text of a value, for the example. `{type}` in it is the word of the section's choice, so that the items of a
  // list can differ in it.
  FieldBuilder& example(std::string_view yaml) {
    field_.example = yaml;
    return *this;
  }

  // Both ends included; on a list it speaks of each item.
  FieldBuilder& range(Element least, Element most) {
    Shape& shape = innermost();
    shape.limits = "from " + shape.show(shape, &least) + " to " + shape.show(shape, &most);
    add_check([least, most, limits = shape.limits](const Element& value) {
      return value < least || value > most ? "must be " + limits + ", is " + shapes::show(Shape(), value)
                                           : std::string();
    });
    return *this;
  }

  // The enumerators and the words they are written as.
  FieldBuilder& one_of(std::initializer_list<std::pair<std::string_view, Element>> words)
    requires shapes::Enum<Element>
  {
    for (const auto& [text, value] : words)
      innermost().words.push_back({std::string(text), static_cast<std::int64_t>(value)});
    return *this;
  }

  // The only texts allowed.
  FieldBuilder& one_of(std::initializer_list<std::string_view> words)
    requires std::same_as<Element, std::string>
  {
    for (const auto text : words) innermost().words.push_back({std::string(text)});
    return *this;
  }

  // A rule of one's own on the value: returns what is wrong, or an empty text.
  FieldBuilder& check(const std::function<std::string(const Element&)>& rule) {
    add_check(rule);
    return *this;
  }

 private:
  Shape& innermost() {
    Shape* shape = &field_.shape;
    while (shape->item) shape = shape->item.get();
    return *shape;
  }

  template <class Rule>
  void add_check(const Rule& rule) {
    innermost().checks.push_back([rule](const void* value) -> std::optional<std::string> {
      std::string wrong = rule(*static_cast<const Element*>(value));
      return wrong.empty() ? std::nullopt : std::optional(std::move(wrong));
    });
  }

  Field& field_;
};

// Adds to the section's choice.
template <class T, class Variant>
class ChoiceBuilder {
 public:
  ChoiceBuilder(Choice& choice, Variant T::* member) : choice_(choice), member_(member) {}

  template <class Option>
  ChoiceBuilder& option(std::string_view word, std::string_view doc) {
    choice_.options.push_back(
        {std::string(word), std::string(doc), &section_of<Option>(), [member = member_](void* object) -> void* {
           return &(static_cast<T*>(object)->*member).template emplace<Option>();
         }});
    return *this;
  }

 private:
  Choice& choice_;
  Variant T::* member_;
};

// The table of T, while `describe` fills it.
template <class T>
class Schema {
 public:
  template <class M, class Owner>
    requires std::derived_from<T, Owner>
  FieldBuilder<M> field(std::string_view name, M Owner::* member, std::string_view doc) {
    Field& added = section_.fields.emplace_back();
    added.name = name;
    added.doc = doc;
    added.shape = shapes::shape_of<M>();
    added.locate = [member](void* object) -> void* { return &(static_cast<T*>(object)->*member); };
    return FieldBuilder<M>(added);
  }

  // One choice a section. The key is always required.
  template <class... Options>
  ChoiceBuilder<T, std::variant<Options...>> choice(std::string_view key, std::variant<Options...> T::* member,
                                                    std::string_view doc) {
    assert(!section_.choice);
    section_.choice = Choice{std::string(key), std::string(doc), {}};
    return {*section_.choice, member};
  }

  // A rule over several fields; asked only when each field by itself is right.
  void check(std::function<std::optional<Violation>(const T&)> rule) {
    section_.checks.push_back(
        [rule = std::move(rule)](const void* object) { return rule(*static_cast<const T*>(object)); });
  }

  Section take() && {
    section_.make_default = [] { return std::shared_ptr<void>(std::make_shared<T>()); };
    verify(section_);
    return std::move(section_);
  }

 private:
  Section section_;
};

// The finished table of T, made once.
template <class T>
const Section& section_of() {
  static const Section section = [] {
    Schema<T> schema;
    describe(schema);
    return std::move(schema).take();
  }();
  return section;
}

// A T, or everything that is wrong in the text. `file_name` is only for the problems.
template <class T>
tl::expected<T, std::vector<Problem>> parse(std::string_view yaml, std::string_view file_name,
                                            const Environment& environment) {
  T object{};
  auto problems = read_document(section_of<T>(), yaml, file_name, environment, &object);
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  return object;
}

// YAML with every key, its doc and its default or an example; it parses, given the variables it names.
template <class T>
std::string example() {
  return write_example(section_of<T>());
}

}  // namespace aitf::config
