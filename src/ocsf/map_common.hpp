#pragma once
// The part that the events of all classes have in common, and how an event is begun and finished.
//
// A class maps an operation so: begin(event, draft, activity) fills the common part, then its own code fills its
// fields and calls conclude(event, draft, subject) for the verdict, finally finish(event, draft) for what looks at all.

#include <initializer_list>

#include "ocsf/map_draft.hpp"
#include "ocsf/map_limits.hpp"
#include "ocsf/map_observables.hpp"
#include "ocsf/map_origin.hpp"
#include "ocsf/map_text.hpp"
#include "ocsf/map_unmapped.hpp"

namespace aitf::ocsf {

inline constexpr std::int64_t kActivityUnknown = 0, kActivityOther = 99;

inline constexpr std::size_t kPreviewCharacters = 1024;  // of request_content, tool_description, error.message, …

// How the operation ended.
struct Verdict {
  std::int64_t severity_id = 1;
  std::int64_t status_id = 1;
};
Verdict verdict(const Draft& draft, bool blocked);

std::optional<Error> error(Draft& draft);
Text status_detail(Draft& draft);
std::optional<Model> model(const Draft& draft, Text type);
std::optional<TokenUsage> token_usage(const Draft& draft);
std::optional<Latency> latency(const Draft& draft);

// The one line for humans: `subject` and, on failure, the kind of error.
Text message(const Draft& draft, std::initializer_list<Text> subject);

// An activity that a word of the operation tells.
struct ActivityWord {
  Text part;  // occurs in the word, in whatever case
  std::int64_t activity_id;
};

// The first entry whose part occurs in `word`; Other for a word that is not listed, Unknown without a word.
template <std::size_t N>
std::int64_t activity_of(Text word, const ActivityWord (&table)[N]) {
  if (word.empty()) return kActivityUnknown;
  for (const ActivityWord& entry : table)
    if (holds(word, entry.part)) return entry.activity_id;
  return kActivityOther;
}

template <class EventClass>
void set_activity(EventClass& event, const Draft& draft, std::int64_t activity_id) {
  constexpr std::int64_t class_uid = EventClass::class_uid;
  event.activity_id = activity_id;
  event.activity_name = activity_caption(class_uid, activity_id);
  event.type_uid = class_uid * 100 + activity_id;
  event.type_name = type_caption(*event.type_uid);
  if (activity_id == kActivityOther && !draft.operation.operation.empty())
    event.activity_name = draft.operation.operation;  // the sender's own word
}

template <class EventClass>
void set_place(EventClass& event, Draft& draft) {
  event.trace = trace(draft);
  event.actor = actor(draft);
  event.service = service(draft);
  event.device = device(draft);
  event.cloud = cloud(draft);
  event.src_endpoint = endpoint(draft.operation.client, "client", draft);
  event.dst_endpoint = endpoint(draft.operation.server, "server", draft);
  event.telemetry = telemetry(draft);
}

// Everything of the common part that does not depend on how the operation ended.
template <class EventClass>
void begin(EventClass& event, Draft& draft, std::int64_t activity_id) {
  const genai::Operation& operation = draft.operation;
  set_activity(event, draft, activity_id);
  set_place(event, draft);
  event.time = draft.times.time;
  event.duration = draft.times.duration_ms();
  event.metadata = metadata(draft, EventClass::class_uid);
  event.record_kind = "span";
  event.operation = operation.operation;
  event.session_id = operation.session_id;
  event.conversation_id = operation.conversation_id;
  event.agent_name = operation.agent_name;
  event.agent_id = operation.agent_id;
}

// Status, severity, error and message.
template <class EventClass>
void conclude(EventClass& event, Draft& draft, bool blocked, std::initializer_list<Text> subject) {
  const Verdict result = verdict(draft, blocked);
  event.severity_id = result.severity_id;
  event.severity = severity_caption(result.severity_id);
  event.status_id = result.status_id;
  event.status = status_caption(EventClass::class_uid, result.status_id);
  event.status_code = draft.operation.failure.code;
  event.status_detail = status_detail(draft);
  event.error = error(draft);
  event.message = message(draft, subject);
  if (event.message.empty()) event.message = event.activity_name;
}

// What looks at the whole event; last.
template <class EventClass>
void finish(EventClass& event, Draft& draft) {
  event.unmapped = unmapped(draft);
  event.observables = observables(event, draft.arena);
  limit(event, draft);
  event.data_quality = draft.data_quality();
}

}  // namespace aitf::ocsf
