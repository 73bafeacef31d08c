#pragma once
// Deterministic ids of events and digests of texts. Pure, any thread.

#include <cstdint>

#include "base/arena.hpp"
#include "ocsf/schema.hpp"

namespace aitf::ocsf {

// What an event is about; the same parts give the same id, on every machine and in every version.
struct UidParts {
  Text trace_id;              // lower-case hex, as in metadata.correlation_uid
  Text span_id;               // lower-case hex
  Text kind;                  // `<class_uid>:<record_kind>`: `7001:span`
  Text rule_id;               // findings: the rule; content records: name of the first log event; else empty
  Text part;                  // findings: `<evidence part>@<offset>`; content records: digest of the bodies; else empty
  std::uint64_t ordinal = 0;  // among events of equal parts, in order of appearance, from 0
};

// metadata.uid: the first 128 bits of SHA-256 over the parts joined by U+001F, as 32 lower-case hex characters.
Text event_uid(const UidParts& parts, Arena& arena);

// SHA-256 as 64 lower-case hex characters.
Text sha256_hex(Text text, Arena& arena);

}  // namespace aitf::ocsf
