// The flat map `unmapped`.

#include "ocsf/map_unmapped.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <string>

#include "base/json_writer.hpp"
#include "base/utf8.hpp"
#include "genai/media.hpp"
#include "ocsf/map_text.hpp"

namespace aitf::ocsf {
namespace {

using ValueType = span::Value::Type;

constexpr std::size_t kValueCharacters = 4096;
constexpr std::size_t kKeys = 256;
constexpr std::size_t kKeyBytes = 4096;  // prefix, event name and attribute name
constexpr std::size_t kBytesPerCharacter = 4;

// `bytes` in base64, to about `characters`: a whole number of groups, so that what is cut can still be decoded.
std::string base64(Text bytes, std::size_t characters) {
  bytes = bytes.substr(0, characters / 4 * 3);
  std::string out((bytes.size() + 2) / 3 * 4 + 1, '\0');  // OpenSSL ends it with a NUL
  const auto* from = reinterpret_cast<const unsigned char*>(bytes.data());
  EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()), from, static_cast<int>(bytes.size()));
  out.pop_back();
  return out;
}

// Writes nested values as JSON and stops soon after `characters`: what follows would be cut anyway.
class ValueWriter {
 public:
  ValueWriter(std::string& out, std::size_t characters)
      : out_(out), json_(out), characters_(characters), bytes_(characters * kBytesPerCharacter) {}

  void write(const span::Value& value) {
    switch (value.type) {
      case ValueType::empty: return json_.null();
      case ValueType::string: return json_.string(value.text.substr(0, bytes_));
      case ValueType::boolean: return json_.boolean(value.boolean);
      case ValueType::integer: return json_.integer(value.integer);
      case ValueType::real: return std::isfinite(value.real) ? json_.real(value.real) : json_.null();
      case ValueType::bytes: return json_.string(base64(value.text, characters_));
      case ValueType::array: return array(value.array);
      case ValueType::map: return map(value.map);
    }
  }

  bool is_full() const { return out_.size() > bytes_; }

 private:
  void array(std::span<const span::Value> items) {
    json_.begin_array();
    for (const span::Value& item : items) {
      if (is_full()) break;
      write(item);
    }
    json_.end_array();
  }

  void map(span::Attributes entries) {
    json_.begin_object();
    for (const span::KeyValue& entry : entries) {
      if (is_full()) break;
      json_.key(entry.key.substr(0, bytes_));
      write(entry.value);
    }
    json_.end_object();
  }

  std::string& out_;
  JsonWriter json_;
  std::size_t characters_, bytes_;
};

// Without the bytes of pictures, sound and files; what stands behind them shall not be cut for them.
Text limited(Text text, Arena& arena, std::size_t characters, bool* cut) {
  std::vector<genai::Part> blobs;
  text = genai::without_blobs(text, blobs, arena);
  const Text first = first_characters(text, characters);
  *cut = *cut || first.size() < text.size();
  return first;
}

Text nested_text(const span::Value& value, Arena& arena, std::size_t characters, bool* cut) {
  if (value.array.empty() && value.map.empty()) return {};
  std::string json;
  ValueWriter(json, characters).write(value);
  return arena.copy(limited(json, arena, characters, cut));
}

Text bytes_text(Text bytes, Arena& arena, std::size_t characters, bool* cut) {
  *cut = *cut || bytes.size() > characters / 4 * 3;
  return arena.copy(base64(bytes, characters));
}

// Keys that are already there; a fixed table, because there are at most kKeys.
class KeySet {
 public:
  explicit KeySet(const StringMap& entries) : entries_(entries) { slots_.fill(kFree); }

  // Remembers the entry that comes next; false when its key is there.
  bool insert(Text key) {
    std::size_t at = std::hash<Text>{}(key) % slots_.size();
    for (; slots_[at] != kFree; at = (at + 1) % slots_.size())
      if (entries_[slots_[at]].first == key) return false;
    slots_[at] = static_cast<std::uint16_t>(entries_.size());
    return true;
  }

 private:
  static constexpr std::uint16_t kFree = 0xffff;
  const StringMap& entries_;
  std::array<std::uint16_t, 2 * kKeys> slots_;
};

struct Collector {
  Draft& draft;
  StringMap entries = {};
  KeySet keys{entries};

  void add(Text key, Text value) {
    if (value.empty()) return;
    if (entries.size() == kKeys || key.size() > kKeyBytes) return draft.flag(QualityFlag::limit_reached);
    if (keys.insert(key)) entries.emplace_back(key, value);
  }

  void add(Text key, const span::Value& value) {
    bool cut = false;
    add(key, value_text(value, draft.arena, kValueCharacters, &cut));
    if (cut) draft.note_cut("unmapped");
  }
};

}  // namespace

Text value_text(const span::Value& value, Arena& arena, std::size_t characters, bool* cut) {
  switch (value.type) {
    case ValueType::empty: return {};
    case ValueType::string:
      return value.text == "[]" || value.text == "{}" ? Text{} : limited(value.text, arena, characters, cut);
    case ValueType::boolean: return value.boolean ? "true" : "false";
    case ValueType::integer: return decimal(arena, value.integer);
    case ValueType::real: return std::isfinite(value.real) ? shortest(arena, value.real) : Text{};
    case ValueType::bytes: return bytes_text(value.text, arena, characters, cut);
    case ValueType::array:
    case ValueType::map: return nested_text(value, arena, characters, cut);
  }
  return {};
}

StringMap unmapped(Draft& draft) {
  const std::vector<genai::Unmapped>& rest = draft.operation.unmapped;
  if (rest.empty() && draft.aside().empty()) return {};
  Collector to{draft};
  to.entries.reserve(std::min(kKeys, rest.size() + draft.aside().size()));
  for (const auto& [key, value] : draft.aside()) to.add(key, first_characters(value, kValueCharacters));
  for (const genai::Unmapped& one : rest) {
    if (one.value == nullptr) continue;
    if (draft.flagged(QualityFlag::limit_reached) && to.entries.size() == kKeys) break;
    to.add(join(draft.arena, {one.prefix, one.key}), *one.value);
  }
  return std::move(to.entries);
}

}  // namespace aitf::ocsf
