// See config.hpp.

#include "destinations/splunk/config.hpp"

#include <array>
#include <utility>

#include "destinations/splunk/endpoint.hpp"

namespace aitf::destinations {
namespace {

using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;
using std::chrono_literals::operator""min;

std::string what_is_wrong_with_url(const std::string& url) {
  if (url.empty()) return {};  // `required` says so
  const auto endpoint = splunk::endpoint_of(url);
  return endpoint ? std::string() : endpoint.error().text();
}

// A header cannot carry line ends; a token is a GUID anyway.
std::string what_is_wrong_with_token(const Secret& token) {
  const auto unfit = [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == '\x7f'; };
  for (const char c : token.reveal())
    if (unfit(c)) return "must not hold white space";
  return {};
}

std::optional<bool> truth(std::string word) {
  for (char& c : word)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  for (const std::string_view yes : {"true", "1", "yes", "on"})
    if (word == yes) return true;
  for (const std::string_view no : {"false", "0", "no", "off"})
    if (word == no) return false;
  return std::nullopt;
}

Result<SplunkConfig> read(const config::Environment& environment, const std::string& url) {
  SplunkConfig config;
  config.url = url;
  config.token = Secret(environment("SPLUNK_HEC_TOKEN").value_or(""));
  config.index = environment("SPLUNK_INDEX").value_or("");
  if (const std::string wrong = what_is_wrong_with_url(url); !wrong.empty())
    return fail(ErrorKind::invalid, "SPLUNK_HEC_URL " + wrong);
  if (config.token.empty())
    return fail(ErrorKind::invalid, "SPLUNK_HEC_URL is set, but SPLUNK_HEC_TOKEN is not",
                "set SPLUNK_HEC_TOKEN to a token of Settings > Data inputs > HTTP Event Collector, "
                "or unset SPLUNK_HEC_URL");
  if (const std::string wrong = what_is_wrong_with_token(config.token); !wrong.empty())
    return fail(ErrorKind::invalid, "SPLUNK_HEC_TOKEN " + wrong);
  const std::string verify = environment("SPLUNK_VERIFY_SSL").value_or("");
  const std::optional<bool> verify_tls = verify.empty() ? true : truth(verify);
  if (!verify_tls) return fail(ErrorKind::invalid, "SPLUNK_VERIFY_SSL is neither true nor false");
  config.verify_tls = *verify_tls;
  return config;
}

}  // namespace

void describe(config::Schema<SplunkBatch>& s) {
  using namespace config::literals;
  s.field("events", &SplunkBatch::events, "Most events in one request.").range(1, 10'000);
  s.field("bytes", &SplunkBatch::bytes, "Largest body of a request, before compression.").range(16_KiB, 10_MiB);
  s.field("age", &SplunkBatch::age, "How long an event waits for others to go with it.").range(10ms, 5min);
}

void describe(config::Schema<SplunkConfig>& s) {
  s.field("url", &SplunkConfig::url, "URL of the HTTP Event Collector; the path is added when it has none.")
      .required()
      .example("https://splunk.example.com:8088")
      .check(what_is_wrong_with_url);
  s.field("token", &SplunkConfig::token, "Token of the HTTP Event Collector, without acknowledgement.")
      .required()
      .example("${SPLUNK_HEC_TOKEN:-00000000-0000-0000-0000-000000000000}")
      .check(what_is_wrong_with_token);
  s.field("index", &SplunkConfig::index, "Index for all events; without it the token's default.")
      .example("aitf_ai_telemetry");
  s.field("source", &SplunkConfig::source, "Source of all events.");
  s.field("host", &SplunkConfig::host,
          "Host of all events; without it the host the span came from, else this machine's name.")
      .example("gateway-1");
  s.field("verify_tls", &SplunkConfig::verify_tls, "Check the certificate of the collector.");
  s.field("ca_file", &SplunkConfig::ca_file, "Certificates to trust, PEM; without it the system's.")
      .example("/etc/aitf/splunk-ca.pem");
  s.field("timeout", &SplunkConfig::timeout, "How long to wait for an answer.").range(1s, 10min);
  s.field("gzip", &SplunkConfig::gzip, "Compress bodies over 1 KiB.");
  s.field("batch", &SplunkConfig::batch, "What goes into one request.");
}

std::optional<Result<SplunkConfig>> splunk_from_environment(const config::Environment& environment) {
  const std::string url = environment("SPLUNK_HEC_URL").value_or("");
  if (url.empty()) return std::nullopt;
  return read(environment, url);
}

}  // namespace aitf::destinations
