#pragma once
// What reading a document carries along: where we are, the environment, and the problems so far. One thread.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/node.hpp"
#include "config/shape.hpp"

namespace aitf::config {

class Reader {
 public:
  Reader(std::string_view file, const Environment& environment) : file_(file), environment_(environment) {}

  // While it lives, problems are about this key or item of where we were.
  class Inside {
   public:
    Inside(Reader& reader, std::string_view key);
    Inside(Reader& reader, std::size_t index);
    ~Inside() { reader_.path_.resize(size_before_); }
    Inside(const Inside&) = delete;
    Inside& operator=(const Inside&) = delete;

   private:
    Reader& reader_;
    std::size_t size_before_;
  };

  void report(Position at, std::string message, std::string hint = {});
  // "expected a duration, got `10`", of the value as it stands in the file: what a variable stands for stays unseen.
  void expected(const YamlNode& node, std::string_view what, std::string hint = {});
  // The text of a scalar after ${}; none, and reported, when it is something else or a variable is missing.
  std::optional<std::string> text(const YamlNode& node, std::string_view what);

  // The first problems, in the order of the file.
  std::vector<Problem> take() && { return std::move(problems_); }

 private:
  std::string file_;
  const Environment& environment_;
  std::string path_;
  std::vector<Problem> problems_;
};

}  // namespace aitf::config
