// What was said.

#include "ocsf/map_content.hpp"

#include <algorithm>
#include <ranges>

#include "base/utf8.hpp"
#include "ocsf/map_common.hpp"
#include "ocsf/map_digests.hpp"
#include "ocsf/map_known.hpp"

namespace aitf::ocsf {
namespace {

using genai::Direction;
using genai::PartType;

constexpr std::size_t kAttributes = 64;  // of one document
constexpr std::size_t kKeyBytes = 1024;

std::optional<bool> only_true(bool value) { return value ? std::optional(true) : std::nullopt; }

// The bytes of a data URL are content that no field takes; type, size and digest tell what it was.
Text reference(Text uri) { return uri.starts_with("data:") ? Text{} : uri; }

ContentPart content_part(const genai::Part& from) {
  return ContentPart{.message_index = from.message_index,
                     .direction = genai::word(from.direction),
                     .role = genai::word(from.role),
                     .type = genai::word(from.type),
                     .text = from.text,
                     .name = from.name,
                     .tool_call_id = from.tool_call_id,
                     .arguments = from.arguments,
                     .uri = reference(from.uri),
                     .media_type = from.media_type,
                     .size = from.size,
                     .sha256 = from.sha256,
                     .is_history = only_true(from.is_history),
                     .source_attribute = from.source_attribute};
}

bool has_key(const StringMap& map, Text key) {
  return std::ranges::find(map, key, &StringMap::value_type::first) != map.end();
}

// Other metadata of a hit: no key twice, because a map of JSON has none twice either.
StringMap attributes(const genai::Document& from, Draft& draft) {
  StringMap to;
  for (const auto& [key, value] : from.attributes) {
    if (value.empty() || has_key(to, key)) continue;
    if (to.size() == kAttributes || key.size() > kKeyBytes) {
      draft.note_cut("documents.attributes");
      continue;
    }
    to.emplace_back(key, value);
  }
  return to;
}

bool is_users_text(const genai::Part& part) {
  return part.direction == Direction::input && part.role == genai::Role::user && part.type == PartType::text &&
         !part.text.empty();
}

bool is_answers_text(const genai::Part& part) {
  return part.direction == Direction::output && !part.text.empty() &&
         (part.type == PartType::text || part.type == PartType::refusal || part.type == PartType::data);
}

}  // namespace

std::vector<ContentPart> messages(const Draft& draft) {
  std::vector<ContentPart> out;
  out.reserve(draft.operation.messages.size());
  std::ranges::transform(draft.operation.messages, std::back_inserter(out), content_part);
  return out;
}

Text request_content(const Draft& draft) {
  const auto newest_first = draft.operation.messages | std::views::reverse;
  const auto found = std::ranges::find_if(newest_first, is_users_text);
  return found == newest_first.end() ? Text{} : first_characters(found->text, kPreviewCharacters);
}

Text response_content(const Draft& draft) {
  const auto found = std::ranges::find_if(draft.operation.messages, is_answers_text);
  return found == draft.operation.messages.end() ? Text{} : first_characters(found->text, kPreviewCharacters);
}

std::optional<SystemPrompt> system_prompt(const Draft& draft) {
  const genai::SystemPrompt& from = draft.operation.system_prompt;
  if (from.text.empty()) return std::nullopt;
  return SystemPrompt{.text = from.text,
                      .sha256 = text_digest(from.text, draft.arena),
                      .length = static_cast<std::int64_t>(count_characters(from.text)),
                      .source_attribute = from.source_attribute};
}

std::vector<ToolDefinition> tool_definitions(const Draft& draft) {
  std::vector<ToolDefinition> out;
  out.reserve(draft.operation.tool_definitions.size());
  for (const genai::ToolDefinition& from : draft.operation.tool_definitions) {
    if (from.name.empty()) continue;
    out.push_back({.name = from.name,
                   .type = from.type,
                   .server = from.server,
                   .description_sha256 = text_digest(from.description, draft.arena),
                   .schema_sha256 = json_digest(from.schema, draft.arena)});
  }
  return out;
}

std::vector<Document> documents(Draft& draft) {
  std::vector<Document> out;
  out.reserve(draft.operation.documents.size());
  for (const genai::Document& from : draft.operation.documents)
    out.push_back({.id = from.id,
                   .score = finite(from.score),
                   .title = from.title,
                   .uri = reference(from.uri),
                   .text = from.text,
                   .attributes = attributes(from, draft)});
  return out;
}

}  // namespace aitf::ocsf
