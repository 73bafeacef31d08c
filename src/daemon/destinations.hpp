#pragma once
// The list of all destinations there are: the one place that turns settings into one.

#include <memory>

#include "base/clock.hpp"
#include "base/files.hpp"
#include "daemon/settings.hpp"
#include "deliver/destination.hpp"

namespace aitf::daemon {

// Opens nothing; `files` and `clock` outlive the destination.
std::unique_ptr<deliver::Destination> make_destination(const DestinationSettings& settings, Files& files,
                                                       const Clock& clock);

}  // namespace aitf::daemon
