// Tells protobuf, JSON and JSON lines apart.

#include "receive/files/content.hpp"

namespace aitf::receive {
namespace {

constexpr std::string_view kSpace = " \t\r\n";

std::string_view skip_space(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kSpace);
  return first == std::string_view::npos ? std::string_view() : text.substr(first);
}

}  // namespace

std::string_view trim(std::string_view text) {
  text = skip_space(text);
  return text.substr(0, text.find_last_not_of(kSpace) + 1);
}

Content content_by_name(const Path& path) {
  const Path extension = path.extension() == ".gz" ? path.stem().extension() : path.extension();
  if (extension == ".binpb" || extension == ".pb") return Content::protobuf;
  if (extension == ".json") return Content::json;
  if (extension == ".jsonl" || extension == ".ndjson") return Content::json_lines;
  return Content::unknown;
}

bool looks_like_json(std::string_view bytes) {
  // '{' as a protobuf tag has a wire type that proto3 does not use.
  if (bytes.starts_with('{') || bytes.starts_with("\xEF\xBB\xBF")) return true;
  // A line break is the tag of resource_spans, and '{' may be its length. JSON goes on with a name or the end; a
  // resource begins with a control character.
  std::string_view rest = skip_space(bytes);
  if (!rest.starts_with('{')) return false;
  rest = skip_space(rest.substr(1));
  return rest.starts_with('}') || (rest.starts_with('"') && rest.size() > 1 && rest[1] >= ' ');
}

bool looks_like_json_lines(std::string_view bytes) {
  const std::size_t end = bytes.find('\n');
  if (end == std::string_view::npos) return false;
  return trim(bytes.substr(0, end)).ends_with('}') && !trim(bytes.substr(end)).empty();
}

}  // namespace aitf::receive
