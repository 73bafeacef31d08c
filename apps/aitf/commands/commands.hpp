#pragma once
// The commands of the program: a file each. All return the exit code:
// 0 done, 1 input refused or a check failed, 2 usage or configuration, 3 peer or disk.

#include <string>
#include <vector>

namespace aitf::commands {

struct RunOptions {
  std::string config;  // empty: $AITF_CONFIG, /etc/aitf/aitf.yaml, else the embedded default
};
int run(const RunOptions& options);

struct IngestOptions {
  std::string config;
  std::vector<std::string> files;  // "-" is standard input
};
int ingest(const IngestOptions& options);

struct MapOptions {
  std::vector<std::string> files;
};
int map(const MapOptions& options);

struct ValidateOptions {
  std::string config;
};
int validate(const ValidateOptions& options);

struct ValidateEventsOptions {
  std::vector<std::string> files;
};
int validate_events(const ValidateEventsOptions& options);

int config_example();
int version();

}  // namespace aitf::commands
