// Ids are those that the schema's rule 3 fixes, for ever.

#include "ocsf/uid.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace aitf::ocsf {
namespace {

const UidParts kSpan{.trace_id = "8a90a5079c83528ceb907da71517eee6",
                     .span_id = "9f9da9ef5c98e0bd",
                     .kind = "7001:span",
                     .rule_id = {},
                     .part = {}};

TEST(EventUid, IsTheOneOfTheSchemasExample) {
  Arena arena;
  EXPECT_EQ(event_uid(kSpan, arena), "070ec7e3e1e43ac931fbee6598ce9cbc");
}

TEST(EventUid, IsTheSameWhenComputedAgain) {
  Arena arena;
  EXPECT_EQ(event_uid(kSpan, arena), event_uid(kSpan, arena));
}

TEST(EventUid, DependsOnEveryPartAndItsPlace) {
  Arena arena;
  std::set<std::string> uids;
  const UidParts all[] = {
      kSpan,
      {.trace_id = kSpan.span_id, .span_id = kSpan.trace_id, .kind = kSpan.kind, .rule_id = {}, .part = {}},
      {.trace_id = kSpan.trace_id, .span_id = kSpan.span_id, .kind = "7001:content", .rule_id = {}, .part = {}},
      {.trace_id = kSpan.trace_id, .span_id = kSpan.span_id, .kind = kSpan.kind, .rule_id = "a", .part = {}},
      {.trace_id = kSpan.trace_id, .span_id = kSpan.span_id, .kind = kSpan.kind, .rule_id = {}, .part = "a"},
      {.trace_id = kSpan.trace_id,
       .span_id = kSpan.span_id,
       .kind = kSpan.kind,
       .rule_id = {},
       .part = {},
       .ordinal = 1},
      {.trace_id = kSpan.trace_id,
       .span_id = kSpan.span_id,
       .kind = kSpan.kind,
       .rule_id = {},
       .part = {},
       .ordinal = UINT64_MAX},
  };
  for (const UidParts& parts : all) uids.emplace(event_uid(parts, arena));
  EXPECT_EQ(uids.size(), std::size(all));
}

TEST(EventUid, OfAStateAlarmComesFromRuleKeyAndWindowAlone) {
  Arena arena;
  UidParts alarm{.trace_id = {},
                 .span_id = {},
                 .kind = "7005:derived",
                 .rule_id = "AITF-COST-001",
                 .part = "model=gpt-4o-mini@1795586400000"};
  EXPECT_EQ(event_uid(alarm, arena), "e11753b134490f1a1ee9fc3ed178efb7");
  alarm.ordinal = 2;
  EXPECT_EQ(event_uid(alarm, arena), "5c42ecaa01a044dc0876de0b4b28e040");
  alarm.ordinal = 0;
  alarm.kind = "7005:case";
  EXPECT_EQ(event_uid(alarm, arena), "dae4e6e00894407822afa22d1bb6466e");
}

TEST(Sha256Hex, IsThatOfTheStandardsExamples) {
  Arena arena;
  EXPECT_EQ(sha256_hex("", arena), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_hex("abc", arena), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_hex(std::string(1'000'000, 'a'), arena),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

}  // namespace
}  // namespace aitf::ocsf
