// Digests of texts that come again with every call.

#include "ocsf/map_digests.hpp"

#include <array>
#include <functional>
#include <string>

#include "ocsf/map_canonical_json.hpp"
#include "ocsf/uid.hpp"

namespace aitf::ocsf {
namespace {

// A table with one place for each hash; what comes later takes the place. At most 1 MiB.
class Memory {
 public:
  template <class Make>
  Text find(Text text, Arena& arena, Make make) {
    if (text.empty()) return {};
    Entry& entry = entries_[std::hash<Text>{}(text) % entries_.size()];
    if (entry.text == text) return arena.copy(entry.digest);
    const Text digest = make(text, arena);
    if (text.size() <= kMostBytes) {
      entry.text.assign(text);
      entry.digest.assign(digest);
    }
    return digest;
  }

 private:
  struct Entry {
    std::string text, digest;
  };
  static constexpr std::size_t kMostBytes = 8192;  // of a text worth remembering

  std::array<Entry, 128> entries_;
};

}  // namespace

Text text_digest(Text text, Arena& arena) {
  static thread_local Memory memory;
  return memory.find(text, arena, sha256_hex);
}

Text json_digest(Text json, Arena& arena) {
  static thread_local Memory memory;
  return memory.find(json, arena, [](Text text, Arena& in) { return sha256_hex(canonical_json(text, in), in); });
}

}  // namespace aitf::ocsf
