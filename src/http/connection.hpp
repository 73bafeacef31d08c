#pragma once
// One accepted connection: reads requests one after the other, has them answered on a worker, writes the answers.
// All of it runs on the server's one I/O thread, so nothing here is locked.

#include <exception>
#include <functional>
#include <memory>

#include "http/memory_budget.hpp"
#include "http/server.hpp"
#include "http/workers.hpp"

namespace boost::asio {
class any_io_executor;
template <class Protocol, class Executor>
class basic_stream_socket;
namespace ip {
class tcp;
}
}  // namespace boost::asio

namespace aitf::http {

// boost::asio::ip::tcp::socket
using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, boost::asio::any_io_executor>;

// What the connections of one server share. Outlives them.
struct Service {
  ServerLimits limits;
  Refusal refusal;
  MemoryBudget budget;
  Workers& workers;
  bool stopping = false;  // I/O thread only
};

class Connection {
 public:
  virtual ~Connection() = default;
  // Between two requests: nothing is lost by closing.
  virtual bool is_idle() const = 0;
  // Ends whatever the connection waits for, save a handler under way.
  virtual void close() = 0;
};

enum class Welcome {
  serve,      // until the peer goes, an error, or close()
  turn_away,  // answers 503 and closes: for connections over the limit
};

// Called once, on the I/O thread and never within start_connection; with what was thrown, if anything.
using Gone = std::function<void(const std::shared_ptr<Connection>&, const std::exception_ptr&)>;

std::shared_ptr<Connection> start_connection(Socket&& socket, Service& service, Welcome welcome, Gone gone);

}  // namespace aitf::http
