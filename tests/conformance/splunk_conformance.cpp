// The suite for Splunk: the peer answers as the HTTP Event Collector does, and as what may stand in front of it.
#include <algorithm>
#include <deque>
#include <map>

#include "destination_conformance.hpp"
#include "destinations/splunk/scripted_client.hpp"
#include "destinations/splunk/splunk.hpp"

namespace aitf::conformance {
namespace {

using deliver::testing::numbers_in;
using destinations::splunk::Asked;
using destinations::splunk::Reply;
namespace splunk = destinations::splunk;

class Collector final : public Peer {
 public:
  Collector() {
    script_->otherwise = [this](const Asked& asked) { return answer(numbers_in(asked.body)); };
  }

  std::unique_ptr<deliver::Destination> make_destination(const std::string& name, std::size_t batch_events) override {
    destinations::SplunkConfig config;
    config.url = "https://splunk:8088";
    config.token = Secret("token");
    config.gzip = false;  // so that the script can read what it is sent
    config.batch.events = static_cast<std::uint32_t>(batch_events);
    return destinations::make_splunk(name, std::move(config), std::make_unique<splunk::ScriptedClient>(script_));
  }
  // The collector takes a part only when it refuses an event.
  bool can(Play play) const override { return play != Play::accept_in_part; }
  void play(std::vector<Play> plays) override { plays_.insert(plays_.end(), plays.begin(), plays.end()); }
  void poison(Number number, Play manner) override { poison_[number] = manner; }
  std::vector<Numbers> attempts() const override {
    std::vector<Numbers> attempts;
    for (const Asked& asked : script_->asked()) attempts.push_back(numbers_in(asked.body));
    return attempts;
  }
  Numbers arrived() override { return arrived_; }

 private:
  Reply answer(const Numbers& numbers) {
    if (plays_.empty()) return judge(numbers);
    const Play play = plays_.front();
    plays_.pop_front();
    switch (play) {
      case Play::fail: return splunk::code(503, 9);
      case Play::throttle: return http::Answer{429, R"({"text":"t","code":26})", {}, kPeersWish, {}};
      case Play::cut: take(numbers); return splunk::unanswered(http::Unanswered::Kind::cut);
      case Play::deny: return splunk::code(403, 4);
      case Play::too_large: return numbers.size() > 1 ? splunk::answer(413, "<html>") : judge(numbers);
      default: return judge(numbers);
    }
  }

  Reply judge(const Numbers& numbers) {
    // A firewall refuses the whole request for one event's text.
    if (std::any_of(numbers.begin(), numbers.end(), [this](Number n) { return is(n, Play::refuse_unnamed); }))
      return splunk::answer(400, "<html>");
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      if (is(numbers[i], Play::refuse_named)) return splunk::refused(6, static_cast<int>(i));
      arrived_.push_back(numbers[i]);
    }
    return splunk::code(200, 0);
  }

  bool is(Number number, Play manner) const {
    const auto at = poison_.find(number);
    return at != poison_.end() && at->second == manner;
  }
  void take(const Numbers& numbers) { arrived_.insert(arrived_.end(), numbers.begin(), numbers.end()); }

  std::shared_ptr<splunk::Script> script_ = std::make_shared<splunk::Script>();
  std::deque<Play> plays_;
  std::map<Number, Play> poison_;
  Numbers arrived_;
};

INSTANTIATE_TEST_SUITE_P(Splunk, DestinationConformance,
                         testing::Values(Adapter{"splunk", [] { return std::make_unique<Collector>(); }}), name_of);

}  // namespace
}  // namespace aitf::conformance
