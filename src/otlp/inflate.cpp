// gzip on ISA-L: members one after the other, each with its header, checksum and length verified.

#include "otlp/inflate.hpp"

#include <isa-l/igzip_lib.h>

#include <algorithm>
#include <cstdint>

namespace aitf::otlp {
namespace {

// ISA-L counts in 32 bits.
constexpr std::size_t kLargestStep = std::size_t{1} << 30;
// Deflate makes at most 1032 bytes of one.
constexpr std::size_t kLargestRatio = 1032;

std::string_view reason(int code) {
  switch (code) {
    case ISAL_INVALID_WRAPPER: return "no gzip header";
    case ISAL_UNSUPPORTED_METHOD: return "unknown compression method";
    case ISAL_INCORRECT_CHECKSUM: return "wrong checksum or length";
    default: return "broken deflate data";
  }
}

tl::unexpected<Error> broken(std::string_view what) {
  return fail(ErrorKind::invalid, "gzip data cannot be inflated: " + std::string(what));
}

// The last four bytes of a gzip file say how long its last member is: right for nearly all bodies, and only a hint.
std::size_t first_guess(std::string_view body, std::size_t limit) {
  std::size_t guess = 0;
  if (body.size() >= 4)
    for (std::size_t i = 1; i <= 4; ++i) guess = (guess << 8) | static_cast<unsigned char>(body[body.size() - i]);
  // One more than the limit shows that there is more; one more than the text saves a last turn.
  return std::min({guess + 1, body.size() * kLargestRatio + 1, limit + 1});
}

tl::unexpected<Error> too_large(std::size_t limit) {
  return fail(ErrorKind::permanent, "gzip data inflates to more than the limit of " + std::to_string(limit) + " bytes",
              "send smaller batches or raise the limit on request size");
}

}  // namespace

struct GzipInflater::State {
  inflate_state isal;
  bool begun = false;
};

bool looks_like_gzip(std::string_view bytes) { return bytes.starts_with("\x1f\x8b"); }

GzipInflater::GzipInflater() : state_(new State) { isal_inflate_init(&state_->isal); }
GzipInflater::~GzipInflater() = default;

bool GzipInflater::is_complete() const { return state_->begun && state_->isal.block_state == ISAL_BLOCK_FINISH; }

void GzipInflater::begin_member() {
  inflate_state& isal = state_->isal;
  std::uint8_t* const room = isal.next_out;
  const std::uint32_t size = isal.avail_out;
  isal_inflate_reset(&isal);
  isal.crc_flag = ISAL_GZIP;
  isal.next_out = room;
  isal.avail_out = size;
  state_->begun = true;
}

Status GzipInflater::step(std::string_view& input) {
  inflate_state& isal = state_->isal;
  const std::size_t offered = std::min(input.size(), kLargestStep);
  isal.next_in = reinterpret_cast<std::uint8_t*>(const_cast<char*>(input.data()));
  isal.avail_in = static_cast<std::uint32_t>(offered);
  const int code = isal_inflate(&isal);
  if (code != ISAL_DECOMP_OK && code != ISAL_END_INPUT && code != ISAL_OUT_OVERFLOW) return broken(reason(code));
  input.remove_prefix(offered - isal.avail_in);
  return {};
}

Result<std::size_t> GzipInflater::inflate(std::string_view& input, char* room, std::size_t size) {
  inflate_state& isal = state_->isal;
  const auto offered = static_cast<std::uint32_t>(std::min(size, kLargestStep));
  isal.next_out = reinterpret_cast<std::uint8_t*>(room);
  isal.avail_out = offered;
  // Empty members make no bytes: go on until some come out or the input ends. With the input at its end one step is
  // still due, since ISA-L may hold the trailer.
  for (bool more = true; more && isal.avail_out == offered;) {
    if (!state_->begun || is_complete()) {
      if (input.empty()) break;
      begin_member();
    }
    const std::size_t before = input.size();
    AITF_CHECK(step(input));
    more = input.size() < before && !input.empty();
  }
  return offered - isal.avail_out;
}

Result<std::string> inflate_gzip(std::string_view body, std::size_t limit) {
  GzipInflater inflater;
  std::string out(first_guess(body, limit), '\0');
  std::size_t filled = 0;
  for (std::string_view rest = body;;) {
    AITF_TRY(const std::size_t made, inflater.inflate(rest, out.data() + filled, out.size() - filled));
    filled += made;
    if (filled > limit) return too_large(limit);
    if (made == 0) break;
    if (filled == out.size()) out.resize(std::min(limit + 1, 2 * filled));
  }
  if (!inflater.is_complete()) return broken("it is cut short after " + std::to_string(body.size()) + " bytes");
  out.resize(filled);
  return out;
}

}  // namespace aitf::otlp
