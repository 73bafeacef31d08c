// See settings.hpp.

#include "daemon/settings.hpp"

#include <unistd.h>

#include <algorithm>
#include <set>
#include <utility>

namespace aitf::daemon {
namespace {

constexpr const char* system_file = "/etc/aitf/aitf.yaml";

// Two destinations of one name would share a cursor, a metric and a folder of dead letters.
std::optional<config::Violation> names_are_unique(const Settings& settings) {
  std::set<std::string> seen;
  for (const DestinationSettings& destination : settings.destinations)
    if (!seen.insert(destination.shown_name()).second)
      return config::Violation{"destinations", "two are called `" + destination.shown_name() + "`",
                               "give each a `name` of its own"};
  return std::nullopt;
}

// Two writers would cut each other's lines.
std::optional<config::Violation> folders_are_unique(const Settings& settings) {
  std::set<Path> seen;
  for (const DestinationSettings& destination : settings.destinations) {
    const auto* jsonl = std::get_if<destinations::JsonlConfig>(&destination.settings);
    // The dot makes `x` and `x/` one folder.
    if (jsonl != nullptr && !seen.insert((std::filesystem::absolute(jsonl->path) / ".").lexically_normal()).second)
      return config::Violation{"destinations", "two write to the folder `" + jsonl->path + "`",
                               "give each a `path` of its own"};
  }
  return std::nullopt;
}

std::string wrong_with_name(const std::string& name) { return name.size() > 80 ? "must be at most 80 bytes" : ""; }

bool has_type(const Settings& settings, std::string_view type) {
  return std::any_of(settings.destinations.begin(), settings.destinations.end(),
                     [&](const DestinationSettings& d) { return d.type() == type; });
}

Status add_from_environment(Settings& settings, const config::Environment& environment) {
  if (has_type(settings, "splunk")) return {};
  auto splunk = destinations::splunk_from_environment(environment);
  if (!splunk) return {};
  if (!*splunk) return tl::unexpected(splunk->error());
  settings.destinations.push_back({"", std::move(**splunk)});
  return names_are_unique(settings)
             ? fail(ErrorKind::invalid, "SPLUNK_HEC_URL adds a destination called `splunk`, but the file has one",
                    "rename the one in the file, or unset SPLUNK_HEC_URL")
             : Status();
}

Result<std::string> file_to_read(const std::string& asked, const config::Environment& environment) {
  if (!asked.empty()) return asked;
  if (const auto named = environment("AITF_CONFIG"); named && !named->empty()) return *named;
  return std::string(access(system_file, F_OK) == 0 ? system_file : "");
}

Result<Settings> read_file(const std::string& file, Files& files, const config::Environment& environment) {
  AITF_TRY(const std::string yaml, files.read(file));
  auto settings = config::parse<Settings>(yaml, file, environment);
  if (!settings) return tl::unexpected(config::to_error(settings.error()));
  return std::move(*settings);
}

// True when files can be made in `folder`, or `folder` can be made.
bool is_usable(const Path& folder) {
  if (access(folder.c_str(), F_OK) == 0) return access(folder.c_str(), W_OK | X_OK) == 0;
  return access(folder.parent_path().c_str(), W_OK | X_OK) == 0;
}

}  // namespace

std::string_view DestinationSettings::type() const {
  return std::holds_alternative<destinations::JsonlConfig>(settings) ? "jsonl" : "splunk";
}

void describe(config::Schema<ReceiveSettings>& s) {
  s.field("otlp_http", &ReceiveSettings::otlp_http, "OTLP over HTTP: POST /v1/traces in protobuf or JSON.");
}

void describe(config::Schema<AdminSettings>& s) {
  s.field("listen", &AdminSettings::listen, "Address of /metrics, /healthz and /readyz.");
}

void describe(config::Schema<JournalSettings>& s) {
  using namespace config::literals;
  s.field("max_size", &JournalSettings::max_size,
          "Most bytes of events that wait for destinations; when it is full senders get 503 and try again.")
      .range(1_MiB, 16_GiB);
}

void describe(config::Schema<LogSettings>& s) {
  s.field("level", &LogSettings::level, "Least important lines that are written.")
      .one_of(
          {{"debug", LogLevel::debug}, {"info", LogLevel::info}, {"warn", LogLevel::warn}, {"error", LogLevel::error}});
  s.field("format", &LogSettings::format, "`auto` writes text on a terminal and JSON lines elsewhere.")
      .one_of({{"auto", LogFormat::automatic}, {"text", LogFormat::text}, {"json", LogFormat::json}});
}

void describe(config::Schema<DestinationSettings>& s) {
  s.field("name", &DestinationSettings::name, "Name in metrics, logs and dead letters; without it the type.")
      .example("siem")
      .check(wrong_with_name);
  s.choice("type", &DestinationSettings::settings, "What the events are sent to.")
      .option<destinations::JsonlConfig>("jsonl", "Files of JSON lines in a folder.")
      .option<destinations::SplunkConfig>("splunk", "Splunk HTTP Event Collector.");
}

void describe(config::Schema<Settings>& s) {
  s.field("receive", &Settings::receive, "Where spans come in.");
  s.field("admin", &Settings::admin, "Metrics and health.");
  s.field("state_dir", &Settings::state_dir,
          "Folder for dead letters; without it /var/lib/aitf, else the user's state folder.")
      .example("/var/lib/aitf");
  s.field("journal", &Settings::journal, "Events between the answer to the sender and delivery.");
  s.field("log", &Settings::log, "The program's own log, on standard error.");
  s.field("shutdown_timeout", &Settings::shutdown_timeout, "How long a stop waits for deliveries.")
      .range(std::chrono::milliseconds(0), std::chrono::hours(1));
  s.field("destinations", &Settings::destinations,
          "Where events go. Without any, and without SPLUNK_HEC_URL in the environment, to ./aitf-out as JSON lines.");
  s.check(names_are_unique);
  s.check(folders_are_unique);
}

Result<LoadedSettings> load_settings(const std::string& file, Files& files, const config::Environment& environment) {
  LoadedSettings loaded{{}, "defaults and environment"};
  AITF_TRY(const std::string path, file_to_read(file, environment));
  if (!path.empty()) {
    AITF_TRY(loaded.settings, read_file(path, files, environment));
    loaded.source = path;
  }
  AITF_CHECK(add_from_environment(loaded.settings, environment));
  if (loaded.settings.destinations.empty()) loaded.settings.destinations.push_back({"", destinations::JsonlConfig{}});
  if (loaded.settings.state_dir.empty()) loaded.settings.state_dir = default_state_dir(environment).string();
  return loaded;
}

Path default_state_dir(const config::Environment& environment) {
  if (is_usable("/var/lib/aitf")) return "/var/lib/aitf";
  if (const auto state = environment("XDG_STATE_HOME"); state && !state->empty()) return Path(*state) / "aitf";
  if (const auto home = environment("HOME"); home && !home->empty()) return Path(*home) / ".local/state/aitf";
  return "aitf-state";
}

}  // namespace aitf::daemon
