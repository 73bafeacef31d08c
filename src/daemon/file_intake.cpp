// See file_intake.hpp.

#include "daemon/file_intake.hpp"

#include <algorithm>
#include <cstdio>
#include <utility>

namespace aitf::daemon {
namespace {

// Names of files and spans come from others, and a terminal obeys control characters.
void complain(const Error& error) {
  std::string text = error.text();
  std::ranges::replace_if(text, [](unsigned char c) { return c < ' ' || c == 0x7F; }, '?');
  std::fprintf(stderr, "%s\n", text.c_str());
}

}  // namespace

FileIntake::FileIntake(PipelineOptions options, const Clock& clock, observe::Metrics& metrics, Append append)
    : pipeline_(std::move(options), clock, metrics), append_(std::move(append)) {}

void FileIntake::take(const std::string& file) {
  if (failed_) return;
  const auto take = [this](const receive::FileRequest& request) { return take_request(request); };
  const auto refuse = [this](const Error& error) {
    refused_ = true;
    complain(error);
  };
  const Status read = receive::read_requests(file, take, refuse);
  if (read || failed_) return;
  if (read.error().kind == ErrorKind::invalid) return refuse(read.error());
  unreadable_ = true;
  complain(read.error());
}

void FileIntake::fail_with(Error error) {
  if (!failed_) failed_ = std::move(error);
}

Status FileIntake::take_request(const receive::FileRequest& request) {
  auto done = pipeline_.process(request.body, request.encoding, append_);
  if (!done) {
    Error error = std::move(done.error());
    if (error.kind != ErrorKind::invalid)
      fail_with(
          {error.kind, std::string(request.where) + " and what follows was not taken: " + error.message, error.hint});
    return tl::unexpected(std::move(error));
  }
  read_ += done->received;
  written_ += done->events;
  ignored_ += done->ignored;
  rejected_ += done->rejected_spans();
  for (const otlp::Rejection& rejection : done->rejected)
    complain({ErrorKind::invalid, std::string(request.where) + ": rejected: " + rejection.message, ""});
  return {};
}

int FileIntake::finish(const std::string& command) const {
  if (failed_) complain(*failed_);
  std::fprintf(stderr, "%s: %zu spans read, %zu events written, %zu ignored, %zu rejected\n", command.c_str(), read_,
               written_, ignored_, rejected_);
  if (failed_ || unreadable_) return 3;
  return refused_ ? 1 : 0;
}

}  // namespace aitf::daemon
