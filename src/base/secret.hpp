#pragma once
// A text that must not be seen: tokens, keys, passwords. It has no operator<<, no JSON form and no format form;
// reveal() is the one way to the text and is called only where the text is put on the wire.

#include <string>
#include <utility>

namespace aitf {

class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string text) : text_(std::move(text)) {}

  const std::string& reveal() const { return text_; }
  bool empty() const { return text_.empty(); }

 private:
  std::string text_;
};

}  // namespace aitf
