#include "observe/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <array>
#include <cassert>
#include <map>
#include <vector>

namespace aitf::observe {
namespace {

struct Row {
  Metric metric;
  bool gauge;
  const char* name;
  const char* help;
  std::vector<const char*> labels;
};

// The one place where a metric's name, help and labels stand, in the order of the enum.
const std::vector<Row>& table() {
  static const std::vector<Row> rows = {
      {Metric::spans_received, false, "aitf_spans_received_total", "Spans in all requests that could be decoded.", {}},
      {Metric::spans_accepted,
       false,
       "aitf_spans_accepted_total",
       "Spans whose event is in the journal, and spans that are not AI; their sender was answered with success.",
       {}},
      {Metric::spans_rejected, false, "aitf_spans_rejected_total", "Spans refused in partial success.", {"reason"}},
      {Metric::spans_ignored, false, "aitf_spans_ignored_total", "Spans accepted that make no event.", {"reason"}},
      {Metric::operations,
       false,
       "aitf_operations_total",
       "What the AI did, by kind and naming convention.",
       {"kind", "convention"}},
      {Metric::events, false, "aitf_events_total", "Events put into the journal.", {"class_uid"}},
      {Metric::delivered_events,
       false,
       "aitf_destination_delivered_events_total",
       "Events the destination has taken.",
       {"destination"}},
      {Metric::retried_events,
       false,
       "aitf_destination_retried_events_total",
       "Events sent again.",
       {"destination", "reason"}},
      {Metric::refused_events,
       false,
       "aitf_destination_refused_events_total",
       "Events refused for good, now in the dead letters.",
       {"destination", "reason"}},
      {Metric::lag_events,
       true,
       "aitf_destination_lag_events",
       "Events in the journal the destination lacks.",
       {"destination"}},
      {Metric::oldest_seconds,
       true,
       "aitf_destination_oldest_seconds",
       "Age of the oldest event the destination lacks.",
       {"destination"}},
      {Metric::requests, false, "aitf_receiver_requests_total", "Requests answered.", {"receiver", "status"}},
      {Metric::journal_bytes, true, "aitf_journal_bytes", "Bytes held in the journal.", {}},
  };
  return rows;
}

prometheus::Labels labels_of(const Row& row, std::initializer_list<std::string_view> values) {
  assert(values.size() == row.labels.size());
  prometheus::Labels labels;
  auto value = values.begin();
  for (const char* name : row.labels) labels.emplace(name, *value++);
  return labels;
}

}  // namespace

struct Metrics::State {
  prometheus::Registry registry;
  std::vector<prometheus::Family<prometheus::Counter>*> counters;
  std::vector<prometheus::Family<prometheus::Gauge>*> gauges;
};

Metrics::Metrics() : state_(std::make_unique<State>()) {
  for (const Row& row : table()) {
    assert(static_cast<std::size_t>(row.metric) == state_->counters.size());
    auto& registry = state_->registry;
    state_->counters.push_back(
        row.gauge ? nullptr : &prometheus::BuildCounter().Name(row.name).Help(row.help).Register(registry));
    state_->gauges.push_back(row.gauge ? &prometheus::BuildGauge().Name(row.name).Help(row.help).Register(registry)
                                       : nullptr);
    // A family without labels exists from the start, so that a dashboard sees 0 and not a gap.
    if (row.labels.empty() && !row.gauge) state_->counters.back()->Add({});
    if (row.labels.empty() && row.gauge) state_->gauges.back()->Add({});
  }
}

Metrics::~Metrics() = default;

void Metrics::add(Metric metric, std::initializer_list<std::string_view> labels, double by) {
  const auto index = static_cast<std::size_t>(metric);
  state_->counters[index]->Add(labels_of(table()[index], labels)).Increment(by);
}

void Metrics::set(Metric metric, std::initializer_list<std::string_view> labels, double value) {
  const auto index = static_cast<std::size_t>(metric);
  state_->gauges[index]->Add(labels_of(table()[index], labels)).Set(value);
}

double Metrics::total(Metric metric) const {
  const auto index = static_cast<std::size_t>(metric);
  const bool gauge = table()[index].gauge;
  double sum = 0;
  for (const auto& family : gauge ? state_->gauges[index]->Collect() : state_->counters[index]->Collect())
    for (const auto& row : family.metric) sum += gauge ? row.gauge.value : row.counter.value;
  return sum;
}

std::string Metrics::expose() const { return prometheus::TextSerializer().Serialize(state_->registry.Collect()); }

}  // namespace aitf::observe
