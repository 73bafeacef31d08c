// Messages that stand in one attribute a member: `gen_ai.prompt.0.role`, `gen_ai.prompt.0.tool_calls.1.name`, …
// The name in the row says where a member belongs: what follows the first number is its path in the message.
#include <algorithm>
#include <tuple>
#include <vector>

#include "genai/json_value.hpp"
#include "genai/message_parts.hpp"
#include "genai/messages.hpp"

namespace aitf::genai {
namespace {

using span::KeyValue;
using Type = span::Value::Type;

constexpr Text number = "#.";
constexpr Text in_tool_call = "tool_calls.#.";
constexpr Text in_function_call = "function_call.";

struct Entry {
  std::uint32_t message = 0;
  std::uint32_t call = 0;
  Text path;
  const KeyValue* attribute = nullptr;
};

// By numbers, which need not be in order nor without gaps, then as sent.
std::vector<Entry> entries_of(const Reading& reading, Field field) {
  const Rows& rows = span_rows();
  std::vector<Entry> entries;
  for (std::size_t i = 0; i < reading.named.rows.size(); ++i) {
    const KeyValue& attribute = reading.named.attributes[i];
    const std::int16_t row = reading.named.rows[i];
    if (row == Match::none || rows[row].field != field || attribute.value.is_empty()) continue;
    const Match match = rows.find(attribute.key);
    const Text name = rows[row].name;
    entries.push_back({match.number[0], match.number[1], name.substr(name.find(number) + number.size()), &attribute});
  }
  const auto place = [](const Entry& entry) { return std::tuple(entry.message, entry.call, entry.attribute); };
  std::ranges::sort(entries, {}, place);
  return entries;
}

span::Value map_of(const std::vector<KeyValue>& members, Arena& arena) {
  return {.type = Type::map, .map = arena.copy(members)};
}

// Parts may come as JSON text of their list.
span::Value content_of(const span::Value& value, Arena& arena) {
  const span::Value tree = decoded(value, arena);
  return tree.type == Type::array && std::ranges::all_of(tree.array, is_part) ? tree : value;
}

// Puts one message together again, in the shape that chat APIs have.
class Message {
 public:
  explicit Message(Arena& arena) : arena_(arena) {}

  void add(const Entry& entry) {
    const KeyValue& attribute = *entry.attribute;
    if (entry.path.starts_with(in_tool_call)) {
      if (call_.empty() || entry.call != number_of_call_) begin_call(entry);
      call_.push_back({entry.path.substr(in_tool_call.size()), attribute.value});
    } else if (entry.path.starts_with(in_function_call)) {
      if (function_call_.empty()) source_of_function_call_ = attribute.key;
      function_call_.push_back({entry.path.substr(in_function_call.size()), attribute.value});
    } else {
      const bool is_content = entry.path == "content";
      if (source_.empty() || is_content) source_ = attribute.key;
      members_.push_back({entry.path, is_content ? content_of(attribute.value, arena_) : attribute.value});
    }
  }

  void append_to(Messages& messages, std::vector<Part>& parts, Direction direction, Role role) {
    end_call();
    if (!calls_.empty()) members_.push_back({"tool_calls", {.type = Type::array, .array = arena_.copy(calls_)}});
    if (!function_call_.empty()) {
      members_.push_back({"function_call", map_of(function_call_, arena_)});
      sources_of_calls_.push_back(source_of_function_call_);
    }
    if (source_.empty()) source_ = sources_of_calls_.front();
    const std::size_t first = parts.size();
    messages.add_message(map_of(members_, arena_), direction, role, source_);
    // Calls come last in a message.
    for (std::size_t part = parts.size(); part-- > first && !sources_of_calls_.empty();) {
      if (parts[part].type != PartType::tool_call) continue;
      parts[part].source_attribute = sources_of_calls_.back();
      sources_of_calls_.pop_back();
    }
  }

 private:
  void begin_call(const Entry& entry) {
    end_call();
    number_of_call_ = entry.call;
    sources_of_calls_.push_back(entry.attribute->key);
  }
  void end_call() {
    if (!call_.empty()) calls_.push_back(map_of(call_, arena_));
    call_.clear();
  }

  Arena& arena_;
  std::vector<KeyValue> members_, call_, function_call_;
  std::vector<span::Value> calls_;
  std::uint32_t number_of_call_ = 0;
  Text source_, source_of_function_call_;
  std::vector<Text> sources_of_calls_;
};

void add(Reading& reading, Messages& messages, Field field, Direction direction, Role role) {
  if (reading.peek(field) == nullptr || messages.has(direction)) return;
  const std::vector<Entry> entries = entries_of(reading, field);
  if (entries.empty()) return;
  reading.take(field);
  for (auto entry = entries.begin(); entry != entries.end();) {
    Message message(reading.arena);
    const std::uint32_t number_of_message = entry->message;
    for (; entry != entries.end() && entry->message == number_of_message; ++entry) message.add(*entry);
    message.append_to(messages, reading.operation.messages, direction, role);
  }
}

}  // namespace

void add_indexed_messages(Reading& reading, Messages& messages) {
  add(reading, messages, Field::indexed_prompt, Direction::input, Role::user);
  add(reading, messages, Field::indexed_completion, Direction::output, Role::assistant);
}

}  // namespace aitf::genai
