#pragma once
// Spans in files through the pipeline, with the counts and complaints that `aitf map` and `aitf ingest` print.
//
// Complaints go to standard error: a rejected span (the file goes on), an undecodable request (exit 1, the rest goes
// on), a file that cannot be read (exit 3, the others go on), a failing output (exit 3, nothing more is read). One
// thread.

#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "daemon/pipeline.hpp"
#include "receive/files/read_requests.hpp"

namespace aitf::daemon {

class FileIntake {
 public:
  // `clock` and `metrics` outlive this object.
  FileIntake(PipelineOptions options, const Clock& clock, observe::Metrics& metrics, Append append);

  // Reads one file, or standard input for "-". Does nothing more once the output has failed.
  void take(const std::string& file);
  // The output failed: nothing more is read, and the exit code says so.
  void fail_with(Error error);
  // Events that were taken by the output.
  std::size_t written() const { return written_; }
  // Prints the last line ("map: 12 spans read, 10 events written, 2 ignored, 0 rejected") and yields the exit code.
  int finish(const std::string& command) const;

 private:
  Status take_request(const receive::FileRequest& request);

  Pipeline pipeline_;
  Append append_;
  std::size_t read_ = 0, written_ = 0, ignored_ = 0, rejected_ = 0;
  bool refused_ = false;     // something was no OTLP
  bool unreadable_ = false;  // a file could not be read
  std::optional<Error> failed_;
};

}  // namespace aitf::daemon
