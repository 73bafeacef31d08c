// Any bytes as an OTLP request in protobuf.

#include "walk.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  aitf::Arena arena;
  aitf::fuzz::walk(aitf::otlp::decode_protobuf({reinterpret_cast<const char*>(data), size}, arena));
  return 0;
}
