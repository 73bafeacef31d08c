// Look-ups in the tables of the event schema.

#include "ocsf/schema.hpp"

#include <algorithm>

#include "ocsf/objects.hpp"

namespace aitf::ocsf {
namespace {

constexpr std::int64_t kTypesOfClass = 100;  // type_uid = class_uid * 100 + activity_id

Text caption(const Item* item, Text field_name, std::int64_t id) {
  const Field* field = item == nullptr ? nullptr : item->find(field_name);
  if (field == nullptr) return {};
  const auto found = std::ranges::lower_bound(field->captions, id, {}, &Caption::id);
  return found != field->captions.end() && found->id == id ? found->text : Text{};
}

}  // namespace

const Field* Item::find(Text field_name) const {
  const auto found = std::ranges::find(fields, field_name, &Field::name);
  return found == fields.end() ? nullptr : &*found;
}

const Item* find_class(std::int64_t class_uid) {
  for (const ClassItem& one : classes())
    if (one.class_uid == class_uid) return one.item;
  return nullptr;
}

Text class_caption(std::int64_t class_uid) {
  const Item* item = find_class(class_uid);
  return item == nullptr ? Text{} : item->caption;
}

Text activity_caption(std::int64_t class_uid, std::int64_t activity_id) {
  return caption(find_class(class_uid), "activity_id", activity_id);
}

Text type_caption(std::int64_t type_uid) { return caption(find_class(type_uid / kTypesOfClass), "type_uid", type_uid); }

Text severity_caption(std::int64_t severity_id) { return caption(classes().front().item, "severity_id", severity_id); }

Text status_caption(std::int64_t class_uid, std::int64_t status_id) {
  return caption(find_class(class_uid), "status_id", status_id);
}

Text observable_type_caption(std::int64_t type_id) { return caption(&Observable::schema(), "type_id", type_id); }

Text device_type_caption(std::int64_t type_id) { return caption(&Device::schema(), "type_id", type_id); }

}  // namespace aitf::ocsf
