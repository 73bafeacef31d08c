#pragma once
// One OpenTelemetry span, as views into the bytes of its request and into the request's Arena.
// Nothing here owns memory: a Span is valid as long as both of these are. All text is valid UTF-8 (repaired on
// decoding). Names follow opentelemetry/proto/trace/v1/trace.proto and common/v1/common.proto.

#include <cstdint>
#include <span>
#include <string_view>

namespace aitf::span {

using Text = std::string_view;

struct KeyValue;

// An AnyValue. `empty` is a value without any (null).
struct Value {
  enum class Type : std::uint8_t { empty, string, boolean, integer, real, array, map, bytes };

  Type type = Type::empty;
  bool boolean = false;
  std::int64_t integer = 0;
  double real = 0;
  Text text = {};  // string, or raw bytes
  std::span<const Value> array = {};
  std::span<const KeyValue> map = {};

  bool is_empty() const { return type == Type::empty || (type == Type::string && text.empty()); }
};

struct KeyValue {
  Text key;
  Value value;
};

using Attributes = std::span<const KeyValue>;

// First attribute of that name, or null.
inline const Value* find(Attributes attributes, Text key) {
  for (const KeyValue& a : attributes)
    if (a.key == key) return &a.value;
  return nullptr;
}

struct Resource {
  Attributes attributes = {};
  Text schema_url = {};
};

struct Scope {
  Text name = {};
  Text version = {};
  Attributes attributes = {};
  Text schema_url = {};
};

struct Event {
  std::uint64_t time_unix_nano = 0;
  Text name = {};
  Attributes attributes = {};
};

struct Link {
  Text trace_id = {};  // hex, lower case
  Text span_id = {};
};

// What decoding had to mend; becomes data_quality flags.
struct Repairs {
  bool invalid_utf8 = false;
  bool limit_reached = false;  // attributes, events, links, depth or length cut by our limits
  bool duplicate_key = false;  // the first one is kept
};

struct Span {
  Text trace_id = {};        // 32 lower-case hex
  Text span_id = {};         // 16 lower-case hex
  Text parent_span_id = {};  // empty on a root
  Text name = {};
  Text trace_state = {};
  std::int32_t kind =
      0;  // SpanKind: 0 unspecified, 1 internal, 2 server, 3 client, 4 producer, 5 consumer; others kept
  std::uint64_t start_unix_nano = 0;
  std::uint64_t end_unix_nano = 0;
  Attributes attributes = {};
  std::span<const Event> events = {};
  std::span<const Link> links = {};
  std::int32_t status_code = 0;  // 0 unset, 1 ok, 2 error; others kept
  Text status_message = {};
  std::uint32_t dropped_attributes = 0;  // by the sender and by our limits
  std::uint32_t dropped_events = 0;
  std::uint32_t dropped_links = 0;
  Repairs repairs = {};
  const Resource* resource = nullptr;  // never null after decoding
  const Scope* scope = nullptr;        // never null after decoding
};

}  // namespace aitf::span
