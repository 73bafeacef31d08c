// See file_intake.hpp.

#include "daemon/file_intake.hpp"

#include <cstdio>
#include <utility>

#include "base/files.hpp"

namespace aitf::daemon {
namespace {

void complain(const std::string& where, const std::string& what) {
  std::fprintf(stderr, "%s: %s\n", where.c_str(), what.c_str());
}

}  // namespace

FileIntake::FileIntake(PipelineOptions options, const Clock& clock, observe::Metrics& metrics, Append append)
    : pipeline_(std::move(options), clock, metrics), append_(std::move(append)) {}

void FileIntake::take(const std::string& file) {
  if (failed_) return;
  auto text = posix_files().read(file);
  if (!text) return fail_with(std::move(text.error()));
  take_request(*text, text->starts_with("{") ? otlp::Encoding::json : otlp::Encoding::protobuf, file);
}

void FileIntake::fail_with(Error error) {
  if (!failed_) failed_ = std::move(error);
}

void FileIntake::take_request(std::string_view body, otlp::Encoding encoding, const std::string& where) {
  if (failed_) return;
  auto done = pipeline_.process(body, encoding, append_);
  if (!done && done.error().kind == ErrorKind::invalid) {
    refused_ = true;
    return complain(where, done.error().text());
  }
  if (!done) return fail_with(std::move(done.error()));
  read_ += done->received;
  written_ += done->events;
  ignored_ += done->ignored;
  rejected_ += done->rejected.size();
  for (const otlp::Rejection& rejection : done->rejected) complain(where, "rejected: " + rejection.message);
}

int FileIntake::finish(const std::string& command) const {
  if (failed_) complain(command, failed_->text());
  std::fprintf(stderr, "%s: %zu spans read, %zu events written, %zu ignored, %zu rejected\n", command.c_str(), read_,
               written_, ignored_, rejected_);
  if (failed_) return 3;
  return refused_ ? 1 : 0;
}

}  // namespace aitf::daemon
