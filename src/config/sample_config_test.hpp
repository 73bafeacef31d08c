#pragma once
// A configuration with everything a schema can say, for the tests of this room.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "config/schema.hpp"

namespace aitf::sample {

enum class Sync { commit, os, none };

struct Journal {
  Sync sync = Sync::commit;
  config::Bytes max_size{10ull << 30};
  std::chrono::milliseconds retention{0};
};
inline void describe(config::Schema<Journal>& s) {
  using config::operator""_MiB;
  using config::operator""_GiB;
  s.field("sync", &Journal::sync, "When an append is durable.")
      .one_of({{"commit", Sync::commit}, {"os", Sync::os}, {"none", Sync::none}});
  s.field("max_size", &Journal::max_size, "Most disk space.").range(1_MiB, 1024_GiB);
  s.field("retention", &Journal::retention, "How long read segments are kept.");
}

struct Files {
  std::string path;
  std::optional<int> level;
  std::vector<std::string> classes;
};
inline void describe(config::Schema<Files>& s) {
  s.field("path", &Files::path, "File to append to.").required().example("/var/log/{type}");
  s.field("level", &Files::level, "Compression level.").range(1, 9).example("3");
  s.field("classes", &Files::classes, "Only these.").one_of({"chat", "tool"}).example("[chat]");
}

struct Tls {
  bool verify = true;
  std::string ca_file;
};
inline void describe(config::Schema<Tls>& s) {
  s.field("verify", &Tls::verify, "Whether the peer's certificate is checked.");
  s.field("ca_file", &Tls::ca_file, "Certificates to trust.").example("/etc/ssl/ca.pem");
}

struct Splunk {
  Tls tls;
  std::string url;
  Secret token;
  std::chrono::milliseconds time_out{60'000};
};
inline void describe(config::Schema<Splunk>& s) {
  s.field("tls", &Splunk::tls, "Transport security.");
  s.field("url", &Splunk::url, "Base URL.").required().example("https://splunk.example.com:8088");
  s.field("token", &Splunk::token, "HEC token.").required().example("${TOKEN}");
  s.field("time_out", &Splunk::time_out, "How long to wait for an answer.")
      .range(std::chrono::seconds(1), std::chrono::minutes(10));
  s.check([](const Splunk& c) -> std::optional<config::Violation> {
    if (c.tls.verify || c.url.starts_with("https:")) return std::nullopt;
    return config::Violation{"tls", "has nothing to turn off", "url is not https"};
  });
}

struct Destination {
  std::string name;
  std::variant<Files, Splunk> settings;
};
inline void describe(config::Schema<Destination>& s) {
  s.field("name", &Destination::name, "Name in metrics and logs.").required().example("my-{type}");
  s.choice("type", &Destination::settings, "What it is.")
      .option<Files>("files", "Files of JSON lines.")
      .option<Splunk>("splunk", "Splunk HTTP Event Collector.");
}

struct Config {
  std::string listen = "127.0.0.1:4318";
  Journal journal;
  std::vector<Destination> destinations;
  bool strict = false;
  double share = 0.5;
  std::uint8_t workers = 3;
  std::int64_t offset = -1;
};
inline void describe(config::Schema<Config>& s) {
  s.field("listen", &Config::listen, "Address to listen on.");
  s.field("journal", &Config::journal, "What is kept on disk.");
  s.field("destinations", &Config::destinations, "Where events go.");
  s.field("strict", &Config::strict, "Whether doubts are errors.");
  s.field("share", &Config::share, "Part of the spans that is kept.").range(0, 1);
  s.field("workers", &Config::workers, "Threads.");
  s.field("offset", &Config::offset, "A number.");
  s.check([](const Config& c) -> std::optional<config::Violation> {
    if (c.share > 0 || c.strict) return std::nullopt;
    return config::Violation{"share", "0 keeps nothing", "make it larger"};
  });
}

inline std::optional<std::string> environment(const std::string& name) {
  if (name == "TOKEN") return "s3cret";
  if (name == "EMPTY") return "";
  if (name == "INJECT") return "a\nstrict: true";
  if (name == "DURATION") return "5s";
  if (name == "BAD_UTF8") return "\xFF";
  return std::nullopt;
}

}  // namespace aitf::sample
