#include "observe/admin.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace aitf::observe {
namespace {

using testing::HasSubstr;

class Admin : public testing::Test {
 protected:
  http::Response ask(std::string method, std::string path) {
    http::Request request;
    request.method = std::move(method);
    request.path = std::move(path);
    return answer_admin(request, metrics, health);
  }
  Metrics metrics;
  Health health;
};

TEST_F(Admin, ServesMetricsAsPrometheusText) {
  const auto answer = ask("GET", "/metrics");
  EXPECT_EQ(answer.status, 200);
  EXPECT_THAT(answer.headers, testing::Contains(testing::Pair("content-type", HasSubstr("version=0.0.4"))));
  EXPECT_THAT(answer.body, HasSubstr("# TYPE aitf_spans_received_total counter"));
}

TEST_F(Admin, IsReadyWhenNothingIsBad) {
  EXPECT_EQ(ask("GET", "/readyz").status, 200);
  EXPECT_EQ(ask("GET", "/readyz").body, "{\"status\":\"ok\"}\n");
}

TEST_F(Admin, TurnsRedWithTheCauseAndGreenAgain) {
  health.bad("destination splunk", "token \"disabled\"");
  EXPECT_EQ(ask("GET", "/readyz").status, 503);
  EXPECT_EQ(ask("GET", "/readyz").body,
            "{\"status\":\"degraded\",\"causes\":{\"destination splunk\":\"token \\\"disabled\\\"\"}}\n");
  EXPECT_EQ(ask("GET", "/healthz").status, 200);
  health.good("destination splunk");
  EXPECT_EQ(ask("GET", "/readyz").status, 200);
}

TEST_F(Admin, RefusesOtherMethodsAndPaths) {
  EXPECT_EQ(ask("POST", "/metrics").status, 405);
  EXPECT_EQ(ask("GET", "/").status, 404);
  EXPECT_EQ(ask("HEAD", "/readyz").status, 200);
}

}  // namespace
}  // namespace aitf::observe
