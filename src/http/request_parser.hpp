#pragma once
// Beast's HTTP/1 parser, filling our Request. Memory for the body is taken as the body arrives: what Content-Length
// claims only bounds the growth.

#include <boost/beast/http/basic_parser.hpp>
#include <optional>
#include <string>

#include "http/memory_budget.hpp"
#include "http/server.hpp"

namespace aitf::http {

// Why a request cannot be answered by the handler.
struct Failure {
  int status = 0;  // 0: there is nobody to answer
  std::string message;
};

class RequestParser final : public boost::beast::http::basic_parser<true> {
 public:
  RequestParser(const ServerLimits& limits, MemoryBudget& budget);

  Request& request() { return request_; }
  Reservation& memory() { return memory_; }
  // Once the head is there: what no handler should see.
  std::optional<Failure> judge_head() const;
  bool expects_continue() const;
  // The answer to an error that put() gave.
  Failure failure(const boost::beast::error_code& error) const;

 private:
  using error_code = boost::beast::error_code;
  using string_view = boost::beast::string_view;
  using Verb = boost::beast::http::verb;
  using Field = boost::beast::http::field;

  void on_request_impl(Verb verb, string_view method, string_view target, int version, error_code& ec) override;
  void on_response_impl(int code, string_view reason, int version, error_code& ec) override;
  void on_field_impl(Field field, string_view name, string_view value, error_code& ec) override;
  void on_header_impl(error_code& ec) override;
  void on_body_init_impl(const boost::optional<std::uint64_t>& content_length, error_code& ec) override;
  std::size_t on_body_impl(string_view body, error_code& ec) override;
  void on_chunk_header_impl(std::uint64_t size, string_view extensions, error_code& ec) override;
  std::size_t on_chunk_body_impl(std::uint64_t remain, string_view body, error_code& ec) override;
  void on_finish_impl(error_code& ec) override;

  bool make_room(std::size_t bytes);

  const ServerLimits& limits_;
  Request request_;
  Reservation memory_;
  std::size_t claimed_ = 0;  // Content-Length, 0 when there is none
  int version_ = 0;          // 10 or 11
  bool head_is_done_ = false;
};

}  // namespace aitf::http
