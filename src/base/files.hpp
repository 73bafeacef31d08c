#pragma once
// Files behind an interface, so that tests can fail the n-th write, fsync, rename or open.
// Every error message holds the path and the system's reason. Thread safe, except that one File has one user at a time.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace aitf {

using Path = std::filesystem::path;

// A file open for appending.
class File {
 public:
  virtual ~File() = default;  // closes, without sync
  virtual Status append(std::string_view bytes) = 0;
  virtual Status sync() = 0;  // fdatasync
  virtual std::uint64_t size() const = 0;
  virtual bool is_in_place() const = 0;  // false when its path names no file or another one: it was moved or removed
};

class Files {
 public:
  virtual ~Files() = default;
  virtual Result<std::unique_ptr<File>> open_append(const Path& path) = 0;
  virtual Result<std::string> read(const Path& path) = 0;  // the whole file; an error above 1 GiB
  virtual Result<std::string> read_end(const Path& path, std::size_t bytes) = 0;  // its last bytes, or all of it
  virtual Status rename(const Path& from, const Path& to) = 0;
  virtual Status remove(const Path& path) = 0;
  virtual Status make_directories(const Path& path) = 0;
  virtual Result<std::vector<std::string>> list(const Path& directory) = 0;  // names, sorted
  virtual Status sync_directory(const Path& path) = 0;
};

// The machine's files. Lives for the whole process.
Files& posix_files();

}  // namespace aitf
