// The command line: what can be said, and which command it goes to.

#include <fcntl.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>

#include "commands/commands.hpp"

namespace {

using namespace aitf;  // NOLINT(google-build-using-namespace): this file is the program

constexpr const char* about = R"(aitf puts what AI systems do in front of the people who defend them.
It takes OpenTelemetry GenAI spans, works out what the AI did, and delivers OCSF events to your SIEM.

Examples
  aitf run                          listen on 127.0.0.1:4318, write events to ./aitf-out/
  SPLUNK_HEC_URL=https://splunk:8088 SPLUNK_HEC_TOKEN=… aitf run
                                    the same, into Splunk
  aitf map traces.json | jq .       see what becomes of spans in a file
  aitf config example > aitf.yaml   every setting with its default
  aitf validate --config aitf.yaml  check a configuration before it runs)";

constexpr const char* exits =
    "Exit codes: 0 done, 1 input refused or a check failed, 2 usage or configuration, 3 peer or disk.\n"
    "Documentation: docs/ and README.md of the project.";

constexpr const char* config_help =
    "Configuration file. Without it: $AITF_CONFIG, then /etc/aitf/aitf.yaml, then defaults and the environment";
constexpr const char* files_help =
    "OTLP files: .binpb, .json, or JSON lines as the Collector's file exporter writes; .gz of these; - is standard "
    "input";

void add_run(CLI::App& app, commands::RunOptions& options) {
  CLI::App* command = app.add_subcommand("run", "Receive spans and deliver events until told to stop");
  command->add_option("--config", options.config, config_help)->type_name("FILE");
  command->footer(
      "Examples\n"
      "  aitf run\n"
      "  aitf run --config aitf.yaml\n"
      "Point any OpenTelemetry SDK at it: OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318\n"
      "and OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf. Health: http://127.0.0.1:9464/readyz. SIGTERM stops it,\n"
      "after what it holds has been delivered or shutdown_timeout has passed.");
}

void add_ingest(CLI::App& app, commands::IngestOptions& options) {
  CLI::App* command = app.add_subcommand("ingest", "Read spans from files, deliver their events, and end");
  command->add_option("FILE", options.files, files_help)->required();
  command->add_option("--config", options.config, config_help)->type_name("FILE");
  command->footer("Example\n  aitf ingest --config aitf.yaml traces-2026-11-*.jsonl.gz");
}

void add_map(CLI::App& app, commands::MapOptions& options) {
  CLI::App* command = app.add_subcommand("map", "Print the events that spans in files become, a line each");
  command->add_option("FILE", options.files, files_help)->required();
  command->footer(
      "Events go to standard output; rejected spans and a last line with the counts go to standard error.\n"
      "SOURCE_DATE_EPOCH (seconds) fixes metadata.logged_time, so that two runs give equal bytes.\n"
      "Examples\n"
      "  aitf map traces.binpb | jq -c '{class_name, message, tokens: .token_usage.total_tokens}'\n"
      "  curl -s https://host/traces.json | aitf map -");
}

void add_validate(CLI::App& app, commands::ValidateOptions& options) {
  CLI::App* command = app.add_subcommand("validate", "Check a configuration without starting anything");
  command->add_option("--config", options.config, config_help)->type_name("FILE");
  command->footer("Every problem is printed as file:line:column: key: what is wrong (what to do).");
}

void add_validate_events(CLI::App& app, commands::ValidateEventsOptions& options) {
  CLI::App* command = app.add_subcommand("validate-events", "Check events against the canonical schema 1.1.0");
  command->add_option("FILE", options.files, "JSON lines, one event a line, or one event; - is standard input")
      ->required();
  command->footer("Example\n  aitf map traces.json | aitf validate-events -");
}

// A standard stream that the caller closed would else be the next file or socket, with our messages in it. Opened the
// wrong way round, so that using it still fails.
void hold_closed_streams() {
  for (const int stream : {0, 1, 2})
    if (::fcntl(stream, F_GETFD) < 0) (void)::open("/dev/null", stream == 0 ? O_WRONLY : O_RDONLY);
}

// Nothing was asked for.
int say_how(const CLI::App& command) {
  std::fputs(command.help().c_str(), stderr);
  return 2;
}

int run_chosen(const CLI::App& app, const commands::RunOptions& run, const commands::IngestOptions& ingest,
               const commands::MapOptions& map, const commands::ValidateOptions& validate,
               const commands::ValidateEventsOptions& events) {
  if (app.got_subcommand("run")) return commands::run(run);
  if (app.got_subcommand("ingest")) return commands::ingest(ingest);
  if (app.got_subcommand("map")) return commands::map(map);
  if (app.got_subcommand("validate")) return commands::validate(validate);
  if (app.got_subcommand("validate-events")) return commands::validate_events(events);
  if (app.got_subcommand("version")) return commands::version();
  if (!app.got_subcommand("config")) return say_how(app);
  const CLI::App& config = *app.get_subcommand("config");
  return config.got_subcommand("example") ? commands::config_example() : say_how(config);
}

// What was printed is only done when it got out.
int with_output_written(int code) {
  if (code != 0 || (std::fflush(stdout) == 0 && std::ferror(stdout) == 0)) return code;
  std::fputs("standard output cannot be written\n", stderr);
  return 3;
}

}  // namespace

int main(int argc, char** argv) {
  hold_closed_streams();
  std::signal(SIGPIPE, SIG_IGN);
  CLI::App app(about, "aitf");
  app.footer(exits);
  app.require_subcommand(0, 1);  // so that a wrong word is named, and not only missed
  app.set_version_flag("--version", "aitf " AITF_VERSION);

  commands::RunOptions run;
  commands::IngestOptions ingest;
  commands::MapOptions map;
  commands::ValidateOptions validate;
  commands::ValidateEventsOptions events;
  add_run(app, run);
  add_ingest(app, ingest);
  add_map(app, map);
  add_validate(app, validate);
  add_validate_events(app, events);
  CLI::App* config = app.add_subcommand("config", "Show what can be configured");
  config->require_subcommand(0, 1);
  config->add_subcommand("example", "Print a configuration with every setting, its default and its meaning");
  app.add_subcommand("version", "Print the version");

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  return with_output_written(run_chosen(app, run, ingest, map, validate, events));
}
