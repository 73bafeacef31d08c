#pragma once
// Sends one batch until each of its events is settled or dead-lettered: attempts, retries, splits. One thread, one
// payload in flight; the pieces of a batch do not depend on one another, so that more can be sent at a time.

#include <deque>
#include <functional>
#include <stop_token>

#include "deliver/back_off.hpp"
#include "deliver/batcher.hpp"
#include "deliver/progress.hpp"
#include "deliver/refusals.hpp"
#include "deliver/standing.hpp"

namespace aitf::deliver {

class Delivery {
 public:
  // All outlive the delivery.
  struct Parts {
    Destination& destination;
    journal::Reader& reader;
    Batcher& batcher;
    Refusals& refusals;
    Standing& standing;
    BackOff& back_off;
    observe::Metrics& metrics;
    std::function<void(Milliseconds)> pause;  // returns early when `give_up` is asked to stop
    std::function<void()> report;             // called after every attempt
    std::stop_token give_up;
  };
  explicit Delivery(Parts parts) : parts_(std::move(parts)) {}

  // False: given up on stop, with the cursor before the first event that is not settled.
  bool run(Batch batch);

 private:
  // A part of the batch that is sent as one.
  struct Piece {
    Payload payload;  // without bytes until it is encoded
    bool encoded = false;
    std::uint32_t attempts = 0;
  };

  void begin(Batch& batch);
  void queue(std::vector<Payload> payloads, std::uint32_t attempts);
  void refuse_what_was_not_encoded(const std::vector<journal::Sequence>& events, const std::vector<Payload>& payloads);
  void encode_first();
  void attempt_first();
  void settle(const Piece& piece, const std::vector<std::size_t>& settled);
  void send_again(Piece piece, const Outcome& outcome, const std::vector<std::size_t>& open);
  void pause_after(const Outcome& outcome, bool got_through);
  void refuse(const std::vector<Refusal>& refusals);
  void refuse_oversized(journal::Sequence event, std::uint32_t attempts);
  std::vector<Refusal> refusals_of(const Piece& piece, const Outcome& outcome) const;
  void wait_for_machine(std::string_view reason, const Error& error);
  bool gave_up() const { return parts_.give_up.stop_requested(); }
  void advance();

  Parts parts_;
  Progress progress_{{}, 0};
  std::deque<Piece> pieces_;
};

}  // namespace aitf::deliver
