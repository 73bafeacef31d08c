#pragma once
// Digests of texts that come again with every call of an application: tool schemas, descriptions, system prompts.
// Each thread remembers the last of them; a text that is not remembered is digested as it comes.

#include "base/arena.hpp"
#include "ocsf/schema.hpp"

namespace aitf::ocsf {

// SHA-256 of the text as 64 hex characters in the arena; empty for an empty text.
Text text_digest(Text text, Arena& arena);

// The same of JSON in canonical form: blanks, order of keys and spelling of strings do not matter.
Text json_digest(Text json, Arena& arena);

}  // namespace aitf::ocsf
