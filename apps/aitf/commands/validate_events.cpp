// aitf validate-events FILE…: every event against the canonical schema; a line a problem, then the counts.

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>

#include "base/files.hpp"
#include "commands/commands.hpp"
#include "ocsf/validate.hpp"

namespace aitf::commands {
namespace {

struct Counts {
  std::size_t events = 0, errors = 0, warnings = 0;
};

Result<std::string> read_all(const std::string& file) {
  if (file != "-") return posix_files().read(file);
  return std::string(std::istreambuf_iterator<char>(std::cin), {});
}

bool is_blank(std::string_view line) { return line.find_first_not_of(" \t\r") == std::string_view::npos; }

void check(std::string_view event, const std::string& where, Counts& counts) {
  ++counts.events;
  for (const ocsf::Problem& problem : ocsf::validate(event)) {
    ++(problem.is_error ? counts.errors : counts.warnings);
    const auto kind = word(problem.kind);
    std::printf("%s: %s: %.*s: %s: %s\n", where.c_str(), problem.is_error ? "error" : "warning",
                static_cast<int>(kind.size()), kind.data(), problem.path.empty() ? "(event)" : problem.path.c_str(),
                problem.message.c_str());
  }
}

bool is_json(std::string_view line) {
  const auto problems = ocsf::validate(line);
  return std::none_of(problems.begin(), problems.end(),
                      [](const ocsf::Problem& p) { return p.kind == ocsf::ProblemKind::json; });
}

// One event that stands on several lines, as a person or `jq .` writes it.
bool is_one_event(std::string_view text) {
  const auto first = text.substr(0, text.find('\n'));
  return first.size() < text.size() && !is_json(first) && is_json(text);
}

void check_lines(std::string_view text, const std::string& file, Counts& counts) {
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (const auto line = text.substr(0, end); !is_blank(line))
      check(line, file + ":" + std::to_string(number), counts);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

}  // namespace

int validate_events(const ValidateEventsOptions& options) {
  Counts counts;
  for (const std::string& file : options.files) {
    const auto text = read_all(file);
    if (!text) {
      std::fprintf(stderr, "validate-events: %s\n", text.error().text().c_str());
      return 3;
    }
    if (is_one_event(*text))
      check(*text, file, counts);
    else
      check_lines(*text, file, counts);
  }
  std::fprintf(stderr, "validate-events: %zu events, %zu errors, %zu warnings\n", counts.events, counts.errors,
               counts.warnings);
  return counts.errors == 0 ? 0 : 1;
}

}  // namespace aitf::commands
