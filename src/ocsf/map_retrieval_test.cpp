// Class 7004.

#include "ocsf/map_fixture.hpp"

namespace aitf::ocsf {
namespace {

class MapRetrieval : public MapTest {
 protected:
  MapRetrieval() {
    become(genai::Kind::retrieval, "retrieval");
    operation_.database_name = "kb";
  }
  void found(Text id, genai::Real score, Text uri) {
    operation_.documents.push_back(
        {.id = id, .score = score, .title = {}, .uri = uri, .text = "text of it", .attributes = {{"tenant", "acme"}}});
  }
  DataRetrievalEvent retrieval() { return mapped<DataRetrievalEvent>(); }
};

TEST_F(MapRetrieval, TellsQueryHitsAndScores) {
  operation_.database_type = "Chroma";
  operation_.query = "refund policy";
  operation_.top_k = 4;
  operation_.score_kind = "distance";
  found("a", 0.5, "kb://rp-7");
  found("b", std::nullopt, "https://wiki.example.com/b");
  found("c", 0.25, "data:text/plain,secret");
  const auto event = retrieval();
  EXPECT_EQ(event.activity_name, "Vector Search");
  EXPECT_EQ(event.message, "Vector Search in kb");
  EXPECT_EQ(event.database_type, "chroma");
  EXPECT_EQ(event.results_count, 3);
  EXPECT_EQ(event.min_score, 0.25);
  EXPECT_EQ(event.max_score, 0.5);
  EXPECT_EQ(event.score_kind, "distance");
  EXPECT_EQ(event.documents[2].uri, "");
  ASSERT_EQ(event.observables.size(), 1U);
  EXPECT_EQ(event.observables[0].name, "documents[1].uri");
  EXPECT_EQ(complaints(), "");
}

TEST_F(MapRetrieval, NamesActivitiesByTheirWord) {
  const std::vector<std::pair<Text, std::int64_t>> cases = {{"query", 1},  {"similarity_search", 1},
                                                            {"get", 2},    {"peek", 2},
                                                            {"rerank", 5}, {"upsert", 6},
                                                            {"add", 6},    {"delete", 7},
                                                            {"", 0},       {"compact", 99}};
  for (const auto& [word, id] : cases) {
    become(genai::Kind::retrieval, word);
    EXPECT_EQ(retrieval().activity_id, id) << word;
    EXPECT_EQ(complaints(), "") << word;
  }
}

TEST_F(MapRetrieval, NamesTheRerankerAndCountsItsDocuments) {
  become(genai::Kind::retrieval, "rerank");
  operation_.request_model = operation_.model_id = "rerank-v3";
  operation_.results_count = 7;
  const auto event = retrieval();
  EXPECT_EQ(event.model->type, "rerank");
  EXPECT_EQ(event.rerank->model, "rerank-v3");
  EXPECT_EQ(event.rerank->output_count, 7);
  EXPECT_EQ(complaints(), "");
}

TEST_F(MapRetrieval, TellsNothingOfScoresThatNobodySent) {
  operation_.score_kind = "similarity";
  operation_.results_count = 0;
  const auto event = retrieval();
  EXPECT_EQ(event.results_count, 0);
  EXPECT_EQ(event.min_score, std::nullopt);
  EXPECT_EQ(event.score_kind, "");
}

TEST_F(MapRetrieval, CutsTextsAndTellsHowLongTheyWere) {
  const std::string long_text(40'000, 'x');
  operation_.query = long_text;
  found("a", 1.0, {});
  operation_.documents[0].text = long_text;
  const auto event = retrieval();
  EXPECT_EQ(event.query.size(), 32'768U);
  EXPECT_EQ(event.query_length, 40'000);
  EXPECT_EQ(event.documents[0].truncated, true);
  EXPECT_EQ(event.documents[0].original_length, 40'000);
  EXPECT_THAT(event.data_quality->truncated_fields, testing::ElementsAre("query", "documents.text"));
  EXPECT_EQ(complaints(), "");
}

}  // namespace
}  // namespace aitf::ocsf
