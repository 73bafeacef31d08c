#pragma once
// Carries the journal's records to one destination, on a thread of its own: takes them in batches, sends, retries,
// splits, dead-letters, and moves the cursor over what is settled. Written once, for every kind of destination.
//
// Nothing is given up: a retry has no end, what the peer refuses for good goes to the dead letters, and the cursor
// passes only what is settled or dead-lettered. An event can arrive twice (a cut answer, a stop), never not at all.
// Memory: one batch, encoded. A part that is sent again is read again from the journal.

#include <chrono>
#include <functional>
#include <memory>
#include <stop_token>

#include "base/clock.hpp"
#include "base/files.hpp"
#include "deliver/destination.hpp"
#include "journal/journal.hpp"
#include "observe/health.hpp"
#include "observe/metrics.hpp"

namespace aitf::deliver {

// Pauses between attempts. After the n-th failure in a row a pause is drawn evenly from 0 to
// min(longest_pause, first_pause * 2^(n-1)) (full jitter), and is never shorter than what the peer asks for.
struct RetryPolicy {
  Milliseconds first_pause{200};
  Milliseconds longest_pause{30'000};
  Milliseconds longest_wish{300'000};       // Retry-After is heeded up to this
  Milliseconds unauthorized_pause{30'000};  // fixed: asking faster does not mend a credential
  int failures_until_bad = 3;               // in a row; then health says so. Unauthorized says so at once
};

// What the Worker works with. All of it outlives the Worker.
struct Surroundings {
  journal::Journal& journal;
  Files& files;
  Path state_dir;  // dead letters lie in state_dir/dead-letters/<destination>
  const Clock& clock;
  observe::Metrics& metrics;
  observe::Health& health;  // the part is "destination <name>"
  // Returns after the time or on stop. None: waits in earnest.
  std::function<void(Milliseconds, std::stop_token)> sleep = {};
  // Evenly from 0 to below 1; the Worker's thread calls it. None: a generator with a random seed.
  std::function<double()> random = {};
};

// Owned by the daemon. start, drain and join are for one thread (the owner's); report is for any.
// At stop: drain() all workers, then join() each with the same deadline.
class Worker {
 public:
  // Opens the journal's reader by the destination's name: make all workers before the first append.
  Worker(std::unique_ptr<Destination> destination, Surroundings surroundings, RetryPolicy policy = {});
  ~Worker();  // as drain() and join() with a deadline that is over
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  void start();
  // From now on batches are closed at once, and the thread ends when the journal holds nothing more for it.
  void drain();
  // Waits for that until `deadline`, then leaves the rest in the journal. True: nothing is left.
  bool join(std::chrono::steady_clock::time_point deadline);

  // Sets the gauges lag_events and oldest_seconds. The Worker does so after every attempt; call it before metrics are
  // read, since an attempt or a pause may last.
  void report() const;

 private:
  class Loop;
  std::unique_ptr<Loop> loop_;
};

}  // namespace aitf::deliver
