// See splunk.hpp.

#include "destinations/splunk/splunk.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <random>
#include <utility>

#include "base/log.hpp"
#include "destinations/splunk/answer.hpp"
#include "destinations/splunk/endpoint.hpp"
#include "destinations/splunk/envelope.hpp"
#include "destinations/splunk/gzip.hpp"

namespace aitf::destinations {
namespace {

using splunk::Action;

// Below this a packet is a packet.
constexpr std::size_t least_to_compress = 1024;
// One event may not fill a body of the size every release takes.
constexpr std::size_t largest_event = 900'000;

std::string machine_name() {
  std::array<char, 256> name{};
  if (gethostname(name.data(), name.size() - 1) != 0 || name.front() == '\0') return "localhost";
  return name.data();
}

// A random GUID: names this sender to tokens that want a channel, and is ignored by all others.
std::string random_channel() {
  std::random_device random;
  std::string guid = "xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx";
  for (char& c : guid)
    if (c == 'x') c = "0123456789abcdef"[random() % 16];
  return guid;
}

std::string_view word_for(http::Unanswered::Kind kind) {
  switch (kind) {
    case http::Unanswered::Kind::unreachable: return "unreachable";
    case http::Unanswered::Kind::tls: return "tls";
    case http::Unanswered::Kind::timed_out: return "timed_out";
    case http::Unanswered::Kind::cut: break;
  }
  return "cut";
}

std::string_view hint_for(http::Unanswered::Kind kind, const splunk::Endpoint& endpoint) {
  if (const std::string_view hint = splunk::port_hint(endpoint.events); !hint.empty()) return hint;
  switch (kind) {
    case http::Unanswered::Kind::unreachable:
      return "check host and port of `url`, firewalls, and that the HTTP Event Collector is enabled";
    case http::Unanswered::Kind::tls:
      return "set `ca_file` to the certificate authority of the collector, and name its host as its certificate does; "
             "if the port speaks plain HTTP, use http://";
    case http::Unanswered::Kind::timed_out: return "check that the collector is not overloaded, or raise `timeout`";
    case http::Unanswered::Kind::cut: break;
  }
  return endpoint.encrypted ? "" : "if the port speaks TLS, use https://";
}

std::string explain(const http::Unanswered& failure, const splunk::Endpoint& endpoint) {
  std::string text = failure.message;
  if (const std::string_view hint = hint_for(failure.kind, endpoint); !hint.empty())
    text.append(" (").append(hint).append(")");
  return text;
}

deliver::Limits limits_of(const SplunkBatch& batch) {
  const std::size_t bytes = batch.bytes.count;
  return {batch.events, bytes, batch.age, std::min(largest_event, bytes)};
}

void warn_of_risks(const std::string& name, const SplunkConfig& config, const splunk::Endpoint& endpoint) {
  if (endpoint.encrypted && !config.verify_tls)
    log::warn("the certificate of the collector is not verified", {{"destination", name}, {"setting", "verify_tls"}});
  if (!endpoint.encrypted && !endpoint.local)
    log::warn("the token and the events travel unencrypted", {{"destination", name}, {"setting", "url"}});
}

class Splunk final : public deliver::Destination {
 public:
  Splunk(std::string name, SplunkConfig config, splunk::Endpoint endpoint, std::unique_ptr<http::Client> client)
      : name_(std::move(name)),
        config_(std::move(config)),
        endpoint_(std::move(endpoint)),
        client_(std::move(client)),
        channel_(random_channel()),
        format_({config_.host, machine_name(), config_.source, config_.index}) {}

  const std::string& name() const override { return name_; }
  deliver::Limits limits() const override { return limits_of(config_.batch); }
  std::unique_ptr<deliver::Encoder> open() override { return splunk::make_encoder(format_, limits()); }
  deliver::Outcome send(const deliver::Payload& payload) override;
  deliver::Diagnosis check() override;
  void interrupt() override { client_->interrupt(); }

 private:
  tl::expected<http::Answer, http::Unanswered> post(std::string_view text);
  std::string health_warning();
  deliver::Diagnosis diagnose(const http::Answer& answer) const;

