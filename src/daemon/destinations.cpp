// See destinations.hpp.

#include "daemon/destinations.hpp"

#include "destinations/jsonl/jsonl.hpp"
#include "destinations/splunk/splunk.hpp"

namespace aitf::daemon {
namespace {

// One overload a type of destination; std::visit does not compile while one is missing.
struct Maker {
  const std::string name;
  Files& files;
  const Clock& clock;

  std::unique_ptr<deliver::Destination> operator()(const destinations::JsonlConfig& config) const {
    return destinations::make_jsonl(name, config, files, clock);
  }
  std::unique_ptr<deliver::Destination> operator()(const destinations::SplunkConfig& config) const {
    return destinations::make_splunk(name, config);
  }
};

}  // namespace

std::unique_ptr<deliver::Destination> make_destination(const DestinationSettings& settings, Files& files,
                                                       const Clock& clock) {
  return std::visit(Maker{settings.shown_name(), files, clock}, settings.settings);
}

}  // namespace aitf::daemon
