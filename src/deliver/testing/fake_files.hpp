#pragma once
// For tests: files in memory that fail when told to, and that lose on a crash what was not synced. Thread safe.

#include <deque>
#include <map>
#include <mutex>
#include <optional>

#include "base/files.hpp"

namespace aitf::deliver::testing {

class FakeFiles final : public Files {
 public:
  enum class Call { open, append, sync, read, rename, make_directories, list, sync_directory };

  // The next `times` calls fail, after `skip` that do not. Of a failing append `bytes` get in.
  void fail(Call call, int times = 1, std::size_t bytes = 0, int skip = 0) {
    const std::scoped_lock lock(mutex_);
    auto& faults = faults_[call];
    for (int i = 0; i < skip; ++i) faults.emplace_back(std::nullopt);
    for (int i = 0; i < times; ++i) faults.emplace_back(bytes);
  }

  // What stays when the machine stops now; open files are then of no use.
  void crash() {
    const std::scoped_lock lock(mutex_);
    for (auto& [path, file] : files_) file->text.resize(file->synced);
  }

  void put(const Path& path, const std::string& text) {
    const std::scoped_lock lock(mutex_);
    files_[path] = std::make_shared<Content>(Content{text, text.size()});
  }

  // Every file by its path.
  std::map<std::string, std::string> all() const {
    const std::scoped_lock lock(mutex_);
    std::map<std::string, std::string> texts;
    for (const auto& [path, file] : files_) texts[path.string()] = file->text;
    return texts;
  }

  // The text of every append, also of those that failed.
  std::vector<std::string> appends() const {
    const std::scoped_lock lock(mutex_);
    return appends_;
  }

  Result<std::unique_ptr<File>> open_append(const Path& path) override {
    const std::scoped_lock lock(mutex_);
    AITF_CHECK(next(Call::open, path));
    auto& file = files_[path];
    if (!file) file = std::make_shared<Content>();
    return std::make_unique<Open>(*this, path, file);
  }
  Result<std::string> read(const Path& path) override {
    const std::scoped_lock lock(mutex_);
    AITF_CHECK(next(Call::read, path));
    const auto at = files_.find(path);
    if (at == files_.end()) return aitf::fail(ErrorKind::invalid, "no such file " + path.string());
    return at->second->text;
  }
  Result<std::string> read_end(const Path& path, std::size_t bytes) override {
    AITF_TRY(const std::string text, read(path));
    return text.substr(text.size() - std::min(bytes, text.size()));
  }
  Status rename(const Path& from, const Path& to) override {
    const std::scoped_lock lock(mutex_);
    AITF_CHECK(next(Call::rename, from));
    auto node = files_.extract(from);
    if (node.empty()) return aitf::fail(ErrorKind::invalid, "no such file " + from.string());
    files_[to] = node.mapped();
    return {};
  }
  Status remove(const Path& path) override {
    const std::scoped_lock lock(mutex_);
    files_.erase(path);
    return {};
  }
  Status make_directories(const Path& path) override {
    const std::scoped_lock lock(mutex_);
    return next(Call::make_directories, path);
  }
  Result<std::vector<std::string>> list(const Path& directory) override {
    const std::scoped_lock lock(mutex_);
    AITF_CHECK(next(Call::list, directory));
    std::vector<std::string> names;
    for (const auto& [path, file] : files_)
      if (path.parent_path() == directory) names.push_back(path.filename().string());
    return names;
  }
  Status sync_directory(const Path& path) override {
    const std::scoped_lock lock(mutex_);
    return next(Call::sync_directory, path);
  }

 private:
  struct Content {
    std::string text;
    std::size_t synced = 0;
  };

  class Open final : public File {
   public:
    Open(FakeFiles& files, Path path, std::shared_ptr<Content> content)
        : files_(files), path_(std::move(path)), content_(std::move(content)) {}
    Status append(std::string_view bytes) override {
      const std::scoped_lock lock(files_.mutex_);
      files_.appends_.emplace_back(bytes);
      std::size_t taken = bytes.size();
      Status status = files_.next(Call::append, path_, &taken);
      content_->text.append(bytes.substr(0, taken));
      return status;
    }
    Status sync() override {
      const std::scoped_lock lock(files_.mutex_);
      AITF_CHECK(files_.next(Call::sync, path_));
      content_->synced = content_->text.size();
      return {};
    }
    std::uint64_t size() const override {
      const std::scoped_lock lock(files_.mutex_);
      return content_->text.size();
    }
    bool is_in_place() const override {
      const std::scoped_lock lock(files_.mutex_);
      const auto at = files_.files_.find(path_);
      return at != files_.files_.end() && at->second == content_;
    }

   private:
    FakeFiles& files_;
    Path path_;
    std::shared_ptr<Content> content_;
  };

  // The fate of the next call of this kind. Under the lock.
  Status next(Call call, const Path& path, std::size_t* taken = nullptr) {
    auto& faults = faults_[call];
    if (faults.empty()) return {};
    const std::optional<std::size_t> fault = faults.front();
    faults.pop_front();
    if (!fault) return {};
    if (taken != nullptr) *taken = std::min(*taken, *fault);
    return aitf::fail(ErrorKind::transient, "cannot write " + path.string() + ": no space left on device",
                      "free some space, or use another folder");
  }

  mutable std::mutex mutex_;
  std::map<Path, std::shared_ptr<Content>> files_;
  std::map<Call, std::deque<std::optional<std::size_t>>> faults_;
  std::vector<std::string> appends_;
};

}  // namespace aitf::deliver::testing
