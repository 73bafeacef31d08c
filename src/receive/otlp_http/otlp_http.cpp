#include "receive/otlp_http/otlp_http.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

#include "base/log.hpp"
#include "otlp/inflate.hpp"
#include "receive/otlp_http/media.hpp"

namespace aitf::receive {
namespace {

using otlp::Code;
using otlp::Encoding;

std::string_view name_of(Encoding encoding) {
  return encoding == Encoding::protobuf ? "application/x-protobuf" : "application/json";
}

http::Response reply(int status, std::string body, Encoding encoding) {
  return {status, {{"Content-Type", std::string(name_of(encoding))}}, std::move(body)};
}

Code code_of(int status) {
  switch (status) {
    case 404: return Code::not_found;
    case 405:
    case 501: return Code::unimplemented;
    case 413:
    case 431: return Code::resource_exhausted;
    case 408:
    case 503: return Code::unavailable;
    case 500: return Code::internal;
    default: return Code::invalid_argument;
  }
}

http::Response refusal(int status, std::string_view message, Encoding encoding) {
  return reply(status, otlp::error_reply(code_of(status), message, encoding), encoding);
}

int status_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::invalid: return 400;
    case ErrorKind::throttled:
    case ErrorKind::transient: return 503;
    case ErrorKind::permanent: return 413;
    case ErrorKind::internal: break;
  }
  return 500;
}

// A field that comes twice is a list (RFC 9110 5.3), and a list of codings is more than we take.
std::optional<Coding> coding_of(const http::Request& request) {
  const auto is_coding = [](const auto& field) { return field.first == "content-encoding"; };
  if (std::ranges::count_if(request.headers, is_coding) > 1) return std::nullopt;
  return receive::coding_of(request.header("content-encoding"));
}

// Whole seconds, rounded up: nobody is asked to come back too early, or at once.
std::string retry_after(std::optional<std::chrono::milliseconds> wait) {
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait.value_or(std::chrono::seconds(1)));
  return std::to_string(std::max<std::int64_t>(1, seconds.count()));
}

// What broke inside is for our log and not for the sender.
http::Response refusal(const Error& error, Encoding encoding) {
  const int status = status_of(error.kind);
  if (status == 500) {
    log::error("a request could not be taken", {{"receiver", "otlp_http"}, {"reason", error.text()}});
    return refusal(status, "internal error, see the log of the receiver", encoding);
  }
  http::Response response = refusal(status, error.text(), encoding);
  if (status == 503) response.headers.emplace_back("Retry-After", retry_after(error.retry_after));
  return response;
}

http::Response not_found(const std::string& path, Encoding encoding) {
  if (path == "/v1/logs" || path == "/v1/metrics") {
    return refusal(404, "only traces are taken, send them to /v1/traces", encoding);
  }
  return refusal(404, "there is nothing at this path, send traces to /v1/traces", encoding);
}

http::Response not_allowed(const std::string& method, Encoding encoding) {
  http::Response response =
      method == "OPTIONS" ? http::Response{204, {}, {}} : refusal(405, "send traces with POST", encoding);
  response.headers.emplace_back("Allow", "POST");
  return response;
}

http::Response unknown_type() {
  http::Response response =
      refusal(415, "the Content-Type must be application/x-protobuf or application/json", Encoding::json);
  response.headers.emplace_back("Accept", "application/x-protobuf, application/json");
  return response;
}

http::Response unknown_coding(Encoding encoding) {
  http::Response response = refusal(415, "the Content-Encoding must be gzip, x-gzip or identity", encoding);
  response.headers.emplace_back("Accept-Encoding", "gzip, x-gzip, identity");
  return response;
}

Error too_large(std::size_t size, std::size_t limit) {
  return {ErrorKind::permanent,
          "the request has " + std::to_string(size) + " bytes, over the limit of " + std::to_string(limit),
          "send smaller batches",
          {}};
}

}  // namespace

OtlpHttp::OtlpHttp(std::size_t body_limit, Accept accept, observe::Metrics& metrics)
    : body_limit_(body_limit), accept_(std::move(accept)), metrics_(metrics) {}

http::Response OtlpHttp::answer(const http::Request& request) const { return counted(route(request)); }

http::Response OtlpHttp::refuse(int status, std::string_view message, std::string_view content_type) const {
  return counted(refusal(status, message, encoding_of(content_type).value_or(Encoding::json)));
}

http::Response OtlpHttp::counted(http::Response response) const {
  metrics_.add(observe::Metric::requests, {"otlp_http", std::to_string(response.status)});
  return response;
}

http::Response OtlpHttp::route(const http::Request& request) const {
  const std::optional<Encoding> encoding = encoding_of(request.header("content-type"));
  if (request.path != "/v1/traces") return not_found(request.path, encoding.value_or(Encoding::json));
  if (request.method != "POST") return not_allowed(request.method, encoding.value_or(Encoding::json));
  if (!encoding) return unknown_type();
  return take(request, *encoding);
}

http::Response OtlpHttp::take(const http::Request& request, Encoding encoding) const {
  const std::optional<Coding> coding = coding_of(request);
  if (!coding) return unknown_coding(encoding);
  if (*coding == Coding::identity) return take(request.body, encoding);
  const Result<std::string> body = otlp::inflate_gzip(request.body, body_limit_);
  return body ? take(*body, encoding) : refusal(body.error(), encoding);
}

http::Response OtlpHttp::take(std::string_view body, Encoding encoding) const {
  if (body.size() > body_limit_) return refusal(too_large(body.size(), body_limit_), encoding);
  Result<Accepted> accepted = accept_(body, encoding);
  if (!accepted) return refusal(accepted.error(), encoding);
  return reply(200, otlp::success_reply(otlp::Request{{}, std::move(accepted->rejected)}, encoding), encoding);
}

Result<std::unique_ptr<http::Server>> start_otlp_http(const OtlpHttpConfig& config, Accept accept,
                                                      observe::Metrics& metrics) {
  const std::size_t limit = config.max_request_size.count;
  const auto receiver = std::make_shared<OtlpHttp>(limit, std::move(accept), metrics);
  http::ServerOptions options;
  options.listen = config.listen;
  options.limits.body_bytes = limit;
  options.limits.body_memory = config.max_memory.count;
  options.limits.connections = config.max_connections;
  options.limits.request_time = config.request_timeout;
  options.limits.idle_time = config.idle_timeout;
  return http::start_server(
      options, [receiver](http::Request&& request) { return receiver->answer(request); },
      [receiver](int status, std::string_view message, std::string_view type) {
        return receiver->refuse(status, message, type);
      });
}

}  // namespace aitf::receive
