#pragma once
// For tests: a destination that answers each attempt as a script says, then takes everything. It outlives its Worker in
// its Script, which a test reads once the Worker has been joined.

#include <deque>
#include <functional>
#include <utility>

#include "deliver/destination.hpp"
#include "deliver/testing/numbered_events.hpp"

namespace aitf::deliver::testing {

struct Script {
  // What the next attempts come to; the numbers are those of the payload's events.
  std::deque<std::function<Outcome(const Numbers&)>> steps;
  std::function<Outcome(const Numbers&)> otherwise = [](const Numbers&) { return Outcome{}; };
  Limits limits;
  std::size_t payload_events = SIZE_MAX;       // a batch becomes several payloads of this many events
  Number forgotten = 0;                        // an event the encoder loses
  std::vector<Numbers> attempts;               // the numbers in each payload sent
  std::function<void()> on_interrupt = [] {};  // in the thread that stops the Worker

  void then(const Outcome& outcome, int times = 1) {
    for (int i = 0; i < times; ++i) steps.emplace_back([outcome](const Numbers&) { return outcome; });
  }
  Outcome answer(const Numbers& numbers) {
    attempts.push_back(numbers);
    if (steps.empty()) return otherwise(numbers);
    const auto step = std::move(steps.front());
    steps.pop_front();
    return step(numbers);
  }
};

inline Outcome retry(std::string reason = "http_503") {
  return {.kind = Outcome::Kind::retry, .reason = std::move(reason)};
}

class ScriptedEncoder final : public Encoder {
 public:
  explicit ScriptedEncoder(const Script& script) : script_(script) {}

  bool add(const journal::Record& record) override {
    if (record.payload.size() > script_.limits.event_bytes) return false;
    if (bytes_ > 0 && bytes_ + record.payload.size() > script_.limits.batch_bytes) return false;
    bytes_ += record.payload.size();
    if (numbers_in(record.payload) == Numbers{script_.forgotten}) return true;
    if (payloads_.empty() || payloads_.back().sequences.size() >= script_.payload_events) payloads_.emplace_back();
    payloads_.back().bytes.append(record.payload).append("\n");
    payloads_.back().sequences.push_back(record.sequence);
    return true;
  }
  std::vector<Payload> finish() override { return std::move(payloads_); }

 private:
  const Script& script_;
  std::vector<Payload> payloads_;
  std::size_t bytes_ = 0;
};

class ScriptedDestination final : public Destination {
 public:
  explicit ScriptedDestination(Script& script, std::string name = "fake") : script_(script), name_(std::move(name)) {}

  const std::string& name() const override { return name_; }
  Limits limits() const override { return script_.limits; }
  std::unique_ptr<Encoder> open() override { return std::make_unique<ScriptedEncoder>(script_); }
  Outcome send(const Payload& payload) override { return script_.answer(numbers_in(payload.bytes)); }
  Diagnosis check() override { return {}; }
  void interrupt() override { script_.on_interrupt(); }

 private:
  Script& script_;
  std::string name_;
};

}  // namespace aitf::deliver::testing
