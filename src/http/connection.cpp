#include "http/connection.hpp"

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <optional>
#include <tuple>
#include <utility>

#include "http/message.hpp"
#include "http/request_parser.hpp"

namespace aitf::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr auto kNoThrow = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t kReadBlock = std::size_t{64} * 1024;
// How long we read and drop what a refused peer still sends: closing at once would reset the connection, and the
// peer would lose our answer.
constexpr std::chrono::milliseconds kLingerTime{2'000};
constexpr std::chrono::milliseconds kCancelAgain{100};

void add_retry_after(Response& response) {
  for (const auto& [name, value] : response.headers) {
    if (equal_ignoring_case(name, "retry-after")) return;
  }
  response.headers.emplace_back("Retry-After", "1");
}

std::string address_of(const tcp::socket& socket) {
  error_code ec;
  const tcp::endpoint peer = socket.remote_endpoint(ec);
  return ec ? std::string() : peer.address().to_string(ec);
}

class AsioConnection final : public Connection, public std::enable_shared_from_this<AsioConnection> {
 public:
  AsioConnection(tcp::socket&& socket, Service& service);

  asio::awaitable<void> serve();
  asio::awaitable<void> turn_away();

  bool is_idle() const override { return idle_; }
  void close() override;
  asio::any_io_executor executor() { return socket_.get_executor(); }

 private:
  using Enough = bool (RequestParser::*)() const;

  asio::awaitable<bool> wait_for_request();
  asio::awaitable<bool> serve_request();
  asio::awaitable<std::optional<Failure>> read_request(RequestParser& parser);
  asio::awaitable<std::optional<Failure>> feed(RequestParser& parser, Enough enough);
  asio::awaitable<std::optional<Failure>> read_more();
  asio::awaitable<Response> ask_worker(RequestParser& parser);
  asio::awaitable<bool> write(const Response& response, bool with_body, bool keep_alive);
  asio::awaitable<void> write_continue();
  asio::awaitable<void> refuse_and_linger(Failure failure, std::string_view content_type);
  asio::awaitable<void> linger();
  void allow(std::chrono::milliseconds time);
  void cancel_after(std::chrono::milliseconds time);

  Service& service_;
  tcp::socket socket_;
  asio::steady_timer deadline_;
  boost::beast::flat_buffer buffer_;
  std::string peer_;
  bool idle_ = true;
  bool timed_out_ = false;
};

AsioConnection::AsioConnection(tcp::socket&& socket, Service& service)
    : service_(service), socket_(std::move(socket)), deadline_(socket_.get_executor()), peer_(address_of(socket_)) {
  error_code ignored;
  socket_.set_option(tcp::no_delay(true), ignored);
}

void AsioConnection::close() {
  error_code ignored;
  deadline_.cancel();
  socket_.close(ignored);
}

// From now on the connection may wait that long, all its waits together; then they end with timed_out_ set.
// Beast's tcp_stream cannot do this: it closes the socket on time-out, and 408 could not be sent.
void AsioConnection::allow(std::chrono::milliseconds time) {
  timed_out_ = false;
  cancel_after(time);
}

// Again and again, since what is just done and waits to be told cannot be cancelled, and what follows it must be.
void AsioConnection::cancel_after(std::chrono::milliseconds time) {
  deadline_.expires_after(time);
  deadline_.async_wait([weak = weak_from_this()](error_code ec) {
    const auto self = weak.lock();
    if (ec || !self || self->deadline_.expiry() > std::chrono::steady_clock::now()) return;  // set anew meanwhile
    self->timed_out_ = true;
    self->socket_.cancel(ec);
    self->cancel_after(kCancelAgain);
  });
}

asio::awaitable<void> AsioConnection::serve() {
  bool go_on = true;
  while (go_on) {
    go_on = co_await wait_for_request();
    if (go_on) go_on = co_await serve_request();
  }
  close();
}

asio::awaitable<void> AsioConnection::turn_away() {
  idle_ = false;
  allow(service_.limits.request_time);
  Failure failure{503, "too many connections, try again"};
  co_await refuse_and_linger(std::move(failure), {});
  close();
}

// A waiting connection holds no buffer.
asio::awaitable<bool> AsioConnection::wait_for_request() {
  if (service_.stopping) co_return false;
  if (buffer_.size() != 0) co_return true;  // pipelined
  buffer_.shrink_to_fit();
  idle_ = true;
  allow(service_.limits.idle_time);
  const auto [ec] = co_await socket_.async_wait(tcp::socket::wait_read, kNoThrow);
  idle_ = false;
  co_return !ec && socket_.is_open();
}

asio::awaitable<bool> AsioConnection::serve_request() {
  allow(service_.limits.request_time);
  RequestParser parser(service_.limits, service_.budget);
  const std::optional<Failure> failure = co_await read_request(parser);
  if (failure) {
    if (failure->status != 0) co_await refuse_and_linger(*failure, parser.request().header("content-type"));
    co_return false;
  }
  const bool with_body = parser.request().method != "HEAD";
  deadline_.cancel();  // how long a handler may take is the handler's matter
  const Response response = co_await ask_worker(parser);
  const bool keep_alive = parser.keep_alive() && !service_.stopping;
  const bool written = co_await write(response, with_body, keep_alive);
  if (written && !keep_alive && buffer_.size() != 0) co_await linger();
  co_return written&& keep_alive;
}

asio::awaitable<std::optional<Failure>> AsioConnection::read_request(RequestParser& parser) {
  std::optional<Failure> failure = co_await feed(parser, &RequestParser::head_is_done);
  if (failure) co_return failure;
  if (!parser.is_done() && buffer_.size() == 0 && parser.expects_continue()) co_await write_continue();
  parser.request().peer = peer_;
  co_return co_await feed(parser, &RequestParser::is_done);
}

// Gives the parser what the peer sends until it has `enough`.
asio::awaitable<std::optional<Failure>> AsioConnection::feed(RequestParser& parser, Enough enough) {
  while (!(parser.*enough)()) {
    if (buffer_.size() != 0) {
      const auto bytes = buffer_.cdata();
      auto taken = parser.put({static_cast<const char*>(bytes.data()), bytes.size()});
      if (!taken) co_return std::move(taken).error();
      buffer_.consume(*taken);
      if ((parser.*enough)()) break;
    }
    std::optional<Failure> failure = co_await read_more();
    if (failure) co_return failure;
  }
  co_return std::nullopt;
}

asio::awaitable<std::optional<Failure>> AsioConnection::read_more() {
  const auto [ec, size] = co_await socket_.async_read_some(buffer_.prepare(kReadBlock), kNoThrow);
  buffer_.commit(size);
  if (!ec) co_return std::nullopt;
  if (!timed_out_) co_return Failure{};
  co_return Failure{
      408, "the request did not arrive within " + std::to_string(service_.limits.request_time.count()) + " ms"};
}

asio::awaitable<Response> AsioConnection::ask_worker(RequestParser& parser) {
  const auto submit = [this, &parser](auto handler) {
    auto waiting = std::make_shared<decltype(handler)>(std::move(handler));
    const auto resume = [waiting, executor = socket_.get_executor()](Response response) mutable {
      // `waiting` moves along, so that the coroutine is only ever touched on its own thread.
      asio::post(executor, [waiting = std::move(waiting), answer = std::move(response)]() mutable {
        std::move (*waiting)(std::move(answer));
      });
    };
    Job job{std::move(parser.request()), std::move(parser.memory()), resume};
    if (service_.workers.submit(job)) return;
    job.done(refuse(service_.refusal, 503, "the server is stopping, try again", job.request.header("content-type")));
  };
  co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(Response)>(submit, asio::use_awaitable);
}

asio::awaitable<bool> AsioConnection::write(const Response& response, bool with_body, bool keep_alive) {
  const std::string head = response_head(response, keep_alive);
  const std::array<asio::const_buffer, 2> parts = {
      asio::buffer(head), asio::buffer(response.body.data(), with_body ? response.body.size() : 0)};
  allow(service_.limits.request_time);
  const auto [ec, size] = co_await asio::async_write(socket_, parts, kNoThrow);
  co_return !ec;
}

// A failure shows at the read that follows.
asio::awaitable<void> AsioConnection::write_continue() {
  constexpr std::string_view line = "HTTP/1.1 100 Continue\r\n\r\n";
  co_await asio::async_write(socket_, asio::buffer(line), kNoThrow);
}

asio::awaitable<void> AsioConnection::refuse_and_linger(Failure failure, std::string_view content_type) {
  Response response = refuse(service_.refusal, failure.status, failure.message, content_type);
  if (failure.status == 503) add_retry_after(response);
  const bool written = co_await write(response, true, false);
  if (written) co_await linger();
}

asio::awaitable<void> AsioConnection::linger() {
  error_code ec;
  socket_.shutdown(tcp::socket::shutdown_send, ec);
  allow(kLingerTime);
  while (!ec) {
    buffer_.clear();
    std::tie(ec, std::ignore) = co_await socket_.async_read_some(buffer_.prepare(kReadBlock), kNoThrow);
  }
}

}  // namespace

std::shared_ptr<Connection> start_connection(Socket&& socket, Service& service, Welcome welcome, Gone gone) {
  const auto connection = std::make_shared<AsioConnection>(std::move(socket), service);
  asio::co_spawn(connection->executor(), welcome == Welcome::serve ? connection->serve() : connection->turn_away(),
                 [connection, gone = std::move(gone)](const std::exception_ptr& thrown) { gone(connection, thrown); });
  return connection;
}

}  // namespace aitf::http
