// The thread of one destination: batch, deliver, again.
#include "deliver/worker.hpp"

#include <atomic>
#include <condition_variable>
#include <future>
#include <mutex>
#include <random>
#include <thread>
#include <utility>

#include "deliver/delivery.hpp"

namespace aitf::deliver {
namespace {

void sleep_in_earnest(Milliseconds time, std::stop_token stop) {
  std::mutex mutex;
  std::condition_variable_any never;
  std::unique_lock lock(mutex);
  never.wait_for(lock, std::move(stop), time, [] { return false; });
}

std::function<double()> random_numbers() {
  return [generator = std::mt19937_64(std::random_device{}())]() mutable {
    return std::uniform_real_distribution<double>(0.0, 1.0)(generator);
  };
}

Surroundings completed(Surroundings given) {
  if (!given.sleep) given.sleep = sleep_in_earnest;
  if (!given.random) given.random = random_numbers();
  return given;
}

}  // namespace

// Everything here is the thread's own, save the stop sources, the atomic and report().
class Worker::Loop {
 public:
  Loop(std::unique_ptr<Destination> destination, Surroundings surroundings, const RetryPolicy& policy)
      : around_(completed(std::move(surroundings))),
        destination_(std::move(destination)),
        name_(destination_->name()),
        reader_(around_.journal.open_reader(name_)),
        dead_letters_(around_.files, around_.clock, around_.state_dir, name_),
        batcher_(*destination_, *reader_, around_.clock),
        refusals_(*destination_, *reader_, dead_letters_, around_.metrics, around_.clock),
        standing_(name_, around_.health, policy.failures_until_bad),
        back_off_(policy, around_.random),
        delivery_(parts()) {}

  void start() {
    thread_ = std::jthread([this] { drained_.set_value(run()); });
  }

  void drain() { drain_.request_stop(); }

  bool join(std::chrono::steady_clock::time_point deadline) {
    drain();
    if (!thread_.joinable()) return result_;
    auto drained = drained_.get_future();
    if (drained.wait_until(deadline) != std::future_status::ready) {
      give_up_.request_stop();
      destination_->interrupt();
    }
    thread_.join();
    return result_ = drained.get();
  }

  void report() const {
    const journal::Sequence acknowledged = reader_->acknowledged();  // first: last() is never before it then
    const journal::Sequence lag = around_.journal.last() - acknowledged;
    const std::int64_t oldest = oldest_ms_.load(std::memory_order_relaxed);
    const double age = oldest == 0 ? 0 : static_cast<double>(around_.clock.now_unix_ms() - oldest) / 1000;
    around_.metrics.set(observe::Metric::lag_events, {name_}, static_cast<double>(lag));
    around_.metrics.set(observe::Metric::oldest_seconds, {name_}, std::max(age, 0.0));
  }

 private:
  Delivery::Parts parts() {
    return {.destination = *destination_,
            .reader = *reader_,
            .batcher = batcher_,
            .refusals = refusals_,
            .standing = standing_,
            .back_off = back_off_,
            .metrics = around_.metrics,
            .pause = [this](Milliseconds time) { pause(time); },
            .report = [this] { report(); },
            .give_up = give_up_.get_token()};
  }

  // True: the journal holds nothing more.
  bool run() {
    spared_ = drain_.stop_requested();
    while (!give_up_.stop_requested()) {
      auto batch = batcher_.next(drain_.get_token());
      if (!batch) {
        standing_.blocked("journal", batch.error().text());
        pause(back_off_.next(batch.error().retry_after));
        continue;
      }
      if (batch->events.empty() && batch->oversized == 0) return true;
      if (!deliver(std::move(*batch))) return false;
    }
    return false;
  }

  bool deliver(Batch batch) {
    oldest_ms_.store(batch.oldest_ms, std::memory_order_relaxed);
    const bool all = delivery_.run(std::move(batch));
    if (all) oldest_ms_.store(0, std::memory_order_relaxed);
    report();
    return all;
  }

  // The pause into which drain() falls, or the first after it, ends at once: the time left is better spent on one more
  // attempt.
  void pause(Milliseconds time) {
    if (spared_) return around_.sleep(time, give_up_.get_token());
    around_.sleep(time, drain_.get_token());
    spared_ = drain_.stop_requested();
    around_.metrics.add(observe::Metric::delivered_events, {name_}, 0);  // a dashboard sees 0 and not a gap
    report();
  }

  Surroundings around_;
  std::unique_ptr<Destination> destination_;
  const std::string name_;
  std::unique_ptr<journal::Reader> reader_;
  DeadLetters dead_letters_;
  Batcher batcher_;
  Refusals refusals_;
  Standing standing_;
  BackOff back_off_;
  std::stop_source drain_;
  std::stop_source give_up_;
  bool spared_ = false;  // the one pause
  std::atomic<std::int64_t> oldest_ms_ = 0;
  Delivery delivery_;
  std::promise<bool> drained_;
  bool result_ = false;
  std::jthread thread_;  // last: it uses all the others
};

Worker::Worker(std::unique_ptr<Destination> destination, Surroundings surroundings, RetryPolicy policy)
    : loop_(std::make_unique<Loop>(std::move(destination), std::move(surroundings), policy)) {}

Worker::~Worker() { join({}); }

void Worker::start() { loop_->start(); }

void Worker::drain() { loop_->drain(); }

bool Worker::join(std::chrono::steady_clock::time_point deadline) { return loop_->join(deadline); }

void Worker::report() const { loop_->report(); }

}  // namespace aitf::deliver
