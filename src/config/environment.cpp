#include "config/environment.hpp"

#include <algorithm>
#include <cstdlib>

#include "base/utf8.hpp"

namespace aitf::config {
namespace {

bool is_name(std::string_view text) {
  const auto letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_'; };
  const auto name_character = [&](char c) { return letter(c) || (c >= '0' && c <= '9'); };
  return !text.empty() && letter(text[0]) && std::all_of(text.begin(), text.end(), name_character);
}

// The value of what stands between ${ and }.
Result<std::string> value_of(std::string_view inside, const Environment& environment) {
  const auto separator = inside.find(":-");
  const std::string name(inside.substr(0, separator));
  if (!is_name(name))
    return fail(ErrorKind::invalid, "`${…}` names no environment variable",
                "write ${NAME} or ${NAME:-default}, and $$ for a plain $");
  auto value = environment(name);
  if (separator != std::string_view::npos && (!value || value->empty()))
    return std::string(inside.substr(separator + 2));
  if (!value)
    return fail(ErrorKind::invalid, "environment variable `" + name + "` is not set",
                "set it, or give a default: ${" + name + ":-…}");
  if (!is_valid_utf8(*value)) return fail(ErrorKind::invalid, "environment variable `" + name + "` is not valid UTF-8");
  return std::move(*value);
}

}  // namespace

Environment process_environment() {
  return [](const std::string& name) -> std::optional<std::string> {
    const char* value = std::getenv(name.c_str());
    return value ? std::optional<std::string>(value) : std::nullopt;
  };
}

Result<std::string> substitute(std::string_view text, const Environment& environment) {
  std::string out;
  while (true) {
    const auto dollar = text.find('$');
    out.append(text.substr(0, dollar));
    if (dollar == std::string_view::npos) return out;
    text.remove_prefix(dollar + 1);
    if (!text.starts_with('{')) {
      out.push_back('$');
      if (text.starts_with('$')) text.remove_prefix(1);
      continue;
    }
    const auto end = text.find('}');
    if (end == std::string_view::npos) return fail(ErrorKind::invalid, "`${` without `}`", "write $$ for a plain $");
    AITF_TRY(const std::string value, value_of(text.substr(1, end - 1), environment));
    out.append(value);
    text.remove_prefix(end + 1);
  }
}

}  // namespace aitf::config
