// Reads parts of messages. Sources: message schemas of the OpenTelemetry GenAI conventions; OpenAI chat and responses;
// Anthropic messages; Gemini contents.
#include "genai/message_parts.hpp"

#include <algorithm>
#include <array>

#include "genai/json_value.hpp"
#include "genai/media.hpp"
#include "genai/read_value.hpp"
#include "genai/resource.hpp"
#include "genai/tool.hpp"

namespace aitf::genai {
namespace {

using Type = span::Value::Type;

enum class Form { text, reasoning, tool_call, tool_result, media, refusal, data };

struct KnownForm {
  Text type;
  Form form;
};

constexpr std::array forms = {
    KnownForm{"text", Form::text},
    KnownForm{"tool_call", Form::tool_call},
    KnownForm{"tool_call_response", Form::tool_result},
    KnownForm{"reasoning", Form::reasoning},
    KnownForm{"blob", Form::media},
    KnownForm{"uri", Form::media},
    KnownForm{"file", Form::media},
    KnownForm{"input_text", Form::text},
    KnownForm{"output_text", Form::text},
    KnownForm{"thinking", Form::reasoning},
    KnownForm{"redacted_thinking", Form::reasoning},
    KnownForm{"tool_use", Form::tool_call},
    KnownForm{"tool-call", Form::tool_call},
    KnownForm{"function_call", Form::tool_call},
    KnownForm{"function", Form::tool_call},
    KnownForm{"server_tool_call", Form::tool_call},
    KnownForm{"server_tool_use", Form::tool_call},
    KnownForm{"mcp_call", Form::tool_call},
    KnownForm{"tool_result", Form::tool_result},
    KnownForm{"tool-result", Form::tool_result},
    KnownForm{"function_call_output", Form::tool_result},
    KnownForm{"server_tool_call_response", Form::tool_result},
    KnownForm{"image", Form::media},
    KnownForm{"image_url", Form::media},
    KnownForm{"input_image", Form::media},
    KnownForm{"audio", Form::media},
    KnownForm{"input_audio", Form::media},
    KnownForm{"video", Form::media},
    KnownForm{"input_file", Form::media},
    KnownForm{"document", Form::media},
    KnownForm{"media", Form::media},
    KnownForm{"refusal", Form::refusal},
    KnownForm{"data", Form::data},
    KnownForm{"json", Form::data},
    KnownForm{"object", Form::data},
};

struct KnownRole {
  Text word;
  Role role;
};

constexpr std::array roles = {
    KnownRole{"user", Role::user},         KnownRole{"assistant", Role::assistant}, KnownRole{"system", Role::system},
    KnownRole{"tool", Role::tool},         KnownRole{"developer", Role::system},    KnownRole{"human", Role::user},
    KnownRole{"ai", Role::assistant},      KnownRole{"model", Role::assistant},     KnownRole{"function", Role::tool},
    KnownRole{"chatbot", Role::assistant}, KnownRole{"agent", Role::assistant},
};

const KnownForm* form_of(Text type) {
  const auto* const found = std::ranges::find(forms, type, &KnownForm::type);
  return found != forms.end() ? found : nullptr;
}

template <std::size_t N>
const span::Value* any_member(const span::Value& map, const std::array<Text, N>& names) {
  for (const Text name : names)
    if (const span::Value* const found = member(map, name)) return found;
  return nullptr;
}

template <std::size_t N>
Text any_text(const span::Value& map, const std::array<Text, N>& names) {
  for (const Text name : names)
    if (const Text text = member_text(map, name); !text.empty()) return text;
  return {};
}

constexpr std::array<Text, 4> text_names = {"content", "text", "thinking", "reasoning"};
constexpr std::array<Text, 4> id_names = {"id", "tool_call_id", "call_id", "toolCallId"};
constexpr std::array<Text, 4> result_id_names = {"tool_use_id", "id", "tool_call_id", "call_id"};
constexpr std::array<Text, 3> name_names = {"name", "tool_name", "toolName"};
constexpr std::array<Text, 4> argument_names = {"arguments", "input", "args", "server_tool_call"};
constexpr std::array<Text, 5> result_names = {"response", "result", "content", "output", "server_tool_call_response"};
constexpr std::array<Text, 4> mime_names = {"mime_type", "media_type", "mimeType", "mediaType"};
constexpr std::array<Text, 3> uri_names = {"uri", "url", "image_url"};
constexpr std::array<Text, 3> file_names = {"file_id", "filename", "file_uri"};
constexpr std::array<Text, 6> data_names = {"content", "data", "blob", "file_data", "image", "bytes"};
constexpr std::array<Text, 7> media_frames = {"source",      "image_url", "input_audio", "file",
                                              "inline_data", "image",     "file_data"};

void append_reasoning_or_text(const Part& frame, const span::Value& value, PartType type, std::vector<Part>& parts,
                              Arena& arena) {
  const span::Value* const content = any_member(value, text_names);
  if (content == nullptr) return;
  if (content->type != Type::string && type == PartType::text) type = PartType::data;
  append_text(frame, type, as_text(*content, arena), parts, arena);
}

// Where the bytes, the address and the type stand: in the part itself or in a frame inside it.
void describe(const span::Value& map, Part& part, Arena& arena) {
  if (part.media_type.empty()) part.media_type = any_text(map, mime_names);
  if (!part.media_type.empty()) part.type = media_part_type(part.media_type);
  const Text uri = any_text(map, uri_names);
  const Text data = any_text(map, data_names);
  if (uri.starts_with("data:")) {
    describe_base64(uri, part.media_type, part, arena);
  } else if (!uri.empty()) {
    part.uri = without_secrets(uri, arena);
  } else if (part.uri.empty()) {
    part.uri = any_text(map, file_names);
  }
  if (!data.empty() && part.sha256.empty()) describe_base64(data, part.media_type, part, arena);
}

// A document whose source is plain text may carry instructions: it stays readable.
Text text_source(const span::Value& value) {
  const span::Value* const source = member(value, "source");
  return source != nullptr && member_text(*source, "type") == "text" ? member_text(*source, "data") : Text();
}

void append_media(Part part, const span::Value& value, std::vector<Part>& parts, Arena& arena) {
  if (const Text text = text_source(value); !text.empty()) return append_text(part, part.type, text, parts, arena);
  const Text modality = member_text(value, "modality");
  const Text type = member_text(value, "type");
  part.type = media_part_type(modality.empty() ? type.starts_with("input_") ? type.substr(6) : type : modality);
  part.name = any_text(value, name_names);
  describe(value, part, arena);
  for (const Text frame : media_frames)
    if (const span::Value* const inner = member(value, frame)) describe(*inner, part, arena);
  parts.push_back(part);
}

void append_json(const Part& frame, PartType type, const span::Value& value, std::vector<Part>& parts, Arena& arena) {
  append_text(frame, type, as_text(value, arena), parts, arena);
}

// Takes blobs out of a text that goes into `field` of a part, and lists them behind it.
Text cleaned(const Part& frame, Text text, std::vector<Part>& blobs, Arena& arena) {
  const Text clean = without_blobs(text, blobs, arena);
  for (Part& blob : blobs) {
    blob.message_index = frame.message_index;
    blob.direction = frame.direction;
    blob.role = frame.role;
    blob.source_attribute = frame.source_attribute;
  }
  return clean;
}

}  // namespace

Role role_of(Text word, Role otherwise) {
  if (word.empty()) return otherwise;
  for (const KnownRole& known : roles)
    if (equal_ignoring_case(word, known.word)) return known.role;
  return Role::other;
}

bool is_part(const span::Value& value) {
  return value.type == Type::map && member(value, "role") == nullptr && form_of(member_text(value, "type")) != nullptr;
}

void append_text(const Part& frame, PartType type, Text text, std::vector<Part>& parts, Arena& arena) {
  if (text.empty()) return;
  std::vector<Part> blobs;
  const Text clean = cleaned(frame, text, blobs, arena);
  Part& part = parts.emplace_back(frame);
  part.type = type;
  part.text = clean;
  parts.insert(parts.end(), blobs.begin(), blobs.end());
}

void append_tool_call(const Part& frame, const span::Value& call, std::vector<Part>& parts, Arena& arena) {
  const span::Value* const function = member(call, "function");
  const span::Value& inner = function != nullptr ? *function : call;
  std::vector<Part> blobs;
  Text arguments;
  if (const span::Value* const sent = any_member(inner, argument_names))
    arguments = cleaned(frame, unwrapped_arguments(as_text(*sent, arena), arena), blobs, arena);
  Part& part = parts.emplace_back(frame);
  part.type = PartType::tool_call;
  part.tool_call_id = any_text(call, id_names);
  part.name = any_text(inner, name_names);
  part.arguments = arguments;
  parts.insert(parts.end(), blobs.begin(), blobs.end());
}

void append_tool_result(const Part& frame, Text tool_call_id, const span::Value* result, std::vector<Part>& parts,
                        Arena& arena) {
  std::vector<Part> blobs;
  const Text text = result != nullptr ? cleaned(frame, as_text(*result, arena), blobs, arena) : Text();
  Part& part = parts.emplace_back(frame);
  part.type = PartType::tool_result;
  part.tool_call_id = tool_call_id;
  part.text = text;
  parts.insert(parts.end(), blobs.begin(), blobs.end());
}

void append_part(const Part& frame, const span::Value& value, std::vector<Part>& parts, Arena& arena) {
  if (value.type == Type::string) return append_text(frame, frame.type, value.text, parts, arena);
  if (value.type != Type::map) return append_json(frame, PartType::data, value, parts, arena);
  const KnownForm* const known = form_of(member_text(value, "type"));
  if (known == nullptr) return append_json(frame, PartType::other, value, parts, arena);
  switch (known->form) {
    case Form::text: return append_reasoning_or_text(frame, value, PartType::text, parts, arena);
    case Form::reasoning: return append_reasoning_or_text(frame, value, PartType::reasoning, parts, arena);
    case Form::tool_call: return append_tool_call(frame, value, parts, arena);
    case Form::media: return append_media(frame, value, parts, arena);
    case Form::data: return append_json(frame, PartType::data, value, parts, arena);
    case Form::tool_result: {
      Part part = frame;
      part.name = any_text(value, name_names);
      return append_tool_result(part, any_text(value, result_id_names), any_member(value, result_names), parts, arena);
    }
    case Form::refusal: {
      const Text text = member_text(value, "refusal");
      return append_text(frame, PartType::refusal, text.empty() ? member_text(value, "content") : text, parts, arena);
    }
  }
}

}  // namespace aitf::genai
