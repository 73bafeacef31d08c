// Reads a section: which keys it has, which are missing, which nobody knows.
#include <algorithm>
#include <cassert>
#include <unordered_map>

#include "config/reader.hpp"
#include "config/shape.hpp"
#include "config/shapes.hpp"
#include "config/suggest.hpp"

namespace aitf::config {
namespace {

using Entries = std::unordered_map<std::string_view, const Entry*>;

// The entries by key; reports keys that are no text or come twice.
bool index_entries(const YamlNode& node, Reader& reader, Entries& entries) {
  bool good = true;
  for (const Entry& entry : node.entries) {
    if (entry.key.kind != YamlNode::Kind::scalar) {
      reader.expected(entry.key, "a key");
      good = false;
    } else if (const auto [first, is_new] = entries.emplace(entry.key.text, &entry); !is_new) {
      const Reader::Inside inside(reader, entry.key.text);
      reader.report(entry.key.at, "given twice", "first in line " + std::to_string(first->second->key.at.line));
      good = false;
    }
  }
  return good;
}

const Entry* find(const Entries& entries, std::string_view key) {
  const auto found = entries.find(key);
  return found == entries.end() ? nullptr : found->second;
}

bool read_field(const Field& field, const YamlNode& section, const Entries& entries, Reader& reader, void* object) {
  const Entry* entry = find(entries, field.name);
  const Reader::Inside inside(reader, field.name);
  if (entry) return shapes::read_checked(field.shape, entry->value, reader, field.locate(object));
  if (!field.required) return true;
  reader.report(section.at, "missing", field.doc.substr(0, field.doc.find_last_not_of('.') + 1));
  return false;
}

bool run_checks(const Section& section, const YamlNode& node, const Entries& entries, Reader& reader,
                const void* object) {
  bool good = true;
  for (const auto& check : section.checks) {
    auto violation = check(object);
    if (!violation) continue;
    const Entry* entry = find(entries, violation->key);
    const Reader::Inside inside(reader, violation->key);
    reader.report(entry ? entry->value.at : node.at, std::move(violation->message), std::move(violation->hint));
    good = false;
  }
  return good;
}

bool has_field(const Section& section, std::string_view name) {
  for (const Field& field : section.fields)
    if (field.name == name) return true;
  return false;
}

void add_names(const Section& section, std::vector<std::string_view>& names) {
  for (const Field& field : section.fields) names.push_back(field.name);
}

std::string listed(const std::vector<std::string_view>& words) {
  std::string out;
  for (const std::string_view word : words) out += (out.empty() ? "" : ", ") + std::string(word);
  return out;
}

// Reads a section together with the option of its choice, whose keys stand in the same mapping.
class SectionReader {
 public:
  SectionReader(const Section& section, const YamlNode& node, Reader& reader)
      : section_(section), node_(node), reader_(reader) {}

  bool read(void* object) {
    const bool indexed = index_entries(node_, reader_, entries_);
    const bool chosen = !section_.choice || choose();
    bool good = read_fields(section_, object) && indexed && chosen;
    void* const option_object = option_ ? option_->emplace(object) : nullptr;
    if (option_) good = read_fields(*option_->section, option_object) && good;
    for (const auto& [key, entry] : entries_) good = is_known(key, *entry) && good;
    if (!good) return false;
    if (option_ && !run_checks(*option_->section, node_, entries_, reader_, option_object)) return false;
    return run_checks(section_, node_, entries_, reader_, object);
  }

 private:
  // Finds the option; reports when the key is missing or its word unknown.
  bool choose() {
    const Choice& choice = *section_.choice;
    std::vector<std::string_view> words;
    words.reserve(choice.options.size());
    for (const auto& option : choice.options) words.push_back(option.word);
    const Entry* entry = find(entries_, choice.key);
    const Reader::Inside inside(reader_, choice.key);
    if (!entry) {
      reader_.report(node_.at, "missing", "one of: " + listed(words));
      return false;
    }
    const auto text = reader_.text(entry->value, "one of: " + listed(words));
    if (!text) return false;
    for (const auto& option : choice.options)
      if (option.word == *text) option_ = &option;
    if (!option_) report_unknown_word(entry->value, *text, words);
    return option_ != nullptr;
  }

  void report_unknown_word(const YamlNode& value, const std::string& text, const std::vector<std::string_view>& words) {
    const std::string_view near = nearest(text, words);
    reader_.expected(value, "one of: " + listed(words),
                     near.empty() ? "" : "did you mean `" + std::string(near) + "`?");
  }

  bool read_fields(const Section& section, void* object) {
    bool good = true;
    for (const Field& field : section.fields) good = read_field(field, node_, entries_, reader_, object) && good;
    return good;
  }

  bool is_known(std::string_view key, const Entry& entry) {
    if (has_field(section_, key)) return true;
    if (section_.choice) {
      if (key == section_.choice->key) return true;
      // Without a type nobody can tell which keys are right: the missing type is reported already.
      if (!option_ || has_field(*option_->section, key)) return true;
    }
    const Reader::Inside inside(reader_, key);
    reader_.report(entry.key.at, "unknown key", hint_for(key));
    return false;
  }

  std::string hint_for(std::string_view key) const {
    std::vector<std::string_view> names;
    add_names(section_, names);
    if (option_) {
      names.push_back(section_.choice->key);
      add_names(*option_->section, names);
      for (const auto& other : section_.choice->options)
        if (has_field(*other.section, key)) return "only " + section_.choice->key + " " + other.word + " has it";
    }
    if (const auto near = nearest(key, names); !near.empty()) return "did you mean `" + std::string(near) + "`?";
    return "known here: " + listed(names);
  }

  const Section& section_;
  const YamlNode& node_;
  Reader& reader_;
  Entries entries_;
  const Choice::Option* option_ = nullptr;
};

void assert_distinct(const std::vector<std::string_view>& names) {
  for (std::size_t i = 0; i < names.size(); ++i)
    assert(std::find(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(i), names[i]) ==
           names.begin() + static_cast<std::ptrdiff_t>(i));
}

}  // namespace

void verify(const Section& section) {
  std::vector<std::string_view> names;
  add_names(section, names);
  assert_distinct(names);
  for (const Field& field : section.fields) {
    assert(!field.doc.empty());
    assert(field.shape.kind != Kind::word || !field.shape.words.empty());
  }
  if (!section.choice) return;
  names.push_back(section.choice->key);
  for (const auto& option : section.choice->options) {
    auto together = names;
    add_names(*option.section, together);
    assert_distinct(together);
  }
}

bool read_section(const Section& section, const YamlNode& node, Reader& reader, void* object) {
  if (node.kind == YamlNode::Kind::mapping || node.kind == YamlNode::Kind::null)  // a key whose all is commented out
    return SectionReader(section, node, reader).read(object);
  reader.expected(node, "a mapping of keys to values");
  return false;
}

std::vector<Problem> read_document(const Section& section, std::string_view yaml, std::string_view file_name,
                                   const Environment& environment, void* object) {
  Reader reader(file_name, environment);
  if (const auto root = load_yaml(yaml))
    read_section(section, *root, reader, object);
  else
    reader.report(root.error().at, root.error().message, root.error().hint);
  return std::move(reader).take();
}

}  // namespace aitf::config
