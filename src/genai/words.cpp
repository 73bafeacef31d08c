// The words of the enums, as the event schema spells them.
#include <array>

#include "genai/operation.hpp"

namespace aitf::genai {
namespace {

template <class Enum, std::size_t N>
Text pick(const std::array<Text, N>& words, Enum value) {
  return words.at(static_cast<std::size_t>(value));
}

constexpr std::array<Text, 8> kinds = {"not_ai", "internal", "inference",    "embedding",
                                       "agent",  "tool",     "mcp_protocol", "retrieval"};
constexpr std::array<Text, 16> conventions = {
    "other",    "otel_genai", "otel_genai_old", "openllmetry", "openllmetry_old", "openinference",
    "langfuse", "litellm",    "vercel_ai",      "pydantic_ai", "semantic_kernel", "autogen",
    "mcp",      "aitf_seed",  "aitf_head",      "db"};
constexpr std::array<Text, 2> directions = {"input", "output"};
constexpr std::array<Text, 5> roles = {"system", "user", "assistant", "tool", "other"};
constexpr std::array<Text, 11> part_types = {"text",  "reasoning", "tool_call", "tool_result", "image", "audio",
                                             "video", "file",      "refusal",   "data",        "other"};
constexpr std::array<Text, 3> scopes = {"leaf", "aggregate", "duplicate"};
constexpr std::array<Text, 8> finishes = {"",        "stop",  "length", "tool_calls", "content_filter",
                                          "refusal", "error", "other"};
constexpr std::array<Text, 14> categories = {
    "",           "rate_limit", "auth",    "content_filter", "invalid_request", "not_found", "timeout",
    "overloaded", "server",     "network", "cancelled",      "tool_error",      "denied",    "other"};

}  // namespace

Text word(Kind kind) { return pick(kinds, kind); }
Text word(Convention convention) { return pick(conventions, convention); }
Text word(Direction direction) { return pick(directions, direction); }
Text word(Role role) { return pick(roles, role); }
Text word(PartType type) { return pick(part_types, type); }
Text word(UsageScope scope) { return pick(scopes, scope); }
Text word(Finish finish) { return pick(finishes, finish); }
Text word(ErrorCategory category) { return pick(categories, category); }

}  // namespace aitf::genai
