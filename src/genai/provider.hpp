#pragma once
// Names of providers. Old values become the current ones; frameworks and stores are no providers.

#include "base/arena.hpp"
#include "genai/operation.hpp"

namespace aitf::genai {

enum class ProviderKind { provider, framework, store };

struct ProviderName {
  Text name;  // lower case, as gen_ai.provider.name defines it where it does; frameworks in our spelling
  ProviderKind kind = ProviderKind::provider;
};

ProviderName normalise_provider(Text sent, Arena& arena);

}  // namespace aitf::genai
