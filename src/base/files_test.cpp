#include "base/files.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>

namespace aitf {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class PosixFilesTest : public ::testing::Test {
 public:
  PosixFilesTest() {
    std::string name = (std::filesystem::temp_directory_path() / "aitf_files_XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  ~PosixFilesTest() override { std::filesystem::remove_all(folder_); }

 protected:
  void write(const Path& path, std::string_view text) {
    auto file = files_.open_append(path);
    ASSERT_TRUE(file) << file.error().text();
    ASSERT_TRUE((*file)->append(text));
    ASSERT_TRUE((*file)->sync());
  }

  Files& files_ = posix_files();
  Path folder_;
};

TEST_F(PosixFilesTest, AppendsToWhatIsThereAndKnowsTheSize) {
  const Path path = folder_ / "a";
  write(path, "one");
  auto file = files_.open_append(path);
  ASSERT_TRUE(file);
  EXPECT_EQ((*file)->size(), 3u);
  ASSERT_TRUE((*file)->append(""));
  ASSERT_TRUE((*file)->append("+two"));
  EXPECT_EQ((*file)->size(), 7u);
  EXPECT_EQ(*files_.read(path), "one+two");
}

TEST_F(PosixFilesTest, ReadsAFileLargerThanItsBuffer) {
  const std::string large(200'001, 'x');
  write(folder_ / "large", large);
  EXPECT_EQ(*files_.read(folder_ / "large"), large);
}

TEST_F(PosixFilesTest, ReadsTheEndOfAFile) {
  const Path path = folder_ / "end";
  ASSERT_TRUE((*files_.open_append(path))->append("one\ntwo"));
  EXPECT_EQ(*files_.read_end(path, 3), "two");
  EXPECT_EQ(*files_.read_end(path, 100), "one\ntwo");
}

TEST_F(PosixFilesTest, ReadsAFileThatTellsNoSize) { EXPECT_FALSE(files_.read("/proc/self/status")->empty()); }

TEST_F(PosixFilesTest, KeepsFilesFromEveryoneElse) {
  write(folder_ / "a", "x");
  ASSERT_TRUE(files_.make_directories(folder_ / "d"));
  struct stat status{};
  ASSERT_EQ(::stat((folder_ / "a").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0007u, 0u);
  ASSERT_EQ(::stat((folder_ / "d").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0007u, 0u);
}

TEST_F(PosixFilesTest, RenamesOverAnotherFileAndRemoves) {
  write(folder_ / "new", "new");
  write(folder_ / "old", "old");
  ASSERT_TRUE(files_.rename(folder_ / "new", folder_ / "old"));
  EXPECT_EQ(*files_.read(folder_ / "old"), "new");
  ASSERT_TRUE(files_.sync_directory(folder_));
  ASSERT_TRUE(files_.remove(folder_ / "old"));
  EXPECT_TRUE(files_.list(folder_)->empty());
}

TEST_F(PosixFilesTest, ListsNamesInOrder) {
  for (const char* name : {"b", "c", "a"}) write(folder_ / name, "");
  EXPECT_THAT(*files_.list(folder_), ElementsAre("a", "b", "c"));
}

TEST_F(PosixFilesTest, MakesEveryMissingFolderAndTakesExistingOnes) {
  EXPECT_TRUE(files_.make_directories(folder_ / "x/y/z"));
  EXPECT_TRUE(files_.make_directories(folder_ / "x/y/z/"));
  EXPECT_TRUE(std::filesystem::is_directory(folder_ / "x/y/z"));
}

TEST_F(PosixFilesTest, TellsPathAndReasonOfEveryFailure) {
  const Path missing = folder_ / "no" / "file";
  write(folder_ / "plain", "");
  for (const Status& status :
       {Status(files_.open_append(missing).map([](auto&&) {})), Status(files_.read(missing).map([](auto&&) {})),
        files_.remove(missing), Status(files_.list(missing).map([](auto&&) {})), files_.sync_directory(missing),
        files_.rename(folder_ / "plain", missing)}) {
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().kind, ErrorKind::invalid);
    EXPECT_THAT(status.error().message, HasSubstr(missing.string() + ": No such file or directory"));
  }
  EXPECT_THAT(files_.make_directories(folder_ / "plain").error().message, HasSubstr("plain: Not a directory"));
}

TEST_F(PosixFilesTest, TellsThatTheDiskIsFull) {
  auto file = files_.open_append("/dev/full");
  ASSERT_TRUE(file) << file.error().text();
  const Status status = (*file)->append("x");
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().kind, ErrorKind::transient);
  EXPECT_THAT(status.error().text(), HasSubstr("free some space"));
}

TEST_F(PosixFilesTest, KnowsWhetherAnOpenFileIsStillInPlace) {
  auto file = files_.open_append(folder_ / "a").value();
  EXPECT_TRUE(file->is_in_place());
  ASSERT_TRUE(files_.rename(folder_ / "a", folder_ / "b"));
  EXPECT_FALSE(file->is_in_place());
  write(folder_ / "a", "another");
  EXPECT_FALSE(file->is_in_place());
  ASSERT_TRUE(files_.rename(folder_ / "b", folder_ / "a"));
  EXPECT_TRUE(file->is_in_place());
  ASSERT_TRUE(files_.remove(folder_ / "a"));
  EXPECT_FALSE(file->is_in_place());
}

TEST_F(PosixFilesTest, DoesNotWaitForTheReaderOfAFifo) {
  ASSERT_EQ(::mkfifo((folder_ / "fifo").c_str(), 0600), 0);
  EXPECT_FALSE(files_.open_append(folder_ / "fifo"));
}

TEST_F(PosixFilesTest, ReadsNoMoreThanAGibibyte) {
  write(folder_ / "huge", "");
  std::filesystem::resize_file(folder_ / "huge", (std::uintmax_t{1} << 30) + 1);  // takes no space
  const auto text = files_.read(folder_ / "huge");
  ASSERT_FALSE(text);
  EXPECT_THAT(text.error().message, HasSubstr("huge: File too large"));
  EXPECT_EQ(files_.read_end(folder_ / "huge", 2).value(), std::string(2, '\0'));
  EXPECT_FALSE(files_.read("/dev/zero"));
}

TEST_F(PosixFilesTest, RefusesToReadAFolder) { EXPECT_FALSE(files_.read(folder_)); }

}  // namespace
}  // namespace aitf
