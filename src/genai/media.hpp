#pragma once
// Pictures, sound and files inside messages: what they are, how large, and their digest. The bytes themselves end here.

#include <vector>

#include "base/arena.hpp"
#include "genai/operation.hpp"

namespace aitf::genai {

// Fills media_type, size, sha256 and, when it says one, the type of `part` from base64 text, with or without a data:
// URI.
void describe_base64(Text base64, Text media_type, Part& part, Arena& arena);

// `image` for image/png, …; file for what is none of the known kinds.
PartType media_part_type(Text media_type_or_modality);

// `text` without the payloads of data: URIs of pictures, sound and files; each becomes an entry of `media`.
// Payloads that are text stay, since they may carry instructions.
Text without_blobs(Text text, std::vector<Part>& media, Arena& arena);

}  // namespace aitf::genai
