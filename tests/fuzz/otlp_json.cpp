// Any bytes as an OTLP request in JSON.

#include "walk.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  aitf::Arena arena;
  aitf::fuzz::walk(aitf::otlp::decode_json({reinterpret_cast<const char*>(data), size}, arena));
  return 0;
}
