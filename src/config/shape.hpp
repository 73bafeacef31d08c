#pragma once
// The table behind Schema<T>, without its types: what parsing, the example and every later generator (JSON schema,
// reference page) walk over. A generator is a function over a Section; it never needs T.

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "config/environment.hpp"
#include "config/problem.hpp"

namespace aitf::config {

struct YamlNode;
struct Section;
class Reader;

enum class Kind { boolean, integer, real, text, secret, duration, bytes, word, optional, list, section };

// A word that a value may be, and the enumerator it stands for.
struct Word {
  std::string text;
  std::int64_t value = 0;
};

// What a value may be, and how it gets into a C++ object of that type.
struct Shape {
  Kind kind = Kind::text;
  std::vector<Word> words;           // kind word, or the only texts allowed
  std::string limits;                // "from 1s to 10m", for people; empty: none
  std::shared_ptr<Shape> item;       // kinds list and optional
  const Section* section = nullptr;  // kind section

  // Reads `node` into the object at `value`; false when it reported a problem.
  bool (*read)(const Shape& shape, const YamlNode& node, Reader& reader, void* value) = nullptr;
  // The value as YAML on one line; empty when there is nothing to show (no value, a section, a secret).
  std::string (*show)(const Shape& shape, const void* value) = nullptr;
  // Rules on the value alone; each returns what is wrong.
  std::vector<std::function<std::optional<std::string>(const void* value)>> checks;
};

struct Field {
  std::string name;
  std::string doc;
  std::string example;  // YAML text; {type} is the word of the choice
  bool required = false;
  Shape shape;
  std::function<void*(void* object)> locate;  // the member in its object
};

// One of several sections, whose keys stand beside the section's own: told apart by the word under `key`.
struct Choice {
  struct Option {
    std::string word;
    std::string doc;
    const Section* section = nullptr;
    std::function<void*(void* object)> emplace;  // makes the variant hold this option; returns its object
  };
  std::string key;
  std::string doc;
  std::vector<Option> options;
};

struct Section {
  std::deque<Field> fields;  // in the order of the example; addresses stay
  std::optional<Choice> choice;
  std::vector<std::function<std::optional<Violation>(const void* object)>> checks;
  std::function<std::shared_ptr<void>()> make_default;
};

// Asserts what a programmer may get wrong in a table: keys twice, no doc, an enum without words.
void verify(const Section& section);

// Reads a whole YAML text into the object that `section` describes; returns the problems (at most 100) in the order of
// the file.
std::vector<Problem> read_document(const Section& section, std::string_view yaml, std::string_view file_name,
                                   const Environment& environment, void* object);
bool read_section(const Section& section, const YamlNode& node, Reader& reader, void* object);

// The commented example of a section.
std::string write_example(const Section& section);

}  // namespace aitf::config