  const std::string name_;
  const SplunkConfig config_;
  const splunk::Endpoint endpoint_;
  const std::unique_ptr<http::Client> client_;
  const std::string channel_;
  const splunk::EnvelopeFormat format_;
  splunk::Gzip gzip_;
};

tl::expected<http::Answer, http::Unanswered> Splunk::post(std::string_view text) {
  http::Call call;
  call.url = endpoint_.events;
  call.headers = {
      {"Content-Type", "application/json"}, {"X-Splunk-Request-Channel", channel_}, {"__splunk_app_name", "aitf"}};
  call.secret_header = {"Authorization", Secret("Splunk " + config_.token.reveal())};
  call.body = text;
  if (config_.gzip && text.size() > least_to_compress) {
    if (const std::string_view packed = gzip_.compress(text); !packed.empty()) {
      call.body = packed;
      call.headers.emplace_back("Content-Encoding", "gzip");
    }
  }
  return client_->call(call);
}

deliver::Outcome Splunk::send(const deliver::Payload& payload) {
  const auto answer = post(payload.bytes);
  if (answer) return splunk::judge(*answer, payload.sequences.size(), config_.token);
  // Also when the collector may have taken the events already: a double carries the same metadata.uid.
  return {.kind = deliver::Outcome::Kind::retry,
          .reason = std::string(word_for(answer.error().kind)),
          .answer = explain(answer.error(), endpoint_)};
}

// Proxies may keep the health address to themselves, so its failure alone is no failure.
std::string Splunk::health_warning() {
  if (endpoint_.health.empty()) return {};
  http::Call call;
  call.method = "GET";
  call.url = endpoint_.health;
  const auto answer = client_->call(call);
  if (!answer) return "its health is not known";
  if (answer->status == 200) return {};
  return "its health answers " + splunk::describe(splunk::read_answer(*answer), answer->status);
}

// An empty body is refused with code 5 once the token has been accepted, and leaves no trace.
deliver::Diagnosis Splunk::check() {
  const std::string warning = health_warning();
  const auto answer = post({});
  if (!answer) return {false, answer.error().message, std::string(hint_for(answer.error().kind, endpoint_))};
  deliver::Diagnosis diagnosis = diagnose(*answer);
  if (diagnosis.healthy && !warning.empty()) diagnosis.message += "; " + warning;
  return diagnosis;
}

deliver::Diagnosis Splunk::diagnose(const http::Answer& answer) const {
  const splunk::Reading reading = splunk::read_answer(answer);
  // Receivers of other makers take an empty body.
  if (reading.action == Action::success || (answer.status == 400 && reading.code == 5))
    return {true, "the collector at " + endpoint_.events + " accepts the token",
            config_.index.empty() ? "" : "whether it allows index `" + config_.index + "` shows with the first event"};
  std::string message = endpoint_.events + " answers HTTP " + std::to_string(answer.status);
  if (reading.code) message += ", code " + std::to_string(*reading.code);
  message.append(": ").append(reading.meaning);
  const std::string_view port = splunk::port_hint(endpoint_.events);
  return {false, std::move(message), std::string(port.empty() ? reading.hint : port)};
}

}  // namespace

http::ClientOptions http_options(const SplunkConfig& config) {
  http::ClientOptions options;
  options.connect_time = std::min(options.connect_time, config.timeout);
  options.request_time = config.timeout;
  options.verify_tls = config.verify_tls;
  options.ca_file = config.ca_file;
  options.answer_bytes = std::size_t{64} * 1024;
  return options;
}

std::unique_ptr<deliver::Destination> make_splunk(std::string name, SplunkConfig config,
                                                  std::unique_ptr<http::Client> client) {
  // The configuration's check has refused what is no endpoint.
  splunk::Endpoint endpoint = splunk::endpoint_of(config.url).value_or(splunk::Endpoint{config.url});
  warn_of_risks(name, config, endpoint);
  return std::make_unique<Splunk>(std::move(name), std::move(config), std::move(endpoint), std::move(client));
}

std::unique_ptr<deliver::Destination> make_splunk(std::string name, SplunkConfig config) {
  auto client = http::make_client(http_options(config));
  return make_splunk(std::move(name), std::move(config), std::move(client));
}

}  // namespace aitf::destinations
