// The machine's files, through POSIX calls: the standard streams have no fsync and hide the reason of a failure.
#include "base/files.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <system_error>

namespace aitf {
namespace {

constexpr std::size_t kMostRead = std::size_t{1} << 30;
constexpr std::size_t kMostOfUnknownSize = std::size_t{64} << 20;  // pipes, and devices that never end
// Files hold what people said to a model: not for everyone's eyes.
constexpr mode_t kFileMode = 0640;
constexpr mode_t kDirectoryMode = 0750;

ErrorKind kind_of(int code) {
  switch (code) {
    case ENOSPC:
    case EDQUOT:
    case EMFILE:
    case ENFILE:
    case ENOMEM:
    case EAGAIN:
    case EIO:
    case ENOBUFS: return ErrorKind::transient;
    default: return ErrorKind::invalid;
  }
}

const char* hint_for(int code) {
  switch (code) {
    case ENOSPC:
    case EDQUOT: return "free some space, or use another folder";
    case EACCES:
    case EPERM: return "check owner and mode of the file and of its folders";
    case EMFILE:
    case ENFILE: return "raise the limit of open files";
    case EROFS: return "use a folder on a file system that can be written";
    default: return "";
  }
}

tl::unexpected<Error> failed(const char* what, const Path& path, int code) {
  return fail(kind_of(code), std::string(what) + " " + path.string() + ": " + std::generic_category().message(code),
              hint_for(code));
}

// Calls `call` again as long as a signal interrupts it.
template <class Call>
auto uninterrupted(Call call) {
  auto result = call();
  while (result < 0 && errno == EINTR) result = call();
  return result;
}

// An open file, closed at the end of its scope.
class Descriptor {
 public:
  Descriptor(const Path& path, int flags)
      : number_(uninterrupted([&] { return ::open(path.c_str(), flags | O_CLOEXEC, kFileMode); })) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  bool is_open() const { return number_ >= 0; }
  int number() const { return number_; }

 private:
  int number_;
};

class PosixFile final : public File {
 public:
  explicit PosixFile(const Path& path) : path_(path), file_(path, kFlags) {}

  Status open() {
    struct stat status{};
    if (!file_.is_open() || ::fstat(file_.number(), &status) != 0) return failed("cannot open", path_, errno);
    size_ = static_cast<std::uint64_t>(status.st_size);
    device_ = status.st_dev;
    inode_ = status.st_ino;
    return {};
  }

  // After a failure size() tells how much got in: a full disk takes a part.
  Status append(std::string_view bytes) override {
    while (!bytes.empty()) {
      const ssize_t count = uninterrupted([&] { return ::write(file_.number(), bytes.data(), bytes.size()); });
      if (count < 0) return failed("cannot write", path_, errno);
      bytes.remove_prefix(static_cast<std::size_t>(count));
      size_ += static_cast<std::uint64_t>(count);
    }
    return {};
  }

  Status sync() override {
    if (uninterrupted([&] { return ::fdatasync(file_.number()); }) != 0) return failed("cannot sync", path_, errno);
    return {};
  }

  std::uint64_t size() const override { return size_; }

  bool is_in_place() const override {
    struct stat status{};
    return ::stat(path_.c_str(), &status) == 0 && status.st_dev == device_ && status.st_ino == inode_;
  }

 private:
  static constexpr int kFlags = O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK;  // a FIFO that nobody reads is an error

  Path path_;
  Descriptor file_;
  std::uint64_t size_ = 0;
  dev_t device_ = 0;
  ino_t inode_ = 0;
};

class PosixFiles final : public Files {
 public:
  Result<std::unique_ptr<File>> open_append(const Path& path) override {
    auto file = std::make_unique<PosixFile>(path);
    AITF_CHECK(file->open());
    return file;
  }

  Result<std::string> read(const Path& path) override { return read_end(path, SIZE_MAX); }

  Result<std::string> read_end(const Path& path, std::size_t bytes) override {
    const Descriptor file(path, O_RDONLY);
    if (!file.is_open()) return failed("cannot read", path, errno);
    std::string text;
    std::size_t most = kMostOfUnknownSize;
    struct stat status{};
    if (::fstat(file.number(), &status) == 0 && status.st_size > 0) {
      most = kMostRead;
      const auto size = static_cast<std::size_t>(status.st_size);
      if (std::min(size, bytes) > kMostRead) return failed("cannot read", path, EFBIG);
      text.reserve(std::min(size, bytes));
      if (size > bytes && ::lseek(file.number(), static_cast<off_t>(size - bytes), SEEK_SET) < 0)
        return failed("cannot read", path, errno);
    }
    std::array<char, std::size_t{64} << 10> buffer;
    while (true) {
      const ssize_t count = uninterrupted([&] { return ::read(file.number(), buffer.data(), buffer.size()); });
      if (count < 0) return failed("cannot read", path, errno);
      if (count == 0) return text;
      if (text.size() > most) return failed("cannot read", path, EFBIG);
      text.append(buffer.data(), static_cast<std::size_t>(count));
    }
  }

  Status rename(const Path& from, const Path& to) override {
    if (::rename(from.c_str(), to.c_str()) == 0) return {};
    const int code = errno;
    return failed(("cannot rename " + from.string() + " to").c_str(), to, code);
  }

  Status remove(const Path& path) override {
    if (std::remove(path.c_str()) != 0) return failed("cannot remove", path, errno);
    return {};
  }

  Status make_directories(const Path& path) override {
    Path so_far;
    for (const Path& part : path) {
      so_far /= part;
      if (::mkdir(so_far.c_str(), kDirectoryMode) == 0 || errno == EEXIST) continue;
      const int code = errno;  // a parent that cannot be written may exist all the same (EROFS, EACCES)
      if (struct stat status{}; ::stat(so_far.c_str(), &status) != 0) return failed("cannot make folder", so_far, code);
    }
    struct stat status{};
    if (::stat(path.c_str(), &status) != 0) return failed("cannot make folder", path, errno);
    if (!S_ISDIR(status.st_mode)) return failed("cannot make folder", path, ENOTDIR);
    return {};
  }

  Result<std::vector<std::string>> list(const Path& directory) override {
    const std::unique_ptr<DIR, int (*)(DIR*)> open(::opendir(directory.c_str()), &::closedir);
    if (!open) return failed("cannot list", directory, errno);
    std::vector<std::string> names;
    errno = 0;
    while (const dirent* entry = ::readdir(open.get()))
      if (const std::string_view name = entry->d_name; name != "." && name != "..") names.emplace_back(name);
    if (errno != 0) return failed("cannot list", directory, errno);
    std::sort(names.begin(), names.end());
    return names;
  }

  Status sync_directory(const Path& path) override {
    const Descriptor directory(path, O_RDONLY | O_DIRECTORY);
    if (!directory.is_open() || uninterrupted([&] { return ::fsync(directory.number()); }) != 0)
      return failed("cannot sync folder", path, errno);
    return {};
  }
};

}  // namespace

Files& posix_files() {
  static PosixFiles files;
  return files;
}

}  // namespace aitf
