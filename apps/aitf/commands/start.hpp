#pragma once
// What `run` and `ingest` begin and end with.

#include <optional>
#include <string>
#include <vector>

#include "daemon/settings.hpp"

namespace aitf::commands {

// The settings, with the log set up as they say. None: the problems were printed, exit code 2.
std::optional<daemon::LoadedSettings> load_and_configure_log(const std::string& config);

// True when nothing is left; else says which destinations lack events.
bool report_what_is_left(const std::vector<std::string>& destinations);

}  // namespace aitf::commands
