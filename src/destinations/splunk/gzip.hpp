#pragma once
// gzip at the fastest level of ISA-L, into a buffer that is used again and again.

#include <memory>
#include <string_view>
#include <vector>

namespace aitf::destinations::splunk {

// One thread.
class Gzip {
 public:
  // `text` as one gzip member; valid until the next call. Empty when it would not become smaller.
  std::string_view compress(std::string_view text);

 private:
  std::vector<unsigned char> level_memory_;
  std::vector<unsigned char> out_;
};

}  // namespace aitf::destinations::splunk
