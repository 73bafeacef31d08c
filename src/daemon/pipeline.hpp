#pragma once
// One request's way through the middle of the product: bytes -> spans -> operations -> events -> JSON -> `append`.
// Runs on the caller's thread; any number of threads may use one Pipeline.

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "journal/journal.hpp"
#include "observe/metrics.hpp"
#include "otlp/decode.hpp"
#include "otlp/reply.hpp"

namespace aitf::daemon {

// Takes all events of a request, or none: journal::Journal::append, or a printer.
using Append = std::function<Status(std::span<const journal::Record>)>;

// What became of a request's spans: received = events + ignored + rejected.
struct Processed {
  std::size_t received = 0;
  std::size_t events = 0;
  std::size_t ignored = 0;                // not AI, or internal to a framework
  std::vector<otlp::Rejection> rejected;  // an entry may stand for several spans

  std::size_t rejected_spans() const { return received - events - ignored; }
};

struct PipelineOptions {
  otlp::Limits limits = {};
  std::string log_name = "otlp.traces";  // metadata.log_name: otlp.traces or file
  bool live = true;                      // false for files: old times are normal
  std::size_t content_characters = 32'768;
};

class Pipeline {
 public:
  // `clock` and `metrics` outlive the pipeline.
  Pipeline(PipelineOptions options, const Clock& clock, observe::Metrics& metrics);

  // ErrorKind::invalid: the body is no OTLP. Any other error is `append`'s, and nothing was appended.
  Result<Processed> process(std::string_view body, otlp::Encoding encoding, const Append& append) const;

 private:
  PipelineOptions options_;
  const Clock& clock_;
  observe::Metrics& metrics_;
};

}  // namespace aitf::daemon
