#pragma once
// One span while it is read: which attribute fills which field, and what of it was used.
// The parts of the room that fill an Operation take their fields from here; what nobody took goes to `unmapped`.

#include <array>
#include <bitset>
#include <cstdint>
#include <type_traits>
#include <vector>

#include "base/arena.hpp"
#include "genai/conventions.hpp"
#include "genai/operation.hpp"

namespace aitf::genai {

// Attributes of one list (span, event, resource), each with the row of its name.
struct Named {
  span::Attributes attributes;
  std::vector<std::int16_t> rows;  // Match::none: no convention knows the name
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
  const span::KeyValue* peek(Field field) const { return slot(field).attribute; }
  const span::KeyValue* take(Field field);

  // The field in the type wanted. A value that does not fit stays untaken, and is flagged.
  Text text(Field field);
  Count count(Field field);
  Count integer(Field field);
  Real real(Field field);
  Real milliseconds(Field field);
  Flag flag(Field field);
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
  std::vector<bool> used_events;

 private:
  struct Slot {
    const span::KeyValue* attribute = nullptr;
    std::int16_t row = Match::none;
    Shape shape = Shape::as_is;
    bool taken = false;
  };

  const Slot& slot(Field field) const { return slots_[static_cast<std::size_t>(field)]; }
  Slot& slot(Field field) { return slots_[static_cast<std::size_t>(field)]; }
  void place(const Rows& rows, std::int16_t row, const span::KeyValue& attribute);
  void place_all(const Rows& rows, const Named& named, Kinds kind);
  void collect_repeated(Kinds kind);
  template <class Read>
  std::invoke_result_t<Read, const span::Value&> fitting(Field field, Read read);

  std::array<Slot, field_count> slots_ = {};
  const span::KeyValue* held_ = nullptr;
  std::bitset<32> families_;
  bool knows_any_name_ = false;
};

}  // namespace aitf::genai
