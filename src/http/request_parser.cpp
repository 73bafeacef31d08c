#include "http/request_parser.hpp"

#include <algorithm>
#include <boost/beast/http/error.hpp>
#include <string>

#include "http/message.hpp"

namespace aitf::http {
namespace {

using boost::beast::http::error;

constexpr std::size_t kFirstBodyBlock = 16 * 1024;
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

RequestParser::RequestParser(const ServerLimits& limits, MemoryBudget& budget) : limits_(limits), memory_(budget) {
  header_limit(static_cast<std::uint32_t>(limits.header_bytes));
  body_limit(limits.body_bytes);
  eager(false);
}

std::optional<Failure> RequestParser::judge_head() const {
  const std::string_view coding = request_.header("transfer-encoding");
  // Whoever reads a body we do not understand as the next request lets requests be smuggled.
  if (!coding.empty() && !equal_ignoring_case(coding, "chunked"))
    return Failure{501, "only the transfer coding chunked is taken"};
  if (version_ == 11 && request_.header("host").empty())
    return Failure{400, "malformed HTTP: the Host field is missing"};
  return std::nullopt;
}

bool RequestParser::expects_continue() const {
  return version_ == 11 && equal_ignoring_case(request_.header("expect"), "100-continue");
}

Failure RequestParser::failure(const error_code& ec) const {
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

void RequestParser::on_request_impl(Verb, string_view method, string_view target, int version, error_code&) {
  version_ = version;
  request_.method = std::string(method);
  const std::string_view origin = origin_form(target);
  const std::size_t mark = origin.find('?');
  request_.path = std::string(origin.substr(0, mark));
  if (mark != std::string_view::npos) request_.query = std::string(origin.substr(mark + 1));
}

void RequestParser::on_response_impl(int, string_view, int, error_code&) {}

void RequestParser::on_field_impl(Field, string_view name, string_view value, error_code& ec) {
  if (head_is_done_) return;  // trailers carry nothing we use
  if (request_.headers.size() == kMostFields) {
    ec = error::header_limit;
    return;
  }
  request_.headers.emplace_back(lower_case(name), std::string(value));
}

void RequestParser::on_header_impl(error_code&) { head_is_done_ = true; }

void RequestParser::on_body_init_impl(const boost::optional<std::uint64_t>& content_length, error_code&) {
  claimed_ = static_cast<std::size_t>(content_length.value_or(0));
}

std::size_t RequestParser::on_body_impl(string_view body, error_code& ec) {
  if (!make_room(body.size())) {
    ec = make_error_code(boost::beast::errc::not_enough_memory);
    return 0;
  }
  request_.body.append(body.data(), body.size());
  return body.size();
}

void RequestParser::on_chunk_header_impl(std::uint64_t, string_view, error_code&) {}

std::size_t RequestParser::on_chunk_body_impl(std::uint64_t, string_view body, error_code& ec) {
  return on_body_impl(body, ec);
}

void RequestParser::on_finish_impl(error_code&) {}

// Grows four times over, so that few bytes are copied twice and no claim costs more than four times what arrived.
bool RequestParser::make_room(std::size_t bytes) {
  std::string& body = request_.body;
  const std::size_t needed = body.size() + bytes;
  if (needed <= body.capacity()) return memory_.grow_to(needed);
  std::size_t room = std::max({needed, body.capacity() * (claimed_ != 0 ? 4 : 2), kFirstBodyBlock});
  if (claimed_ != 0) room = std::max(needed, std::min(room, claimed_));
  if (!memory_.grow_to(room)) return false;
  body.reserve(room);
  return true;
}

}  // namespace aitf::http
