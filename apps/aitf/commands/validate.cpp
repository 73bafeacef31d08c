// aitf validate: reads the configuration as `aitf run` would, opens and starts nothing, and says what would run.

#include <cstdio>

#include "base/files.hpp"
#include "commands/commands.hpp"
#include "daemon/settings.hpp"

namespace aitf::commands {

int validate(const ValidateOptions& options) {
  const auto loaded = daemon::load_settings(options.config, posix_files(), config::process_environment());
  if (!loaded) {
    std::fprintf(stderr, "%s\n", loaded.error().text().c_str());
    return 2;
  }
  std::printf("%s: good\n", loaded->source.c_str());
  std::printf("receives OTLP/HTTP on %s\n", loaded->settings.receive.otlp_http.listen.c_str());
  for (const auto& destination : loaded->settings.destinations)
    std::printf("delivers to %s (%.*s)\n", destination.shown_name().c_str(),
                static_cast<int>(destination.type().size()), destination.type().data());
  return 0;
}

}  // namespace aitf::commands
