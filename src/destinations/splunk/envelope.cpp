// See envelope.hpp.

#include "destinations/splunk/envelope.hpp"

#include <cstring>
#include <utility>

#include "base/json_writer.hpp"

namespace aitf::destinations::splunk {
namespace {

constexpr std::array<std::string_view, 9> sourcetypes = {
    "aitf:ocsf:ai:inference",  "aitf:ocsf:ai:agent",    "aitf:ocsf:ai:tool",
    "aitf:ocsf:ai:retrieval",  "aitf:ocsf:ai:security", "aitf:ocsf:ai:supply_chain",
    "aitf:ocsf:ai:governance", "aitf:ocsf:ai:identity", "aitf:ocsf:ai",
};

std::size_t class_slot(std::uint32_t class_uid) {
  const bool ours = class_uid >= 7001 && class_uid <= 7008;
  return ours ? class_uid - 7001 : sourcetypes.size() - 1;
}

std::string quoted(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

// An event must be an object with something in it; an empty one would be refused, and no text at all would spoil the
// whole body.
bool is_event(std::string_view payload) { return payload.size() > 2 && payload.front() == '{'; }

void append_stand_in(std::string& out, const journal::Record& record) {
  out += R"({"class_uid":)" + std::to_string(record.class_uid) + R"(,"metadata":{"uid":)";
  append_json_string(out, record.uid);
  out += "}}";
}

class EnvelopeEncoder final : public deliver::Encoder {
 public:
  EnvelopeEncoder(const EnvelopeFormat& format, const deliver::Limits& limits) : format_(format), limits_(limits) {}

  bool add(const journal::Record& record) override {
    const std::size_t before = payload_.bytes.size();
    if (!fits(before, record.payload.size())) return false;
    if (before == 0) payload_.bytes.reserve(limits_.batch_bytes);
    format_.append(payload_.bytes, record);
    if (!fits(before, payload_.bytes.size() - before)) {
      payload_.bytes.resize(before);
      return false;
    }
    payload_.sequences.push_back(record.sequence);
    return true;
  }

  std::vector<deliver::Payload> finish() override {
    std::vector<deliver::Payload> payloads;
    if (!payload_.sequences.empty()) payloads.push_back(std::exchange(payload_, {}));
    return payloads;
  }

 private:
  bool fits(std::size_t before, std::size_t added) const {
    return added <= limits_.event_bytes && before + added <= limits_.batch_bytes;
  }

  const EnvelopeFormat& format_;
  deliver::Limits limits_;
  deliver::Payload payload_;
};

}  // namespace

std::string_view sourcetype(std::uint32_t class_uid) { return sourcetypes[class_slot(class_uid)]; }

void append_seconds(std::string& out, std::int64_t time_ms) {
  out += std::to_string(time_ms / 1000);
  const auto rest = static_cast<unsigned>(time_ms % 1000);
  out += '.';
  out += static_cast<char>('0' + rest / 100);
  out += static_cast<char>('0' + rest / 10 % 10);
  out += static_cast<char>('0' + rest % 10);
}

// `device` stands only at the top of a canonical event and `hostname` is its first member; a quote inside a text is
// escaped, so these bytes cannot come from content.
std::string_view written_hostname(std::string_view event) {
  constexpr std::string_view start = R"(,"device":{"hostname":")";
  const void* found = memmem(event.data(), event.size(), start.data(), start.size());
  if (found == nullptr) return {};
  const std::size_t from = static_cast<std::size_t>(static_cast<const char*>(found) - event.data()) + start.size();
  std::size_t end = from;
  while (end < event.size() && event[end] != '"') end += event[end] == '\\' ? 2 : 1;
  return end < event.size() ? event.substr(from, end - from) : std::string_view{};
}

EnvelopeFormat::EnvelopeFormat(const EnvelopeOptions& options)
    : fixed_host_(options.host.empty() ? "" : quoted(options.host)), machine_(quoted(options.machine)) {
  for (std::size_t slot = 0; slot < tails_.size(); ++slot) {
    std::string& tail = tails_[slot];
    tail = R"(,"source":)" + quoted(options.source) + R"(,"sourcetype":)" + quoted(sourcetypes[slot]);
    if (!options.index.empty()) tail += R"(,"index":)" + quoted(options.index);
    tail += R"(,"event":)";
  }
}

const std::string& EnvelopeFormat::tail(std::uint32_t class_uid) const { return tails_[class_slot(class_uid)]; }

void EnvelopeFormat::append(std::string& out, const journal::Record& record) const {
  out += '{';
  if (record.time_ms > 0) {
    out += R"("time":)";
    append_seconds(out, record.time_ms);
    out += ',';
  }
  out += R"("host":)";
  const std::string_view hostname = fixed_host_.empty() ? written_hostname(record.payload) : std::string_view{};
  if (!hostname.empty()) {
    out += '"';
    out += hostname;
    out += '"';
  } else {
    out += fixed_host_.empty() ? machine_ : fixed_host_;
  }
  out += tail(record.class_uid);
  if (is_event(record.payload)) {
    out += record.payload;
  } else {
    append_stand_in(out, record);
  }
  out += "}\n";
}

std::unique_ptr<deliver::Encoder> make_encoder(const EnvelopeFormat& format, const deliver::Limits& limits) {
  return std::make_unique<EnvelopeEncoder>(format, limits);
}

}  // namespace aitf::destinations::splunk
