#pragma once
// Why a model stopped: the words of many providers -> one vocabulary.

#include <vector>

#include "genai/operation.hpp"

namespace aitf::genai {

// `FinishReason.STOP`, `end_turn`, `tool-calls`, …; Finish::none for an empty word.
Finish finish_of(Text reason);
// Of several choices the one that matters most: content_filter, refusal, error, length, tool_calls, stop, other.
Finish finish_of(const std::vector<Text>& reasons);

}  // namespace aitf::genai
