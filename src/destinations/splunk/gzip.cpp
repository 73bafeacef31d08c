// See gzip.hpp.

#include "destinations/splunk/gzip.hpp"

#include <isa-l/igzip_lib.h>

#include <limits>

namespace aitf::destinations::splunk {

std::string_view Gzip::compress(std::string_view text) {
  if (text.size() > std::numeric_limits<std::uint32_t>::max()) return {};
  level_memory_.resize(ISAL_DEF_LVL1_DEFAULT);
  if (out_.size() < text.size()) out_.resize(text.size());

  isal_zstream stream;
  isal_deflate_init(&stream);
  stream.level = 1;
  stream.level_buf = level_memory_.data();
  stream.level_buf_size = static_cast<std::uint32_t>(level_memory_.size());
  stream.gzip_flag = IGZIP_GZIP;
  stream.end_of_stream = 1;
  // igzip only reads it, but its struct is older than const.
  stream.next_in = reinterpret_cast<std::uint8_t*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<std::uint32_t>(text.size());
  stream.next_out = out_.data();
  stream.avail_out = static_cast<std::uint32_t>(text.size());
  if (isal_deflate(&stream) != COMP_OK || stream.internal_state.state != ZSTATE_END) return {};
  return {reinterpret_cast<const char*>(out_.data()), stream.total_out};
}

}  // namespace aitf::destinations::splunk
