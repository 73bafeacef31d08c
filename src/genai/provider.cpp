// Provider names, old to new. Sources: gen_ai.provider.name and the deprecated gen_ai.system of the OpenTelemetry
// semantic conventions, and names that Vercel AI SDK, LiteLLM and OpenLLMetry send.
#include "genai/provider.hpp"

#include <algorithm>
#include <array>

#include "genai/read_value.hpp"

namespace aitf::genai {
namespace {

using enum ProviderKind;

struct Name {
  Text sent;
  Text name;
  ProviderKind kind = provider;
};

// Sorted by what is sent.
constexpr std::array names = {
    Name{"agno", "agno", framework},
    Name{"alephalpha", "aleph_alpha"},
    Name{"amazon-bedrock", "aws.bedrock"},
    Name{"autogen", "autogen", framework},
    Name{"aws", "aws.bedrock"},
    Name{"aws_bedrock", "aws.bedrock"},
    Name{"az.ai.inference", "azure.ai.inference"},
    Name{"az.ai.openai", "azure.ai.openai"},
    Name{"azure", "azure.ai.openai"},
    Name{"azure-openai", "azure.ai.openai"},
    Name{"azure_ai", "azure.ai.inference"},
    Name{"azure_openai", "azure.ai.openai"},
    Name{"bedrock", "aws.bedrock"},
    Name{"bedrock_converse", "aws.bedrock"},
    Name{"chroma", "chroma", store},
    Name{"chromadb", "chroma", store},
    Name{"crewai", "crewai", framework},
    Name{"dspy", "dspy", framework},
    Name{"elasticsearch", "elasticsearch", store},
    Name{"faiss", "faiss", store},
    Name{"gemini", "gcp.gemini"},
    Name{"google", "gcp.gemini"},
    Name{"google-vertex", "gcp.vertex_ai"},
    Name{"google.generative-ai", "gcp.gemini"},
    Name{"google.vertex", "gcp.vertex_ai"},
    Name{"google_genai", "gcp.gen_ai"},
    Name{"google_generativeai", "gcp.gemini"},
    Name{"grok", "x_ai"},
    Name{"haystack", "haystack", framework},
    Name{"ibm_watsonx", "ibm.watsonx.ai"},
    Name{"lancedb", "lancedb", store},
    Name{"langchain", "langchain", framework},
    Name{"langgraph", "langgraph", framework},
    Name{"llama-index", "llama_index", framework},
    Name{"llama_index", "llama_index", framework},
    Name{"llamaindex", "llama_index", framework},
    Name{"milvus", "milvus", store},
    Name{"mistral", "mistral_ai"},
    Name{"mistralai", "mistral_ai"},
    Name{"moonshot", "moonshot_ai"},
    Name{"openai-agents", "openai_agents", framework},
    Name{"openai_agents", "openai_agents", framework},
    Name{"opensearch", "opensearch", store},
    Name{"pgvector", "pgvector", store},
    Name{"pinecone", "pinecone", store},
    Name{"pydantic-ai", "pydantic_ai", framework},
    Name{"pydantic_ai", "pydantic_ai", framework},
    Name{"qdrant", "qdrant", store},
    Name{"redis", "redis", store},
    Name{"semantic-kernel", "semantic_kernel", framework},
    Name{"semantic_kernel", "semantic_kernel", framework},
    Name{"vertex_ai", "gcp.vertex_ai"},
    Name{"vertexai", "gcp.vertex_ai"},
    Name{"watsonx", "ibm.watsonx.ai"},
    Name{"weaviate", "weaviate", store},
    Name{"xai", "x_ai"},
};
static_assert(std::ranges::is_sorted(names, {}, &Name::sent));

// Parts of an API that some senders add to the provider: `openai.chat`.
constexpr std::array<Text, 7> api_suffixes = {".chat",      ".responses",          ".messages", ".completion",
                                              ".embedding", ".generative-ai.chat", ".converse"};

Text without_api(Text name) {
  for (const Text suffix : api_suffixes)
    if (name.size() > suffix.size() && name.ends_with(suffix)) return name.substr(0, name.size() - suffix.size());
  return name;
}

bool is_store(Text lower_name) {
  return lower_name.ends_with("vectorstore") || lower_name.ends_with("vector_store") ||
         lower_name.ends_with("retriever");
}

}  // namespace

ProviderName normalise_provider(Text sent, Arena& arena) {
  const Text name = without_api(lower(trim(sent), arena));
  const auto found = std::ranges::lower_bound(names, name, {}, &Name::sent);
  if (found != names.end() && found->sent == name) return {found->name, found->kind};
  return {name, is_store(name) ? store : provider};
}

}  // namespace aitf::genai
