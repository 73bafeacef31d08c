#pragma once
// One suite that every destination passes: it drives the real Worker against a peer that misbehaves as told, and counts
// what was lost, what came twice, what was sent again without need, and what lies in the dead letters.
//
// To run it for a destination: write a Peer, and in a file of this folder
//
//   INSTANTIATE_TEST_SUITE_P(Splunk, DestinationConformance,
//                            testing::Values(Adapter{"splunk", [] { return std::make_unique<SplunkPeer>(); }}),
//                            name_of);
//
// and add aitf_destination_conformance(splunk SOURCES … USES …) to CMakeLists.txt. Events are those of
// deliver/testing/numbered_events.hpp: a peer finds the numbers in a body with numbers_in(). All in one process, no
// real waiting: pauses between attempts take no time, so a peer must not need any.

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "deliver/destination.hpp"
#include "deliver/testing/numbered_events.hpp"

namespace aitf::conformance {

using deliver::testing::Number;
using deliver::testing::Numbers;

// What a peer does with one attempt.
enum class Play {
  accept,          // takes everything and says so
  fail,            // takes nothing: unreachable, an error that passes
  throttle,        // takes nothing and asks to wait for kPeersWish
  accept_in_part,  // takes the first half (none of one event), not the rest, and the destination can tell
  cut,             // takes everything, but the answer does not come
  deny,            // takes nothing: the credential is refused
  too_large,       // takes nothing: the payload is too large; a single event is taken
  // The next two are about events, see poison(): how the peer refuses a payload that holds one.
  refuse_named,    // takes those before the first poisoned event and names it, or takes all but the poisoned ones
  refuse_unnamed,  // takes nothing and does not say for which event
};

constexpr std::chrono::milliseconds kPeersWish{2000};

// The other side of one destination. One thread at a time.
class Peer {
 public:
  virtual ~Peer() = default;
  // A destination named `name` that sends to this peer, with at most `batch_events` in a batch. Called again after the
  // last one is gone: a restart.
  virtual std::unique_ptr<deliver::Destination> make_destination(const std::string& name, std::size_t batch_events) = 0;
  // Whether this kind of peer can do that at all; scenarios with a play it cannot are skipped.
  virtual bool can(Play play) const = 0;
  // What it does with the next attempts, in front of which it accepts again.
  virtual void play(std::vector<Play> plays) = 0;
  // From now on this event is refused for good, in the manner of refuse_named or refuse_unnamed.
  virtual void poison(Number number, Play manner) = 0;
  // The numbers offered in each attempt so far, whatever came of it.
  virtual std::vector<Numbers> attempts() const = 0;
  // The numbers the peer holds for good, one for each time it took one.
  virtual Numbers arrived() = 0;
};

struct Adapter {
  std::string name;
  std::function<std::unique_ptr<Peer>()> make;
};

// Without it the names of the tests would hold addresses.
inline void PrintTo(const Adapter& adapter, std::ostream* out) { *out << adapter.name; }

class DestinationConformance : public testing::TestWithParam<Adapter> {};

inline std::string name_of(const testing::TestParamInfo<Adapter>& info) { return info.param.name; }

}  // namespace aitf::conformance
