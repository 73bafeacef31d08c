// The client against our server and against peers that misbehave.

#include "http/client.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ctime>
#include <functional>
#include <thread>

#include "http/server.hpp"
#include "http/socket_peer.hpp"

namespace aitf::http {
namespace {

using testing::HasSubstr;
using testing::Not;
using Kind = Unanswered::Kind;

// A peer that does as it is told with each connection, one after the other.
class Scripted {
 public:
  explicit Scripted(std::function<void(SocketPeer)> script, int connections = 1)
      : thread_([this, script = std::move(script), connections] {
          for (int i = 0; i < connections; ++i) script(listener_.accept());
        }) {}
  std::string url(const std::string& path = "/") const {
    return "http://127.0.0.1:" + std::to_string(listener_.port()) + path;
  }

 private:
  SocketListener listener_;
  std::jthread thread_;
};

// Answers one request of a known body with these bytes and closes.
std::function<void(SocketPeer)> answering(std::string bytes) {
  return [bytes = std::move(bytes)](SocketPeer peer) {
    peer.read_until("\r\n\r\nbody");
    peer.send(bytes);
  };
}

Call post(const std::string& url, std::string_view body = "body") {
  Call call;
  call.url = url;
  call.body = body;
  return call;
}

std::unique_ptr<Server> start(Handler handler) {
  auto server = start_server({}, std::move(handler));
  EXPECT_TRUE(server);
  return std::move(*server);
}

std::string url_of(const Server& server, const std::string& rest = "/") { return "http://" + server.address() + rest; }

std::string http_date(std::time_t time) {
  std::tm parts{};
  gmtime_r(&time, &parts);
  char text[64];
  std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts);
  return text;
}

TEST(Client, SendsTheBodyAndBringsTheAnswer) {
  Request seen;
  const auto server = start([&](Request&& r) {
    seen = std::move(r);
    return Response{201, {{"Content-Type", "application/json"}}, "{}"};
  });
  Call call = post(url_of(*server, "/in?a=1"));
  call.headers = {{"Content-Type", "text/x"}, {"X-Empty", ""}};
  call.secret_header = {"Authorization", Secret("Splunk token")};
  const auto answer = make_client({})->call(call);
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->status, 201);
  EXPECT_EQ(answer->body, "{}");
  EXPECT_EQ(answer->content_type, "application/json");
  EXPECT_FALSE(answer->retry_after);
  EXPECT_EQ(seen.method, "POST");
  EXPECT_EQ(seen.path, "/in");
  EXPECT_EQ(seen.query, "a=1");
  EXPECT_EQ(seen.body, "body");
  EXPECT_EQ(seen.header("content-type"), "text/x");
  EXPECT_EQ(seen.header("authorization"), "Splunk token");
  EXPECT_EQ(seen.header("expect"), "");
}

TEST(Client, SendsNoFieldsThatNobodyAskedFor) {
  Request seen;
  const auto server = start([&](Request&& r) {
    seen = std::move(r);
    return Response{};
  });
  const std::string large(5'000'000, 'x');  // curl asks for 100-continue from 1 MiB on, unless told not to
  ASSERT_TRUE(make_client({})->call(post(url_of(*server), large)));
  EXPECT_EQ(seen.header("content-type"), "");
  EXPECT_EQ(seen.header("expect"), "");
  EXPECT_EQ(seen.header("content-length"), "5000000");
}

TEST(Client, SendsOtherMethods) {
  std::vector<std::string> seen;
  const auto server = start([&](Request&& r) {
    seen.push_back(r.method + r.body);
    return Response{};
  });
  const auto client = make_client({});
  for (const auto& [method, body] : {std::pair{"GET", ""}, {"HEAD", ""}, {"DELETE", ""}, {"PUT", "x"}, {"POST", ""}}) {
    Call call = post(url_of(*server), body);
    call.method = method;
    const auto answer = client->call(call);
    EXPECT_TRUE(answer) << method;
  }
  EXPECT_EQ(seen, (std::vector<std::string>{"GET", "HEAD", "DELETE", "PUTx", "POST"}));
}

TEST(Client, KeepsTheConnection) {
  Scripted peer([](SocketPeer connection) {
    for (int i = 0; i < 3; ++i) {
      if (connection.read_until("\r\n\r\nbody").empty()) return;
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n" + std::to_string(i));
    }
  });
  const auto client = make_client({});
  for (int i = 0; i < 3; ++i) {
    const auto answer = client->call(post(peer.url()));
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->body, std::to_string(i));
  }
}

