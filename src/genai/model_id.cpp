// Cuts from a model name what is not the model. Sources: Amazon Bedrock user guide (model ids, cross-region inference
// profiles, ARN formats), Vertex AI publisher model names, Azure OpenAI deployments.
#include "genai/model_id.hpp"

#include <algorithm>
#include <array>

#include "genai/read_value.hpp"

namespace aitf::genai {
namespace {

constexpr std::array<Text, 15> geographies = {"us.", "eu.", "apac.", "global.", "us-gov.", "jp.", "au.", "ca.",
                                              "sa.", "me.", "af.",   "ap.",     "uk.",     "in.", "il."};
constexpr std::array<Text, 19> vendors = {"anthropic.", "amazon.",    "meta.",       "mistral.", "cohere.",
                                          "ai21.",      "stability.", "deepseek.",   "openai.",  "qwen.",
                                          "writer.",    "luma.",      "twelvelabs.", "google.",  "minimax.",
                                          "nvidia.",    "moonshot.",  "moonshotai.", "zai."};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool all_digits(Text text) { return !text.empty() && std::ranges::all_of(text, is_digit); }

template <std::size_t N>
Text without_prefix(Text text, const std::array<Text, N>& prefixes) {
  for (const Text prefix : prefixes)
    if (text.size() > prefix.size() && text.starts_with(prefix)) return text.substr(prefix.size());
  return text;
}

// The model in arn:partition:service:region:account:type/id; empty when that type of resource does not name one.
Text model_of_arn(Text arn) {
  for (int part = 0; part < 5; ++part) {
    const std::size_t colon = arn.find(':');
    if (colon == Text::npos) return {};
    arn.remove_prefix(colon + 1);
  }
  constexpr std::array<Text, 2> telling = {"foundation-model/", "inference-profile/"};
  const Text id = without_prefix(arn, telling);
  return id.size() < arn.size() ? id : Text();
}

// `us.anthropic.` and the like; a geography counts only before a vendor.
Text without_vendor(Text name) {
  if (name.find('.') == Text::npos) return name;
  const Text local = without_prefix(name, geographies);
  const Text model = without_prefix(local, vendors);
  return model.size() < local.size() ? model : name;
}

bool is_date(Text digits) {
  if (digits.size() != 8 || !all_digits(digits) || !digits.starts_with("20")) return false;
  return digits.substr(4, 2) >= "01" && digits.substr(4, 2) <= "12" && digits.substr(6) >= "01" &&
         digits.substr(6) <= "31";
}

// Bedrock ends ids with `-v1:0`, or `:0` where v2 belongs to the name; a context size (`:200k`) may follow.
Text without_bedrock_version(Text name) {
  if (name.find(':') == Text::npos) return name;
  if (name.ends_with('k')) {
    const std::size_t colon = name.rfind(':');
    if (colon != Text::npos && all_digits(name.substr(colon + 1, name.size() - colon - 2)))
      name = name.substr(0, colon);
  }
  const std::size_t colon = name.rfind(':');
  if (!all_digits(name.substr(colon + 1))) return name;
  const Text stem = name.substr(0, colon);
  const std::size_t v = stem.rfind("-v");
  if (v != Text::npos && all_digits(stem.substr(v + 2))) {
    const Text before = stem.substr(0, v);
    const bool dated = before.size() > 8 && is_date(before.substr(before.size() - 8));
    if (dated || name.substr(v) == "-v1:0") return before;
  }
  return name.ends_with(":0") ? stem : name;
}

// Vertex AI writes the version behind `@`.
Text with_dash_for_at(Text name, Arena& arena) {
  const std::size_t at = name.rfind('@');
  if (at == Text::npos || at == 0) return name;
  const Text version = name.substr(at + 1);
  if (version.empty() || version == "default" || version == "latest") return name.substr(0, at);
  char* const out = arena.characters(name.size());
  std::ranges::copy(name, out);
  out[at] = '-';
  return {out, name.size()};
}

bool is_dashed_date(Text text) {
  return text.size() == 10 && text[4] == '-' && text[7] == '-' && all_digits(text.substr(0, 4)) &&
         all_digits(text.substr(5, 2)) && all_digits(text.substr(8)) && text.starts_with("20");
}

// `0613` as month and day, `001`, `v3`.
bool is_short_version(Text tail) {
  if (tail.size() == 4 && all_digits(tail))
    return tail.substr(0, 2) >= "01" && tail.substr(0, 2) <= "12" && tail.substr(2) >= "01" && tail.substr(2) <= "31";
  if (tail.size() == 3 && all_digits(tail)) return tail.starts_with("00");
  if (!tail.starts_with('v') || tail.size() < 2) return false;
  const auto of_version = [](char c) { return is_digit(c) || c == '.' || c == ':'; };
  return is_digit(tail[1]) && std::ranges::all_of(tail.substr(1), of_version);
}

Text version_of(Text id) {
  if (id.size() > 11 && id[id.size() - 11] == '-' && is_dashed_date(id.substr(id.size() - 10)))
    return id.substr(id.size() - 10);
  const std::size_t dash = id.rfind('-');
  if (dash == Text::npos || dash == 0) return {};
  const Text tail = id.substr(dash + 1);
  return is_date(tail) || is_short_version(tail) ? tail : Text();
}

bool is_azure_openai(const Operation& operation) {
  return operation.provider == "azure.ai.openai" || operation.request_model.starts_with("azure/");
}

// Most names hold nothing to cut: `gpt-4o-mini`.
bool is_plain(Text name) {
  return std::ranges::all_of(name, [](char c) { return (c >= 'a' && c <= 'z') || is_digit(c) || c == '-'; });
}

Text last_segment(Text path) {
  const std::size_t slash = path.rfind('/');
  return slash == Text::npos || slash + 1 == path.size() ? path : path.substr(slash + 1);
}

}  // namespace

ModelId canonical_model(Text sent, Arena& arena) {
  if (is_plain(sent)) return {sent, version_of(sent)};
  Text name = lower(trim(sent), arena);
  if (name.starts_with("arn:")) name = model_of_arn(name);
  if (const Text model = last_segment(name); model.size() < name.size()) {
    const Text path = name.substr(0, name.size() - model.size());
    if (path.ends_with("application-inference-profile/") || path.ends_with("/endpoints/")) return {};
    name = model;
  }
  name = with_dash_for_at(without_bedrock_version(without_vendor(name)), arena);
  return {name, version_of(name)};
}

void fill_model_id(Operation& operation, Arena& arena) {
  const ModelId requested = canonical_model(operation.request_model, arena);
  const ModelId answered = canonical_model(operation.response_model, arena);
  ModelId model = requested.id.empty() ? answered : requested;
  if (is_azure_openai(operation) && !operation.request_model.empty()) {
    operation.deployment = last_segment(operation.request_model);
    if (!answered.id.empty()) model = answered;
  }
  operation.model_id = model.id;
  operation.model_version = model.version.empty() ? answered.version : model.version;
}

}  // namespace aitf::genai
