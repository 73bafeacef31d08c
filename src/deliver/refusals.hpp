#pragma once
// What becomes of events that are refused for good: a dead letter with the event as it lies in the journal, a count
// and a line in the log. One thread.

#include <cstdint>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "deliver/dead_letters.hpp"
#include "deliver/destination.hpp"
#include "observe/metrics.hpp"

namespace aitf::deliver {

struct Refusal {
  journal::Sequence event;
  std::uint32_t attempts;
  std::string reason;  // a constant word
  std::string answer;
};

class Refusals {
 public:
  // All outlive this.
  Refusals(Destination& destination, journal::Reader& reader, DeadLetters& dead_letters, observe::Metrics& metrics,
           const Clock& clock)
      : destination_(destination), reader_(reader), dead_letters_(dead_letters), metrics_(metrics), clock_(clock) {}

  // One try. On an error nothing is settled: try again with the same.
  Status write(std::vector<Refusal> refusals);

 private:
  struct Event {
    std::string uid;
    std::string json;
  };

  Result<std::vector<Event>> events_of(const std::vector<Refusal>& refusals);
  void say(const Refusal& first, const Event& event, std::size_t count);

  Destination& destination_;
  journal::Reader& reader_;
  DeadLetters& dead_letters_;
  observe::Metrics& metrics_;
  const Clock& clock_;
  // At most one line a second; what is passed over in silence is counted in the next.
  std::chrono::steady_clock::time_point said_at_{};
  bool said_ = false;
  std::size_t unsaid_ = 0;
};

}  // namespace aitf::deliver
