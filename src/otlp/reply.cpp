// Answers in both encodings. Fields: ExportTraceServiceResponse.partial_success = 1 {rejected_spans = 1,
// error_message = 2}; google.rpc.Status {code = 1, message = 2}. An empty protobuf message is full success.

#include "otlp/reply.hpp"

#include <protozero/pbf_writer.hpp>

#include "base/json_writer.hpp"

namespace aitf::otlp {
namespace {

constexpr std::size_t kMessageBytes = 2048;

// The first rejections, as many as fit, and how many more there are.
std::string summary(const Request& request) {
  constexpr std::size_t kRoomForRest = 64;
  std::string text;
  std::size_t told = 0;
  for (const Rejection& rejection : request.rejected) {
    const std::size_t size = text.size() + rejection.message.size() + 2;
    if (size + kRoomForRest > kMessageBytes) break;
    if (!text.empty()) text += "; ";
    text += rejection.message;
    ++told;
    if (rejection.spans > 1) text += " (and " + std::to_string(rejection.spans - 1) + " more)";
  }
  if (told < request.rejected.size())
    text += (text.empty() ? "" : "; ") + std::to_string(request.rejected.size() - told) + " further rejections";
  return text;
}

std::string protobuf_success(std::size_t rejected, const std::string& message) {
  std::string out;
  protozero::pbf_writer response(out);
  protozero::pbf_writer partial(response, 1);
  partial.add_int64(1, static_cast<std::int64_t>(rejected));
  partial.add_string(2, message);
  partial.commit();
  return out;
}

// 64-bit integers are strings in the JSON form of protobuf.
std::string json_success(std::size_t rejected, const std::string& message) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.key("partialSuccess");
  json.begin_object();
  json.key("rejectedSpans");
  json.string(std::to_string(rejected));
  json.key("errorMessage");
  json.string(message);
  json.end_object();
  json.end_object();
  return out;
}

}  // namespace

std::string success_reply(const Request& request, Encoding encoding) {
  const bool json = encoding == Encoding::json;
  if (request.rejected.empty()) return json ? "{}" : "";
  const std::size_t rejected = request.rejected_spans();
  return json ? json_success(rejected, summary(request)) : protobuf_success(rejected, summary(request));
}

std::string error_reply(Code code, std::string_view message, Encoding encoding) {
  std::string out;
  const auto number = static_cast<std::int32_t>(code);
  if (encoding == Encoding::protobuf) {
    protozero::pbf_writer status(out);
    status.add_int32(1, number);
    status.add_string(2, message.data(), message.size());
    return out;
  }
  JsonWriter json(out);
  json.begin_object();
  json.key("code");
  json.integer(number);
  json.key("message");
  json.string(message);
  json.end_object();
  return out;
}

}  // namespace aitf::otlp
