#pragma once
// For tests: a Worker over a journal in memory, where pauses take no time and are written down.

#include <charconv>
#include <map>
#include <sstream>
#include <utility>

#include "deliver/testing/fake_files.hpp"
#include "deliver/testing/numbered_events.hpp"
#include "deliver/worker.hpp"

namespace aitf::deliver::testing {

class WorkerRig {
 public:
  explicit WorkerRig(std::size_t journal_bytes = 64u << 20)
      : journal(journal::make_memory_journal(journal_bytes, clock)) {}

  // Before the first append, as the daemon does.
  void open(std::unique_ptr<Destination> destination, RetryPolicy policy = {}) {
    worker.reset();
    Surroundings around{*journal, files, "/state", clock, metrics, health, {}, {}};
    around.sleep = [this](Milliseconds time, const std::stop_token&) {
      pauses.push_back(time);
      clock.advance(time);
      if (on_pause) on_pause();
    };
    around.random = [this] { return random; };
    worker = std::make_unique<Worker>(std::move(destination), std::move(around), policy);
  }

  // All that is in the journal now, until it is delivered.
  bool deliver_all() {
    worker->drain();
    worker->start();
    return worker->join(std::chrono::steady_clock::now() + std::chrono::minutes(1));
  }

  // The value of a line of the metrics; 0 when it is not there. `series` as it is printed: name{label="value"}.
  double metric(const std::string& series) const {
    std::istringstream lines(metrics.expose());
    for (std::string line; std::getline(lines, line);)
      if (line.starts_with(series + " ")) return std::stod(line.substr(series.size() + 1));
    return 0;
  }

  // Lines of all dead letters.
  std::vector<std::string> dead_letters() const {
    std::vector<std::string> letters;
    for (const auto& [path, text] : files.all()) {
      std::istringstream lines(text);
      for (std::string line; std::getline(lines, line);) letters.push_back(line);
    }
    return letters;
  }
  Numbers dead_numbers() const {
    Numbers numbers;
    for (const std::string& letter : dead_letters())
      for (const Number number : numbers_in(letter)) numbers.push_back(number);
    return sorted(numbers);
  }

  // Where the destination's cursor stands.
  journal::Sequence cursor(const std::string& destination = "fake") const {
    return journal->open_reader(destination)->acknowledged();
  }

  ManualClock clock;
  FakeFiles files;  // of the dead letters
  observe::Metrics metrics;
  observe::Health health;
  double random = 0.5;
  std::vector<Milliseconds> pauses;
  std::function<void()> on_pause;  // in the Worker's thread
  std::unique_ptr<journal::Journal> journal;
  std::unique_ptr<Worker> worker;
};

}  // namespace aitf::deliver::testing
