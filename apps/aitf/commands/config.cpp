// aitf config example

#include <cstdio>

#include "commands/commands.hpp"
#include "daemon/settings.hpp"

namespace aitf::commands {

int config_example() {
  const std::string example = config::example<daemon::Settings>();
  return std::fwrite(example.data(), 1, example.size(), stdout) == example.size() ? 0 : 3;
}

}  // namespace aitf::commands
