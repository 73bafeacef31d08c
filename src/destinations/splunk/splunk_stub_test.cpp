// The destination over the network, with compression and TLS, against the stand-in of the collector.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <simdjson.h>

#include "deliver/testing/worker_rig.hpp"
#include "destinations/splunk/splunk.hpp"
#include "destinations/splunk/stub_process.hpp"

namespace aitf::destinations {
namespace {

using deliver::testing::append_events;
using deliver::testing::Number;
using deliver::testing::Numbers;
using deliver::testing::sequence_of;
using splunk::StubProcess;
using testing::HasSubstr;

class SplunkStub : public testing::Test {
 protected:
  void start(const std::string& config) { stub.emplace(config); }
  SplunkConfig settings(std::string token = "good") const {
    SplunkConfig config;
    config.url = stub->url();
    config.token = Secret(std::move(token));
    config.timeout = std::chrono::seconds(30);
    config.ca_file = stub->certificate();
    return config;
  }
  void deliver(Number events, SplunkConfig config) {
    rig.open(make_splunk("splunk", std::move(config)));
    ASSERT_TRUE(append_events(*rig.journal, 1, events));
    ASSERT_TRUE(rig.deliver_all());
  }
  void deliver(Number events) { deliver(events, settings()); }

  std::string ask(const std::string& name) const {
    http::ClientOptions options;
    options.ca_file = stub->certificate();
    options.answer_bytes = 64u << 20;
    http::Call call;
    call.method = "GET";
    call.url = stub->url() + "/__stub__/" + name;
    return http::make_client(options)->call(call).value().body;
  }
  // Numbers the stub has indexed, each once, in the order of their first arrival.
  Numbers indexed() const {
    Numbers numbers;
    std::istringstream lines(ask("uids"));
    for (std::string line; std::getline(lines, line);) numbers.push_back(std::stoull(line.substr(0, 32), nullptr, 16));
    return numbers;
  }
  std::int64_t stat(const std::string& name) const {
    simdjson::dom::parser parser;
    return parser.parse(ask("stats"))[name].get_int64().value();
  }

  std::optional<StubProcess> stub;
  deliver::testing::WorkerRig rig;
};

TEST_F(SplunkStub, TakesCompressedBatches) {
  start(R"({"tokens":{"good":{}}})");
  deliver(1200);
  EXPECT_EQ(indexed(), sequence_of(1, 1200));
  EXPECT_EQ(stat("requests"), 3);
  EXPECT_EQ(stat("doubles"), 0);
  const std::string requests = ask("requests");
  EXPECT_THAT(requests, HasSubstr(R"("encoding": "gzip")"));
  EXPECT_THAT(requests, HasSubstr(R"("app": "aitf")"));
}

TEST_F(SplunkStub, SeesEnvelopesWithTheirMetadata) {
  start(R"({"tokens":{"good":{"indexes":["ai"]}}})");
  SplunkConfig config = settings();
  config.index = "ai";
  config.host = "gateway";
  deliver(1, std::move(config));
  const std::string event = ask("events");
  for (const char* expected : {R"("time": "1795584269.077")", R"("host": "gateway")", R"("source": "aitf")",
                               R"("sourcetype": "aitf:ocsf:ai:inference")", R"("index": "ai")", R"("fields": null)"})
    EXPECT_THAT(event, HasSubstr(expected));
}

TEST_F(SplunkStub, LosesNothingToFaultsAndPoison) {
  start(R"({"tokens":{"good":{}},"seed":5,"hang_seconds":0.01,"poison":{"rate":0.02,"seed":9},
            "probability":{"503":0.1,"429":0.1,"reset":0.1,"timeout":0.1,"close_half":0.05,"truncated":0.05}})");
  SplunkConfig config = settings();
  config.batch.events = 20;
  deliver(1000, std::move(config));
  Numbers all = indexed();
  const Numbers dead = rig.dead_numbers();
  EXPECT_FALSE(dead.empty());
  all.insert(all.end(), dead.begin(), dead.end());
  EXPECT_EQ(deliver::testing::sorted(all), sequence_of(1, 1000)) << "each event is indexed or refused, and not both";
  EXPECT_THAT(ask("stats"), HasSubstr("\"reset\""));
}

TEST_F(SplunkStub, FindsAPoisonedEventThatIsNotNamed) {
  start(R"({"tokens":{"good":{}},"poison":{"marker":"00000000000000000000000000000007","with_number":false}})");
  deliver(30);
  EXPECT_EQ(rig.dead_numbers(), Numbers{7});
  EXPECT_EQ(stat("distinct_uids"), 29);
}

TEST_F(SplunkStub, CheckTellsARightTokenFromAWrongOne) {
  start(R"({"tokens":{"good":{},"blocked":{"disabled":true}}})");
  const auto right = make_splunk("splunk", settings())->check();
  EXPECT_TRUE(right.healthy) << right.message;
  EXPECT_THAT(make_splunk("splunk", settings("wrong"))->check().message, HasSubstr("code 4"));
  EXPECT_THAT(make_splunk("splunk", settings("blocked"))->check().message, HasSubstr("code 1"));
  EXPECT_EQ(stat("indexed"), 0);
}

TEST_F(SplunkStub, CheckSaysThatNobodyListens) {
  start("{}");
  const SplunkConfig config = settings();
  stub.reset();
  const auto diagnosis = make_splunk("splunk", config)->check();
  EXPECT_FALSE(diagnosis.healthy);
  EXPECT_THAT(diagnosis.hint, HasSubstr("firewalls"));
}

TEST_F(SplunkStub, IsTrustedOverTlsOnlyWithItsCertificate) {
  start(R"({"tokens":{"good":{}},"tls":{"names":["localhost"],"addresses":["127.0.0.1"]}})");
  EXPECT_TRUE(make_splunk("splunk", settings())->check().healthy);

  SplunkConfig untrusted = settings();
  untrusted.ca_file.clear();
  const auto diagnosis = make_splunk("splunk", untrusted)->check();
  EXPECT_FALSE(diagnosis.healthy);
  EXPECT_THAT(diagnosis.hint, HasSubstr("ca_file"));

  untrusted.verify_tls = false;
  EXPECT_TRUE(make_splunk("splunk", untrusted)->check().healthy);
}

TEST_F(SplunkStub, IsNotTrustedUnderAnotherName) {
  start(R"({"tokens":{"good":{}},"tls":{"names":["splunk.example.com"],"addresses":[]}})");
  const auto diagnosis = make_splunk("splunk", settings())->check();
  EXPECT_FALSE(diagnosis.healthy);
  EXPECT_THAT(diagnosis.hint, HasSubstr("ca_file"));
}

}  // namespace
}  // namespace aitf::destinations
