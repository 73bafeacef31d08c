#include "receive/otlp_http/otlp_bodies.hpp"

#include <simdjson.h>
#include <zlib.h>

#include <charconv>
#include <protozero/pbf_reader.hpp>
#include <protozero/pbf_writer.hpp>

namespace aitf::receive {
namespace {

constexpr std::string_view kProtobuf = "application/x-protobuf";
constexpr std::string_view kJson = "application/json";

class Deflater {
 public:
  Deflater() { deflateInit2(&stream_, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY); }
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;
  ~Deflater() { deflateEnd(&stream_); }

  void add(std::string_view text, int flush) {
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream_.avail_in = static_cast<uInt>(text.size());
    do {
      char block[65536];
      stream_.next_out = reinterpret_cast<Bytef*>(block);
      stream_.avail_out = sizeof block;
      deflate(&stream_, flush);
      out_.append(block, sizeof block - stream_.avail_out);
    } while (stream_.avail_out == 0);
  }
  std::string finish() {
    add({}, Z_FINISH);
    return out_;
  }

 private:
  z_stream stream_{};
  std::string out_;
};

std::string json_span(std::string_view trace_id, int number) {
  return R"({"traceId":")" + std::string(trace_id) + R"(","spanId":"00000000000000)" + std::to_string(10 + number) +
         R"(","name":"chat","startTimeUnixNano":"1","endTimeUnixNano":"2"})";
}

void add_span(protozero::pbf_writer& scope_spans, std::string_view trace_id, int number) {
  protozero::pbf_writer span(scope_spans, 2);
  span.add_bytes(1, trace_id.data(), trace_id.size());
  span.add_bytes(2, "spanid" + std::to_string(10 + number));
  span.add_string(5, "chat");
  span.add_fixed64(7, 1);
  span.add_fixed64(8, 2);
}

// The number and the text of a message whose fields 1 and 2 are these.
template <class Message>
Message read_pair(const std::string& body, std::int64_t Message::* number) {
  Message message;
  message.*number = 0;
  protozero::pbf_reader reader(body);
  while (reader.next()) {
    if (reader.tag() == 1) {
      message.*number = reader.get_int64();
    } else {
      message.message = reader.get_string();
    }
  }
  return message;
}

PartialSuccess json_success(const std::string& body) {
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  if (parser.parse(body).get(root) != simdjson::SUCCESS || !root.is_object()) return {};
  simdjson::dom::element partial;
  if (root["partialSuccess"].get(partial) != simdjson::SUCCESS) return {0, {}};
  const std::string_view digits = partial["rejectedSpans"].get_string().value();
  PartialSuccess success{-1, std::string(partial["errorMessage"].get_string().value())};
  std::from_chars(digits.data(), digits.data() + digits.size(), success.rejected);
  return success;
}

}  // namespace

std::string gzip(std::string_view text) {
  Deflater deflater;
  deflater.add(text, Z_NO_FLUSH);
  return deflater.finish();
}

std::string gzip_of_zeros(std::size_t mebibytes) {
  Deflater deflater;
  const std::string block(1 << 20, '\0');
  for (std::size_t i = 0; i < mebibytes; ++i) deflater.add(block, Z_NO_FLUSH);
  return deflater.finish();
}

std::string json_spans(int good, bool with_bad) {
  std::string spans;
  for (int i = 0; i < good; ++i) {
    spans += (i == 0 ? "" : ",") + json_span("0123456789abcdef0123456789abcdef", i);
  }
  if (with_bad) spans += (spans.empty() ? "" : ",") + json_span("abcd", good);
  return R"({"resourceSpans":[{"scopeSpans":[{"spans":[)" + spans + "]}]}]}";
}

std::string protobuf_spans(int good, bool with_bad) {
  std::string out;
  {
    protozero::pbf_writer request(out);
    protozero::pbf_writer resource_spans(request, 1);
    protozero::pbf_writer scope_spans(resource_spans, 2);
    for (int i = 0; i < good; ++i) add_span(scope_spans, "0123456789abcdef", i);
    if (with_bad) add_span(scope_spans, "0123456789abcdef0123456789abcdef", good);
  }
  return out;
}

RpcStatus status_in(const std::string& content_type, const std::string& body) {
  if (content_type == kProtobuf) return read_pair<RpcStatus>(body, &RpcStatus::code);
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  if (content_type != kJson || parser.parse(body).get(root) != simdjson::SUCCESS) return {};
  RpcStatus status;
  if (root["code"].get(status.code) != simdjson::SUCCESS) return {};
  status.message = std::string(root["message"].get_string().value());
  return status;
}

PartialSuccess success_in(const std::string& content_type, const std::string& body) {
  if (content_type == kJson) return json_success(body);
  if (content_type != kProtobuf) return {};
  protozero::pbf_reader reader(body);
  if (!reader.next()) return {0, {}};
  return read_pair<PartialSuccess>(reader.get_string(), &PartialSuccess::rejected);
}

Result<Accepted> CountingAccept::operator()(std::string_view body, otlp::Encoding encoding) {
  Arena arena;
  auto request = encoding == otlp::Encoding::json ? otlp::decode_json(body, arena) : otlp::decode_protobuf(body, arena);
  if (!request) return tl::unexpected(request.error());
  spans += request->spans.size();
  return Accepted{std::move(request->rejected)};
}

}  // namespace aitf::receive
