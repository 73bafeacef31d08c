// Class 7004: one search in a vector store or another source of documents, or one change of it.

#include <algorithm>

#include "ocsf/map_classes.hpp"
#include "ocsf/map_common.hpp"
#include "ocsf/map_content.hpp"
#include "ocsf/map_known.hpp"

namespace aitf::ocsf {
namespace {

constexpr std::int64_t kSearch = 1, kDocuments = 2, kGraph = 3, kEmbedding = 4, kRerank = 5, kWrite = 6, kDelete = 7,
                       kPipeline = 8;

// Words of the operation, most telling first.
constexpr ActivityWord kActivities[] = {
    {"rerank", kRerank},  {"pipeline", kPipeline}, {"graph", kGraph},   {"embed", kEmbedding}, {"delete", kDelete},
    {"remove", kDelete},  {"drop", kDelete},       {"upsert", kWrite},  {"insert", kWrite},    {"update", kWrite},
    {"add", kWrite},      {"write", kWrite},       {"create", kWrite},  {"modify", kWrite},    {"peek", kDocuments},
    {"retriev", kSearch}, {"query", kSearch},      {"search", kSearch}, {"get", kDocuments},   {"fetch", kDocuments},
    {"read", kDocuments},
};

// The smallest and the largest score.
struct Scores {
  std::optional<double> least, most;
};

Scores scores(const std::vector<Document>& documents) {
  Scores found;
  for (const Document& document : documents) {
    if (!document.score) continue;
    found.least = std::min(found.least.value_or(*document.score), *document.score);
    found.most = std::max(found.most.value_or(*document.score), *document.score);
  }
  return found;
}

std::int64_t count(const std::vector<Document>& documents) { return static_cast<std::int64_t>(documents.size()); }

void set_source(DataRetrievalEvent& event, Draft& draft) {
  const genai::Operation& operation = draft.operation;
  event.database_name = operation.database_name;
  event.database_type = lower(draft.arena, operation.database_type);
  event.collection_name = operation.collection_name;
  event.top_k = operation.top_k;
  event.embedding_model = operation.embedding_model;
  event.embedding_dimensions = operation.embedding_dimensions;
  event.filter = operation.filter;
  event.query = operation.query;
}

void set_hits(DataRetrievalEvent& event, Draft& draft) {
  const genai::Operation& operation = draft.operation;
  event.documents = documents(draft);
  event.results_count = operation.results_count;
  if (!event.results_count && !event.documents.empty()) event.results_count = count(event.documents);
  const Scores range = scores(event.documents);
  event.min_score = range.least;
  event.max_score = range.most;
  if (range.least) event.score_kind = operation.score_kind;
}

void set_rerank(DataRetrievalEvent& event, const genai::Operation& operation) {
  if (event.activity_id != kRerank) return;
  event.rerank = when_known(Rerank{.model = operation.request_model, .output_count = event.results_count});
}

Text model_type(std::int64_t activity_id) {
  if (activity_id == kRerank) return "rerank";
  return activity_id == kEmbedding ? Text("embedding") : Text();
}

void conclude(DataRetrievalEvent& event, Draft& draft) {
  const Text in = event.database_name.empty() ? "" : " in ";
  conclude(event, draft, false, {event.activity_name, in, event.database_name});
}

}  // namespace

void map_retrieval(Draft& draft, DataRetrievalEvent& event) {
  begin(event, draft, activity_of(draft.operation.operation, kActivities));
  event.model = model(draft, model_type(*event.activity_id));
  event.latency = latency(draft);
  event.token_usage = token_usage(draft);
  set_source(event, draft);
  set_hits(event, draft);
  set_rerank(event, draft.operation);
  conclude(event, draft);
  finish(event, draft);
}

}  // namespace aitf::ocsf
