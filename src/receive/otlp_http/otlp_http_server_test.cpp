// The receiver behind a real socket, asked as senders ask it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <mutex>
#include <thread>

#include "http/client.hpp"
#include "http/socket_peer.hpp"
#include "receive/otlp_http/otlp_bodies.hpp"
#include "receive/otlp_http/otlp_http.hpp"

namespace aitf::receive {
namespace {

using http::SocketPeer;

class OtlpHttpServerTest : public testing::Test {
 protected:
  OtlpHttpServerTest() { config_.listen = "127.0.0.1:0"; }

  void start() {
    auto server = start_otlp_http(
        config_,
        [this](std::string_view body, otlp::Encoding encoding) {
          const std::scoped_lock lock(mutex_);
          return accept_(body, encoding);
        },
        metrics_);
    ASSERT_TRUE(server) << server.error().text();
    server_ = std::move(*server);
  }
  http::RawResponse ask(std::string_view bytes) {
    SocketPeer peer = SocketPeer::connect(server_->port());
    peer.send(bytes);
    return peer.read_response();
  }
  std::size_t spans() {
    const std::scoped_lock lock(mutex_);
    return accept_.spans;
  }

  OtlpHttpConfig config_;
  observe::Metrics metrics_;
  std::mutex mutex_;
  CountingAccept accept_;
  std::unique_ptr<http::Server> server_;
};

std::string head(const std::string& type, const std::string& more) {
  return "POST /v1/traces HTTP/1.1\r\nHost: h\r\nContent-Type: " + type + "\r\n" + more + "\r\n";
}

std::string gzipped(const std::string& body) {
  return head("application/json", "Content-Encoding: gzip\r\nContent-Length: " + std::to_string(body.size()) + "\r\n") +
         body;
}

std::string in_chunks(std::string_view body, std::size_t size) {
  std::string text;
  for (; !body.empty(); body.remove_prefix(std::min(size, body.size()))) {
    char length[20];
    std::snprintf(length, sizeof length, "%zX\r\n", std::min(size, body.size()));
    text.append(length).append(body.substr(0, size)).append("\r\n");
  }
  return text + "0\r\n\r\n";
}

// A sanitizer adds its own to what the process holds.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kMemoryIsOurs = false;
#elif defined(__has_feature)
constexpr bool kMemoryIsOurs = !__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer);
#else
constexpr bool kMemoryIsOurs = true;
#endif

// KiB, from /proc/self/status.
std::size_t memory(const std::string& name) {
  std::ifstream status("/proc/self/status");
  std::string word;
  std::size_t number = 0;
  while (status >> word) {
    if (word == name) status >> number;
  }
  return number;
}

TEST_F(OtlpHttpServerTest, TakesChunkedBodiesWithoutALength) {
  start();
  const std::string body = protobuf_spans(3);
  for (const std::size_t size : {std::size_t{1}, std::size_t{7}, body.size()}) {
    const auto response = ask(head("application/x-protobuf", "Transfer-Encoding: chunked\r\n") + in_chunks(body, size));
    EXPECT_EQ(response.status, 200) << size;
    EXPECT_EQ(response.field("content-type"), "application/x-protobuf");
  }
  EXPECT_EQ(spans(), 9u);
}

TEST_F(OtlpHttpServerTest, TellsTheStatusToPeersThatTheServerRefuses) {
  config_.max_request_size = {1024};
  start();
  for (const std::string type : {"application/json", "application/x-protobuf"}) {
    const auto response = ask(head(type, "Content-Length: 1025\r\n"));
    EXPECT_EQ(response.status, 413);
    EXPECT_EQ(status_in(response.field("content-type"), response.body).code, 8);
    EXPECT_THAT(status_in(response.field("content-type"), response.body).message, testing::HasSubstr("1024"));
  }
  EXPECT_EQ(ask("nonsense\r\n\r\n").status, 400);
  EXPECT_THAT(metrics_.expose(), testing::HasSubstr("{receiver=\"otlp_http\",status=\"413\"} 2\n"));
}

TEST_F(OtlpHttpServerTest, AnswersAClientOfOurOwn) {
  start();
  const std::string body = json_spans(2);
  http::Call call;
  call.url = "http://" + server_->address() + "/v1/traces?x=1";
  call.headers = {{"Content-Type", "application/json; charset=utf-8"}};
  call.body = body;
  const auto answer = http::make_client({})->call(call);
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->body, "{}");
  EXPECT_EQ(spans(), 2u);
}

// 512 MiB of zeros in half a megabyte, one and then twenty at once.
TEST_F(OtlpHttpServerTest, RefusesBombsWithinTheMemoryOfTheLimit) {
  config_.max_request_size = {16 << 20};
  start();
  const std::string bomb = gzipped(gzip_of_zeros(512));
  std::ofstream("/proc/self/clear_refs") << "5";  // the peak starts anew
  const std::size_t before = memory("VmRSS:");
  EXPECT_EQ(ask(bomb).status, 413);
  const std::size_t grown = memory("VmHWM:") - before;
  if (kMemoryIsOurs) {
    EXPECT_LT(grown, 2 * config_.max_request_size.count / 1024);
  }

  std::vector<std::jthread> senders;
  for (int i = 0; i < 20; ++i) senders.emplace_back([&] { EXPECT_EQ(ask(bomb).status, 413); });
  senders.clear();
  EXPECT_EQ(ask(gzipped(gzip(json_spans(1)))).status, 200);
  EXPECT_EQ(spans(), 1u);
}

TEST_F(OtlpHttpServerTest, NamesAnAddressItCannotHave) {
  start();
  config_.listen = server_->address();
  const auto second = start_otlp_http(config_, std::ref(accept_), metrics_);
  ASSERT_FALSE(second);
  EXPECT_THAT(second.error().message, testing::HasSubstr(config_.listen));
}

}  // namespace
}  // namespace aitf::receive
