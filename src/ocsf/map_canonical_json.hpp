#pragma once
// JSON in one spelling: no blanks, keys sorted, no needless escapes. Two texts of one meaning get one digest.

#include "base/arena.hpp"
#include "ocsf/schema.hpp"

namespace aitf::ocsf {

// In the arena; `json` itself when it is no JSON or larger than 1 MiB. Any thread.
Text canonical_json(Text json, Arena& arena);

}  // namespace aitf::ocsf
