// Puts the messages of an operation together.
#include "genai/messages.hpp"

#include <algorithm>
#include <array>

#include "genai/json_value.hpp"
#include "genai/message_parts.hpp"
#include "genai/read_value.hpp"

namespace aitf::genai {
namespace {

using Type = span::Value::Type;

Text joined(const std::vector<Text>& texts, Arena& arena) {
  if (texts.size() == 1) return texts.front();
  constexpr Text gap = "\n\n";
  std::size_t size = gap.size() * (texts.size() - 1);
  for (const Text text : texts) size += text.size();
  char* const out = arena.characters(size);
  char* to = out;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (i > 0) to = std::copy(gap.begin(), gap.end(), to);
    to = std::copy(texts[i].begin(), texts[i].end(), to);
  }
  return {out, size};
}

// LangChain calls the role `type`.
Text role_word(const span::Value& message) {
  if (const Text role = member_text(message, "role"); !role.empty()) return role;
  return member(message, "content") != nullptr && !is_part(message) ? member_text(message, "type") : Text();
}

bool is_frame(const span::Value& value) {
  constexpr std::array<Text, 5> names = {"role", "parts", "content", "tool_calls", "refusal"};
  return value.type == Type::map && !is_part(value) &&
         std::ranges::any_of(names, [&](Text name) { return span::find(value.map, name) != nullptr; });
}

const span::Value* tool_result_id(const span::Value& message) {
  const span::Value* const id = member(message, "tool_call_id");
  return id != nullptr ? id : member(message, "id");
}

}  // namespace

void Messages::add_finish_reason(Text reason) {
  if (!reason.empty()) finish_reasons_.push_back(reason);
}

void Messages::add(const span::Value& value, Direction direction, Role role, Text source) {
  const span::Value tree = decoded(value, arena_);
  if (tree.type == Type::map) return add_message(tree, direction, role, source);
  if (tree.type != Type::array) return add_text(as_text(tree, arena_), direction, role, source);
  if (tree.array.empty()) return;
  const bool are_parts = std::ranges::all_of(tree.array, is_part);
  if (are_parts) return add_message(tree, direction, role, source);
  for (const span::Value& message : tree.array) add_message(message, direction, role, source);
}

void Messages::add_text(Text text, Direction direction, Role role, Text source) {
  span::Value value;
  value.type = Type::string;
  value.text = text;
  add_message(value, direction, role, source);
}

bool Messages::is_leading_system(const Part& frame) const {
  return is_leading_ && frame.direction == Direction::input && frame.role == Role::system;
}

void Messages::add_message(const span::Value& message, Direction direction, Role role, Text source) {
  Part frame;
  frame.direction = direction;
  frame.role = role_of(role_word(message), role);
  frame.message_index = take_index(direction);
  frame.source_attribute = source;
  if (message.type == Type::map && is_frame(message)) frame.name = member_text(message, "name");
  const std::size_t first = operation_.messages.size();
  append(frame, message);
  if (direction == Direction::output) add_finish_reason(member_text(message, "finish_reason"));
  if (direction == Direction::input && frame.role == Role::assistant) last_assistant_ = frame.message_index;
  if (is_leading_system(frame)) return move_system_text(first);
  if (direction == Direction::input) is_leading_ = false;
}

void Messages::append(const Part& frame, const span::Value& message) {
  std::vector<Part>& parts = operation_.messages;
  if (!is_frame(message)) return append_content(frame, message);
  if (const span::Value* const list = member(message, "parts")) append_content(frame, decoded(*list, arena_));
  const span::Value* const content = member(message, "content");
  if (frame.role == Role::tool && content != nullptr) {
    const span::Value* const id = tool_result_id(message);
    append_tool_result(frame, id != nullptr ? as_text(*id, arena_) : Text(), content, parts, arena_);
  } else if (content != nullptr) {
    append_content(frame, *content);
  }
  if (const Text refusal = member_text(message, "refusal"); !refusal.empty())
    append_text(frame, PartType::refusal, refusal, parts, arena_);
  if (const span::Value* const sent = member(message, "tool_calls")) {
    const span::Value calls = decoded(*sent, arena_);
    for (const span::Value& call : calls.array) append_tool_call(frame, call, parts, arena_);
  }
  if (const span::Value* const call = member(message, "function_call"))
    append_tool_call(frame, decoded(*call, arena_), parts, arena_);
}

