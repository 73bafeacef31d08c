#pragma once
// The envelopes of the HTTP Event Collector: `{"time":…,"host":…,"source":…,"sourcetype":…,"index":…,"event":…}`, a
// line each. Only the collector's own keys are written: an unknown one loses the rest of the batch without a word.

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "deliver/destination.hpp"

namespace aitf::destinations::splunk {

// `aitf:ocsf:ai:inference` for 7001, and so on; `aitf:ocsf:ai` for a class that is none of ours.
std::string_view sourcetype(std::uint32_t class_uid);

// Appends `time_ms` as decimal seconds, `1767311999.999`; never an exponent, which the collector refuses.
void append_seconds(std::string& out, std::int64_t time_ms);

// The text of device.hostname as it stands in a canonical event (escapes and all), empty when it has none.
std::string_view written_hostname(std::string_view event);

struct EnvelopeOptions {
  std::string host = {};     // empty: the event's device.hostname, else `machine`
  std::string machine = {};  // name of this machine
  std::string source = "aitf";
  std::string index = {};  // empty: the token's default
};

// What is the same in all envelopes of a class, made once. Immutable.
class EnvelopeFormat {
 public:
  explicit EnvelopeFormat(const EnvelopeOptions& options);

  // One envelope with the line end behind it. A record without a time gets none: the collector then takes its own.
  void append(std::string& out, const journal::Record& record) const;

 private:
  const std::string& tail(std::uint32_t class_uid) const;

  std::string fixed_host_;            // quoted; empty: by event
  std::string machine_;               // quoted
  std::array<std::string, 9> tails_;  // `,"source":…,"event":` of 7001 … 7008 and of any other class
};

// An encoder whose one payload is a concatenation of envelopes. `format` outlives it.
std::unique_ptr<deliver::Encoder> make_encoder(const EnvelopeFormat& format, const deliver::Limits& limits);

}  // namespace aitf::destinations::splunk
