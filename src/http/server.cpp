// Binds, accepts, counts and ends connections. What happens on one is in connection.cpp.

#include "http/server.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <future>
#include <thread>
#include <unordered_set>

#include "base/log.hpp"
#include "http/connection.hpp"
#include "http/listen_address.hpp"

namespace aitf::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr auto kNoThrow = asio::as_tuple(asio::use_awaitable);
// So many connections over the limit are still answered 503; those beyond are closed without a word.
constexpr std::size_t kTurnedAway = 64;
constexpr std::chrono::milliseconds kAcceptPause{100};

Status cannot_listen(const std::string& listen, const error_code& ec) {
  const bool in_use = ec == asio::error::address_in_use;
  return fail(ErrorKind::permanent, "cannot listen on `" + listen + "`: " + ec.message(),
              in_use ? "another program, perhaps another aitf, has the port: choose another" : "");
}

class AsioServer final : public Server {
 public:
  AsioServer(const ServerOptions& options, Handler handler, Refusal refusal);
  ~AsioServer() override { stop({}); }

  Status bind(const std::string& listen);
  void start();

  std::uint16_t port() const override { return port_; }
  std::string address() const override { return to_text(host_, port_); }
  void stop(std::chrono::milliseconds grace) override;

 private:
  Result<tcp::resolver::results_type> resolve(const std::string& listen, const ListenAddress& address);
  error_code open(const tcp::endpoint& endpoint);
  asio::awaitable<void> accept(tcp::acceptor& acceptor);
  void admit(tcp::socket socket);
  void forget(const std::shared_ptr<Connection>& connection, const std::exception_ptr& thrown);
  void begin_stop();
  void close_all();

  asio::io_context io_{1};
  Workers workers_;
  Service service_;
  std::string host_;
  std::uint16_t port_ = 0;
  std::vector<tcp::acceptor> acceptors_;
  std::unordered_set<std::shared_ptr<Connection>> connections_;  // I/O thread only
  std::promise<void> all_gone_;                                  // set once, when stopping and none is left
  std::once_flag stopped_;
  asio::executor_work_guard<asio::io_context::executor_type> guard_{io_.get_executor()};
  std::jthread thread_;
};

// One job a connection at most, so the queue never fills.
AsioServer::AsioServer(const ServerOptions& options, Handler handler, Refusal refusal)
    : workers_(options.workers, options.limits.connections, std::move(handler), refusal),
      service_{options.limits, std::move(refusal), MemoryBudget(options.limits.body_memory), workers_} {}

Result<tcp::resolver::results_type> AsioServer::resolve(const std::string& listen, const ListenAddress& address) {
  tcp::resolver resolver(io_);
  error_code ec;
  auto found = resolver.resolve(address.host, std::to_string(address.port), tcp::resolver::passive, ec);
  if (ec) {
    return fail(ErrorKind::invalid, "cannot listen on `" + listen + "`: " + ec.message(),
                "use an address or a host name of this machine");
  }
  return found;
}

// A name may stand for several addresses ("localhost": v4 and v6). We listen on each that this machine has, but never
// beside another program that has the port on one of them.
Status AsioServer::bind(const std::string& listen) {
  AITF_TRY(const ListenAddress address, parse_listen_address(listen));
  AITF_TRY(const auto found, resolve(listen, address));
  host_ = address.host;
  port_ = address.port;
  error_code last;
  for (const auto& entry : found) {
    const error_code ec = open(tcp::endpoint(entry.endpoint().address(), port_));
    if (ec) last = ec;
    if (ec == asio::error::address_in_use && address.port != 0) return cannot_listen(listen, ec);
  }
  return acceptors_.empty() ? cannot_listen(listen, last) : Status();
}

error_code AsioServer::open(const tcp::endpoint& endpoint) {
  error_code ec;
  tcp::acceptor acceptor(io_);
  acceptor.open(endpoint.protocol(), ec);
  if (!ec) acceptor.set_option(tcp::acceptor::reuse_address(true), ec);
  if (!ec) acceptor.bind(endpoint, ec);
  if (!ec) acceptor.listen(asio::socket_base::max_listen_connections, ec);
  if (ec) return ec;
  port_ = acceptor.local_endpoint(ec).port();
  acceptors_.push_back(std::move(acceptor));
  return {};
}

void AsioServer::start() {
  for (tcp::acceptor& acceptor : acceptors_) asio::co_spawn(io_, accept(acceptor), asio::detached);
  thread_ = std::jthread([this] { io_.run(); });
}

asio::awaitable<void> AsioServer::accept(tcp::acceptor& acceptor) {
  asio::steady_timer pause(io_);
  while (acceptor.is_open()) {
    tcp::socket socket(io_);
    const auto [ec] = co_await acceptor.async_accept(socket, kNoThrow);
    if (!ec) {
      admit(std::move(socket));
    } else if (ec != asio::error::operation_aborted && ec != asio::error::connection_aborted) {
      log::error("cannot accept a connection", {{"address", address()}, {"reason", ec.message()}});
      pause.expires_after(kAcceptPause);  // out of file descriptors: trying at once again would spin
      co_await pause.async_wait(kNoThrow);
    }
  }
}

void AsioServer::admit(tcp::socket socket) {
  const std::size_t limit = service_.limits.connections;
  if (service_.stopping || connections_.size() >= limit + kTurnedAway) return;
  const Welcome welcome = connections_.size() < limit ? Welcome::serve : Welcome::turn_away;
  connections_.insert(start_connection(std::move(socket), service_, welcome,
                                       [this](const std::shared_ptr<Connection>& connection,
                                              const std::exception_ptr& thrown) { forget(connection, thrown); }));
}

void AsioServer::forget(const std::shared_ptr<Connection>& connection, const std::exception_ptr& thrown) {
  connections_.erase(connection);
  if (service_.stopping && connections_.empty()) all_gone_.set_value();
  if (!thrown) return;
  try {
    std::rethrow_exception(thrown);
  } catch (const std::exception& e) {
    log::error("a connection failed", {{"address", address()}, {"reason", e.what()}});
  }
}

void AsioServer::begin_stop() {
  service_.stopping = true;
  error_code ignored;
  for (tcp::acceptor& acceptor : acceptors_) acceptor.close(ignored);
  if (connections_.empty()) all_gone_.set_value();
  for (const auto& connection : connections_) {
    if (connection->is_idle()) connection->close();
  }
}

void AsioServer::close_all() {
  for (const auto& connection : connections_) connection->close();
}

void AsioServer::stop(std::chrono::milliseconds grace) {
  std::call_once(stopped_, [this, grace] {
    if (!thread_.joinable()) return;
    asio::post(io_, [this] { begin_stop(); });
    all_gone_.get_future().wait_for(grace);
    asio::post(io_, [this] { close_all(); });
    workers_.finish();
    guard_.reset();
    thread_.join();
  });
}

}  // namespace

Result<std::unique_ptr<Server>> start_server(const ServerOptions& options, Handler handler, Refusal refusal) {
  auto server = std::make_unique<AsioServer>(options, std::move(handler), std::move(refusal));
  AITF_CHECK(server->bind(options.listen));
  server->start();
  return server;
}

}  // namespace aitf::http
