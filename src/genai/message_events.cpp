// Messages in span events: one event a message, as GenAI conventions before 1.37 had them, or one for the whole
// prompt and one for the whole answer, as those before 1.28.
#include <algorithm>
#include <array>

#include "genai/json_value.hpp"
#include "genai/messages.hpp"
#include "genai/read_value.hpp"

namespace aitf::genai {
namespace {

enum class Shape { message, choice, whole };

struct ContentEvent {
  Text name;
  Direction direction;
  Role role;
  enum Shape shape;
};

constexpr std::array content_events = {
    ContentEvent{"gen_ai.system.message", Direction::input, Role::system, Shape::message},
    ContentEvent{"gen_ai.user.message", Direction::input, Role::user, Shape::message},
    ContentEvent{"gen_ai.assistant.message", Direction::input, Role::assistant, Shape::message},
    ContentEvent{"gen_ai.tool.message", Direction::input, Role::tool, Shape::message},
    ContentEvent{"gen_ai.choice", Direction::output, Role::assistant, Shape::choice},
    ContentEvent{"gen_ai.content.prompt", Direction::input, Role::user, Shape::whole},
    ContentEvent{"gen_ai.content.completion", Direction::output, Role::assistant, Shape::whole},
};

// The message in an event: JSON in one attribute, or the attributes themselves.
span::Value body_of(const span::Event& event, Arena& arena) {
  constexpr std::array<Text, 3> names = {"gen_ai.event.content", "event_body", "body"};
  span::Value attributes;
  attributes.type = span::Value::Type::map;
  attributes.map = event.attributes;
  for (const Text name : names)
    if (const span::Value* const body = member(attributes, name)) return decoded(*body, arena);
  return attributes;
}

const span::Value* whole_text(const span::Event& event) {
  constexpr std::array<Text, 5> names = {"gen_ai.prompt", "gen_ai.completion", "gen_ai.content.prompt",
                                         "gen_ai.content.completion", "content"};
  for (const Text name : names)
    if (const span::Value* const found = span::find(event.attributes, name)) return found;
  return nullptr;
}

void add_event(const ContentEvent& known, const span::Event& event, Messages& messages, Arena& arena) {
  if (known.shape == Shape::whole) {
    if (const span::Value* const text = whole_text(event); text != nullptr && !text->is_empty())
      messages.add(*text, known.direction, known.role, known.name);
    return;
  }
  const span::Value body = body_of(event, arena);
  const span::Value* const inner = known.shape == Shape::choice ? member(body, "message") : nullptr;
  messages.add_message(inner != nullptr ? decoded(*inner, arena) : body, known.direction, known.role, known.name);
  if (inner != nullptr) messages.add_finish_reason(member_text(body, "finish_reason"));
}

}  // namespace

void add_event_messages(Reading& reading, Messages& messages) {
  const std::array<bool, 2> had = {messages.has(Direction::input), messages.has(Direction::output)};
  for (std::size_t i = 0; i < reading.span.events.size(); ++i) {
    const span::Event& event = reading.span.events[i];
    const auto* const known = std::ranges::find(content_events, event.name, &ContentEvent::name);
    if (known == content_events.end()) continue;
    reading.used_events[i] = true;
    if (!had[static_cast<std::size_t>(known->direction)]) add_event(*known, event, messages, reading.arena);
  }
}

}  // namespace aitf::genai
