// Reads trace and span ids and says what is wrong with them.

#include "otlp/ids.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace aitf::otlp {
namespace {

constexpr char kDigits[] = "0123456789abcdef";

constexpr std::array<std::array<char, 2>, 256> pairs() {
  std::array<std::array<char, 2>, 256> table{};
  for (std::size_t i = 0; i < table.size(); ++i) table[i] = {kDigits[i >> 4], kDigits[i & 15]};
  return table;
}
constexpr auto kPairs = pairs();

// The digit in lower case; 0 when it is none.
constexpr std::array<char, 256> lower_digits() {
  std::array<char, 256> table{};
  for (const char c : std::string_view(kDigits)) table[static_cast<std::uint8_t>(c)] = c;
  for (char c = 'A'; c <= 'F'; ++c) table[static_cast<std::uint8_t>(c)] = static_cast<char>(c - 'A' + 'a');
  return table;
}
constexpr auto kLowerDigits = lower_digits();

char lower_digit(char c) { return kLowerDigits[static_cast<std::uint8_t>(c)]; }

bool is_hex(std::string_view text) {
  bool all = true;
  for (const char c : text) all &= lower_digit(c) != 0;
  return all;
}

}  // namespace

void write_hex(std::string_view bytes, char* out) {
  for (const char byte : bytes) {
    std::memcpy(out, kPairs[static_cast<std::uint8_t>(byte)].data(), 2);
    out += 2;
  }
}

bool is_zero_id(std::string_view raw, IdForm form) {
  return raw.find_first_not_of(form == IdForm::bytes ? '\0' : '0') == std::string_view::npos;
}

std::string_view read_id(std::string_view raw, IdForm form, std::size_t bytes, Arena& arena) {
  const std::size_t length = form == IdForm::bytes ? bytes : 2 * bytes;
  if (raw.size() != length || is_zero_id(raw, form)) return {};
  if (form == IdForm::hex && !is_hex(raw)) return {};
  char* const place = arena.characters(2 * bytes);
  if (form == IdForm::bytes)
    write_hex(raw, place);
  else
    std::transform(raw.begin(), raw.end(), place, lower_digit);
  return {place, 2 * bytes};
}

std::string id_problem(std::string_view field, std::string_view raw, IdForm form, std::size_t bytes) {
  const bool hex = form == IdForm::hex;
  const std::size_t length = hex ? 2 * bytes : bytes;
  const std::string must = std::to_string(length) + (hex ? " hexadecimal digits" : "");
  std::string text(field);
  if (raw.empty()) return text + " is missing, must have " + must;
  if (raw.size() != length)
    return text + " has " + std::to_string(raw.size()) + (hex ? " characters" : " bytes") + ", must have " + must;
  if (is_zero_id(raw, form)) return text + " is all zero";
  return text + " holds characters that are no hexadecimal digits";
}

}  // namespace aitf::otlp
