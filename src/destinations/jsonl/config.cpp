// See config.hpp.
#include "destinations/jsonl/config.hpp"

namespace aitf::destinations {

using namespace std::chrono_literals;

void describe(config::Schema<JsonlBatch>& s) {
  using namespace config::literals;
  s.field("events", &JsonlBatch::events, "Most events written and synced at a time.").range(1, 100'000);
  s.field("bytes", &JsonlBatch::bytes, "Most bytes written and synced at a time.").range(4_KiB, 64_MiB);
  s.field("age", &JsonlBatch::age, "How long an event waits for others to be written with it.").range(10ms, 5min);
}

void describe(config::Schema<JsonlConfig>& s) {
  using namespace config::literals;
  s.field("path", &JsonlConfig::path, "Folder of the files; made when it is missing. No other program writes there.")
      .example("/var/lib/aitf/events")
      .check([](const std::string& path) { return path.empty() ? "must not be empty" : ""; });
  s.field("max_file_size", &JsonlConfig::max_file_size, "A file that would grow larger is closed and a new one begun.")
      .range(1_KiB, {std::uint64_t{1} << 40});
  s.field("max_file_age", &JsonlConfig::max_file_age, "A file is written to no longer than this.").range(1s, 24h * 366);
  s.field("batch", &JsonlConfig::batch, "What is written and synced at a time.");
}

}  // namespace aitf::destinations
