// aitf version

#include <cstdio>

#include "commands/commands.hpp"

namespace aitf::commands {

int version() {
  std::puts("aitf " AITF_VERSION);
  return 0;
}

}  // namespace aitf::commands
