#include "daemon/settings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <map>

namespace aitf::daemon {
namespace {

using testing::HasSubstr;

config::Environment environment(std::map<std::string, std::string> variables) {
  return [variables = std::move(variables)](const std::string& name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  };
}

class SettingsFile : public testing::Test {
 protected:
  Result<LoadedSettings> load(const std::string& yaml, std::map<std::string, std::string> variables = {}) {
    std::ofstream(path_) << yaml;
    return load_settings(path_, posix_files(), environment(std::move(variables)));
  }
  void TearDown() override { std::filesystem::remove(path_); }

  // A file of this test's own: tests run at the same time.
  const std::string path_ =
      testing::TempDir() + "settings-" + testing::UnitTest::GetInstance()->current_test_info()->name() + ".yaml";
};

TEST_F(SettingsFile, WithoutAnythingWritesJsonLines) {
  const auto loaded = load("{}", {{"HOME", "/home/x"}});
  ASSERT_TRUE(loaded) << loaded.error().text();
  ASSERT_EQ(loaded->settings.destinations.size(), 1U);
  EXPECT_EQ(loaded->settings.destinations[0].type(), "jsonl");
  EXPECT_EQ(loaded->settings.receive.otlp_http.listen, "127.0.0.1:4318");
  EXPECT_EQ(loaded->settings.admin.listen, "127.0.0.1:9464");
}

TEST_F(SettingsFile, TheEnvironmentAddsSplunkAndNothingElse) {
  const auto loaded = load("{}", {{"SPLUNK_HEC_URL", "https://s:8088"}, {"SPLUNK_HEC_TOKEN", "t"}});
  ASSERT_TRUE(loaded) << loaded.error().text();
  ASSERT_EQ(loaded->settings.destinations.size(), 1U);
  EXPECT_EQ(loaded->settings.destinations[0].shown_name(), "splunk");
}

TEST_F(SettingsFile, TheEnvironmentAddsNoTypeThatTheFileHas) {
  const auto loaded = load("destinations: [{name: siem, type: splunk, url: 'https://a:8088', token: x}]",
                           {{"SPLUNK_HEC_URL", "https://b:8088"}, {"SPLUNK_HEC_TOKEN", "t"}});
  ASSERT_TRUE(loaded) << loaded.error().text();
  ASSERT_EQ(loaded->settings.destinations.size(), 1U);
  EXPECT_EQ(std::get<destinations::SplunkConfig>(loaded->settings.destinations[0].settings).url, "https://a:8088");
}

TEST_F(SettingsFile, AUrlWithoutTokenIsAnError) {
  const auto loaded = load("{}", {{"SPLUNK_HEC_URL", "https://s:8088"}});
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().kind, ErrorKind::invalid);
  EXPECT_THAT(loaded.error().text(), HasSubstr("SPLUNK_HEC_TOKEN"));
}

TEST_F(SettingsFile, TwoDestinationsOfOneNameAreAnErrorWithItsPlace) {
  const auto loaded = load("destinations:\n  - {type: jsonl, path: a}\n  - {type: jsonl, path: b}\n");
  ASSERT_FALSE(loaded);
  EXPECT_THAT(loaded.error().text(), HasSubstr(path_ + ":2:3: destinations: "));
  EXPECT_THAT(loaded.error().text(), HasSubstr("two are called `jsonl`"));
}

TEST_F(SettingsFile, TwoWritersOfOneFolderAreAnError) {
  const auto loaded = load("destinations: [{name: a, type: jsonl, path: x}, {name: b, type: jsonl, path: ./y/../x/}]");
  ASSERT_FALSE(loaded);
  EXPECT_THAT(loaded.error().text(), HasSubstr("two write to the folder `./y/../x/`"));
}

TEST_F(SettingsFile, NamesMustNotClashWithTheEnvironmentsDestination) {
  const auto loaded = load("destinations: [{name: splunk, type: jsonl}]",
                           {{"SPLUNK_HEC_URL", "https://s:8088"}, {"SPLUNK_HEC_TOKEN", "t"}});
  ASSERT_FALSE(loaded);
  EXPECT_THAT(loaded.error().text(), HasSubstr("SPLUNK_HEC_URL"));
}

TEST_F(SettingsFile, AFileNamedInTheEnvironmentIsRead) {
  std::ofstream(path_) << "state_dir: /somewhere";
  const auto loaded = load_settings("", posix_files(), environment({{"AITF_CONFIG", path_}}));
  ASSERT_TRUE(loaded) << loaded.error().text();
  EXPECT_EQ(loaded->settings.state_dir, "/somewhere");
  EXPECT_EQ(loaded->source, path_);
}

TEST(Settings, AMissingFileIsNamed) {
  const auto loaded = load_settings("/nowhere/aitf.yaml", posix_files(), environment({}));
  ASSERT_FALSE(loaded);
  EXPECT_THAT(loaded.error().text(), HasSubstr("/nowhere/aitf.yaml"));
}

}  // namespace
}  // namespace aitf::daemon