TEST(Client, KeepsOnlySoMuchOfAnAnswer) {
  const auto server = start([](Request&&) { return Response{200, {}, std::string(100'000, 'x')}; });
  ClientOptions options;
  options.answer_bytes = 10;
  const auto client = make_client(options);
  for (int i = 0; i < 2; ++i) EXPECT_EQ(client->call(post(url_of(*server)))->body, "xxxxxxxxxx");
}

TEST(Client, ReadsRetryAfterInSeconds) {
  const auto server = start([](Request&&) { return Response{429, {{"Retry-After", "7"}}, ""}; });
  const auto answer = make_client({})->call(post(url_of(*server)));
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 429);
  EXPECT_EQ(answer->retry_after, std::chrono::seconds(7));
}

TEST(Client, ReadsRetryAfterAsADate) {
  const auto server =
      start([](Request&&) { return Response{429, {{"Retry-After", http_date(std::time(nullptr) + 3600)}}, ""}; });
  const auto answer = make_client({})->call(post(url_of(*server)));
  ASSERT_TRUE(answer && answer->retry_after);
  EXPECT_LE(*answer->retry_after, std::chrono::seconds(3600));
  EXPECT_GT(*answer->retry_after, std::chrono::seconds(3000));
}

TEST(Client, HasNoWaitWhereNoneIsToldOrItIsOver) {
  for (const std::string& value : {std::string("soon"), std::string("0"), http_date(0)}) {
    const auto server = start([&](Request&&) { return Response{503, {{"Retry-After", value}}, ""}; });
    const auto answer = make_client({})->call(post(url_of(*server)));
    ASSERT_TRUE(answer);
    EXPECT_FALSE(answer->retry_after) << value;
  }
}

TEST(Client, FollowsNoRedirectSinceTheTokenWouldLeak) {
  int asked = 0;
  const auto other = start([&](Request&&) {
    ++asked;
    return Response{};
  });
  const auto server = start([&](Request&&) { return Response{307, {{"Location", url_of(*other, "/x")}}, ""}; });
  Call call = post(url_of(*server));
  call.secret_header = {"Authorization", Secret("token")};
  const auto answer = make_client({})->call(call);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 307);
  EXPECT_EQ(answer->location, url_of(*other, "/x"));
  EXPECT_EQ(asked, 0);
}

TEST(Client, TellsThatNobodyListens) {
  std::uint16_t free_port = 0;
  {
    free_port = SocketListener().port();
  }
  const auto answer = make_client({})->call(post("http://127.0.0.1:" + std::to_string(free_port)));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, Kind::unreachable);
  EXPECT_FALSE(answer.error().body_was_sent);
}

TEST(Client, TellsThatTheHostIsUnknownAndThatTheUrlIsNone) {
  for (const char* url : {"http://no.such.host.invalid/", "nonsense://x/", "http://", "file:///etc/passwd"}) {
    const auto answer = make_client({})->call(post(url));
    ASSERT_FALSE(answer) << url;
    EXPECT_EQ(answer.error().kind, Kind::unreachable) << url;
    EXPECT_FALSE(answer.error().body_was_sent) << url;
  }
}

TEST(Client, TellsThatTheConnectionWasCutAfterTheBodyWasSent) {
  for (const char* half : {"", "HTTP/1.1 200 OK\r\nContent-Le", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"}) {
    Scripted peer(answering(half));
    const auto answer = make_client({})->call(post(peer.url()));
    ASSERT_FALSE(answer) << half;
    EXPECT_EQ(answer.error().kind, Kind::cut) << half;
    EXPECT_TRUE(answer.error().body_was_sent) << half;
  }
}

TEST(Client, TellsThatTheConnectionWasResetBeforeTheBodyWasSent) {
  Scripted peer([](SocketPeer connection) {
    connection.read_some();
    connection.reset();
  });
  const auto answer = make_client({})->call(post(peer.url(), std::string(50'000'000, 'x')));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, Kind::cut);
  EXPECT_FALSE(answer.error().body_was_sent);
}

TEST(Client, TellsThatWhatAnsweredSpeaksNoHttp) {
  Scripted peer(answering("220 mail.example ESMTP\r\n"));
  const auto answer = make_client({})->call(post(peer.url()));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, Kind::cut);
}

TEST(Client, GivesUpWhenTheAnswerDoesNotCome) {
  Scripted peer([](SocketPeer connection) { connection.read_to_end(); });
  ClientOptions options;
  options.request_time = std::chrono::milliseconds(50);
  const auto answer = make_client(options)->call(post(peer.url()));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, Kind::timed_out);
  EXPECT_TRUE(answer.error().body_was_sent);
}

TEST(Client, EndsACallUnderWayWhenInterruptedAndLaterOnesAtOnce) {
  const auto client = make_client({});
  Scripted peer([&](SocketPeer connection) {
    connection.read_until("\r\n\r\nbody");
    client->interrupt();
    connection.read_to_end();
  });
  const auto answer = client->call(post(peer.url()));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, Kind::cut);
  EXPECT_TRUE(answer.error().body_was_sent);
  EXPECT_FALSE(client->call(post("http://127.0.0.1:1/")));
}

TEST(Client, SaysNeitherUserNorQueryNorSecretInItsMessages) {
  Scripted peer(answering(""));
  std::string url = peer.url("/path?key=hidden#hidden");
  url.insert(std::string("http://").size(), "user:hidden@");
  Call call = post(url);
  call.secret_header = {"X-Key", Secret("hidden")};
  const auto answer = make_client({})->call(call);
  ASSERT_FALSE(answer);
  EXPECT_THAT(answer.error().message, HasSubstr(peer.url("/path")));
  EXPECT_THAT(answer.error().message, Not(HasSubstr("hidden")));
  EXPECT_THAT(answer.error().message, Not(HasSubstr("user")));
}

TEST(Client, TriesAnewWhenTheServerClosedTheKeptConnection) {
  Scripted peer(answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), 2);
  const auto client = make_client({});
  for (int i = 0; i < 2; ++i) {
    const auto answer = client->call(post(peer.url()));
    EXPECT_TRUE(answer) << answer.error().message;
  }
}

}  // namespace
}  // namespace aitf::http
