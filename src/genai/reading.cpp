// Collects the attributes of a span into fields: first present and not empty, in the order of the rows.
#include "genai/reading.hpp"

#include "genai/read_value.hpp"

namespace aitf::genai {
namespace {

constexpr Text details_event = "gen_ai.client.inference.operation.details";

bool same_value(const span::Value& a, const span::Value& b) {
  return a.type == b.type && a.text == b.text && a.integer == b.integer && a.real == b.real && a.boolean == b.boolean &&
         a.array.empty() && b.array.empty() && a.map.empty() && b.map.empty();
}

}  // namespace

void Reading::place(const Rows& rows, std::int16_t row, const span::KeyValue& attribute) {
  const std::size_t at = position(rows[row].field);
  if (fillers_[at] != nullptr && filler_rows_[at] <= row) return;
  fillers_[at] = &attribute;
  filler_rows_[at] = row;
}

void Reading::look_up() {
  const Rows& rows = span_rows();
  named = {span.attributes, arena.list<std::int16_t>(span.attributes.size())};
  for (std::size_t i = 0; i < named.rows.size(); ++i) {
    const span::KeyValue& attribute = span.attributes[i];
    const std::int16_t row = named.rows[i] = rows.row_of(attribute.key);
    if (row == Match::none || is_void(attribute.value)) continue;
    const Row& found = rows[row];
    families_.set(static_cast<std::size_t>(found.family));
    knows_any_name_ |= found.name.starts_with("gen_ai.") || found.family == Convention::mcp;
    if (found.kinds == any_kind && rows.next(row) == Match::none)
      place(rows, row, attribute);
    else
      depends_on_kind_ = true;
  }
}

void Reading::place_for(Kinds kind, const Rows& rows, std::int16_t first_row, const span::KeyValue& attribute) {
  if (first_row == Match::none || is_void(attribute.value)) return;
  for (std::int16_t row = first_row; row != Match::none; row = rows.next(row))
    if ((rows[row].kinds & kind) != 0) place(rows, row, attribute);
}

// An event may repeat the attributes of its span, with content that the span lacks: it fills what is still empty.
void Reading::collect_repeated(Kinds kind) {
  const Rows& rows = span_rows();
  for (const span::Event& event : span.events) {
    if (event.name != details_event) continue;
    for (const span::KeyValue& attribute : event.attributes) {
      if (is_void(attribute.value)) continue;
      for (std::int16_t row = rows.row_of(attribute.key); row != Match::none; row = rows.next(row))
        if ((rows[row].kinds & kind) != 0 && peek(rows[row].field) == nullptr) place(rows, row, attribute);
    }
  }
}

void Reading::collect_resource() {
  const Rows& rows = resource_rows();
  resource = {span.resource->attributes, arena.list<std::int16_t>(span.resource->attributes.size())};
  for (std::size_t i = 0; i < resource.rows.size(); ++i) {
    resource.rows[i] = rows.row_of(resource.attributes[i].key);
    place_for(any_kind, rows, resource.rows[i], resource.attributes[i]);
  }
}

void Reading::collect(Kind kind) {
  for (std::size_t i = 0; depends_on_kind_ && i < named.rows.size(); ++i)
    place_for(only(kind), span_rows(), named.rows[i], named.attributes[i]);
  used_events = arena.list<bool>(span.events.size());
  collect_repeated(only(kind));
  if (span.resource != nullptr) collect_resource();
}

// A value that was read is taken.
template <class Value>
Value Reading::checked(Field field, Value value) {
  taken_.set(position(field), value.has_value());
  operation.quality.unparsed_value |= !value.has_value();
  return value;
}

Text Reading::read_text(Field field) {
  return checked(field, genai::read_text(peek(field)->value, arena, &operation.quality.coerced_type)).value_or(Text());
}

Count Reading::read_count(Field field) {
  return checked(field, genai::read_count(peek(field)->value, &operation.quality.coerced_type));
}

Count Reading::read_integer(Field field) {
  return checked(field, genai::read_integer(peek(field)->value, &operation.quality.coerced_type));
}

Real Reading::read_real(Field field) {
  return checked(field, genai::read_real(peek(field)->value, &operation.quality.coerced_type));
}

Flag Reading::read_flag(Field field) {
  return checked(field, genai::read_flag(peek(field)->value, &operation.quality.coerced_type));
}

void Reading::milliseconds(Field field, Real& to) {
  real(field, to);
  if (to && span_rows()[filler_rows_[position(field)]].shape == Shape::seconds) *to *= 1000;
}

std::vector<Text> Reading::texts(Field field) {
  const span::KeyValue* const attribute = take(field);
  return attribute != nullptr ? read_texts(attribute->value, arena, &operation.quality.coerced_type)
                              : std::vector<Text>();
}

Text Reading::content(Field field) {
  const span::KeyValue* const attribute = take(field);
  return attribute != nullptr ? as_text(attribute->value, arena) : Text();
}

bool Reading::holds(const span::KeyValue& attribute, std::int16_t row, const Rows& rows) const {
  if (&attribute == held_) return true;
  for (; row != Match::none; row = rows.next(row)) {
    const std::size_t at = position(rows[row].field);
    if (!taken_[at]) continue;
    if (is_indexed(rows[row].field)) return true;
    if (fillers_[at] == &attribute || same_value(fillers_[at]->value, attribute.value)) return true;
  }
  return false;
}

}  // namespace aitf::genai
