#pragma once
// Canonical event -> compact JSON, keys in the schema's order. Pure, any thread.
//
// What is absent is not written; neither are an empty text, list, map or object (an object is empty when none of its
// fields would be written), an empty item of a list, NaN and infinity. Reals always have a fraction or an exponent.
// Texts have to be valid UTF-8.

#include <string>

#include "ocsf/classes.hpp"

namespace aitf::ocsf {

// Appends one JSON object, without a line break.
void append_json(std::string& out, const Event& event);

}  // namespace aitf::ocsf
