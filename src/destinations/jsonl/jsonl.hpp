#pragma once
// Writes canonical events to files, one JSON object a line. An event counts as delivered when its whole line is on
// disk; a full disk delays, never loses. Files and rotation: event_file.hpp.

#include <memory>
#include <string>

#include "base/clock.hpp"
#include "base/files.hpp"
#include "deliver/destination.hpp"
#include "destinations/jsonl/config.hpp"

namespace aitf::destinations {

// `config` has passed its own checks; `files` and `clock` outlive the destination. Opens nothing yet. Two destinations
// must not share a folder.
std::unique_ptr<deliver::Destination> make_jsonl(std::string name, const JsonlConfig& config, Files& files,
                                                 const Clock& clock);

}  // namespace aitf::destinations
