#include "http/request_parser.hpp"

#include <algorithm>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <string>

#include "http/message.hpp"

namespace aitf::http {
namespace {

using boost::beast::http::error;
using boost::system::error_code;

constexpr std::size_t kFirstBodyBlock = std::size_t{16} * 1024;
// A field costs us 64 bytes and the sender 4, so their number has a limit of its own.
constexpr std::size_t kMostFields = 256;

std::string lower_case(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return out;
}

// "http://host/path" -> "/path": a server must take the absolute form too (RFC 9112, 3.2.2).
std::string_view origin_form(std::string_view target) {
  const std::size_t scheme = target.find("://");
  if (target.starts_with('/') || scheme == std::string_view::npos) return target;
  const std::size_t path = target.find('/', scheme + 3);
  return path == std::string_view::npos ? "/" : target.substr(path);
}

}  // namespace

// Beast's parser with our Request as its target.
class RequestParser::Beast final : public boost::beast::http::basic_parser<true> {
 public:
  Beast(const ServerLimits& limits, MemoryBudget& budget);

  Failure failure(const error_code& ec) const;
  std::optional<Failure> judge_head() const;
  error_code judge_rest(std::size_t bytes) const;

  Request request_;
  Reservation memory_;
  int version_ = 0;  // 10 or 11

 private:
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
  std::size_t claimed_ = 0;  // Content-Length, 0 when there is none
  bool head_is_done_ = false;
};

RequestParser::Beast::Beast(const ServerLimits& limits, MemoryBudget& budget) : memory_(budget), limits_(limits) {
  header_limit(static_cast<std::uint32_t>(limits.header_bytes));
  body_limit(limits.body_bytes);
}

std::optional<Failure> RequestParser::Beast::judge_head() const {
  const std::string_view coding = request_.header("transfer-encoding");
  // Whoever reads a body we do not understand as the next request lets requests be smuggled.
  if (!coding.empty() && !equal_ignoring_case(coding, "chunked"))
    return Failure{501, "only the transfer coding chunked is taken"};
  if (version_ == 11 && request_.header("host").empty())
    return Failure{400, "malformed HTTP: the Host field is missing"};
  return std::nullopt;
}

// Beast has no bound of its own for the extensions and trailers of chunks.
error_code RequestParser::Beast::judge_rest(std::size_t bytes) const {
  return bytes > 2 * limits_.header_bytes ? make_error_code(error::header_limit) : error_code();
}

Failure RequestParser::Beast::failure(const error_code& ec) const {
  if (ec == error::body_limit) {
    return {413, "the request body is over the limit of " + std::to_string(limits_.body_bytes) + " bytes"};
  }
  if (ec == error::header_limit) {
    return {431, "the request header is over the limit of " + std::to_string(limits_.header_bytes) + " bytes or " +
                     std::to_string(kMostFields) + " fields"};
  }
  if (ec == boost::beast::errc::not_enough_memory) return {503, "too many request bodies are under way, try again"};
  return {400, "malformed HTTP: " + ec.message()};
}

void RequestParser::Beast::on_request_impl(Verb, string_view method, string_view target, int version, error_code&) {
  version_ = version;
  request_.method = std::string(method);
  const std::string_view origin = origin_form(target);
  const std::size_t mark = origin.find('?');
  request_.path = std::string(origin.substr(0, mark));
  if (mark != std::string_view::npos) request_.query = std::string(origin.substr(mark + 1));
}

void RequestParser::Beast::on_response_impl(int, string_view, int, error_code&) {}

void RequestParser::Beast::on_field_impl(Field, string_view name, string_view value, error_code& ec) {
  if (head_is_done_) return;  // trailers carry nothing we use
  if (request_.headers.size() == kMostFields) {
    ec = error::header_limit;
    return;
  }
  request_.headers.emplace_back(lower_case(name), std::string(value));
}

void RequestParser::Beast::on_header_impl(error_code&) { head_is_done_ = true; }

void RequestParser::Beast::on_body_init_impl(const boost::optional<std::uint64_t>& content_length, error_code&) {
  claimed_ = static_cast<std::size_t>(content_length.value_or(0));
}

std::size_t RequestParser::Beast::on_body_impl(string_view body, error_code& ec) {
  if (!make_room(body.size())) {
    ec = make_error_code(boost::beast::errc::not_enough_memory);
    return 0;
  }
  request_.body.append(body.data(), body.size());
  return body.size();
}

void RequestParser::Beast::on_chunk_header_impl(std::uint64_t, string_view, error_code&) {}

std::size_t RequestParser::Beast::on_chunk_body_impl(std::uint64_t, string_view body, error_code& ec) {
  return on_body_impl(body, ec);
}

void RequestParser::Beast::on_finish_impl(error_code&) {}

// Grows four times over, so that few bytes are copied twice and no claim costs more than four times what arrived.
bool RequestParser::Beast::make_room(std::size_t bytes) {
  std::string& body = request_.body;
  const std::size_t needed = body.size() + bytes;
  if (needed <= body.capacity()) return memory_.grow_to(needed);
  std::size_t room = std::max({needed, body.capacity() * (claimed_ != 0 ? 4 : 2), kFirstBodyBlock});
  if (claimed_ != 0) room = std::max(needed, std::min(room, claimed_));
  if (!memory_.grow_to(room)) return false;
  body.reserve(room);
  return true;
}

RequestParser::RequestParser(const ServerLimits& limits, MemoryBudget& budget)
    : beast_(std::make_unique<Beast>(limits, budget)) {}
RequestParser::~RequestParser() = default;

tl::expected<std::size_t, Failure> RequestParser::put(std::string_view bytes) {
  const bool head_was_done = head_is_done();
  error_code ec;
  beast_->eager(head_was_done);
  const std::size_t taken = beast_->put(boost::asio::buffer(bytes.data(), bytes.size()), ec);
  if (ec == error::need_more) ec = beast_->judge_rest(bytes.size() - taken);
  if (ec) return tl::unexpected<Failure>(beast_->failure(ec));
  if (!head_was_done && head_is_done()) {
    if (auto failure = beast_->judge_head()) return tl::unexpected<Failure>(std::move(*failure));
  }
  return taken;
}

bool RequestParser::head_is_done() const { return beast_->is_header_done(); }
bool RequestParser::is_done() const { return beast_->is_done(); }
bool RequestParser::keep_alive() const { return beast_->keep_alive(); }
Request& RequestParser::request() { return beast_->request_; }
Reservation& RequestParser::memory() { return beast_->memory_; }

bool RequestParser::expects_continue() const {
  return beast_->version_ == 11 && equal_ignoring_case(beast_->request_.header("expect"), "100-continue");
}

}  // namespace aitf::http
