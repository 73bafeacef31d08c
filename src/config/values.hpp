#pragma once
// Values with units, as they stand in a configuration: 30s, 10MiB.

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace aitf::config {

// A size in bytes: 65536, 64KiB, 10MiB, 1GB.
struct Bytes {
  std::uint64_t count = 0;
  friend constexpr auto operator<=>(Bytes, Bytes) = default;
};

inline namespace literals {
constexpr Bytes operator""_B(unsigned long long n) { return {n}; }
constexpr Bytes operator""_KiB(unsigned long long n) { return {n << 10}; }
constexpr Bytes operator""_MiB(unsigned long long n) { return {n << 20}; }
constexpr Bytes operator""_GiB(unsigned long long n) { return {n << 30}; }
}  // namespace literals

// 500ms, 30s, 5m, 1h, 7d, 1h30m, or 0; none when it is not a duration or longer than 36500d.
std::optional<std::chrono::milliseconds> duration_from(std::string_view text);
std::string text_of(std::chrono::milliseconds duration);

// A whole number with B, KiB, MiB, GiB, TiB, kB, KB, MB, GB, TB or nothing; none when it is not a size.
std::optional<Bytes> bytes_from(std::string_view text);
std::string text_of(Bytes size);

}  // namespace aitf::config
