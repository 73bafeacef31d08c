#pragma once
// Where in an event one is, for messages: `model.parameters`, `messages[2].text`. Private to the room.

#include <cstddef>
#include <string>

#include "base/utf8.hpp"
#include "ocsf/schema.hpp"

namespace aitf::ocsf {

// A step of a path: a key, or an index (then the key is empty). Steps live on the stack of the reading functions.
struct Path {
  const Path* above = nullptr;
  Text key = {};
  std::size_t index = 0;

  std::string text() const {
    std::string out;
    append_to(out);
    return out;
  }

  void append_to(std::string& out) const {
    if (above == nullptr) return;  // the event itself
    above->append_to(out);
    if (key.data() == nullptr) {
      out += '[' + std::to_string(index) + ']';
      return;
    }
    if (!out.empty()) out += '.';
    for (const char character : first_characters(key, 128))  // a sender's key may be anything
      out += static_cast<unsigned char>(character) < 0x20 || character == 0x7F ? '?' : character;
  }
};

}  // namespace aitf::ocsf
