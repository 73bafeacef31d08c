// Reads a file piece by piece and inflates on the way.

#include "receive/files/input.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace aitf::receive {
namespace {

constexpr std::size_t kPiece = std::size_t{256} << 10;

}  // namespace

Result<Input> Input::open(const Path& path) {
  if (path == "-") return Input("standard input", STDIN_FILENO);
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0)
    return fail(ErrorKind::invalid, "cannot open " + path.string() + ": " + std::strerror(errno),
                "check the name and the permissions");
  return Input(path.string(), descriptor);
}

Input::Input(Input&& other) noexcept
    : name_(std::move(other.name_)), descriptor_(std::exchange(other.descriptor_, -1)) {}

Input::~Input() {
  if (descriptor_ > STDIN_FILENO) ::close(descriptor_);
}

Result<bool> Input::read_raw(std::string& to) {
  const std::size_t kept = to.size();
  to.resize(kept + kPiece);
  ssize_t got = 0;
  do got = ::read(descriptor_, to.data() + kept, kPiece);
  while (got < 0 && errno == EINTR);
  const int reason = errno;
  to.resize(kept + static_cast<std::size_t>(got < 0 ? 0 : got));
  if (got < 0) return fail(ErrorKind::transient, "cannot read " + name_ + ": " + std::strerror(reason));
  return got > 0;
}

// Reads enough to see whether this is gzip.
Result<bool> Input::begin() {
  begun_ = true;
  while (buffer_.size() < 2) {
    AITF_TRY(const bool more, read_raw(buffer_));
    if (!more) return !buffer_.empty();
  }
  if (!otlp::looks_like_gzip(buffer_)) return true;
  inflater_ = std::make_unique<otlp::GzipInflater>();
  raw_.swap(buffer_);
  return inflate();
}

Result<bool> Input::inflate() {
  const std::size_t kept = buffer_.size();
  buffer_.resize(kept + kPiece);
  std::size_t made = 0;
  bool more = true;
  while (made == 0 && more) {
    if (raw_begin_ == raw_.size()) {
      raw_.clear();
      raw_begin_ = 0;
      AITF_TRY(more, read_raw(raw_));
    }
    std::string_view rest = std::string_view(raw_).substr(raw_begin_);
    auto result = inflater_->inflate(rest, buffer_.data() + kept, kPiece);
    if (!result) return fail(result.error().kind, "cannot read " + name_ + ": " + result.error().message);
    made = *result;
    raw_begin_ = raw_.size() - rest.size();
  }
  buffer_.resize(kept + made);
  if (made == 0 && !inflater_->is_complete())
    return fail(ErrorKind::invalid, "cannot read " + name_ + ": the gzip data is cut short");
  return made > 0;
}

Result<bool> Input::fill() {
  buffer_.erase(0, begin_);
  begin_ = 0;
  if (!begun_) return begin();
  return inflater_ ? inflate() : read_raw(buffer_);
}

}  // namespace aitf::receive
