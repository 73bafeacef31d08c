#pragma once
// Model calls: what was asked for and what is known of the answer.

#include "genai/reading.hpp"

namespace aitf::genai {

// Provider, models and parameters; every kind may name them.
void fill_model(Reading& reading);
// Identifiers and circumstances of an answer.
void fill_answer(Reading& reading);
// Finish, from finish_reasons and the failure; after both.
void fill_finish(Reading& reading);

}  // namespace aitf::genai
