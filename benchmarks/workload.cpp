#include "workload.hpp"

#include <array>
#include <cstdint>
#include <protozero/pbf_writer.hpp>
#include <random>
#include <string_view>

namespace aitf::benchmarks {
namespace {

using protozero::pbf_writer;
using Random = std::mt19937_64;

constexpr std::array<std::string_view, 24> words = {"customer", "order", "refund", "please",   "summarise", "the",
                                                    "invoice",  "from",  "last",   "quarter",  "and",       "compare",
                                                    "it",       "with",  "our",    "policy",   "für",       "Zürich",
                                                    "東京",     "price", "return", "shipment", "a",         "list"};

std::string sentence(Random& random, std::size_t bytes) {
  std::string text;
  while (text.size() < bytes) {
    text += words[random() % words.size()];
    text += random() % 17 == 0 ? ".\\n" : " ";  // an escaped line break, as JSON text has it
  }
  return text;
}

void put_string(pbf_writer& parent, std::uint32_t tag, std::string_view key, std::string_view value) {
  std::string attribute, any;
  pbf_writer(any).add_string(1, value.data(), value.size());
  pbf_writer writer(attribute);
  writer.add_string(1, key.data(), key.size());
  writer.add_message(2, any);
  parent.add_message(tag, attribute);
}

void put_integer(pbf_writer& parent, std::uint32_t tag, std::string_view key, std::int64_t value) {
  std::string attribute, any;
  pbf_writer(any).add_int64(3, value);
  pbf_writer writer(attribute);
  writer.add_string(1, key.data(), key.size());
  writer.add_message(2, any);
  parent.add_message(tag, attribute);
}

std::string id(Random& random, std::size_t bytes) {
  std::string out;
  for (std::size_t i = 0; i < bytes; ++i) out += static_cast<char>(1 + random() % 255);
  return out;
}

void put_attributes(pbf_writer& span, Random& random) {
  constexpr std::uint32_t attribute = 9;
  put_string(span, attribute, "gen_ai.operation.name", "chat");
  put_string(span, attribute, "gen_ai.provider.name", "openai");
  put_string(span, attribute, "gen_ai.request.model", "gpt-4o-mini");
  put_string(span, attribute, "gen_ai.response.model", "gpt-4o-mini-2024-07-18");
  put_string(span, attribute, "gen_ai.response.id", "chatcmpl-" + std::to_string(random()));
  put_string(span, attribute, "server.address", "api.openai.com");
  put_integer(span, attribute, "server.port", 443);
  put_integer(span, attribute, "gen_ai.usage.input_tokens", 300 + static_cast<std::int64_t>(random() % 300));
  put_integer(span, attribute, "gen_ai.usage.output_tokens", 50 + static_cast<std::int64_t>(random() % 200));
  put_string(span, attribute, "gen_ai.conversation.id", "conv-" + std::to_string(random() % 1000));
  put_string(span, attribute, "gen_ai.system_instructions",
             R"([{"type":"text","content":"You are AcmeBot, the support assistant of Acme Corp. Be brief."}])");
  put_string(
      span, attribute, "gen_ai.input.messages",
      R"([{"role":"user","parts":[{"type":"text","content":")" + sentence(random, 1000 + random() % 1000) + R"("}]}])");
  put_string(span, attribute, "gen_ai.output.messages",
             R"([{"role":"assistant","parts":[{"type":"text","content":")" + sentence(random, 400) +
                 R"("}],"finish_reason":"stop"}])");
}

std::string span(Random& random) {
  std::string out;
  pbf_writer writer(out);
  writer.add_bytes(1, id(random, 16));
  writer.add_bytes(2, id(random, 8));
  writer.add_bytes(4, id(random, 8));
  writer.add_string(5, "chat gpt-4o-mini");
  writer.add_enum(6, 3);
  const std::uint64_t start = 1'795'584'141'337'919'257ULL + random() % 1'000'000'000;
  writer.add_fixed64(7, start);
  writer.add_fixed64(8, start + 700'000'000 + random() % 900'000'000);
  put_attributes(writer, random);
  return out;
}

std::string resource() {
  std::string out;
  pbf_writer writer(out);
  put_string(writer, 1, "service.name", "support-bot");
  put_string(writer, 1, "service.version", "1.4.2");
  put_string(writer, 1, "telemetry.sdk.name", "opentelemetry");
  put_string(writer, 1, "telemetry.sdk.language", "python");
  put_string(writer, 1, "telemetry.sdk.version", "1.45.2");
  put_string(writer, 1, "host.name", "ai-node-07");
  return out;
}

}  // namespace

std::string chat_request(std::size_t spans, unsigned seed) {
  Random random(seed);
  std::string scope, scope_spans, resource_spans, request;
  pbf_writer(scope).add_string(1, "opentelemetry.instrumentation.genai.openai");
  pbf_writer in_scope(scope_spans);
  in_scope.add_message(1, scope);
  for (std::size_t i = 0; i < spans; ++i) in_scope.add_message(2, span(random));
  pbf_writer in_resource(resource_spans);
  in_resource.add_message(1, resource());
  in_resource.add_message(2, scope_spans);
  pbf_writer(request).add_message(1, resource_spans);
  return request;
}

}  // namespace aitf::benchmarks
