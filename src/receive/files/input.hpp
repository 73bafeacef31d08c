#pragma once
// The bytes of a file or of standard input, inflated when they are gzip, through a buffer that the reader drains.

#include <memory>
#include <string>
#include <string_view>

#include "base/files.hpp"
#include "base/result.hpp"
#include "otlp/inflate.hpp"

namespace aitf::receive {

class Input {
 public:
  // "-" is standard input.
  static Result<Input> open(const Path& path);

  Input(Input&& other) noexcept;
  Input& operator=(Input&&) = delete;
  ~Input();

  // How messages call it.
  const std::string& name() const { return name_; }
  // What has been read and not been dropped.
  std::string_view buffered() const { return std::string_view(buffer_).substr(begin_); }
  // Reads more behind what is buffered; views of it become invalid. False at the end.
  Result<bool> fill();
  // Forgets the first `count` buffered bytes.
  void drop(std::size_t count) { begin_ += count; }

 private:
  Input(std::string name, int descriptor) : name_(std::move(name)), descriptor_(descriptor) {}
  // Bytes as they stand in the file, behind those in `to`. False at the end.
  Result<bool> read_raw(std::string& to);
  Result<bool> begin();
  Result<bool> inflate();

  std::string name_;
  int descriptor_;
  bool begun_ = false;
  std::unique_ptr<otlp::GzipInflater> inflater_;  // none when the file is not compressed
  std::string raw_;                               // compressed bytes
  std::size_t raw_begin_ = 0;
  std::string buffer_;
  std::size_t begin_ = 0;
};

}  // namespace aitf::receive
