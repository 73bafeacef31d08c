// Reads and shows the values that are not sections.
#include "config/shapes.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/files.hpp"
#include "base/json_writer.hpp"
#include "config/reader.hpp"
#include "config/suggest.hpp"

namespace aitf::config::shapes {
namespace {

constexpr std::string_view kFilePrefix = "file:";

// A whole text as a number; none when it is something else or does not fit.
template <class T>
std::optional<T> number_from(std::string_view text) {
  T value{};
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string listed(const std::vector<Word>& words) {
  std::string out;
  for (const Word& word : words) out += (out.empty() ? "" : ", ") + word.text;
  return out;
}

// The word as the table has it; null, and reported, when it is none of them.
const Word* word_of(const Shape& shape, const YamlNode& node, Reader& reader, const std::string& text) {
  std::vector<std::string_view> words;
  for (const Word& word : shape.words) {
    if (word.text == text) return &word;
    words.push_back(word.text);
  }
  const std::string_view near = nearest(text, words);
  reader.expected(node, "one of: " + listed(shape.words),
                  near.empty() ? "" : "did you mean `" + std::string(near) + "`?");
  return nullptr;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const auto first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

// Whether YAML reads the text as the same text without quotes.
bool is_plain(std::string_view text) {
  const auto letter_or_digit = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  const auto inner = [&](char c) {
    return letter_or_digit(c) || std::string_view("_./:@+-").find(c) != std::string_view::npos;
  };
  if (text.empty() || text == "null" || text == "Null" || text == "NULL") return false;
  return (letter_or_digit(text[0]) || text[0] == '/') && text.back() != ':' &&
         std::all_of(text.begin(), text.end(), inner);
}

std::string quoted_if_needed(const std::string& text) {
  std::string escaped;
  for (const char c : text) escaped += c == '$' ? "$$" : std::string(1, c);
  if (is_plain(escaped)) return escaped;
  std::string out;
  append_json_string(out, escaped);
  return out;
}

}  // namespace

bool read(const Shape&, const YamlNode& node, Reader& reader, bool& value) {
  const auto text = reader.text(node, "true or false");
  if (!text) return false;
  if (*text != "true" && *text != "false") return reader.expected(node, "true or false"), false;
  value = *text == "true";
  return true;
}

bool read(const Shape&, const YamlNode& node, Reader& reader, double& value) {
  const auto text = reader.text(node, "a number");
  if (!text) return false;
  const auto number = number_from<double>(*text);
  if (!number || !std::isfinite(*number)) return reader.expected(node, "a number"), false;
  value = *number;
  return true;
}

bool read_signed(const YamlNode& node, Reader& reader, std::int64_t least, std::int64_t most, std::int64_t& value) {
  const bool any = least == std::numeric_limits<std::int64_t>::min();
  const std::string what =
      any ? "a whole number" : "a whole number from " + std::to_string(least) + " to " + std::to_string(most);
  const auto text = reader.text(node, what);
  if (!text) return false;
  const auto number = number_from<std::int64_t>(*text);
  if (!number || *number < least || *number > most) return reader.expected(node, what), false;
  value = *number;
  return true;
}

bool read_unsigned(const YamlNode& node, Reader& reader, std::uint64_t most, std::uint64_t& value) {
  const bool any = most == std::numeric_limits<std::uint64_t>::max();
  const std::string what = any ? "a whole number, 0 or more" : "a whole number from 0 to " + std::to_string(most);
  const auto text = reader.text(node, what);
  if (!text) return false;
  const auto number = number_from<std::uint64_t>(*text);
  if (!number || *number > most) return reader.expected(node, what), false;
  value = *number;
  return true;
}

bool read(const Shape& shape, const YamlNode& node, Reader& reader, std::string& value) {
  auto text = reader.text(node, "a text");
  if (!text || (!shape.words.empty() && !word_of(shape, node, reader, *text))) return false;
  value = std::move(*text);
  return true;
}

bool read(const Shape&, const YamlNode& node, Reader& reader, Secret& value) {
  auto text = reader.text(node, "a text, ${NAME} or file:/path");
  if (!text) return false;
  if (text->starts_with(kFilePrefix)) {
    auto content = posix_files().read(trimmed(std::string_view(*text).substr(kFilePrefix.size())));
    if (!content) return reader.report(node.at, content.error().message, content.error().hint), false;
    *text = trimmed(*content);
  }
  value = Secret(std::move(*text));
  return true;
}

bool read(const Shape&, const YamlNode& node, Reader& reader, std::chrono::milliseconds& value) {
  const auto text = reader.text(node, "a duration");
  if (!text) return false;
  const auto duration = duration_from(*text);
  if (!duration) return reader.expected(node, "a duration", "write it as 500ms, 30s, 5m, 1h or 7d"), false;
  value = *duration;
  return true;
}

bool read(const Shape&, const YamlNode& node, Reader& reader, Bytes& value) {
  const auto text = reader.text(node, "a size");
  if (!text) return false;
  const auto size = bytes_from(*text);
  if (!size) return reader.expected(node, "a size", "write it as 65536, 64KiB, 10MiB or 1GB"), false;
  value = *size;
  return true;
}

bool read_word(const Shape& shape, const YamlNode& node, Reader& reader, std::int64_t& value) {
  const auto text = reader.text(node, "one of: " + listed(shape.words));
  if (!text) return false;
  const Word* word = word_of(shape, node, reader, *text);
  if (word) value = word->value;
  return word != nullptr;
}

bool read_list(const Shape& shape, const YamlNode& node, Reader& reader, const std::function<void*()>& add) {
  if (node.kind == YamlNode::Kind::null) return true;  // all its items are commented out
  if (node.kind != YamlNode::Kind::list) {
    const bool section = shape.item->kind == Kind::section;
    return reader.expected(node, "a list", section ? "start each item with `- `" : "write [a, b]"), false;
  }
  bool good = true;
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    const Reader::Inside inside(reader, i);
    good = read_checked(*shape.item, node.items[i], reader, add()) && good;
  }
  return good;
}

bool read_checked(const Shape& shape, const YamlNode& node, Reader& reader, void* value) {
  if (!shape.read(shape, node, reader, value)) return false;
  bool good = true;
  // A list and an optional leave their checks to what is inside: `item` has them.
  for (const auto& check : shape.checks)
    if (auto wrong = check(value)) {
      reader.report(node.at, std::move(*wrong));
      good = false;
    }
  return good;
}

std::string show(const Shape&, bool value) { return value ? "true" : "false"; }

std::string show(const Shape&, double value) {
  std::string out;
  append_json_double(out, value);
  return out;
}

std::string show(const Shape&, const std::string& value) { return value.empty() ? value : quoted_if_needed(value); }

std::string show(const Shape&, const Secret&) { return {}; }

std::string show(const Shape&, std::chrono::milliseconds value) { return text_of(value); }

std::string show(const Shape&, Bytes value) { return text_of(value); }

std::string show_word(const Shape& shape, std::int64_t value) {
  for (const Word& word : shape.words)
    if (word.value == value) return word.text;
  return {};
}

std::string show_list(const Shape& shape, const std::vector<const void*>& items) {
  if (items.empty() || shape.item->kind == Kind::section) return {};
  std::string out;
  for (const void* item : items) {
    const std::string text = shape.item->show(*shape.item, item);
    out += (out.empty() ? "[" : ", ") + (text.empty() ? "\"\"" : text);
  }
  return out + "]";
}

}  // namespace aitf::config::shapes
