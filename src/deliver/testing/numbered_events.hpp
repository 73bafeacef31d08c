#pragma once
// For tests: events that carry a number as their uid, so that a test can count what came, what is missing and what
// came twice.

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "journal/journal.hpp"

namespace aitf::deliver::testing {

using Number = std::uint64_t;
using Numbers = std::vector<Number>;

// 32 hex, as a metadata.uid is.
inline std::string uid_of(Number number) {
  char text[33];
  std::snprintf(text, sizeof text, "%032llx", static_cast<unsigned long long>(number));
  return text;
}

// A small event of class 7001 as canonical JSON, with `padding` more bytes in its message.
inline std::string event_of(Number number, std::size_t padding = 0) {
  return R"({"class_uid":7001,"time":1795584269077,"message":"event)" + std::string(padding, '.') +
         R"(","metadata":{"uid":")" + uid_of(number) +
         R"("},"trace":{"uid":"7a755b63eb61d3cd1016e5ea256a4326","span":{"uid":"0e98597d42a2455c"}}})";
}

// The numbers of all events in a text, in their order: a request's body, a file, a line.
inline Numbers numbers_in(std::string_view text) {
  constexpr std::string_view kKey = R"("metadata":{"uid":")";
  Numbers numbers;
  for (std::size_t at = text.find(kKey); at != std::string_view::npos; at = text.find(kKey, at + 1))
    if (at + kKey.size() + 32 <= text.size())
      numbers.push_back(std::stoull(std::string(text.substr(at + kKey.size(), 32)), nullptr, 16));
  return numbers;
}

// Appends events first, first + 1, … in one append. Their numbers are their sequences when the journal is new.
inline Result<journal::Sequence> append_events(journal::Journal& journal, Number first, std::size_t count,
                                               std::size_t padding = 0) {
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < count; ++i) {
    texts.push_back(uid_of(first + i));
    texts.push_back(event_of(first + i, padding));
  }
  std::vector<journal::Record> records;
  for (std::size_t i = 0; i < count; ++i)
    records.push_back({.class_uid = 7001,
                       .severity_id = 1,
                       .time_ms = 1'795'584'269'077,
                       .uid = texts[2 * i],
                       .payload = texts[2 * i + 1]});
  return journal.append(records);
}

// first … last, both included.
inline Numbers sequence_of(Number first, Number last) {
  Numbers numbers;
  for (Number number = first; number <= last; ++number) numbers.push_back(number);
  return numbers;
}

inline Numbers sorted(Numbers numbers) {
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

}  // namespace aitf::deliver::testing
