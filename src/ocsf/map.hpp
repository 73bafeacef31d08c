#pragma once
// Operation -> canonical event. Pure, any thread.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/arena.hpp"
#include "genai/operation.hpp"
#include "ocsf/classes.hpp"

namespace aitf::ocsf {

struct MapContext {
  Arena& arena;
  std::uint64_t received_unix_nano = 0;       // becomes metadata.logged_time
  std::string_view log_name = "otlp.traces";  // otlp.traces, file, sdk
  std::string_view product_version = {};
  std::string_view tenant = {};                       // of the listener
  bool live = true;                                   // false for files and replay: old times are normal
  std::size_t content_characters = 32'768;            // of a content field
  std::size_t event_bytes = std::size_t{900} * 1024;  // of a whole event as JSON
};

// The event of an operation of kind inference, embedding, agent, tool, mcp_protocol or retrieval; none for the others.
// Event is std::variant over the eight class structs (classes.hpp).
std::optional<Event> map(const genai::Operation& operation, const MapContext& context);

}  // namespace aitf::ocsf
