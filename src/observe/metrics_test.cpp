#include "observe/metrics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace aitf::observe {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Metrics, ShowZeroForWhatHasNoLabels) {
  const Metrics metrics;
  EXPECT_THAT(metrics.expose(), HasSubstr("\naitf_spans_received_total 0\n"));
}

TEST(Metrics, AddUpByLabel) {
  Metrics metrics;
  metrics.add(Metric::spans_rejected, {"invalid_trace_id"});
  metrics.add(Metric::spans_rejected, {"invalid_trace_id"}, 2);
  metrics.add(Metric::spans_rejected, {"limit"});
  EXPECT_EQ(metrics.total(Metric::spans_rejected), 4);
  EXPECT_EQ(metrics.total(Metric::spans_accepted), 0);
  const std::string text = metrics.expose();
  EXPECT_THAT(text, HasSubstr("aitf_spans_rejected_total{reason=\"invalid_trace_id\"} 3\n"));
  EXPECT_THAT(text, HasSubstr("aitf_spans_rejected_total{reason=\"limit\"} 1\n"));
}

TEST(Metrics, KeepTheLabelOrderOfTheTable) {
  Metrics metrics;
  metrics.add(Metric::operations, {"inference", "otel_genai"}, 5);
  EXPECT_THAT(metrics.expose(), HasSubstr("aitf_operations_total{convention=\"otel_genai\",kind=\"inference\"} 5\n"));
}

TEST(Metrics, GaugesShowTheLastValue) {
  Metrics metrics;
  metrics.set(Metric::lag_events, {"splunk"}, 7);
  metrics.set(Metric::lag_events, {"splunk"}, 3);
  EXPECT_THAT(metrics.expose(), HasSubstr("aitf_destination_lag_events{destination=\"splunk\"} 3\n"));
  EXPECT_THAT(metrics.expose(), Not(HasSubstr("} 7\n")));
}

}  // namespace
}  // namespace aitf::observe
