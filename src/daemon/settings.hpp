#pragma once
// The whole configuration: what aitf.yaml may hold, its defaults, and what the environment adds.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/files.hpp"
#include "base/result.hpp"
#include "config/schema.hpp"
#include "destinations/jsonl/config.hpp"
#include "destinations/splunk/config.hpp"
#include "receive/otlp_http/config.hpp"

namespace aitf::daemon {

struct ReceiveSettings {
  receive::OtlpHttpConfig otlp_http;
};

struct AdminSettings {
  std::string listen = "127.0.0.1:9464";
};

struct JournalSettings {
  config::Bytes max_size{64u << 20};
};

enum class LogLevel { debug, info, warn, error };
enum class LogFormat { automatic, text, json };

struct LogSettings {
  LogLevel level = LogLevel::info;
  LogFormat format = LogFormat::automatic;
};

struct DestinationSettings {
  std::string name;  // empty: the word of its type
  std::variant<destinations::JsonlConfig, destinations::SplunkConfig> settings;

  // "jsonl", "splunk"
  std::string_view type() const;
  std::string shown_name() const { return name.empty() ? std::string(type()) : name; }
};

struct Settings {
  ReceiveSettings receive;
  AdminSettings admin;
  std::string state_dir;  // empty: default_state_dir()
  JournalSettings journal;
  LogSettings log;
  std::chrono::milliseconds shutdown_timeout{10'000};
  std::vector<DestinationSettings> destinations;
};

void describe(config::Schema<ReceiveSettings>& s);
void describe(config::Schema<AdminSettings>& s);
void describe(config::Schema<JournalSettings>& s);
void describe(config::Schema<LogSettings>& s);
void describe(config::Schema<DestinationSettings>& s);
void describe(config::Schema<Settings>& s);

// Where the settings came from, for `aitf validate` and the log.
struct LoadedSettings {
  Settings settings;
  std::string source;  // a path, or "defaults and environment"
};

// `file`, else $AITF_CONFIG, else /etc/aitf/aitf.yaml when it is there, else the defaults. Then the environment adds a
// destination of each type that the file lacks; with none at all, JSON lines go to ./aitf-out. Any error is for exit
// code 2 and may have several lines, one a problem.
Result<LoadedSettings> load_settings(const std::string& file, Files& files, const config::Environment& environment);

// /var/lib/aitf when it is there and ours to write, or can be made; else $XDG_STATE_HOME/aitf or ~/.local/state/aitf.
Path default_state_dir(const config::Environment& environment);

}  // namespace aitf::daemon
