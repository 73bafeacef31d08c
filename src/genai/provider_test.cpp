#include "genai/provider.hpp"

#include <gtest/gtest.h>

namespace aitf::genai {
namespace {

Text name_of(Text sent) {
  static Arena arena;
  return normalise_provider(sent, arena).name;
}

TEST(Provider, MakesOldValuesTheNewOnes) {
  EXPECT_EQ(name_of("az.ai.openai"), "azure.ai.openai");
  EXPECT_EQ(name_of("azure.ai.openai"), "azure.ai.openai");
  EXPECT_EQ(name_of("vertex_ai"), "gcp.vertex_ai");
  EXPECT_EQ(name_of("gemini"), "gcp.gemini");
  EXPECT_EQ(name_of("AWS"), "aws.bedrock");
  EXPECT_EQ(name_of("xai"), "x_ai");
  EXPECT_EQ(name_of("OpenAI"), "openai");
}

TEST(Provider, CutsThePartOfTheApi) {
  EXPECT_EQ(name_of("openai.chat"), "openai");
  EXPECT_EQ(name_of("openai.responses"), "openai");
  EXPECT_EQ(name_of("anthropic.messages"), "anthropic");
  EXPECT_EQ(name_of("azure-openai.chat"), "azure.ai.openai");
  EXPECT_EQ(name_of("google.generative-ai"), "gcp.gemini");
  EXPECT_EQ(name_of(".chat"), ".chat");
}

TEST(Provider, KeepsUnknownNamesInLowerCase) {
  EXPECT_EQ(name_of("My-Gateway"), "my-gateway");
  EXPECT_EQ(name_of("gcp.vertex_ai"), "gcp.vertex_ai");
}

TEST(Provider, TellsFrameworksAndStoresFromProviders) {
  Arena arena;
  EXPECT_EQ(normalise_provider("LangChain", arena).kind, ProviderKind::framework);
  EXPECT_EQ(normalise_provider("llamaindex", arena).name, "llama_index");
  EXPECT_EQ(normalise_provider("InMemoryVectorStore", arena).kind, ProviderKind::store);
  EXPECT_EQ(normalise_provider("pinecone", arena).kind, ProviderKind::store);
  EXPECT_EQ(normalise_provider("openai", arena).kind, ProviderKind::provider);
}

}  // namespace
}  // namespace aitf::genai
