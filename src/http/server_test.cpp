// What a peer sees of the server: requests in every shape HTTP/1.1 allows, byte by byte.

#include "http/server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <thread>

#include "http/socket_peer.hpp"

namespace aitf::http {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

// Says what it got.
Response echo(Request&& request) {
  return {200, {{"X-Query", request.query}}, request.method + " " + request.path + " " + request.body};
}

std::unique_ptr<Server> start(Handler handler = echo, ServerOptions options = {}) {
  options.workers = 2;
  auto server = start_server(options, std::move(handler));
  EXPECT_TRUE(server) << (server ? "" : server.error().text());
  return server ? std::move(*server) : nullptr;
}

std::string post(std::string_view body) {
  return "POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
         std::string(body);
}

std::string chunked(std::string_view body, std::size_t size) {
  std::string text = "POST /p HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (; !body.empty(); body.remove_prefix(std::min(size, body.size()))) {
    const std::string_view chunk = body.substr(0, size);
    char length[20];
    std::snprintf(length, sizeof length, "%zx", chunk.size());
    text.append(length).append("\r\n").append(chunk).append("\r\n");
  }
  return text + "0\r\n\r\n";
}

TEST(Server, AnswersARequestAndKeepsTheConnection) {
  const auto server = start();
  SocketPeer peer = SocketPeer::connect(server->port());
  for (const std::string body : {"one", "", "three"}) {
    ASSERT_TRUE(peer.send(post(body)));
    const RawResponse response = peer.read_response();
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body, "POST /p " + body);
    EXPECT_EQ(response.field("connection"), "keep-alive");
  }
}

TEST(Server, TakesAHeadThatComesByteByByte) {
  const auto server = start();
  SocketPeer peer = SocketPeer::connect(server->port());
  for (const char c : post("body")) ASSERT_TRUE(peer.send(std::string_view(&c, 1)));
  EXPECT_EQ(peer.read_response().body, "POST /p body");
}

TEST(Server, TakesChunksOfAnySize) {
  const auto server = start();
  std::string body(1000, '\0');
  for (std::size_t i = 0; i < body.size(); ++i) body[i] = static_cast<char>(i * 7);
  SocketPeer peer = SocketPeer::connect(server->port());
  for (const std::size_t size : {std::size_t{1}, std::size_t{7}, body.size()}) {
    ASSERT_TRUE(peer.send(chunked(body, size)));
    EXPECT_EQ(peer.read_response().body, "POST /p " + body) << size;
  }
}

TEST(Server, TakesChunkExtensionsAndTrailersWithoutUsingThem) {
  const auto server = start([](Request&& r) { return Response{200, {}, std::string(r.header("x-late")) + r.body}; });
  SocketPeer peer = SocketPeer::connect(server->port());
  peer.send(
      "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: Chunked\r\n\r\n"
      "3;a=\"b\"\r\nabc\r\n0\r\nX-Late: yes\r\n\r\n");
  EXPECT_EQ(peer.read_response().body, "abc");
}

TEST(Server, TakesALargeBodyWhole) {
  const auto server = start([](Request&& r) { return Response{200, {}, std::move(r.body)}; });
  std::string body(5'000'000, 'a');
  for (std::size_t i = 0; i < body.size(); i += 997) body[i] = static_cast<char>(i);
  SocketPeer peer = SocketPeer::connect(server->port());
  std::thread sender([&] { peer.send(post(body)); });
  SocketPeer& reader = peer;
  const RawResponse response = reader.read_response();
  sender.join();
  EXPECT_TRUE(response.body == body);
}

TEST(Server, AnswersPipelinedRequestsInTheirOrder) {
  const auto server = start();
  SocketPeer peer = SocketPeer::connect(server->port());
  std::string all;
  for (int i = 0; i < 50; ++i) all += i % 2 == 0 ? post(std::to_string(i)) : chunked(std::to_string(i), 1);
  ASSERT_TRUE(peer.send(all));
  for (int i = 0; i < 50; ++i) EXPECT_EQ(peer.read_response().body, "POST /p " + std::to_string(i));
}

TEST(Server, AnswersHeadWithTheLengthAndNoBody) {
  const auto server = start();
  SocketPeer peer = SocketPeer::connect(server->port());
  ASSERT_TRUE(peer.send("HEAD /p HTTP/1.1\r\nHost: h\r\n\r\n" + post("next")));
  const RawResponse head = peer.read_response(false);
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.field("content-length"), "8");  // "HEAD /p "
  EXPECT_EQ(peer.read_response().body, "POST /p next");
}

