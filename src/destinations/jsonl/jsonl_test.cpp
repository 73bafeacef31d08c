#include "destinations/jsonl/jsonl.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "deliver/testing/fake_files.hpp"
#include "deliver/testing/numbered_events.hpp"

namespace aitf::destinations {
namespace {

using deliver::Outcome;
using deliver::testing::event_of;
using deliver::testing::FakeFiles;
using Call = FakeFiles::Call;

class JsonlTest : public testing::Test {
 protected:
  deliver::Payload encode(const std::vector<std::string>& events) {
    const auto encoder = jsonl_->open();
    for (std::size_t i = 0; i < events.size(); ++i)
      EXPECT_TRUE(encoder->add({.sequence = i + 1, .uid = {}, .payload = events[i]}));
    auto payloads = encoder->finish();
    EXPECT_EQ(payloads.size(), 1u);
    return payloads.at(0);
  }

  FakeFiles files_;
  ManualClock clock_;
  std::unique_ptr<deliver::Destination> jsonl_ = make_jsonl("files", JsonlConfig{.path = "/out"}, files_, clock_);
};

TEST_F(JsonlTest, WritesAnEventALineAsItIs) {
  const auto payload = encode({event_of(1), event_of(2)});
  EXPECT_EQ(jsonl_->send(payload).kind, Outcome::Kind::settled);
  EXPECT_EQ(files_.all().at("/out/events.jsonl"), event_of(1) + "\n" + event_of(2) + "\n");
}

TEST_F(JsonlTest, KeepsAnEventWithLineEndsBetweenTokensOnOneLine) {
  const auto payload = encode({"{\n\"a\": 1\n}", "{}"});
  EXPECT_EQ(payload.bytes, "{ \"a\": 1 }\n{}\n");
}

TEST_F(JsonlTest, AnEncoderTakesOneEventOfAnySizeAndNoMoreThanItsBytes) {
  const auto encoder = jsonl_->open();
  const std::string large(5u << 20, ' ');
  EXPECT_TRUE(encoder->add({.sequence = 1, .uid = {}, .payload = large}));
  EXPECT_FALSE(encoder->add({.sequence = 2, .uid = {}, .payload = "{}"}));
  EXPECT_EQ(encoder->finish().at(0).sequences, (std::vector<journal::Sequence>{1}));
}

TEST_F(JsonlTest, AnEncoderWithoutEventsMakesNoPayload) { EXPECT_TRUE(jsonl_->open()->finish().empty()); }

TEST_F(JsonlTest, AsksAgainOnlyForWhatIsNotOnDisk) {
  const auto payload = encode({event_of(1), event_of(2), event_of(3)});
  files_.fail(Call::append, 1, 2 * event_of(1).size());
  const Outcome outcome = jsonl_->send(payload);
  EXPECT_EQ(outcome.kind, Outcome::Kind::retry);
  EXPECT_EQ(outcome.retry_indices, (std::vector<std::size_t>{1, 2}));
  EXPECT_EQ(outcome.reason, "write_failed");
  EXPECT_NE(outcome.answer.find("/out/events.jsonl: no space left on device"), std::string::npos);
}

TEST_F(JsonlTest, AsksForAllAgainWhenNothingIsOnDisk) {
  files_.fail(Call::sync);
  const Outcome outcome = jsonl_->send(encode({event_of(1), event_of(2)}));
  EXPECT_EQ(outcome.kind, Outcome::Kind::retry);
  EXPECT_TRUE(outcome.retry_indices.empty());
}

TEST_F(JsonlTest, CheckSaysWhyTheFolderCannotBeUsed) {
  EXPECT_TRUE(jsonl_->check().healthy);
  const auto other = make_jsonl("other", JsonlConfig{.path = "/other"}, files_, clock_);
  files_.fail(Call::open);
  const auto diagnosis = other->check();
  EXPECT_FALSE(diagnosis.healthy);
  EXPECT_NE(diagnosis.message.find("/other/events.jsonl"), std::string::npos);
  EXPECT_FALSE(diagnosis.hint.empty());
}

TEST(JsonlOnDisk, WritesWhereItIsTold) {
  std::string name = (std::filesystem::temp_directory_path() / "aitf_jsonl_XXXXXX").string();
  const Path folder = ::mkdtemp(name.data());
  const SystemClock clock;
  for (const std::string event : {"{\"run\":1}", "{\"run\":2}"}) {
    const auto jsonl = make_jsonl("files", JsonlConfig{.path = (folder / "deep/out").string()}, posix_files(), clock);
    const auto encoder = jsonl->open();
    ASSERT_TRUE(encoder->add({.sequence = 1, .uid = {}, .payload = event}));
    EXPECT_EQ(jsonl->send(encoder->finish().at(0)).kind, Outcome::Kind::settled);
  }
  EXPECT_EQ(*posix_files().read(folder / "deep/out/events.jsonl"), "{\"run\":1}\n{\"run\":2}\n");
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace aitf::destinations
