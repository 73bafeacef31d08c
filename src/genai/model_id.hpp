#pragma once
// The many spellings of one model -> one id, so that prices, routes and queries find it.

#include "base/arena.hpp"
#include "genai/operation.hpp"

namespace aitf::genai {

struct ModelId {
  Text id;       // lower case; provider prefix, geography, ARN and Bedrock's version suffix cut; a date stays
  Text version;  // the date or version at its end
};

// Empty when the name says nothing about the model, as an application inference profile does.
ModelId canonical_model(Text name, Arena& arena);

// Fills model_id, model_version and deployment from the models as sent and the provider.
void fill_model_id(Operation& operation, Arena& arena);

}  // namespace aitf::genai
