#pragma once
// What an answer of the HTTP Event Collector means for the events that were sent. The HTTP status is looked at first,
// the body only where it is the collector's JSON: balancers, login pages and firewalls answer in its place.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/secret.hpp"
#include "deliver/destination.hpp"
#include "http/client.hpp"

namespace aitf::destinations::splunk {

enum class Action {
  success,
  bad_event,      // one event of the batch is refused, those before it are indexed
  bad_index,      // the same, but the number is one too high
  configuration,  // nothing that is sent can succeed until a person mends something
  retry,
  too_large,
};

// An answer, understood. The texts are constants: nothing of the peer's is in them.
struct Reading {
  Action action = Action::configuration;
  std::string_view word;               // for the metric: `invalid_token`
  std::string_view meaning;            // plain words, goes on after "splunk says: "
  std::string_view hint;               // what to do; may be empty
  std::optional<std::int64_t> code;    // of the collector
  std::optional<std::int64_t> number;  // invalid-event-number, as the peer spells it
};

Reading read_answer(const http::Answer& answer);

// `HTTP 403, code 4: the token is not known there`, with the hint.
std::string describe(const Reading& reading, int status);

// The Outcome for a payload of `events` events. The token never gets into it, even if the peer repeats it.
deliver::Outcome judge(const http::Answer& answer, std::size_t events, const Secret& token);

}  // namespace aitf::destinations::splunk
