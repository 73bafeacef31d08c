#pragma once
// One span while it is read: which attribute fills which field, and what of it was used.
// The parts of the room that fill an Operation take their fields from here; what nobody took goes to `unmapped`.

#include <array>
#include <bitset>
#include <cstdint>
#include <span>
#include <vector>

#include "base/arena.hpp"
#include "genai/conventions.hpp"
#include "genai/operation.hpp"

namespace aitf::genai {

// Attributes of one list (span, event, resource), each with the row of its name.
struct Named {
  span::Attributes attributes;
  std::span<std::int16_t> rows;  // Match::none: no convention knows the name
};

class Reading {
 public:
  Reading(const span::Span& of, Arena& memory, Operation& result) : span(of), arena(memory), operation(result) {}

  // Looks up the span's names and collects what decides the kind. Call once, first.
  void look_up();
  // Collects all other fields of the span, its resource, and of events that repeat span attributes.
  void collect(Kind kind);

  // By presence of their names.
  bool has_family(Convention convention) const { return families_[static_cast<std::size_t>(convention)]; }
  bool knows_any_name() const { return knows_any_name_; }  // of GenAI or MCP

  // What fills a field, or null. Taking it keeps it out of `unmapped`.
  const span::KeyValue* peek(Field field) const { return fillers_[position(field)]; }
  const span::KeyValue* take(Field field) {
    const span::KeyValue* const attribute = peek(field);
    if (attribute != nullptr) taken_.set(position(field));
    return attribute;
  }

  // The field in the type wanted. A value that does not fit stays untaken, and is flagged. Numbers that are not there
  // leave `to` as it is: most are not, and to write empty ones over empty ones costs more than to look.
  Text text(Field field) { return peek(field) != nullptr ? read_text(field) : Text(); }
  void count(Field field, Count& to) {
    if (peek(field) != nullptr) to = read_count(field);
  }
  void integer(Field field, Count& to) {
    if (peek(field) != nullptr) to = read_integer(field);
  }
  void real(Field field, Real& to) {
    if (peek(field) != nullptr) to = read_real(field);
  }
  void flag(Field field, Flag& to) {
    if (peek(field) != nullptr) to = read_flag(field);
  }
  void milliseconds(Field field, Real& to);
  std::vector<Text> texts(Field field);
  // A text or, of a list or map, its JSON.
  Text content(Field field);

  // Keeps an attribute without a row out of `unmapped`.
  void hold(const span::KeyValue& attribute) { held_ = &attribute; }

  // True when an attribute needs no entry in `unmapped`: its field was taken, from it or from one that says the same.
  bool holds(const span::KeyValue& attribute, std::int16_t row, const Rows& rows) const;

  const span::Span& span;
  Arena& arena;
  Operation& operation;
  Named named, resource;
  // Marks events whose content went into fields, by position.
  std::span<bool> used_events;

 private:
  static std::size_t position(Field field) { return static_cast<std::size_t>(field); }
  void place(const Rows& rows, std::int16_t row, const span::KeyValue& attribute);
  void place_for(Kinds kind, const Rows& rows, std::int16_t first_row, const span::KeyValue& attribute);
  void collect_resource();
  void collect_repeated(Kinds kind);
  Text read_text(Field field);
  Count read_count(Field field);
  Count read_integer(Field field);
  Real read_real(Field field);
  Flag read_flag(Field field);
  template <class Value>
  Value checked(Field field, Value value);

  std::array<const span::KeyValue*, field_count> fillers_ = {};
  std::array<std::int16_t, field_count> filler_rows_;  // of fillers that are there
  std::bitset<field_count> taken_;
  const span::KeyValue* held_ = nullptr;
  std::bitset<32> families_;
  bool knows_any_name_ = false;
  bool depends_on_kind_ = false;  // some rows do not fill their field in each kind
};

}  // namespace aitf::genai
