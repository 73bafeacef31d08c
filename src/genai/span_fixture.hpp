#pragma once
// A span made by hand, for tests: owns its texts and lists.

#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "base/arena.hpp"
#include "genai/normalise.hpp"

namespace aitf::genai {

class SpanFixture {
 public:
  using Value = span::Value;
  using Map = std::vector<std::pair<std::string, Value>>;

  static Value integer(std::int64_t number) { return {.type = Value::Type::integer, .integer = number}; }
  static Value real(double number) { return {.type = Value::Type::real, .real = number}; }
  static Value boolean(bool flag) { return {.type = Value::Type::boolean, .boolean = flag}; }
  Value text(std::string text) { return {.type = Value::Type::string, .text = texts_.emplace_back(std::move(text))}; }
  Value list(std::vector<Value> items) {
    return {.type = Value::Type::array, .array = lists_.emplace_back(std::move(items))};
  }
  Value map(const Map& members) { return {.type = Value::Type::map, .map = attributes(members)}; }

  SpanFixture& with(std::string key, Value value) {
    texts_.push_back(std::move(key));
    attributes_.push_back({texts_.back(), value});
    return *this;
  }
  SpanFixture& with(std::string key, std::string value) { return with(std::move(key), text(std::move(value))); }
  SpanFixture& with(std::string key, const char* value) { return with(std::move(key), text(value)); }
  SpanFixture& with_resource(const Map& members) {
    resource_.attributes = attributes(members);
    return *this;
  }
  SpanFixture& with_event(std::string name, const Map& members) {
    texts_.push_back(std::move(name));
    events_.push_back({.name = texts_.back(), .attributes = attributes(members)});
    return *this;
  }
  SpanFixture& with_status(std::int32_t code, std::string message) {
    span_.status_code = code;
    span_.status_message = texts_.emplace_back(std::move(message));
    return *this;
  }
  SpanFixture& of_kind(std::int32_t kind) {
    span_.kind = kind;
    return *this;
  }
  SpanFixture& in_scope(std::string name) {
    scope_.name = texts_.emplace_back(std::move(name));
    return *this;
  }

  // Valid as long as the fixture.
  Operation normalise() {
    span_.attributes = attributes_;
    span_.events = events_;
    span_.resource = &resource_;
    span_.scope = &scope_;
    return genai::normalise(span_, arena);
  }

  Arena arena;

 private:
  span::Attributes attributes(const Map& members) {
    std::vector<span::KeyValue>& list = maps_.emplace_back();
    for (const auto& [key, value] : members) list.push_back({texts_.emplace_back(key), value});
    return list;
  }

  std::deque<std::string> texts_;
  std::deque<std::vector<Value>> lists_;
  std::deque<std::vector<span::KeyValue>> maps_;
  std::vector<span::KeyValue> attributes_;
  std::vector<span::Event> events_;
  span::Resource resource_;
  span::Scope scope_;
  span::Span span_;
};

// A chat span with nothing but what makes it one.
inline SpanFixture& chat(SpanFixture& span) {
  return span.with("gen_ai.operation.name", "chat").with("gen_ai.provider.name", "openai");
}

}  // namespace aitf::genai
