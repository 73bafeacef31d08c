// The rules by which a span gets its kind, in their order.
#include "genai/classify.hpp"

#include <array>

namespace aitf::genai {
namespace {

struct Word {
  Text word;
  Kind kind;
};

// Values of gen_ai.operation.name. Others, and steps of a framework, are internal.
constexpr std::array operations = {
    Word{"chat", Kind::inference},
    Word{"generate_content", Kind::inference},
    Word{"text_completion", Kind::inference},
    Word{"embeddings", Kind::embedding},
    Word{"embedding", Kind::embedding},
    Word{"execute_tool", Kind::tool},
    Word{"invoke_agent", Kind::agent},
    Word{"invoke_workflow", Kind::agent},
    Word{"create_agent", Kind::agent},
    Word{"handoff", Kind::agent},
    Word{"plan", Kind::agent},
    Word{"retrieval", Kind::retrieval},
    Word{"vector_db_retrieve", Kind::retrieval},
    Word{"search_memory", Kind::retrieval},
};

// MCP methods that are worth an event; one with a slash at its end stands for all below it.
constexpr std::array mcp_methods = {
    Word{"tools/call", Kind::tool},
    Word{"tools/list", Kind::mcp_protocol},
    Word{"resources/", Kind::mcp_protocol},
    Word{"prompts/", Kind::mcp_protocol},
    Word{"initialize", Kind::mcp_protocol},
    Word{"server/discover", Kind::mcp_protocol},
    Word{"server/connect", Kind::mcp_protocol},
    Word{"connect", Kind::mcp_protocol},
    Word{"sampling/", Kind::mcp_protocol},
};

Text mark(const Reading& reading, Field field) {
  const span::KeyValue* const attribute = reading.peek(field);
  return attribute != nullptr && attribute->value.type == span::Value::Type::string ? attribute->value.text : Text();
}

Kind kind_of_operation(Text operation) {
  for (const Word& known : operations)
    if (known.word == operation) return known.kind;
  return Kind::internal;
}

}  // namespace

Kind kind_of_mcp_method(Text method) {
  for (const Word& known : mcp_methods)
    if (known.word == method || (known.word.ends_with('/') && method.starts_with(known.word))) return known.kind;
  return Kind::internal;
}

Kind classify(const Reading& reading) {
  if (const Text method = mark(reading, Field::mcp_method); !method.empty()) return kind_of_mcp_method(method);
  if (const Text operation = mark(reading, Field::operation_name); !operation.empty())
    return kind_of_operation(operation);
  if (reading.peek(Field::request_model) != nullptr) return Kind::inference;
  return reading.knows_any_name() ? Kind::internal : Kind::not_ai;
}

Convention convention_of(const Reading& reading) {
  if (reading.has_family(Convention::mcp)) return Convention::mcp;
  if (reading.has_family(Convention::otel_genai)) return Convention::otel_genai;
  if (reading.has_family(Convention::otel_genai_old)) return Convention::otel_genai_old;
  if (reading.knows_any_name()) return Convention::otel_genai;
  return reading.has_family(Convention::db) ? Convention::db : Convention::other;
}

}  // namespace aitf::genai
