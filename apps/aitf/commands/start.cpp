// See start.hpp.

#include "commands/start.hpp"

#include <cstdio>

#include "base/files.hpp"
#include "base/log.hpp"

namespace aitf::commands {
namespace {

log::Level level_of(daemon::LogLevel level) {
  switch (level) {
    case daemon::LogLevel::debug: return log::Level::debug;
    case daemon::LogLevel::info: return log::Level::info;
    case daemon::LogLevel::warn: return log::Level::warn;
    case daemon::LogLevel::error: return log::Level::error;
  }
  return log::Level::info;
}

log::Format format_of(daemon::LogFormat format) {
  switch (format) {
    case daemon::LogFormat::automatic: return log::Format::automatic;
    case daemon::LogFormat::text: return log::Format::text;
    case daemon::LogFormat::json: return log::Format::json;
  }
  return log::Format::automatic;
}

}  // namespace

std::optional<daemon::LoadedSettings> load_and_configure_log(const std::string& config) {
  auto loaded = daemon::load_settings(config, posix_files(), config::process_environment());
  if (!loaded) {
    std::fprintf(stderr, "%s\n", loaded.error().text().c_str());
    return std::nullopt;
  }
  log::configure(level_of(loaded->settings.log.level), format_of(loaded->settings.log.format));
  return std::move(*loaded);
}

bool report_what_is_left(const std::vector<std::string>& destinations) {
  for (const std::string& name : destinations)
    log::error("events were not delivered before shutdown_timeout", {{"destination", name}});
  return destinations.empty();
}

}  // namespace aitf::commands
