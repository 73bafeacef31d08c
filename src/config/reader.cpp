#include "config/reader.hpp"

#include <algorithm>
#include <tuple>

#include "base/utf8.hpp"
#include "config/environment.hpp"

namespace aitf::config {
namespace {

constexpr std::size_t kMostProblems = 100;  // nobody reads more

std::string shown(const YamlNode& node) {
  switch (node.kind) {
    case YamlNode::Kind::null: return "nothing";
    case YamlNode::Kind::list: return "a list";
    case YamlNode::Kind::mapping: return "a mapping";
    case YamlNode::Kind::scalar: break;
  }
  constexpr std::size_t kLongest = 60;
  const std::string_view start = first_characters(node.text, kLongest);
  return "`" + std::string(start) + (start.size() < node.text.size() ? "…`" : "`");
}

}  // namespace

Reader::Inside::Inside(Reader& reader, std::string_view key) : reader_(reader), size_before_(reader.path_.size()) {
  if (!reader.path_.empty()) reader.path_ += '.';
  reader.path_ += key;
}

Reader::Inside::Inside(Reader& reader, std::size_t index) : reader_(reader), size_before_(reader.path_.size()) {
  reader.path_ += '[' + std::to_string(index) + ']';
}

void Reader::report(Position at, std::string message, std::string hint) {
  if (problems_.size() == kMostProblems) return;
  const auto later = [](const Position& position, const Problem& problem) {
    return std::tie(position.line, position.column) < std::tie(problem.at.line, problem.at.column);
  };
  const auto place = std::upper_bound(problems_.begin(), problems_.end(), at, later);
  problems_.insert(place, {file_, at, path_, std::move(message), std::move(hint)});
}

void Reader::expected(const YamlNode& node, std::string_view what, std::string hint) {
  report(node.at, "expected " + std::string(what) + ", got " + shown(node), std::move(hint));
}

std::optional<std::string> Reader::text(const YamlNode& node, std::string_view what) {
  if (node.kind != YamlNode::Kind::scalar) {
    expected(node, what, node.kind == YamlNode::Kind::null ? "give a value, or leave the key out for the default" : "");
    return std::nullopt;
  }
  auto text = substitute(node.text, environment_);
  if (text) return std::move(*text);
  report(node.at, text.error().message, text.error().hint);
  return std::nullopt;
}

}  // namespace aitf::config
