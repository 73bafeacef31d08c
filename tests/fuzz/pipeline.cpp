// Any bytes as an OTLP request in protobuf, all the way to events, each of which must fit the schema.

#include <cstddef>
#include <cstdint>
#include <cstdio>

#include "base/clock.hpp"
#include "daemon/pipeline.hpp"
#include "ocsf/validate.hpp"

namespace {

aitf::Status check(std::span<const aitf::journal::Record> records) {
  for (const auto& record : records)
    for (const auto& problem : aitf::ocsf::validate(record.payload))
      if (problem.is_error) {
        std::fprintf(stderr, "%s: %s\n%.*s\n", problem.path.c_str(), problem.message.c_str(),
                     static_cast<int>(record.payload.size()), record.payload.data());
        __builtin_trap();
      }
  return {};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const aitf::ManualClock clock;
  static aitf::observe::Metrics metrics;
  static const aitf::daemon::Pipeline pipeline({}, clock, metrics);
  const auto done =
      pipeline.process({reinterpret_cast<const char*>(data), size}, aitf::otlp::Encoding::protobuf, check);
  if (done && done->events + done->ignored + done->rejected_spans() != done->received) __builtin_trap();
  return 0;
}