void Messages::append_content(const Part& frame, const span::Value& content) {
  if (content.type != Type::array) return append_part(frame, content, operation_.messages, arena_);
  for (const span::Value& part : content.array) append_part(frame, part, operation_.messages, arena_);
}

// Takes the text parts from `first` on out of the list; others of a system message stay in it.
void Messages::move_system_text(std::size_t first) {
  std::vector<Part>& parts = operation_.messages;
  const auto begin = parts.begin() + static_cast<std::ptrdiff_t>(first);
  for (auto part = begin; part != parts.end(); ++part) {
    if (part->type != PartType::text) continue;
    const bool is_new = std::ranges::find(system_, part->text) == system_.end();
    if (system_.empty()) system_source_ = part->source_attribute;
    if (is_new) system_.push_back(part->text);
  }
  parts.erase(std::remove_if(begin, parts.end(), [](const Part& part) { return part.type == PartType::text; }),
              parts.end());
}

void Messages::add_system(const span::Value& value, Text source) {
  const std::size_t first = operation_.messages.size();
  Part frame;
  frame.role = Role::system;
  frame.source_attribute = source;
  const span::Value tree = decoded(value, arena_);
  if (tree.type != Type::array)
    append(frame, tree);
  else
    for (const span::Value& part : tree.array) append(frame, part);
  move_system_text(first);
}

void Messages::finish() {
  if (!system_.empty()) operation_.system_prompt = {joined(system_, arena_), system_source_};
  for (Part& part : operation_.messages)
    part.is_history = part.direction == Direction::input && part.message_index < last_assistant_;
}

std::vector<ToolDefinition> read_tool_definitions(const span::Value& list, Arena& arena) {
  std::vector<ToolDefinition> tools;
  tools.reserve(list.array.size());
  constexpr std::array<Text, 4> schemas = {"parameters", "input_schema", "inputSchema", "schema"};
  for (const span::Value& item : list.array) {
    const span::Value entry = decoded(item, arena);
    const span::Value* const function = member(entry, "function");
    const span::Value& inner = function != nullptr ? *function : entry;
    ToolDefinition tool;
    tool.type = member_text(entry, "type");
    tool.name = member_text(inner, "name");
    if (tool.name.empty()) tool.name = entry.type == Type::string ? entry.text : tool.type;
    tool.server = member_text(entry, "server_label");
    tool.description = member_text(inner, "description");
    for (const Text name : schemas)
      if (const span::Value* const schema = member(inner, name); schema != nullptr && tool.schema.empty())
        tool.schema = as_text(*schema, arena);
    if (!tool.name.empty()) tools.push_back(tool);
  }
  return tools;
}

void fill_messages(Reading& reading) {
  Operation& operation = reading.operation;
  operation.messages.reserve(4);
  Messages messages(operation, reading.arena);
  if (const span::KeyValue* const sent = reading.take(Field::system_instructions))
    messages.add_system(sent->value, sent->key);
  if (const span::KeyValue* const sent = reading.take(Field::input_messages))
    messages.add(sent->value, Direction::input, Role::user, sent->key);
  if (const span::KeyValue* const sent = reading.take(Field::output_messages))
    messages.add(sent->value, Direction::output, Role::assistant, sent->key);
  add_indexed_messages(reading, messages);
  add_event_messages(reading, messages);
  messages.finish();
  operation.finish_reasons = reading.texts(Field::finish_reasons);
  if (operation.finish_reasons.empty()) operation.finish_reasons = messages.finish_reasons();
  const span::KeyValue* const tools = reading.peek(Field::tool_definitions);
  if (tools == nullptr) return;
  operation.tool_definitions = read_tool_definitions(decoded(tools->value, reading.arena), reading.arena);
  if (operation.tool_definitions.empty())
    operation.quality.unparsed_value = true;
  else
    reading.take(Field::tool_definitions);
}

}  // namespace aitf::genai
