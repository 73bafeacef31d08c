#pragma once
// Points in time as text for people and for file names, always UTC. Any thread.

#include <cstdint>
#include <string>

namespace aitf::deliver {

std::string utc_text(std::int64_t unix_ms);   // 2026-11-25T21:14:09.077Z
std::string utc_day(std::int64_t unix_ms);    // 20261125
std::string utc_stamp(std::int64_t unix_ms);  // 20261125T211409Z

}  // namespace aitf::deliver