TEST(Server, SaysContinueToAPeerThatWaitsForIt) {
  const auto server = start();
  SocketPeer peer = SocketPeer::connect(server->port());
  peer.send("POST /p HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
  EXPECT_EQ(peer.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  peer.send("body");
  EXPECT_EQ(peer.read_response().body, "POST /p body");
}

TEST(Server, SaysNoContinueWhenTheBodyIsThereOrThereIsNone) {
  const auto server = start();
  SocketPeer peer = SocketPeer::connect(server->port());
  peer.send("POST /p HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\nbody");
  EXPECT_EQ(peer.read_response().status, 200);
  peer.send("POST /p HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 0\r\n\r\n");
  EXPECT_EQ(peer.read_response().status, 200);
}

TEST(Server, SplitsTheTargetAndLowersTheNamesOfFields) {
  Request seen;
  const auto server = start([&](Request&& r) {
    seen = std::move(r);
    return Response{};
  });
  SocketPeer peer = SocketPeer::connect(server->port());
  peer.send("GET http://h:1/a%20b?x=1?2 HTTP/1.1\r\nHost: h\r\nX-UPPER:  Value \r\nx-upper: second\r\n\r\n");
  ASSERT_EQ(peer.read_response().status, 200);
  EXPECT_EQ(seen.path, "/a%20b");
  EXPECT_EQ(seen.query, "x=1?2");
  EXPECT_EQ(seen.header("x-upper"), "Value");
  EXPECT_EQ(seen.header("absent"), "");
  EXPECT_EQ(seen.peer, "127.0.0.1");
}

TEST(Server, ClosesWhenThePeerAsksForIt) {
  const auto server = start();
  for (const char* head : {"POST /p HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx",
                           "POST /p HTTP/1.0\r\nContent-Length: 1\r\n\r\nx"}) {
    SocketPeer peer = SocketPeer::connect(server->port());
    peer.send(head);
    const std::string all = peer.read_to_end();
    EXPECT_THAT(all, StartsWith("HTTP/1.1 200 OK\r\n"));
    EXPECT_THAT(all, HasSubstr("Connection: close\r\n"));
    EXPECT_TRUE(all.ends_with("\r\n\r\nPOST /p x"));
  }
}

TEST(Server, SendsNoLengthWhereNoBodyMayBe) {
  const auto server = start([](Request&&) { return Response{204, {{"Allow", "POST"}}, ""}; });
  SocketPeer peer = SocketPeer::connect(server->port());
  peer.send("OPTIONS / HTTP/1.1\r\nHost: h\r\n\r\n");
  const RawResponse response = peer.read_response();
  EXPECT_EQ(response.status, 204);
  EXPECT_EQ(response.field("content-length"), "");
  EXPECT_EQ(response.field("allow"), "POST");
}

TEST(Server, OutlivesAHandlerThatThrows) {
  const auto server = start([](Request&& r) -> Response {
    if (r.body == "bad") throw std::runtime_error("no");
    return {};
  });
  SocketPeer peer = SocketPeer::connect(server->port());
  peer.send(post("bad"));
  EXPECT_EQ(peer.read_response().status, 500);
  peer.send(post("good"));
  EXPECT_EQ(peer.read_response().status, 200);
}

TEST(Server, OutlivesPeersThatGoAtAnyByte) {
  const auto server = start();
  const std::string request = chunked("some body", 4);
  for (std::size_t cut = 0; cut < request.size(); ++cut) {
    SocketPeer peer = SocketPeer::connect(server->port());
    peer.send(request.substr(0, cut));
    if (cut % 2 == 0) peer.reset();
  }
  SocketPeer peer = SocketPeer::connect(server->port());
  peer.send(post("x"));
  EXPECT_EQ(peer.read_response().status, 200);
}

TEST(Server, AnswersManyConnectionsAtOnce) {
  const auto server = start();
  std::atomic<int> right = 0;
  std::vector<std::jthread> peers;
  for (int t = 0; t < 8; ++t) {
    peers.emplace_back([&, t] {
      SocketPeer peer = SocketPeer::connect(server->port());
      for (int i = 0; i < 50; ++i) {
        const std::string body = std::to_string(t * 1000 + i);
        peer.send(i % 2 == 0 ? post(body) : chunked(body, 3));
        if (peer.read_response().body == "POST /p " + body) ++right;
      }
    });
  }
  peers.clear();
  EXPECT_EQ(right, 400);
}

TEST(Server, FinishesTheRequestUnderWayWhenItStops) {
  std::promise<void> started;
  std::promise<void> go_on;
  const auto server = start([&](Request&&) {
    started.set_value();
    go_on.get_future().wait();
    return Response{200, {}, "done"};
  });
  SocketPeer idle = SocketPeer::connect(server->port());
  SocketPeer busy = SocketPeer::connect(server->port());
  busy.send(post("x"));
  started.get_future().wait();
  std::jthread stopper([&] { server->stop(std::chrono::seconds(60)); });
  EXPECT_EQ(idle.read_to_end(), "");  // closed at once: the stop has begun
  go_on.set_value();
  const std::string all = busy.read_to_end();
  EXPECT_THAT(all, StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(all, HasSubstr("Connection: close\r\n"));
  EXPECT_TRUE(all.ends_with("done"));
}

TEST(Server, StopsWithoutThePeersThatNeverFinish) {
  const auto server = start();
  SocketPeer half = SocketPeer::connect(server->port());
  half.send("POST /p HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\nb");
  SocketPeer idle = SocketPeer::connect(server->port());
  server->stop(std::chrono::milliseconds(1));
  server->stop(std::chrono::milliseconds(1));  // idempotent
  EXPECT_EQ(idle.read_to_end(), "");
  EXPECT_EQ(half.read_response().status, 0);
  EXPECT_FALSE(SocketPeer::connect(server->port()).is_connected());
}

}  // namespace
}  // namespace aitf::http
