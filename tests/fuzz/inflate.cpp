// Any bytes as gzip: at once and in pieces, which must come to the same.

#include "otlp/inflate.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>

namespace {

constexpr std::size_t kLimit = std::size_t{1} << 20;

// All that comes out, inflated with inputs and rooms of odd sizes; nothing when it is broken or above the limit.
std::string in_pieces(std::string_view body, std::size_t step) {
  aitf::otlp::GzipInflater inflater;
  std::string out;
  std::string room(step * 7 + 1, '\0');
  while (!body.empty()) {
    std::string_view piece = body.substr(0, step);
    body.remove_prefix(piece.size());
    for (;;) {
      const auto made = inflater.inflate(piece, room.data(), room.size());
      if (!made) return {};
      if (*made == 0) break;
      out.append(room, 0, *made);
      if (out.size() > kLimit) return {};
    }
    if (!piece.empty()) std::abort();
  }
  return inflater.is_complete() ? out : std::string();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view body(reinterpret_cast<const char*>(data), size);
  const auto whole = aitf::otlp::inflate_gzip(body, kLimit);
  if (whole && whole->size() > kLimit) std::abort();
  // ISA-L cannot verify the optional checksum of a header that is cut in two: pieces may fail where the whole does not.
  const std::string pieces = in_pieces(body, 1 + size % 61);
  if (!pieces.empty() && (!whole || *whole != pieces)) std::abort();
  return 0;
}
