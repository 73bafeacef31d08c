// Each stage of the pipeline on one core: bytes and spans a second. The baselines, in the same run over the same bytes,
// are a plain copy (memcpy) and a walk over every protobuf field that looks at nothing.

#include <benchmark/benchmark.h>

#include <cstring>
#include <protozero/pbf_reader.hpp>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "daemon/pipeline.hpp"
#include "genai/normalise.hpp"
#include "ocsf/map.hpp"
#include "ocsf/write.hpp"
#include "otlp/decode.hpp"
#include "workload.hpp"

namespace aitf::benchmarks {
namespace {

constexpr std::size_t spans = 500;

const std::string& body() {
  static const std::string request = chat_request(spans, 1);
  return request;
}

void count(benchmark::State& state, std::size_t bytes) {
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * bytes));
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * spans));
}

// All stages over one request, kept alive so that a later stage can be timed alone.
struct Prepared {
  Arena arena;
  otlp::Request request = *otlp::decode_protobuf(body(), arena);
  std::vector<genai::Operation> operations;
  std::vector<ocsf::Event> events;
  ocsf::MapContext context{.arena = arena, .received_unix_nano = 1'795'584'142'000'000'000, .product_version = "0"};

  Prepared() {
    for (const auto& span : request.spans) operations.push_back(genai::normalise(span, arena));
    for (const auto& operation : operations) events.push_back(*ocsf::map(operation, context));
  }
};

Prepared& prepared() {
  static Prepared all;
  return all;
}

void baseline_memcpy(benchmark::State& state) {
  std::string copy(body().size(), '\0');
  for (auto _ : state) {
    std::memcpy(copy.data(), body().data(), body().size());
    benchmark::DoNotOptimize(copy.data());
    benchmark::ClobberMemory();
  }
  count(state, body().size());
}
BENCHMARK(baseline_memcpy);

// Calls `leaf` for every field `tag` of a message.
template <class Leaf>
void each(protozero::pbf_reader message, std::uint32_t tag, Leaf leaf) {
  while (message.next(tag)) leaf(message.get_message());
}

void walk_attribute(protozero::pbf_reader attribute) {
  while (attribute.next()) benchmark::DoNotOptimize(attribute.get_view().data());
}

void walk_span(protozero::pbf_reader span) {
  while (span.next()) {
    if (span.tag() == 9) {
      walk_attribute(span.get_message());
    } else {
      span.skip();
    }
  }
}

void baseline_walk(benchmark::State& state) {
  for (auto _ : state)
    each(protozero::pbf_reader(body()), 1, [](protozero::pbf_reader resource_spans) {
      each(resource_spans, 2, [](protozero::pbf_reader scope_spans) { each(scope_spans, 2, walk_span); });
    });
  count(state, body().size());
}
BENCHMARK(baseline_walk);

void decode(benchmark::State& state) {
  for (auto _ : state) {
    Arena arena;
    benchmark::DoNotOptimize(otlp::decode_protobuf(body(), arena));
  }
  count(state, body().size());
}
BENCHMARK(decode);

void decode_and_normalise(benchmark::State& state) {
  for (auto _ : state) {
    Arena arena;
    const auto request = otlp::decode_protobuf(body(), arena);
    for (const auto& span : request->spans) benchmark::DoNotOptimize(genai::normalise(span, arena));
  }
  count(state, body().size());
}
BENCHMARK(decode_and_normalise);

void normalise(benchmark::State& state) {
  for (auto _ : state) {
    Arena arena;
    for (const auto& span : prepared().request.spans) benchmark::DoNotOptimize(genai::normalise(span, arena));
  }
  count(state, body().size());
}
BENCHMARK(normalise);

void map(benchmark::State& state) {
  for (auto _ : state) {
    Arena arena;
    const ocsf::MapContext context{
        .arena = arena, .received_unix_nano = 1'795'584'142'000'000'000, .product_version = "0"};
    for (const auto& operation : prepared().operations) benchmark::DoNotOptimize(ocsf::map(operation, context));
  }
  count(state, body().size());
}
BENCHMARK(map);

void json(benchmark::State& state) {
  std::string out;
  for (auto _ : state) {
    out.clear();
    for (const auto& event : prepared().events) ocsf::append_json(out, event);
    benchmark::DoNotOptimize(out.data());
  }
  count(state, out.size());
}
BENCHMARK(json);

void whole_pipeline(benchmark::State& state) {
  const SystemClock clock;
  observe::Metrics metrics;
  const daemon::Pipeline pipeline({}, clock, metrics);
  for (auto _ : state) {
    const auto done = pipeline.process(body(), otlp::Encoding::protobuf, [](auto records) -> Status {
      benchmark::DoNotOptimize(records.data());
      return {};
    });
    if (!done || done->events != spans) state.SkipWithError("the pipeline lost events");
  }
  count(state, body().size());
}
BENCHMARK(whole_pipeline);

}  // namespace
}  // namespace aitf::benchmarks

BENCHMARK_MAIN();
