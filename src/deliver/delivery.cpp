// Sends one batch until each of its events is settled or dead-lettered.
#include "deliver/delivery.hpp"

#include <algorithm>
#include <ranges>
#include <utility>

namespace aitf::deliver {
namespace {

using Kind = Outcome::Kind;
using journal::Sequence;

enum class Fate : std::uint8_t { settled, open, rejected };

// What an outcome says of each of `count` events. An index that is not of the payload cannot be trusted: then all that
// is not rejected stays open.
std::vector<Fate> fates_of(const Outcome& outcome, std::size_t count) {
  const auto& again = outcome.retry_indices;
  const bool in_part = outcome.kind == Kind::retry && !again.empty() &&
                       std::all_of(again.begin(), again.end(), [count](std::size_t i) { return i < count; });
  std::vector<Fate> fates(count, outcome.kind == Kind::settled || in_part ? Fate::settled : Fate::open);
  if (in_part)
    for (const std::size_t i : again) fates[i] = Fate::open;
  for (const auto& rejected : outcome.rejected)
    if (rejected.index < count) fates[rejected.index] = Fate::rejected;
  return fates;
}

std::vector<std::size_t> indexes_of(const std::vector<Fate>& fates, Fate fate) {
  std::vector<std::size_t> indexes;
  for (std::size_t i = 0; i < fates.size(); ++i)
    if (fates[i] == fate) indexes.push_back(i);
  return indexes;
}

std::string reason_of(const Outcome& outcome) {
  if (!outcome.reason.empty()) return outcome.reason;
  switch (outcome.kind) {
    case Kind::too_large: return "too_large";
    case Kind::isolate: return "refused";
    case Kind::unauthorized: return "unauthorized";
    default: return "retry";
  }
}

// Takes the first `count` off.
std::vector<Sequence> take_first(std::vector<Sequence>& events, std::size_t count) {
  const auto end = events.begin() + static_cast<std::ptrdiff_t>(count);
  std::vector<Sequence> taken(events.begin(), end);
  events.erase(events.begin(), end);
  return taken;
}

bool is_split(const Outcome& outcome) { return outcome.kind == Kind::too_large || outcome.kind == Kind::isolate; }

// The peer has dealt with the payload, whatever it thinks of it.
bool is_answer(const Outcome& outcome) { return outcome.kind == Kind::settled || is_split(outcome); }

}  // namespace

bool Delivery::run(Batch batch) {
  begin(batch);
  while (!pieces_.empty() && !gave_up()) {
    if (pieces_.front().encoded)
      attempt_first();
    else
      encode_first();
  }
  if (!progress_.done()) return false;
  advance();
  return true;
}

void Delivery::begin(Batch& batch) {
  pieces_.clear();
  const bool is_oversized = batch.oversized != 0;
  const std::vector<Sequence> events = is_oversized ? std::vector{batch.oversized} : std::move(batch.events);
  progress_ = Progress(events, batch.last);
  if (is_oversized) return refuse_oversized(batch.oversized, 0);
  refuse_what_was_not_encoded(events, batch.payloads);
  queue(std::move(batch.payloads), 0);
}

// In front of what waits, in their order.
void Delivery::queue(std::vector<Payload> payloads, std::uint32_t attempts) {
  for (Payload& payload : payloads | std::views::reverse)
    if (!payload.sequences.empty()) pieces_.push_front({std::move(payload), true, attempts});
}

// An encoder that loses an event must not lose it for good.
void Delivery::refuse_what_was_not_encoded(const std::vector<Sequence>& events, const std::vector<Payload>& payloads) {
  std::vector<Sequence> encoded;
  for (const Payload& payload : payloads)
    encoded.insert(encoded.end(), payload.sequences.begin(), payload.sequences.end());
  if (encoded == events) return;
  std::sort(encoded.begin(), encoded.end());
  std::vector<Refusal> missing;
  for (const Sequence event : events)
    if (!std::binary_search(encoded.begin(), encoded.end(), event))
      missing.push_back({event, 0, "not_encoded", "the encoder of this destination left the event out"});
  refuse(missing);
}

void Delivery::encode_first() {
  Piece piece = std::move(pieces_.front());
  pieces_.pop_front();
  auto encoded = parts_.batcher.encode(piece.payload.sequences);
  if (!encoded) {
    pieces_.push_front(std::move(piece));
    return wait_for_machine("journal", encoded.error());
  }
  const std::vector<Sequence> taken = take_first(piece.payload.sequences, std::max<std::size_t>(encoded->taken, 1));
  const std::uint32_t attempts = piece.attempts;
  if (!piece.payload.sequences.empty()) pieces_.push_front(std::move(piece));
  if (encoded->taken == 0) return refuse_oversized(taken.front(), attempts);
  refuse_what_was_not_encoded(taken, encoded->payloads);
  queue(std::move(encoded->payloads), attempts);
}

void Delivery::attempt_first() {
  Piece piece = std::move(pieces_.front());
  pieces_.pop_front();
  ++piece.attempts;
  const Outcome outcome = parts_.destination.send(piece.payload);
  const std::vector<Fate> fates = fates_of(outcome, piece.payload.sequences.size());
  const auto settled = indexes_of(fates, Fate::settled);
  const auto open = indexes_of(fates, Fate::open);
  settle(piece, settled);
  const bool got_through = is_answer(outcome) || open.size() < fates.size();
  if (got_through && outcome.kind != Kind::unauthorized) {
    parts_.back_off.reset();
    parts_.standing.well();
  }
  refuse(refusals_of(piece, outcome));
  parts_.report();
  if (open.empty() || gave_up()) return;
  send_again(std::move(piece), outcome, open);
  pause_after(outcome, got_through);
}

void Delivery::settle(const Piece& piece, const std::vector<std::size_t>& settled) {
  if (settled.empty()) return;
  for (const std::size_t i : settled) progress_.settle(piece.payload.sequences[i]);
  parts_.metrics.add(observe::Metric::delivered_events, {parts_.destination.name()},
                     static_cast<double>(settled.size()));
  advance();
}

// What is open goes in front again: as it was when that is all of it, else encoded anew.
void Delivery::send_again(Piece piece, const Outcome& outcome, const std::vector<std::size_t>& open) {
  auto& events = piece.payload.sequences;
  if (is_split(outcome) && open.size() == 1)
    return refuse({{events[open.front()], piece.attempts, reason_of(outcome), outcome.answer}});
  parts_.metrics.add(observe::Metric::retried_events, {parts_.destination.name(), reason_of(outcome)},
                     static_cast<double>(open.size()));
  if (!is_split(outcome) && open.size() == events.size()) return pieces_.push_front(std::move(piece));
  std::vector<Sequence> rest;
  for (const std::size_t i : open) rest.push_back(events[i]);
  std::sort(rest.begin(), rest.end());
  const std::size_t first_part = is_split(outcome) ? rest.size() / 2 : 0;
  const std::vector<Sequence> first = take_first(rest, first_part);
  pieces_.push_front({{{}, std::move(rest)}, false, piece.attempts});
  if (!first.empty()) pieces_.push_front({{{}, first}, false, piece.attempts});
}

void Delivery::pause_after(const Outcome& outcome, bool got_through) {
  if (outcome.kind == Kind::unauthorized) {
    parts_.standing.blocked(reason_of(outcome), outcome.answer);
    return parts_.pause(parts_.back_off.unauthorized(outcome.after));
  }
  if (outcome.kind != Kind::retry) return;
  // The rest waited only for the culprit to be named; every such round takes one event out.
  if (got_through && !outcome.rejected.empty() && !outcome.after) return;
  if (!got_through) parts_.standing.failed(reason_of(outcome), outcome.answer);
  parts_.pause(parts_.back_off.next(outcome.after));
}

// Until they are in the dead letters, or the time to stop is over: they are not settled before.
void Delivery::refuse(const std::vector<Refusal>& refusals) {
  if (refusals.empty()) return;
  Status written = parts_.refusals.write(refusals);
  const bool had_trouble = !written;
  while (!written && !gave_up()) {
    wait_for_machine("dead_letters", written.error());
    written = parts_.refusals.write(refusals);
  }
  if (!written) return;
  if (had_trouble) parts_.standing.well();
  for (const Refusal& refusal : refusals) progress_.settle(refusal.event);
  advance();
}

void Delivery::refuse_oversized(Sequence event, std::uint32_t attempts) {
  refuse({{event, attempts, "event_too_large",
           "the event does not fit; this destination takes " + std::to_string(parts_.destination.limits().event_bytes) +
               " bytes an event as encoded for it"}});
}

std::vector<Refusal> Delivery::refusals_of(const Piece& piece, const Outcome& outcome) const {
  std::vector<Refusal> refusals;
  for (const auto& rejected : outcome.rejected)
    if (rejected.index < piece.payload.sequences.size())
      refusals.push_back({piece.payload.sequences[rejected.index], piece.attempts, rejected.reason, rejected.answer});
  return refusals;
}

// The journal or the disk of our own machine does not work; the peer is not to blame.
void Delivery::wait_for_machine(std::string_view reason, const Error& error) {
  parts_.standing.blocked(reason, error.text());
  parts_.pause(parts_.back_off.next(error.retry_after));
}

void Delivery::advance() {
  if (progress_.cursor() == parts_.reader.acknowledged()) return;
  const Status status = parts_.reader.acknowledge(progress_.cursor());
  if (!status) parts_.standing.blocked("journal", status.error().text());
}

}  // namespace aitf::deliver
