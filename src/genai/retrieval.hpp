#pragma once
// Searches for documents.

#include "genai/reading.hpp"

namespace aitf::genai {

void fill_retrieval(Reading& reading);

// Documents of a list of {id, score, content, metadata}, under the names that frameworks give these.
std::vector<Document> read_documents(const span::Value& list, Arena& arena);

}  // namespace aitf::genai
