#pragma once
// How long an event may become. Long texts to `content_characters`, other strings to 65,535 characters, lists to 1,000
// items; then the whole event to `event_bytes` of JSON by cutting the longest texts further. What was cut is told in
// the object it stands in (truncated, original_length, tool_input_length, …) and in data_quality.truncated_fields.
// On the way the bytes of pictures, sound and files leave every text, wherever a sender put them.

#include <algorithm>
#include <array>
#include <concepts>
#include <cstdint>
#include <vector>

#include "ocsf/map_draft.hpp"

namespace aitf::ocsf {

// The bounds of one pass over an event and what the pass measured.
class Trimmer {
 public:
  explicit Trimmer(Draft& draft);

  void start_pass();
  // After a pass: true when the event is still too large and another pass with tighter bounds follows.
  bool has_to_go_on();

  // Cuts `text` when it is too long; returns its characters before that, 0 when it was left as it is.
  std::int64_t trim(Text& text, const Field& field) {
    if (text.size() >= kSmallestBlob && passes_ == 1) take_blobs_out(text);
    const std::size_t most = field.type == Type::content ? bounds_.content_characters : bounds_.characters;
    if (exact_ || text.size() > most) return trim_closely(text, field, most);
    size_ += text.size() * kWorstEscape + kQuotesAndComma;
    return 0;
  }
  void trim_values(StringMap& map, const Field& field);

  std::size_t items() const { return bounds_.items; }
  void add_size(std::size_t bytes) { size_ += bytes; }
  void note_cut(const Field& field);  // remembers the path of the field

  void enter(const Field& field) { above_[depth_++] = field.name(); }
  void leave() { --depth_; }

 private:
  static constexpr std::size_t kWorstEscape = 6;  // bytes of JSON that a byte can need: \u0001
  static constexpr std::size_t kQuotesAndComma = 3;
  static constexpr std::size_t kSmallestBlob = 64;

  struct Bounds {
    std::size_t content_characters, content_bytes, characters, items;
  };

  void take_blobs_out(Text& text);
  std::int64_t trim_closely(Text& text, const Field& field, std::size_t most);
  std::int64_t cut(Text& text, Text shorter, const Field& field);
  void measure(Text text, bool is_content);
  bool tighten();

  Draft& draft_;
  Bounds bounds_;
  std::size_t budget_;
  std::size_t size_ = 0;
  bool exact_ = false;  // measures escaped texts; the first pass takes the worst case
  std::size_t rung_ = 0;
  std::size_t passes_ = 0;
  std::vector<std::size_t> contents_;  // sizes of long texts
  std::array<Text, 8> above_;          // the path, without the field itself
  std::size_t depth_ = 0;
};

// Tells the object that one of its texts had `characters` before it was cut.
template <class Owner>
void mark_cut(Owner& owner, [[maybe_unused]] const Text& text, [[maybe_unused]] std::int64_t characters) {
  if constexpr (requires { owner.truncated; }) owner.truncated = true;
  if constexpr (requires { owner.original_length; })
    owner.original_length = std::max(owner.original_length.value_or(0), characters);
  if constexpr (requires { owner.tool_input_length; }) {
    if (&text == &owner.tool_input) owner.tool_input_length = owner.tool_input_length.value_or(characters);
    if (&text == &owner.tool_output) owner.tool_output_length = owner.tool_output_length.value_or(characters);
  }
  if constexpr (requires { owner.query_length; })
    if (&text == &owner.query) owner.query_length = owner.query_length.value_or(characters);
}

template <class T>
concept Described = requires { T::schema(); };

// Visits all that an object or an event holds.
template <class Owner>
class TrimWalk {
 public:
  TrimWalk(Owner& owner, Trimmer& trimmer) : owner_(owner), trimmer_(trimmer), field_(Owner::schema().fields.data()) {}

  template <class Value>
  void constant(Text key, const Value&) {
    trimmer_.add_size(key.size() + kConstant);
    ++field_;
  }

  template <class Member>
  void field(Text, Member Owner::* member) {
    visit(owner_.*member, *field_++);
  }

 private:
  static constexpr std::size_t kConstant = 32, kNumber = 24, kBrackets = 3;

  void visit(Text& text, const Field& field) {
    if (text.empty()) return;
    trimmer_.add_size(field.key.size());
    const std::int64_t characters = trimmer_.trim(text, field);
    if (characters != 0 && field.type == Type::content) mark_cut(owner_, text, characters);
  }

  template <class Value>
  void visit(std::optional<Value>& value, const Field& field) {
    if (!value) return;
    trimmer_.add_size(field.key.size() + kNumber);
    if constexpr (Described<Value>) {
      trimmer_.enter(field);
      Value::describe(TrimWalk<Value>(*value, trimmer_));
      trimmer_.leave();
    }
  }

  void visit(StringMap& map, const Field& field) {
    if (map.empty()) return;
    trimmer_.add_size(field.key.size() + kBrackets);
    shorten(map, field);
    trimmer_.trim_values(map, field);
  }

  void visit(std::vector<Text>& texts, const Field& field) {
    if (texts.empty()) return;
    trimmer_.add_size(field.key.size() + kBrackets);
    shorten(texts, field);
    for (Text& text : texts) trimmer_.trim(text, field);
  }

  template <Described Object>
  void visit(std::vector<Object>& objects, const Field& field) {
    if (objects.empty()) return;
    trimmer_.add_size(field.key.size() + kBrackets);
    shorten(objects, field);
    trimmer_.enter(field);
    for (Object& object : objects) {
      trimmer_.add_size(kBrackets);
      Object::describe(TrimWalk<Object>(object, trimmer_));
    }
    trimmer_.leave();
  }

  // The newest messages stay; of all other lists the first items do.
  template <class Item>
  void shorten(std::vector<Item>& list, const Field& field) {
    if (list.size() <= trimmer_.items()) return;
    const auto surplus = static_cast<std::ptrdiff_t>(list.size() - trimmer_.items());
    if constexpr (std::same_as<Item, ContentPart>)
      list.erase(list.begin(), list.begin() + surplus);
    else
      list.erase(list.end() - surplus, list.end());
    trimmer_.note_cut(field);
  }

  Owner& owner_;
  Trimmer& trimmer_;
  const Field* field_;
};

template <class EventClass>
void limit(EventClass& event, Draft& draft) {
  Trimmer trimmer(draft);
  do {
    trimmer.start_pass();
    EventClass::describe(TrimWalk<EventClass>(event, trimmer));
  } while (trimmer.has_to_go_on());
}

}  // namespace aitf::ocsf
