// Data source, query and hits.
#include "genai/retrieval.hpp"

#include <algorithm>
#include <array>

#include "genai/json_value.hpp"
#include "genai/media.hpp"
#include "genai/provider.hpp"
#include "genai/read_value.hpp"
#include "genai/resource.hpp"

namespace aitf::genai {
namespace {

using Type = span::Value::Type;

constexpr std::array<Text, 4> id_names = {"id", "id_", "document_id", "doc_id"};
constexpr std::array<Text, 3> score_names = {"score", "relevance_score", "similarity"};
constexpr std::array<Text, 5> text_names = {"content", "text", "page_content", "document", "snippet"};
constexpr std::array<Text, 2> title_names = {"title", "name"};
constexpr std::array<Text, 4> uri_names = {"uri", "url", "source", "path"};

template <std::size_t N>
const span::Value* first_member(const span::Value& map, const std::array<Text, N>& names) {
  for (const Text name : names)
    if (const span::Value* const found = member(map, name)) return found;
  return nullptr;
}

template <std::size_t N>
Text first_text(const span::Value& map, const std::array<Text, N>& names, Arena& arena) {
  const span::Value* const found = first_member(map, names);
  return found != nullptr ? as_text(*found, arena) : Text();
}

template <std::size_t N>
bool is_one_of(Text key, const std::array<Text, N>& names) {
  return std::ranges::find(names, key) != names.end();
}

bool has_field(Text key) {
  return is_one_of(key, id_names) || is_one_of(key, score_names) || is_one_of(key, text_names) ||
         is_one_of(key, title_names) || is_one_of(key, uri_names) || key == "metadata" || key == "embedding" ||
         key == "vector";
}

// Metadata of a hit, and its members that no field holds.
void add_attributes(const span::Value& map, bool is_metadata, Document& document, Arena& arena) {
  for (const span::KeyValue& each : map.map) {
    const bool held =
        is_metadata ? is_one_of(each.key, uri_names) || is_one_of(each.key, title_names) : has_field(each.key);
    if (!held && !is_void(each.value)) document.attributes.emplace_back(each.key, as_text(each.value, arena));
  }
}

Document read_document(const span::Value& hit, Arena& arena) {
  Document document;
  if (hit.type != Type::map) {
    document.text = as_text(hit, arena);
    return document;
  }
  const span::Value* const metadata = member(hit, "metadata");
  const span::Value none;
  const span::Value more = metadata != nullptr ? decoded(*metadata, arena) : none;
  std::vector<Part> blobs;
  bool coerced = false;
  document.id = first_text(hit, id_names, arena);
  if (const span::Value* const score = first_member(hit, score_names)) document.score = read_real(*score, &coerced);
  document.text = without_blobs(first_text(hit, text_names, arena), blobs, arena);
  document.title = first_text(hit, title_names, arena);
  if (document.title.empty()) document.title = first_text(more, title_names, arena);
  Text uri = first_text(hit, uri_names, arena);
  if (uri.empty()) uri = first_text(more, uri_names, arena);
  document.uri = without_secrets(uri, arena);
  add_attributes(hit, false, document, arena);
  add_attributes(more, true, document, arena);
  return document;
}

// The data source, and what kind of store it is where that is said.
void fill_source(Reading& reading) {
  Operation& operation = reading.operation;
  operation.database_type = lower(reading.text(Field::database_type), reading.arena);
  operation.database_name = reading.text(Field::data_source);
  if (operation.database_name.empty()) operation.database_name = reading.text(Field::database_namespace);
  operation.collection_name = reading.text(Field::collection);
  if (!operation.provider.empty() || reading.peek(Field::provider) == nullptr) return;
  // Some name the store where the provider should stand.
  const ProviderName store = normalise_provider(reading.peek(Field::provider)->value.text, reading.arena);
  if (store.kind != ProviderKind::store) return;
  const Text sent = reading.text(Field::provider);
  if (operation.database_name.empty()) operation.database_name = sent;
  const bool is_product = store.name.find("store") == Text::npos && store.name.find("retriever") == Text::npos;
  if (operation.database_type.empty() && is_product) operation.database_type = store.name;
}

}  // namespace

std::vector<Document> read_documents(const span::Value& list, Arena& arena) {
  std::vector<Document> documents;
  documents.reserve(list.array.size());
  for (const span::Value& hit : list.array) documents.push_back(read_document(decoded(hit, arena), arena));
  return documents;
}

void fill_retrieval(Reading& reading) {
  Operation& operation = reading.operation;
  fill_source(reading);
  if (operation.database_name.empty()) operation.database_name = operation.database_type;
  operation.query = reading.content(Field::query);
  reading.count(Field::retrieval_top_k, operation.top_k);
  operation.embedding_model = reading.text(Field::embedding_model);
  const span::KeyValue* const sent = reading.peek(Field::documents);
  if (sent == nullptr) return;
  const span::Value list = decoded(sent->value, reading.arena);
  if (list.type != Type::array) {
    operation.quality.unparsed_value = true;
    return;
  }
  reading.take(Field::documents);
  operation.documents = read_documents(list, reading.arena);
  operation.results_count = static_cast<std::int64_t>(operation.documents.size());
  const auto scored = [](const Document& document) { return document.score.has_value(); };
  if (std::ranges::any_of(operation.documents, scored)) operation.score_kind = "similarity";
}

}  // namespace aitf::genai
