// Words for the reason why a model stopped. Sources: API references of OpenAI, Anthropic, Google, AWS Bedrock, Cohere.
#include "genai/finish.hpp"

#include <algorithm>
#include <array>

#include "genai/read_value.hpp"

namespace aitf::genai {
namespace {

struct Reason {
  Text word;
  Finish finish;
};

constexpr std::array reasons_known = {
    Reason{"stop", Finish::stop},
    Reason{"end_turn", Finish::stop},
    Reason{"stop_sequence", Finish::stop},
    Reason{"completed", Finish::stop},
    Reason{"complete", Finish::stop},
    Reason{"eos", Finish::stop},
    Reason{"eos_token", Finish::stop},
    Reason{"finished", Finish::stop},
    Reason{"tool_calls", Finish::tool_calls},
    Reason{"tool_call", Finish::tool_calls},
    Reason{"tool_use", Finish::tool_calls},
    Reason{"function_call", Finish::tool_calls},
    Reason{"length", Finish::length},
    Reason{"max_tokens", Finish::length},
    Reason{"max_output_tokens", Finish::length},
    Reason{"model_length", Finish::length},
    Reason{"model_context_window_exceeded", Finish::length},
    Reason{"content_filter", Finish::content_filter},
    Reason{"content_filtered", Finish::content_filter},
    Reason{"guardrail_intervened", Finish::content_filter},
    Reason{"safety", Finish::content_filter},
    Reason{"image_safety", Finish::content_filter},
    Reason{"blocklist", Finish::content_filter},
    Reason{"prohibited_content", Finish::content_filter},
    Reason{"spii", Finish::content_filter},
    Reason{"recitation", Finish::content_filter},
    Reason{"error_toxic", Finish::content_filter},
    Reason{"refusal", Finish::refusal},
    Reason{"error", Finish::error},
    Reason{"failed", Finish::error},
    Reason{"malformed_function_call", Finish::error},
};

constexpr std::array by_weight = {Finish::content_filter, Finish::refusal, Finish::error, Finish::length,
                                  Finish::tool_calls,     Finish::stop,    Finish::other};

// Letters of either case, and `-` for `_`, are the same.
bool same_word(Text sent, Text word) {
  return std::equal(sent.begin(), sent.end(), word.begin(), word.end(), [](char a, char b) {
    return (a == '-' ? '_' : a >= 'A' && a <= 'Z' ? static_cast<char>(a + ('a' - 'A')) : a) == b;
  });
}

}  // namespace

Finish finish_of(Text reason) {
  reason = trim(reason);
  if (reason.empty()) return Finish::none;
  if (const std::size_t dot = reason.rfind('.'); dot != Text::npos) reason.remove_prefix(dot + 1);
  for (const Reason& known : reasons_known)
    if (same_word(reason, known.word)) return known.finish;
  return Finish::other;
}

Finish finish_of(const std::vector<Text>& reasons) {
  std::size_t best = by_weight.size();
  for (const Text reason : reasons) {
    const auto at = std::ranges::find(by_weight, finish_of(reason));
    best = std::min(best, static_cast<std::size_t>(at - by_weight.begin()));
  }
  return best < by_weight.size() ? by_weight[best] : Finish::none;
}

}  // namespace aitf::genai
