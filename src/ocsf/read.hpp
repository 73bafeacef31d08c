#pragma once
// JSON -> canonical event, for what the journal holds and what tools are given. Any thread.
//
// Takes keys in any order and events of earlier schema versions. What the schema does not name is kept in `unmapped`
// under `json.<path>` (`json.model.colour`, `json.messages[2].mood`), values as text: strings as they are, all else as
// compact JSON; empty values and null are left out. null counts as absent; a whole number is taken where a real is
// expected. Captions of class and category are not compared: the event gets those of the schema.
// Validity beyond types (needs, enums, lengths) is the business of validate.hpp.

#include <cstddef>
#include <string_view>

#include "base/arena.hpp"
#include "base/result.hpp"
#include "ocsf/classes.hpp"

namespace aitf::ocsf {

inline constexpr std::size_t kMaxEventJson = std::size_t{16} << 20;  // bytes that read_json and validate take

// The event's texts live in `arena`, not in `json`. Errors (invalid) name the path of what is wrong: no JSON object,
// unknown class, wrong type, repeated key.
Result<Event> read_json(std::string_view json, Arena& arena);

}  // namespace aitf::ocsf
