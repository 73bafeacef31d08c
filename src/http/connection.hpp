#pragma once
// One accepted connection: reads requests one after the other, has them answered on a worker, writes the answers.
// All of it runs on the server's one I/O thread, so nothing here is locked.

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <memory>
#include <optional>
#include <string>

#include "http/request_parser.hpp"
#include "http/workers.hpp"

namespace aitf::http {

// What the connections of one server share. Outlives them.
struct Service {
  ServerLimits limits;
  Refusal refusal;
  MemoryBudget budget;
  Workers& workers;
  bool stopping = false;  // I/O thread only
};

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(boost::asio::ip::tcp::socket socket, Service& service);

  // Serves until the peer goes, an error, or close().
  boost::asio::awaitable<void> serve();
  // Answers 503 at once: for connections over the limit.
  boost::asio::awaitable<void> turn_away();

  // Between two requests: nothing is lost by closing.
  bool is_idle() const { return idle_; }
  // Ends whatever the connection waits for, save a handler under way.
  void close();

 private:
  using Enough = bool (RequestParser::*)() const;

  boost::asio::awaitable<bool> wait_for_request();
  boost::asio::awaitable<bool> serve_request();
  boost::asio::awaitable<std::optional<Failure>> read_request(RequestParser& parser);
  boost::asio::awaitable<std::optional<Failure>> feed(RequestParser& parser, Enough enough);
  boost::asio::awaitable<std::optional<Failure>> read_more(const RequestParser& parser);
  boost::asio::awaitable<Response> ask_worker(RequestParser& parser);
  boost::asio::awaitable<bool> write(const Response& response, bool with_body, bool keep_alive);
  boost::asio::awaitable<void> write_continue();
  boost::asio::awaitable<void> refuse_and_linger(Failure failure, std::string_view content_type);
  boost::asio::awaitable<void> linger();
  void allow(std::chrono::milliseconds time);

  Service& service_;
  boost::asio::ip::tcp::socket socket_;
  boost::asio::steady_timer deadline_;
  boost::beast::flat_buffer buffer_;
  std::string peer_;
  bool idle_ = true;
  bool timed_out_ = false;
};

}  // namespace aitf::http
