// Writes the commented example of a section: what has a default stands with it, what has none is commented out.
#include <string_view>

#include "config/shape.hpp"

namespace aitf::config {
namespace {

constexpr std::size_t kWidth = 100;

// `text` as comment lines, wrapped between words.
void append_comment(std::string& out, const std::string& indent, std::string_view text) {
  std::string line;
  const auto flush = [&] {
    if (!line.empty()) out += indent + "#" + line + "\n";
    line.clear();
  };
  while (!text.empty()) {
    const auto word = text.substr(0, text.find(' '));
    if (indent.size() + line.size() + word.size() + 2 > kWidth) flush();
    line += " " + std::string(word);
    text.remove_prefix(std::min(text.size(), word.size() + 1));
  }
  flush();
}

const Shape& innermost(const Shape& shape) { return shape.item ? innermost(*shape.item) : shape; }

// "Doc. Required. One of: a, b."
std::string comment_of(const Field& field) {
  std::string text = field.doc;
  if (field.required) text += " Required.";
  const Shape& shape = innermost(field.shape);
  std::string words;
  for (const Word& word : shape.words) words += (words.empty() ? "" : ", ") + word.text;
  if (!words.empty()) text += " One of: " + words + ".";
  if (!shape.limits.empty()) text += " F" + shape.limits.substr(1) + ".";
  return text;
}

class ExampleWriter {
 public:
  std::string take() && { return std::move(out_); }

  void section(const Section& section, void* object, const Choice::Option* option, const std::string& indent) {
    const std::string outer_type = type_;
    if (option) {
      type_ = option->word;
      append_comment(out_, indent, section.choice->doc + " Required.");
      append_comment(out_, indent, option->word + ": " + option->doc);
      out_ += indent + section.choice->key + ": " + option->word + "\n";
    }
    fields(section, object, indent);
    if (option) fields(*option->section, option->emplace(object), indent);
    type_ = outer_type;
  }

  // A section by itself shows the first option of its choice, a list shows an item of each.
  void whole(const Section& described, void* object, const std::string& indent) {
    section(described, object, described.choice ? &described.choice->options.front() : nullptr, indent);
  }

 private:
  void fields(const Section& section, void* object, const std::string& indent) {
    for (const Field& each : section.fields) field(each, object, indent);
  }

  void field(const Field& field, void* object, const std::string& indent) {
    append_comment(out_, indent, comment_of(field));
    const Shape& shape = field.shape;
    if (shape.kind == Kind::section) {
      out_ += indent + field.name + ":\n";
      whole(*shape.section, field.locate(object), indent + "  ");
    } else if (shape.kind == Kind::list && shape.item->kind == Kind::section) {
      out_ += indent + field.name + ":\n";
      items(*shape.item->section, indent + "  ");
    } else {
      value(field, shape.show(shape, field.locate(object)), indent);
    }
  }

  void value(const Field& field, const std::string& preset, const std::string& indent) {
    const bool live = field.required || !preset.empty();
    const std::string text = preset.empty() ? with_type(field.example) : preset;
    out_ += indent + (live ? "" : "# ") + field.name + ":" + (text.empty() ? "" : " ") + text + "\n";
  }

  std::string with_type(std::string text) const {
    constexpr std::string_view kPlaceholder = "{type}";
    for (auto at = text.find(kPlaceholder); at != std::string::npos; at = text.find(kPlaceholder, at + type_.size()))
      text.replace(at, kPlaceholder.size(), type_);
    return text;
  }

  void items(const Section& section, const std::string& indent) {
    if (!section.choice) return item(section, nullptr, indent);
    for (const auto& option : section.choice->options) item(section, &option, indent);
  }

  // Writes the item as a section, then puts "- " before its first key.
  void item(const Section& described, const Choice::Option* option, const std::string& indent) {
    ExampleWriter inner;
    const auto object = described.make_default();
    inner.section(described, object.get(), option, indent + "  ");
    std::string text = std::move(inner).take();
    std::size_t line = 0;
    while (line < text.size() && text.compare(line + indent.size() + 2, 1, "#") == 0) {
      text.erase(line, 2);  // comments before it stand with the dash
      line = text.find('\n', line) + 1;
    }
    if (line < text.size())
      text.replace(line + indent.size(), 2, "- ");
    else
      text += indent + "- {}\n";
    out_ += text;
  }

  std::string out_;
  std::string type_;  // the word of the section being written
};

}  // namespace

std::string write_example(const Section& section) {
  ExampleWriter writer;
  const auto object = section.make_default();
  writer.whole(section, object.get(), "");
  return std::move(writer).take();
}

}  // namespace aitf::config
