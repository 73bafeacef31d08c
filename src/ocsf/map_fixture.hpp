#pragma once
// For the tests of the mapper: a plain operation to change at will, and its event.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "ocsf/map.hpp"
#include "ocsf/validate.hpp"
#include "ocsf/write.hpp"

namespace aitf::ocsf {

inline constexpr std::uint64_t kMs = 1'000'000;          // nanoseconds
inline constexpr std::uint64_t kHour = 3'600'000 * kMs;  // nanoseconds
inline constexpr std::uint64_t kStart = 1'795'584'141'337'919'257;

class MapTest : public testing::Test {
 protected:
  MapTest() {
    span_.trace_id = "8a90a5079c83528ceb907da71517eee6";
    span_.span_id = "9f9da9ef5c98e0bd";
    span_.parent_span_id = "dae461c38c4b5dd8";
    span_.name = "chat gpt-4o";
    span_.kind = 3;
    span_.start_unix_nano = kStart;
    span_.end_unix_nano = kStart + 5'512'941;
    span_.resource = &resource_;
    span_.scope = &scope_;
    operation_.span = &span_;
    become(genai::Kind::inference, "chat");
    context_.received_unix_nano = kStart + 45 * kMs;
    context_.product_version = "0.1.0";
  }

  void become(genai::Kind kind, Text word) {
    operation_.kind = kind;
    operation_.operation = word;
  }

  static genai::Part part(genai::Direction direction, genai::Role role, Text text,
                          genai::PartType type = genai::PartType::text) {
    genai::Part made;
    made.direction = direction;
    made.role = role;
    made.type = type;
    made.text = text;
    made.source_attribute = direction == genai::Direction::input ? "gen_ai.input.messages" : "gen_ai.output.messages";
    return made;
  }
  void ask(Text text) { operation_.messages.push_back(part(genai::Direction::input, genai::Role::user, text)); }
  void answer(Text text) {
    operation_.messages.push_back(part(genai::Direction::output, genai::Role::assistant, text));
  }

  template <class EventClass = ModelInferenceEvent>
  EventClass mapped() {
    std::optional<Event> event = map(operation_, context_);
    return std::get<EventClass>(event.value());
  }

  std::string json() {
    std::string out;
    append_json(out, map(operation_, context_).value());
    return out;
  }

  // Every complaint about the event, warnings too, one a line.
  std::string complaints() {
    std::string out;
    for (const Problem& problem : validate(json())) out += problem.path + ": " + problem.message + "\n";
    return out;
  }

  static std::vector<Text> flags(const std::optional<DataQuality>& quality) {
    return quality ? quality->flags : std::vector<Text>{};
  }

  static Text value_of(const StringMap& map, Text key) {
    const auto found = std::ranges::find(map, key, &std::pair<Text, Text>::first);
    return found == map.end() ? Text("(absent)") : found->second;
  }

  Arena arena_;
  span::Resource resource_;
  span::Scope scope_;
  span::Span span_;
  genai::Operation operation_;
  MapContext context_{arena_};
};

}  // namespace aitf::ocsf
