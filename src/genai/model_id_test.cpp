#include "genai/model_id.hpp"

#include <gtest/gtest.h>

#include "genai/span_fixture.hpp"

namespace aitf::genai {
namespace {

class CanonicalModel : public testing::Test {
 protected:
  Text id(Text name) { return canonical_model(name, arena).id; }
  Text version(Text name) { return canonical_model(name, arena).version; }
  Arena arena;
};

TEST_F(CanonicalModel, CutsGeographyVendorAndVersionOfBedrock) {
  EXPECT_EQ(id("us.anthropic.claude-sonnet-4-20250514-v1:0"), "claude-sonnet-4-20250514");
  EXPECT_EQ(id("global.anthropic.claude-sonnet-4-5-20250929-v1:0"), "claude-sonnet-4-5-20250929");
  EXPECT_EQ(id("us-gov.anthropic.claude-3-5-sonnet-20241022-v2:0"), "claude-3-5-sonnet-20241022");
  EXPECT_EQ(id("amazon.nova-pro-v1:0"), "nova-pro");
  EXPECT_EQ(id("amazon.titan-embed-text-v2:0"), "titan-embed-text-v2");
  EXPECT_EQ(id("anthropic.claude-3-sonnet-20240229-v1:0:200k"), "claude-3-sonnet-20240229");
  EXPECT_EQ(id("apac.amazon.nova-lite-v1:0"), "nova-lite");
}

TEST_F(CanonicalModel, FindsTheModelInAnArn) {
  EXPECT_EQ(id("arn:aws:bedrock:eu-west-1:123456789012:inference-profile/eu.anthropic.claude-3-7-sonnet-20250219-v1:0"),
            "claude-3-7-sonnet-20250219");
  EXPECT_EQ(id("arn:aws:bedrock:us-east-1::foundation-model/amazon.titan-embed-text-v1"), "titan-embed-text-v1");
}

TEST_F(CanonicalModel, SaysNothingOfAnOpaqueProfile) {
  EXPECT_EQ(id("arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abcdef123456"), "");
  EXPECT_EQ(id("arn:aws:bedrock:us-east-1:123456789012:provisioned-model/abcdef123456"), "");
  EXPECT_EQ(id("arn:aws:sagemaker:us-east-1:123456789012:endpoint/my-model"), "");
  EXPECT_EQ(id("projects/p/locations/l/endpoints/1234567890"), "");
  EXPECT_EQ(id("arn:aws"), "");
}

TEST_F(CanonicalModel, CutsThePathOfGatewaysAndHubs) {
  EXPECT_EQ(id("openai/gpt-4o"), "gpt-4o");
  EXPECT_EQ(id("bedrock/us.anthropic.claude-sonnet-4-20250514-v1:0"), "claude-sonnet-4-20250514");
  EXPECT_EQ(id("models/gemini-2.5-pro"), "gemini-2.5-pro");
  EXPECT_EQ(id("publishers/anthropic/models/claude-sonnet-4@20250514"), "claude-sonnet-4-20250514");
  EXPECT_EQ(id("meta-llama/Llama-3.1-8B-Instruct"), "llama-3.1-8b-instruct");
  EXPECT_EQ(id("gemini-1.5-pro@default"), "gemini-1.5-pro");
}

TEST_F(CanonicalModel, LeavesOrdinaryNamesAlone) {
  for (const char* name : {"gpt-4o-2024-11-20", "gpt-4.1", "o4-mini", "ft:gpt-4o-mini-2024-07-18:acme::abc123",
                           "llama3:8b", "us.east.custom", "gemini-2.5-flash", "claude-2.1", "", "/", "model/"})
    EXPECT_EQ(id(name), name);
}

TEST_F(CanonicalModel, FindsDatesAndVersions) {
  EXPECT_EQ(version("gpt-4o-2024-11-20"), "2024-11-20");
  EXPECT_EQ(version("claude-sonnet-4-5-20250929"), "20250929");
  EXPECT_EQ(version("gpt-3.5-turbo-0125"), "0125");
  EXPECT_EQ(version("gemini-1.5-pro-001"), "001");
  EXPECT_EQ(version("embed-english-v3"), "v3");
  for (const char* name :
       {"gpt-4o", "o4-mini", "claude-sonnet-4-5", "gpt-4-1106x", "model-12345678", "x-9999", "-0613", ""})
    EXPECT_EQ(version(name), "") << name;
}

Operation models(SpanFixture& span, const char* provider, const char* request, const char* response) {
  span.with("gen_ai.operation.name", "chat").with("gen_ai.provider.name", provider);
  return span.with("gen_ai.request.model", request).with("gen_ai.response.model", response).normalise();
}

TEST(ModelId, IsThatOfTheRequestWithTheVersionOfTheAnswer) {
  SpanFixture span;
  const Operation operation = models(span, "openai", "gpt-4o-mini", "gpt-4o-mini-2024-07-18");
  EXPECT_EQ(operation.model_id, "gpt-4o-mini");
  EXPECT_EQ(operation.model_version, "2024-07-18");
  EXPECT_EQ(operation.request_model, "gpt-4o-mini");
}

TEST(ModelId, IsThatOfTheAnswerWhenAnAzureDeploymentWasAsked) {
  SpanFixture span;
  const Operation operation = models(span, "az.ai.openai", "Prod-Chat", "gpt-4o-2024-11-20");
  EXPECT_EQ(operation.provider, "azure.ai.openai");
  EXPECT_EQ(operation.model_id, "gpt-4o-2024-11-20");
  EXPECT_EQ(operation.deployment, "Prod-Chat");
}

TEST(ModelId, FallsBackToTheAnswerWhenTheRequestIsOpaque) {
  SpanFixture span;
  const Operation operation =
      models(span, "aws.bedrock", "arn:aws:bedrock:us-east-1:1:application-inference-profile/ab", "claude-sonnet-4");
  EXPECT_EQ(operation.model_id, "claude-sonnet-4");
}

}  // namespace
}  // namespace aitf::genai
