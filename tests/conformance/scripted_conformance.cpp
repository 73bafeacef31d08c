// The suite for a destination and a peer that are both made up: shows that the suite and the Worker agree.
#include "deliver/testing/scripted_destination.hpp"
#include "destination_conformance.hpp"

namespace aitf::conformance {
namespace {

using deliver::Outcome;
using Kind = Outcome::Kind;

class ScriptedPeer final : public Peer {
 public:
  ScriptedPeer() {
    script_.otherwise = [this](const Numbers& numbers) { return answer(numbers); };
  }

  std::unique_ptr<deliver::Destination> make_destination(const std::string& name, std::size_t batch_events) override {
    script_.limits.batch_events = batch_events;
    return std::make_unique<deliver::testing::ScriptedDestination>(script_, name);
  }
  bool can(Play) const override { return true; }
  void play(std::vector<Play> plays) override {
    for (const Play play : plays)
      script_.steps.emplace_back([this, play](const Numbers& numbers) { return act(play, numbers); });
  }
  void poison(Number number, Play manner) override { poison_[number] = manner; }
  std::vector<Numbers> attempts() const override { return script_.attempts; }
  Numbers arrived() override { return arrived_; }

 private:
  void take(const Numbers& numbers) { arrived_.insert(arrived_.end(), numbers.begin(), numbers.end()); }

  Outcome act(Play play, const Numbers& numbers) {
    switch (play) {
      case Play::fail: return deliver::testing::retry();
      case Play::throttle: return {.kind = Kind::retry, .after = kPeersWish, .reason = "throttled"};
      case Play::accept_in_part: return accept_in_part(numbers);
      case Play::cut: take(numbers); return deliver::testing::retry("cut");
      case Play::deny: return {.kind = Kind::unauthorized, .reason = "http_403"};
      case Play::too_large:
        return numbers.size() > 1 ? Outcome{.kind = Kind::too_large, .reason = "http_413"} : answer(numbers);
      default: return answer(numbers);
    }
  }

  Outcome accept_in_part(const Numbers& numbers) {
    Outcome outcome = deliver::testing::retry("busy");
    for (std::size_t i = 0; i < numbers.size(); ++i)
      if (i < numbers.size() / 2)
        take({numbers[i]});
      else
        outcome.retry_indices.push_back(i);
    return outcome;
  }

  Outcome answer(const Numbers& numbers) {
    Outcome outcome;
    Numbers good;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      const auto at = poison_.find(numbers[i]);
      if (at == poison_.end()) {
        good.push_back(numbers[i]);
      } else if (at->second == Play::refuse_unnamed) {
        return {.kind = Kind::isolate, .reason = "refused", .answer = "invalid data format"};
      } else {
        outcome.rejected.push_back({i, "refused", "invalid data format"});
      }
    }
    take(good);
    return outcome;
  }

  deliver::testing::Script script_;
  std::map<Number, Play> poison_;
  Numbers arrived_;
};

INSTANTIATE_TEST_SUITE_P(Scripted, DestinationConformance,
                         testing::Values(Adapter{"scripted", [] { return std::make_unique<ScriptedPeer>(); }}),
                         name_of);

}  // namespace
}  // namespace aitf::conformance
