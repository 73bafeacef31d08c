#pragma once
// Prompts, answers and system text of an operation, from attributes or span events, as one flat list of parts.

#include <cstdint>
#include <vector>

#include "genai/reading.hpp"

namespace aitf::genai {

// Puts messages into operation.messages in order. Leading system text goes to the system prompt instead.
class Messages {
 public:
  Messages(Operation& operation, Arena& arena) : operation_(operation), arena_(arena) {}

  // A list of messages, of parts or of texts; one of these; JSON text of these; or plain text by `role`.
  void add(const span::Value& value, Direction direction, Role role, Text source);
  // One message: {role, parts}, {role, content, tool_calls}, or parts without a frame.
  void add_message(const span::Value& message, Direction direction, Role role, Text source);
  // Instructions that came apart from the messages.
  void add_system(const span::Value& value, Text source);
  // Call last: joins the system text and marks what an earlier call had already.
  void finish();

  bool has(Direction direction) const { return next_[static_cast<std::size_t>(direction)] > 0; }
  // Reasons that messages give, one a choice.
  const std::vector<Text>& finish_reasons() const { return finish_reasons_; }
  void add_finish_reason(Text reason);

 private:
  void add_text(Text text, Direction direction, Role role, Text source);
  void append(const Part& frame, const span::Value& message);
  void append_content(const Part& frame, const span::Value& content);
  bool is_leading_system(const Part& frame) const;
  void move_system_text(std::size_t first);
  std::uint32_t take_index(Direction direction) { return next_[static_cast<std::size_t>(direction)]++; }

  Operation& operation_;
  Arena& arena_;
  std::uint32_t next_[2] = {0, 0};
  std::uint32_t last_assistant_ = 0;
  bool is_leading_ = true;  // no other than system messages yet
  std::vector<Text> system_;
  Text system_source_;
  std::vector<Text> finish_reasons_;
};

void fill_messages(Reading& reading);

// Adds the messages of attributes that are one a member, where the other attributes hold none.
void add_indexed_messages(Reading& reading, Messages& messages);

// Adds the messages of span events that the attributes lack.
void add_event_messages(Reading& reading, Messages& messages);

// Tools that were offered, from a list of {name, description, parameters} or {function: {…}}.
std::vector<ToolDefinition> read_tool_definitions(const span::Value& list, Arena& arena);

}  // namespace aitf::genai
