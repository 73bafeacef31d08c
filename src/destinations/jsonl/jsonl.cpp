// See jsonl.hpp.
#include "destinations/jsonl/jsonl.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "destinations/jsonl/event_file.hpp"

namespace aitf::destinations {
namespace {

using deliver::Outcome;
using deliver::Payload;

deliver::Limits limits_of(const JsonlConfig& config) {
  return {.batch_events = config.batch.events,
          .batch_bytes = config.batch.bytes.count,
          .batch_age = config.batch.age,
          .event_bytes = std::numeric_limits<std::size_t>::max()};
}

// Lines of one batch.
class LineEncoder final : public deliver::Encoder {
 public:
  explicit LineEncoder(std::size_t most_bytes) : most_bytes_(most_bytes) {}

  bool add(const journal::Record& record) override {
    auto& [bytes, sequences] = payload_;
    if (!sequences.empty() && bytes.size() + record.payload.size() + 1 > most_bytes_) return false;
    const auto begin = static_cast<std::ptrdiff_t>(bytes.size());
    bytes.append(record.payload);
    // Only white space between tokens can be a line end in JSON.
    if (record.payload.find('\n') != std::string_view::npos)
      std::replace(bytes.begin() + begin, bytes.end(), '\n', ' ');
    bytes.push_back('\n');
    sequences.push_back(record.sequence);
    return true;
  }

  std::vector<Payload> finish() override {
    std::vector<Payload> payloads;
    if (!payload_.sequences.empty()) payloads.push_back(std::move(payload_));
    return payloads;
  }

 private:
  std::size_t most_bytes_;
  Payload payload_;
};

class Jsonl final : public deliver::Destination {
 public:
  Jsonl(std::string name, const JsonlConfig& config, Files& files, const Clock& clock)
      : name_(std::move(name)),
        limits_(limits_of(config)),
        path_(config.path),
        file_(files, clock, config.path, {config.max_file_size.count, config.max_file_age}) {}

  const std::string& name() const override { return name_; }
  deliver::Limits limits() const override { return limits_; }
  std::unique_ptr<deliver::Encoder> open() override { return std::make_unique<LineEncoder>(limits_.batch_bytes); }

  Outcome send(const Payload& payload) override {
    const auto [bytes, error] = file_.write(payload.bytes);
    if (!error) return {};
    Outcome outcome{.kind = Outcome::Kind::retry, .after = error->retry_after, .reason = "write_failed"};
    outcome.answer = error->text();
    const auto end = payload.bytes.begin() + static_cast<std::ptrdiff_t>(bytes);
    const auto on_disk = static_cast<std::size_t>(std::count(payload.bytes.begin(), end, '\n'));
    for (std::size_t i = on_disk; on_disk > 0 && i < payload.sequences.size(); ++i) outcome.retry_indices.push_back(i);
    return outcome;
  }

  deliver::Diagnosis check() override {
    if (const Status status = file_.check(); !status) return {false, status.error().message, status.error().hint};
    return {true, "events are written to " + path_, {}};
  }

 private:
  std::string name_;
  deliver::Limits limits_;
  std::string path_;
  jsonl::EventFile file_;
};

}  // namespace

std::unique_ptr<deliver::Destination> make_jsonl(std::string name, const JsonlConfig& config, Files& files,
                                                 const Clock& clock) {
  return std::make_unique<Jsonl>(std::move(name), config, files, clock);
}

}  // namespace aitf::destinations
