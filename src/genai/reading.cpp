// Collects the attributes of a span into fields: first present and not empty, in the order of the rows.
#include "genai/reading.hpp"

#include "genai/read_value.hpp"

namespace aitf::genai {
namespace {

constexpr Text details_event = "gen_ai.client.inference.operation.details";

Named look_up_all(const Rows& rows, span::Attributes attributes) {
  Named named{attributes, {}};
  named.rows.reserve(attributes.size());
  for (const span::KeyValue& attribute : attributes) named.rows.push_back(rows.find(attribute.key).row);
  return named;
}

bool same_value(const span::Value& a, const span::Value& b) {
  return a.type == b.type && a.text == b.text && a.integer == b.integer && a.real == b.real && a.boolean == b.boolean &&
         a.array.empty() && b.array.empty() && a.map.empty() && b.map.empty();
}

}  // namespace

void Reading::place(const Rows& rows, std::int16_t row, const span::KeyValue& attribute) {
  Slot& slot = this->slot(rows[row].field);
  if (slot.attribute != nullptr && slot.row <= row) return;
  slot = {&attribute, row, rows[row].shape, false};
}

void Reading::look_up() {
  const Rows& rows = span_rows();
  named = look_up_all(rows, span.attributes);
  for (std::size_t i = 0; i < named.rows.size(); ++i) {
    const std::int16_t row = named.rows[i];
    if (row == Match::none || is_void(span.attributes[i].value)) continue;
    const Row& found = rows[row];
    families_.set(static_cast<std::size_t>(found.family));
    knows_any_name_ |= found.name.starts_with("gen_ai.") || found.family == Convention::mcp;
    if (found.field <= Field::last_mark) place(rows, row, span.attributes[i]);
  }
}

void Reading::place_all(const Rows& rows, const Named& from, Kinds kind) {
  for (std::size_t i = 0; i < from.rows.size(); ++i) {
    if (from.rows[i] == Match::none || is_void(from.attributes[i].value)) continue;
    for (std::int16_t row = from.rows[i]; row != Match::none; row = rows.next(row))
      if ((rows[row].kinds & kind) != 0) place(rows, row, from.attributes[i]);
  }
}

// An event may repeat the attributes of its span, with content that the span lacks: it fills what is still empty.
void Reading::collect_repeated(Kinds kind) {
  const Rows& rows = span_rows();
  for (const span::Event& event : span.events) {
    if (event.name != details_event) continue;
    for (const span::KeyValue& attribute : event.attributes) {
      if (is_void(attribute.value)) continue;
      for (std::int16_t row = rows.find(attribute.key).row; row != Match::none; row = rows.next(row))
        if ((rows[row].kinds & kind) != 0 && peek(rows[row].field) == nullptr) place(rows, row, attribute);
    }
  }
}

void Reading::collect(Kind kind) {
  place_all(span_rows(), named, only(kind));
  used_events.assign(span.events.size(), false);
  collect_repeated(only(kind));
  if (span.resource == nullptr) return;
  resource = look_up_all(resource_rows(), span.resource->attributes);
  place_all(resource_rows(), resource, any_kind);
}

const span::KeyValue* Reading::take(Field field) {
  Slot& slot = this->slot(field);
  slot.taken = slot.attribute != nullptr;
  return slot.attribute;
}

template <class Read>
std::invoke_result_t<Read, const span::Value&> Reading::fitting(Field field, Read read) {
  Slot& slot = this->slot(field);
  if (slot.attribute == nullptr) return {};
  auto value = read(slot.attribute->value);
  slot.taken = value.has_value();
  operation.quality.unparsed_value |= !slot.taken;
  return value;
}

Text Reading::text(Field field) {
  const auto read = [&](const span::Value& v) { return read_text(v, arena, &operation.quality.coerced_type); };
  return fitting(field, read).value_or(Text());
}

Count Reading::count(Field field) {
  return fitting(field, [&](const span::Value& v) { return read_count(v, &operation.quality.coerced_type); });
}

Count Reading::integer(Field field) {
  return fitting(field, [&](const span::Value& v) { return read_integer(v, &operation.quality.coerced_type); });
}

Real Reading::real(Field field) {
  return fitting(field, [&](const span::Value& v) { return read_real(v, &operation.quality.coerced_type); });
}

Real Reading::milliseconds(Field field) {
  const Real number = real(field);
  return number && slot(field).shape == Shape::seconds ? *number * 1000 : number;
}

Flag Reading::flag(Field field) {
  return fitting(field, [&](const span::Value& v) { return read_flag(v, &operation.quality.coerced_type); });
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
    const Slot& slot = this->slot(rows[row].field);
    if (!slot.taken) continue;
    if (slot.attribute == &attribute || same_value(slot.attribute->value, attribute.value)) return true;
  }
  return false;
}

}  // namespace aitf::genai
