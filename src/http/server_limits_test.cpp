// What the server refuses, and how: every limit, malformed HTTP, addresses it cannot have.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "http/server.hpp"
#include "http/socket_peer.hpp"

namespace aitf::http {
namespace {

using testing::HasSubstr;

// Few and short.
ServerLimits small() {
  ServerLimits limits;
  limits.body_bytes = 1000;
  limits.header_bytes = 2000;
  return limits;
}

// Tells status, message and type in the body, as text.
Response told(int status, std::string_view message, std::string_view type) {
  return {status, {}, std::to_string(status) + "|" + std::string(message) + "|" + std::string(type)};
}

std::unique_ptr<Server> start(const ServerLimits& limits, Handler handler = [](Request&&) { return Response{}; }) {
  ServerOptions options;
  options.workers = 2;
  options.limits = limits;
  auto server = start_server(options, std::move(handler), told);
  EXPECT_TRUE(server);
  return server ? std::move(*server) : nullptr;
}

constexpr std::string_view kHead = "POST /p HTTP/1.1\r\nHost: h\r\nContent-Type: text/x\r\n";

std::string post(std::size_t claimed, std::string_view body) {
  return std::string(kHead) + "Content-Length: " + std::to_string(claimed) + "\r\n\r\n" + std::string(body);
}

RawResponse ask(const Server& server, std::string_view bytes) {
  SocketPeer peer = SocketPeer::connect(server.port());
  peer.send(bytes);
  return peer.read_response();
}

TEST(ServerLimits, RefuseABodyThatClaimsTooMuchBeforeItComes) {
  const auto server = start(small());
  SocketPeer peer = SocketPeer::connect(server->port());
  peer.send(std::string(kHead) + "Expect: 100-continue\r\nContent-Length: 1001\r\n\r\n");
  const RawResponse response = peer.read_response();
  EXPECT_EQ(response.status, 413);
  EXPECT_EQ(response.body, "413|the request body is over the limit of 1000 bytes|text/x");
  EXPECT_EQ(response.field("connection"), "close");
  peer.end_sending();
  EXPECT_EQ(peer.read_to_end(), "");
}

TEST(ServerLimits, TakeABodyOfExactlyTheLimit) {
  const auto server = start(small());
  EXPECT_EQ(ask(*server, post(1000, std::string(1000, 'x'))).status, 200);
  const std::string chunked = std::string(kHead) + "Transfer-Encoding: chunked\r\n\r\n3e8\r\n" + std::string(1000, 'x');
  EXPECT_EQ(ask(*server, chunked + "\r\n0\r\n\r\n").status, 200);
}

TEST(ServerLimits, RefuseChunksThatTogetherAreTooMuch) {
  const auto server = start(small());
  std::string request = std::string(kHead) + "Transfer-Encoding: chunked\r\n\r\n";
  for (int i = 0; i < 11; ++i) request += "64\r\n" + std::string(100, 'x') + "\r\n";
  EXPECT_EQ(ask(*server, request).status, 413);
  EXPECT_EQ(ask(*server, std::string(kHead) + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nx").status, 413);
}

TEST(ServerLimits, LetThePeerReadTheRefusalThoughItStillSends) {
  const auto server = start(small());
  SocketPeer peer = SocketPeer::connect(server->port());
  peer.send(post(20'000'000, ""));
  EXPECT_TRUE(peer.send(std::string(20'000'000, 'x')));
  EXPECT_EQ(peer.read_response().status, 413);
}

TEST(ServerLimits, RefuseAHeaderThatIsTooLong) {
  const auto server = start(small());
  EXPECT_EQ(ask(*server, std::string(kHead) + "X: " + std::string(3000, 'x') + "\r\n\r\n").status, 431);
  EXPECT_EQ(ask(*server, "GET /" + std::string(3000, 'x')).status, 431);  // not even the line ends
}

TEST(ServerLimits, RefuseTooManyFields) {
  const auto server = start(ServerLimits{});
  std::string request(kHead);
  for (int i = 0; i < 300; ++i) request += "a:\r\n";
  const RawResponse response = ask(*server, request + "\r\n");
  EXPECT_EQ(response.status, 431);
  EXPECT_THAT(response.body, HasSubstr("256 fields"));
}

TEST(ServerLimits, RefuseChunkExtensionsAndTrailersWithoutEnd) {
  const auto server = start(small());
  const std::string endless(100'000, 'x');
  const std::string head = std::string(kHead) + "Transfer-Encoding: chunked\r\n\r\n";
  EXPECT_EQ(ask(*server, head + "3;" + endless).status, 431);
  EXPECT_EQ(ask(*server, head + "0\r\nX: " + endless).status, 431);
}

TEST(ServerLimits, RefuseARequestThatComesTooSlowly) {
  ServerLimits limits = small();
  limits.request_time = std::chrono::milliseconds(50);
  const auto server = start(limits);
  for (const std::string& part : {std::string("P"), std::string(kHead), post(10, "abc")}) {
    const RawResponse response = ask(*server, part);
    EXPECT_EQ(response.status, 408) << part;
    EXPECT_THAT(response.body, HasSubstr("50 ms"));
  }
}

// A byte now and then must not buy more time.
TEST(ServerLimits, GiveAWholeRequestItsTimeAndNotEachByte) {
  ServerLimits limits = small();
  limits.request_time = std::chrono::milliseconds(100);
  const auto server = start(limits);
  SocketPeer peer = SocketPeer::connect(server->port());
  peer.send("POST / HTTP/1.1\r\nX: ");
  std::jthread drip([&](const std::stop_token& stop) {
    while (!stop.stop_requested() && peer.send("x")) std::this_thread::sleep_for(std::chrono::milliseconds(20));
  });
  EXPECT_EQ(peer.read_response().status, 408);
}

TEST(ServerLimits, CloseAnIdleConnectionWithoutAWord) {
  ServerLimits limits = small();
  limits.idle_time = std::chrono::milliseconds(20);
  const auto server = start(limits);
  SocketPeer fresh = SocketPeer::connect(server->port());
  EXPECT_EQ(fresh.read_to_end(), "");
  SocketPeer used = SocketPeer::connect(server->port());
  used.send(post(1, "x"));
  EXPECT_EQ(used.read_response().status, 200);
  EXPECT_EQ(used.read_to_end(), "");
}

TEST(ServerLimits, TurnConnectionsOverTheLimitAwayAndTakeThemLater) {
  ServerLimits limits = small();
  limits.connections = 2;
  const auto server = start(limits);
  {
    SocketPeer first = SocketPeer::connect(server->port());
    SocketPeer second = SocketPeer::connect(server->port());
    first.send(post(1, "x"));
    second.send(post(1, "x"));
    EXPECT_EQ(first.read_response().status, 200);
    EXPECT_EQ(second.read_response().status, 200);
    const RawResponse third = ask(*server, post(1, "x"));
    EXPECT_EQ(third.status, 503);
    EXPECT_EQ(third.field("retry-after"), "1");
    EXPECT_EQ(third.field("connection"), "close");
    first.send(post(1, "x"));
    EXPECT_EQ(first.read_response().status, 200);
  }
  int status = 503;
  while (status == 503) status = ask(*server, post(1, "x")).status;  // the server sees them go in its own time
  EXPECT_EQ(status, 200);
}

TEST(ServerLimits, BoundTheMemoryOfAllBodiesTogether) {
  ServerLimits limits;
  limits.body_memory = 100'000;
  std::promise<void> started;
  std::promise<void> go_on;
  const auto server = start(limits, [&](Request&& r) {
    if (r.body.size() < 80'000) return Response{};
    started.set_value();
    go_on.get_future().wait();
    return Response{};
  });
  SocketPeer big = SocketPeer::connect(server->port());
  big.send(post(80'000, std::string(80'000, 'x')));
  started.get_future().wait();
  const RawResponse refused = ask(*server, post(30'000, std::string(30'000, 'x')));
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(refused.field("retry-after"), "1");
  EXPECT_EQ(ask(*server, post(5'000, std::string(5'000, 'x'))).status, 200);
  go_on.set_value();
  EXPECT_EQ(big.read_response().status, 200);
  EXPECT_EQ(ask(*server, post(30'000, std::string(30'000, 'x'))).status, 200);
}

// 100 connections that each claim a megabyte and send a byte hold next to nothing.
TEST(ServerLimits, TakeNoMemoryForBytesThatAreOnlyClaimed) {
  ServerLimits limits;
  limits.body_memory = 4 << 20;
  const auto server = start(limits);
  std::vector<SocketPeer> liars;
  for (int i = 0; i < 100; ++i) {
    liars.push_back(SocketPeer::connect(server->port()));
    liars.back().send(post(1'000'000, "x"));
  }
  EXPECT_EQ(ask(*server, post(1'000'000, std::string(1'000'000, 'x'))).status, 200);
}

TEST(ServerLimits, RefuseMalformedHttpAndGoOn) {
  const auto server = start(small());
  const std::string head = "POST / HTTP/1.1\r\nHost: h\r\n";
  const std::string client_hello("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11);
  for (const std::string& bad :
       {std::string("\r\n\r\n\r\n"), std::string("nonsense\r\n\r\n"), std::string("GET  / HTTP/1.1\r\n\r\n"),
        std::string("GET / HTTP/9.9\r\n\r\n"), std::string("GET / HTTP/1.1\r\n\r\n"), client_hello + "\r\n\r\n",
        std::string("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), head + "No colon\r\n\r\n", head + "A\x01: b\r\n\r\n",
        head + "Content-Length: -1\r\n\r\n", head + "Content-Length: 1x\r\n\r\nx",
        head + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
        head + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        head + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n", head + "Transfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n"}) {
    const RawResponse response = ask(*server, bad);
    EXPECT_EQ(response.status, 400) << bad;
    EXPECT_THAT(response.body, HasSubstr("malformed HTTP: ")) << bad;
  }
  EXPECT_EQ(ask(*server, post(1, "x")).status, 200);
}

TEST(ServerLimits, RefuseTransferCodingsThatWeCannotRead) {
  const auto server = start(small());
  for (const char* coding : {"gzip", "gzip, chunked", "identity"}) {
    const std::string head = std::string(kHead) + "Transfer-Encoding: " + coding + "\r\n\r\n";
    EXPECT_EQ(ask(*server, head).status, 501) << coding;
  }
}

TEST(ServerAddress, IsAnErrorWhenItIsNone) {
  for (const char* listen : {"nonsense", "127.0.0.1:x", "no.such.host.invalid:0"}) {
    ServerOptions options;
    options.listen = listen;
    const auto server = start_server(options, [](Request&&) { return Response{}; });
    ASSERT_FALSE(server) << listen;
    EXPECT_EQ(server.error().kind, ErrorKind::invalid);
    EXPECT_THAT(server.error().message, HasSubstr(listen));
    EXPECT_NE(server.error().hint, "");
  }
}

TEST(ServerAddress, IsNamedWhenAnotherHasIt) {
  const auto first = start(small());
  ServerOptions options;
  options.listen = first->address();
  const auto second = start_server(options, [](Request&&) { return Response{}; });
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, ErrorKind::permanent);
  EXPECT_THAT(second.error().message, HasSubstr(first->address()));
  EXPECT_THAT(second.error().message, HasSubstr("in use"));
  EXPECT_THAT(second.error().hint, HasSubstr("choose another"));
}

TEST(ServerAddress, MayBeAName) {
  ServerOptions options;
  options.listen = "localhost:0";
  const auto server = start_server(options, [](Request&&) { return Response{}; });
  ASSERT_TRUE(server) << server.error().text();
  EXPECT_NE((*server)->port(), 0);
  EXPECT_EQ((*server)->address(), "localhost:" + std::to_string((*server)->port()));
  EXPECT_EQ(ask(**server, post(1, "x")).status, 200);
}

}  // namespace
}  // namespace aitf::http
