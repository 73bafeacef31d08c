#pragma once
// The program's own counters, in Prometheus form. One table (metrics.cpp) names each, with its help and its labels.
// No label ever holds a model, tool, span or user name. Thread safe.

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

namespace aitf::observe {

enum class Metric {
  spans_received,    // aitf_spans_received_total
  spans_accepted,    // aitf_spans_accepted_total
  spans_rejected,    // aitf_spans_rejected_total{reason}
  spans_ignored,     // aitf_spans_ignored_total{reason}
  operations,        // aitf_operations_total{kind,convention}
  events,            // aitf_events_total{class_uid}
  delivered_events,  // aitf_destination_delivered_events_total{destination}
  retried_events,    // aitf_destination_retried_events_total{destination,reason}
  refused_events,    // aitf_destination_refused_events_total{destination,reason}
  lag_events,        // aitf_destination_lag_events{destination}, gauge
  oldest_seconds,    // aitf_destination_oldest_seconds{destination}, gauge
  requests,          // aitf_receiver_requests_total{receiver,status}
  journal_bytes,     // aitf_journal_bytes, gauge
};

class Metrics {
 public:
  Metrics();
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  // Labels in the order of the table.
  void add(Metric metric, std::initializer_list<std::string_view> labels = {}, double by = 1);
  void set(Metric metric, std::initializer_list<std::string_view> labels, double value);
  // The sum over all labels.
  double total(Metric metric) const;
  // Text exposition format 0.0.4.
  std::string expose() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace aitf::observe
