// What the log says of a destination: little, and enough.
#include <gtest/gtest.h>

#include <sstream>

#include "deliver/testing/scripted_destination.hpp"
#include "deliver/testing/worker_rig.hpp"

namespace aitf::deliver {
namespace {

using testing::append_events;
using testing::retry;
using testing::Script;
using testing::WorkerRig;

class WorkerLog : public ::testing::Test {
 protected:
  WorkerLog() { rig_.open(std::make_unique<testing::ScriptedDestination>(script_)); }
  // The lines written while the journal is delivered.
  std::vector<std::string> deliver() {
    ::testing::internal::CaptureStderr();
    EXPECT_TRUE(rig_.deliver_all());
    std::istringstream text(::testing::internal::GetCapturedStderr());
    std::vector<std::string> lines;
    for (std::string line; std::getline(text, line);) lines.push_back(line);
    return lines;
  }

  Script script_;
  WorkerRig rig_;
};

TEST_F(WorkerLog, IsSilentWhenAllIsWellOrAFailurePasses) {
  script_.then(retry(), 2);
  ASSERT_TRUE(append_events(*rig_.journal, 1, 10));
  EXPECT_TRUE(deliver().empty());
}

TEST_F(WorkerLog, SaysOnceThatADestinationIsBadAndOnceThatItIsWell) {
  script_.then({.kind = Outcome::Kind::retry, .reason = "unreachable", .answer = "no route to siem:8088"}, 500);
  ASSERT_TRUE(append_events(*rig_.journal, 1, 10));
  const auto lines = deliver();
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_NE(lines[0].find("unreachable: no route to siem:8088"), std::string::npos) << lines[0];
  EXPECT_NE(lines[0].find("fake"), std::string::npos) << lines[0];
  EXPECT_NE(lines[1].find("again"), std::string::npos) << lines[1];
  EXPECT_NE(lines[1].find("500"), std::string::npos) << lines[1];
}

TEST_F(WorkerLog, NamesTheEventThatIsTooLargeItsSizeAndTheLimit) {
  script_.limits.event_bytes = 1000;
  ASSERT_TRUE(append_events(*rig_.journal, 1, 1, 2000));
  const auto lines = deliver();
  ASSERT_EQ(lines.size(), 1u);
  for (const std::string& part :
       {std::string("7a755b63eb61d3cd1016e5ea256a4326"), std::string("0e98597d42a2455c"), testing::uid_of(1),
        std::to_string(testing::event_of(1, 2000).size()), std::string("1000"), std::string("event_too_large"),
        std::string("/state/dead-letters/fake")})
    EXPECT_NE(lines[0].find(part), std::string::npos) << part << " in " << lines[0];
  EXPECT_EQ(lines[0].find("...."), std::string::npos) << "content in the log";
}

TEST_F(WorkerLog, AFloodOfRefusedEventsIsALineASecond) {
  script_.limits.batch_events = 1;
  script_.otherwise = [this](const testing::Numbers&) {
    rig_.clock.advance(std::chrono::milliseconds(100));
    return Outcome{.rejected = {{0, "refused", "no"}}};
  };
  ASSERT_TRUE(append_events(*rig_.journal, 1, 100));
  EXPECT_EQ(deliver().size(), 10u);
  EXPECT_EQ(rig_.dead_letters().size(), 100u);
}

}  // namespace
}  // namespace aitf::deliver
