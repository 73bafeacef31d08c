// The suite for files of JSON lines: the peer is a disk that fails as told and crashes before anyone looks.
#include "deliver/testing/fake_files.hpp"
#include "destination_conformance.hpp"
#include "destinations/jsonl/jsonl.hpp"

namespace aitf::conformance {
namespace {

using deliver::testing::FakeFiles;
using deliver::testing::numbers_in;

class Disk final : public Peer {
 public:
  std::unique_ptr<deliver::Destination> make_destination(const std::string& name, std::size_t batch_events) override {
    destinations::JsonlConfig config{.path = "/out", .max_file_size = {4000}};
    config.batch.events = static_cast<std::uint32_t>(batch_events);
    return destinations::make_jsonl(name, config, files_, clock_);
  }
  bool can(Play play) const override {
    return play == Play::accept || play == Play::fail || play == Play::accept_in_part || play == Play::cut;
  }
  void play(std::vector<Play> plays) override {
    for (const Play play : plays) {
      files_.fail(FakeFiles::Call::append, play == Play::fail || play == Play::accept_in_part,
                  play == Play::accept_in_part ? kHalfABatch : 0, play == Play::accept || play == Play::cut);
      // A failed append of nothing is not followed by a sync.
      if (play != Play::fail) files_.fail(FakeFiles::Call::sync, play == Play::cut, 0, play != Play::cut);
    }
  }
  void poison(Number, Play) override {}
  std::vector<Numbers> attempts() const override {
    std::vector<Numbers> attempts;
    for (const std::string& text : files_.appends()) attempts.push_back(numbers_in(text));
    return attempts;
  }
  // In the order they were written: closed files by their number, then the current one.
  Numbers arrived() override {
    files_.crash();
    Numbers numbers;
    for (const auto& [path, text] : files_.all())
      for (const Number number : numbers_of_whole_lines(text)) numbers.push_back(number);
    return numbers;
  }

 private:
  static constexpr std::size_t kHalfABatch = 900;  // four events of 221 bytes, and a part of the fifth

  static Numbers numbers_of_whole_lines(const std::string& text) {
    Numbers numbers;
    std::size_t begin = 0;
    for (std::size_t end; (end = text.find('\n', begin)) != std::string::npos; begin = end + 1) {
      const std::string line = text.substr(begin, end - begin);
      const Numbers found = numbers_in(line);
      EXPECT_EQ(found.size(), 1u);
      EXPECT_EQ(line, deliver::testing::event_of(found.at(0))) << "two lines were joined";
      numbers.push_back(found.at(0));
    }
    return numbers;
  }

  FakeFiles files_;
  ManualClock clock_;
};

INSTANTIATE_TEST_SUITE_P(Jsonl, DestinationConformance,
                         testing::Values(Adapter{"jsonl", [] { return std::make_unique<Disk>(); }}), name_of);

}  // namespace
}  // namespace aitf::conformance
