#include "genai/retrieval.hpp"

#include <gtest/gtest.h>

#include "genai/span_fixture.hpp"

namespace aitf::genai {
namespace {

SpanFixture& search(SpanFixture& span) {
  return span.with("gen_ai.operation.name", "retrieval").with("gen_ai.retrieval.query.text", "refunds?");
}

TEST(Retrieval, ReadsHitsWithAndWithoutScores) {
  SpanFixture span;
  search(span).with("gen_ai.retrieval.documents",
                    R"([{"id":"a","score":0.5},{"id":"b","score":null},{"id":7,"score":"0.25"}])");
  const Operation op = span.with("gen_ai.retrieval.top_k", SpanFixture::integer(3)).normalise();
  EXPECT_EQ(op.query, "refunds?");
  EXPECT_EQ(op.top_k, 3);
  EXPECT_EQ(op.results_count, 3);
  ASSERT_EQ(op.documents.size(), 3u);
  EXPECT_EQ(op.documents[0].score, 0.5);
  EXPECT_FALSE(op.documents[1].score);
  EXPECT_EQ(op.documents[2].id, "7");
  EXPECT_EQ(op.documents[2].score, 0.25);
  EXPECT_EQ(op.score_kind, "similarity");
}

TEST(Retrieval, FindsTextAndSourceOfAHit) {
  SpanFixture span;
  search(span).with(
      "gen_ai.retrieval.documents",
      R"([{"id":"d","page_content":"RP-7","metadata":{"source":"https://u:p@kb.example/rp?x=1","page": 3}}])");
  const Operation op = span.normalise();
  ASSERT_EQ(op.documents.size(), 1u);
  EXPECT_EQ(op.documents[0].text, "RP-7");
  EXPECT_EQ(op.documents[0].uri, "https://kb.example/rp");
  ASSERT_EQ(op.documents[0].attributes.size(), 1u);
  EXPECT_EQ(op.documents[0].attributes[0].first, "page");
  EXPECT_EQ(op.documents[0].attributes[0].second, "3");
  EXPECT_EQ(op.score_kind, "");
}

TEST(Retrieval, ReportsAnEmptyListAsUnsaid) {
  SpanFixture span;
  const Operation op = search(span).with("gen_ai.retrieval.documents", "[]").normalise();
  EXPECT_TRUE(op.documents.empty());
}

TEST(Retrieval, KeepsDocumentsItCannotRead) {
  SpanFixture span;
  const Operation op = search(span).with("gen_ai.retrieval.documents", "[Document(id='a')]").normalise();
  EXPECT_FALSE(op.results_count);
  EXPECT_TRUE(op.quality.unparsed_value);
  ASSERT_EQ(op.unmapped.size(), 1u);
}

TEST(Retrieval, TakesTheStoreFromTheProvider) {
  SpanFixture custom;
  const Operation a = search(custom).with("gen_ai.provider.name", "InMemoryVectorStore").normalise();
  EXPECT_EQ(a.provider, "");
  EXPECT_EQ(a.database_name, "InMemoryVectorStore");
  EXPECT_EQ(a.database_type, "");
  EXPECT_TRUE(a.unmapped.empty());
  SpanFixture known;
  const Operation b = search(known).with("gen_ai.provider.name", "Pinecone").normalise();
  EXPECT_EQ(b.database_type, "pinecone");
}

TEST(Retrieval, PrefersTheDataSource) {
  SpanFixture span;
  search(span).with("db.system.name", "Chroma").with("gen_ai.data_source.id", "kb").with("db.collection.name", "docs");
  const Operation op = span.normalise();
  EXPECT_EQ(op.database_name, "kb");
  EXPECT_EQ(op.database_type, "chroma");
  EXPECT_EQ(op.collection_name, "docs");
}

TEST(Retrieval, ReadsTheOldNameOfTopK) {
  SpanFixture span;
  const Operation op = search(span).with("gen_ai.request.top_k", SpanFixture::real(5)).normalise();
  EXPECT_EQ(op.top_k, 5);
  EXPECT_FALSE(op.parameters.top_k);
}

}  // namespace
}  // namespace aitf::genai
