// What becomes of events that are refused for good.
#include "deliver/refusals.hpp"

#include <algorithm>
#include <cctype>

#include "base/log.hpp"

namespace aitf::deliver {
namespace {

// The hexadecimal id after `key` in an event's compact JSON, where a key in a text would have escaped quotes.
std::string id_after(std::string_view json, std::string_view key) {
  const std::size_t at = json.find(key);
  if (at == std::string_view::npos) return {};
  const std::string_view rest = json.substr(at + key.size());
  const std::string_view id = rest.substr(0, std::min(rest.find('"'), rest.size()));
  const bool is_hex = std::all_of(id.begin(), id.end(), [](unsigned char c) { return std::isxdigit(c) != 0; });
  return is_hex && id.size() <= 32 ? std::string(id) : std::string{};
}

}  // namespace

Status Refusals::write(std::vector<Refusal> refusals) {
  if (refusals.empty()) return {};
  std::sort(refusals.begin(), refusals.end(), [](const auto& a, const auto& b) { return a.event < b.event; });
  const auto same = [](const Refusal& a, const Refusal& b) { return a.event == b.event; };
  refusals.erase(std::unique(refusals.begin(), refusals.end(), same), refusals.end());
  AITF_TRY(const std::vector<Event> events, events_of(refusals));
  std::vector<DeadLetter> letters;
  for (std::size_t i = 0; i < refusals.size(); ++i)
    letters.push_back({refusals[i].reason, refusals[i].attempts, refusals[i].answer, events[i].json});
  AITF_CHECK(dead_letters_.write(letters));
  for (const Refusal& refusal : refusals)
    metrics_.add(observe::Metric::refused_events, {destination_.name(), refusal.reason});
  say(refusals.front(), events.front(), refusals.size());
  return {};
}

Result<std::vector<Refusals::Event>> Refusals::events_of(const std::vector<Refusal>& refusals) {
  std::vector<Event> events(refusals.size());
  std::size_t at = 0;
  AITF_CHECK(reader_.read(refusals.front().event - 1, [&](const journal::Record& record) {
    while (at < refusals.size() && refusals[at].event < record.sequence) ++at;
    if (at < refusals.size() && refusals[at].event == record.sequence)
      events[at++] = {std::string(record.uid), std::string(record.payload)};
    return at < refusals.size();
  }));
  return events;
}

void Refusals::say(const Refusal& first, const Event& event, std::size_t count) {
  using namespace std::chrono_literals;
  const auto now = clock_.steady_now();
  unsaid_ += count;
  if (said_ && now - said_at_ < 1s) return;
  log::warn("destination refused events for good; they are in the dead letters",
            {{"destination", destination_.name()},
             {"events", unsaid_},
             {"reason", first.reason},
             {"uid", event.uid},
             {"trace_id", id_after(event.json, R"("trace":{"uid":")")},
             {"span_id", id_after(event.json, R"("span":{"uid":")")},
             {"bytes", event.json.size()},
             {"limit", destination_.limits().event_bytes},
             {"folder", dead_letters_.folder().string()}});
  said_ = true;
  said_at_ = now;
  unsaid_ = 0;
}

}  // namespace aitf::deliver
