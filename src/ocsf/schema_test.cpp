// The generated tables and structs agree with each other, and captions are found.

#include "ocsf/schema.hpp"

#include <gtest/gtest.h>

#include <string>
#include <tuple>
#include <vector>

#include "ocsf/classes.hpp"

namespace aitf::ocsf {
namespace {

struct KeyCollector {
  std::vector<Text> keys;
  template <class Owner, class Member>
  void field(Text key, Member Owner::*) {
    keys.push_back(key);
  }
  template <class Value>
  void constant(Text key, const Value&) {
    keys.push_back(key);
  }
};

template <class T>
std::vector<Text> described_keys() {
  KeyCollector collector;
  T::describe(collector);
  return collector.keys;
}

std::vector<Text> table_keys(const Item& item) {
  std::vector<Text> keys;
  for (const Field& field : item.fields) keys.push_back(field.key);
  return keys;
}

template <class T>
class EventSchema : public testing::Test {};
using EventClasses = testing::Types<ModelInferenceEvent, AgentActivityEvent, ToolExecutionEvent, DataRetrievalEvent,
                                    SecurityFindingEvent, SupplyChainEvent, GovernanceEvent, IdentityEvent>;
TYPED_TEST_SUITE(EventSchema, EventClasses);

TYPED_TEST(EventSchema, DescribesItsFieldsInTheOrderOfTheTable) {
  EXPECT_EQ(described_keys<TypeParam>(), table_keys(TypeParam::schema()));
  EXPECT_EQ(find_class(TypeParam::class_uid), &TypeParam::schema());
}

TYPED_TEST(EventSchema, StartsWithTheIdsAndEndsWithTheRawData) {
  const auto fields = TypeParam::schema().fields;
  EXPECT_EQ(fields.front().name(), "class_uid");
  EXPECT_EQ(fields.back().name(), "raw_data");
}

TYPED_TEST(EventSchema, HasACaptionForEveryTypeOfAnActivity) {
  const Field* activities = TypeParam::schema().find("activity_id");
  ASSERT_NE(activities, nullptr);
  for (const Caption& activity : activities->captions)
    EXPECT_EQ(type_caption(TypeParam::class_uid * 100 + activity.id),
              std::string(TypeParam::class_name) + ": " + std::string(activity.text));
}

TEST(Schema, DescribesObjectsInTheOrderOfTheTable) {
  EXPECT_EQ(described_keys<Metadata>(), table_keys(Metadata::schema()));
  EXPECT_EQ(described_keys<Finding>(), table_keys(Finding::schema()));
  EXPECT_EQ(described_keys<ContentPart>(), table_keys(ContentPart::schema()));
}

TEST(Schema, FindsCaptionsOfNumbers) {
  EXPECT_EQ(class_caption(7001), "Model Inference");
  EXPECT_EQ(activity_caption(7003, 10), "Sampling Request");
  EXPECT_EQ(activity_caption(7006, 11), "Prompt Version");
  EXPECT_EQ(type_caption(700499), "Data Retrieval: Other");
  EXPECT_EQ(severity_caption(4), "High");
  EXPECT_EQ(status_caption(7001, 1), "Success");
  EXPECT_EQ(status_caption(7005, 1), "New");
  EXPECT_EQ(observable_type_caption(10), "Resource UID");
  EXPECT_EQ(device_type_caption(1), "Server");
}

TEST(Schema, HasNoCaptionForNumbersItDoesNotKnow) {
  EXPECT_EQ(class_caption(7009), "");
  EXPECT_EQ(activity_caption(7001, 6), "");
  EXPECT_EQ(activity_caption(1, 1), "");
  EXPECT_EQ(type_caption(700198), "");
  EXPECT_EQ(severity_caption(-1), "");
  EXPECT_EQ(find_class(70010000000LL), nullptr);
}

TEST(Schema, NamesNeedsTypesAndWords) {
  const Field* type = Model::schema().find("type");
  ASSERT_NE(type, nullptr);
  EXPECT_EQ(type->words.size(), 8U);
  const Field* messages = ModelInferenceEvent::schema().find("messages");
  ASSERT_NE(messages, nullptr);
  EXPECT_TRUE(messages->is_list);
  EXPECT_EQ(messages->object, &ContentPart::schema());
  EXPECT_EQ(Metadata::schema().find("uid")->need, Need::required);
  EXPECT_EQ(Document::schema().find("attributes")->type, Type::map);
  EXPECT_EQ(Metadata::schema().find("no_such"), nullptr);
}

}  // namespace
}  // namespace aitf::ocsf
