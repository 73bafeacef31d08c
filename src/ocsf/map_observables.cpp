// Values worth pivoting on.

#include "ocsf/map_observables.hpp"

#include <algorithm>

namespace aitf::ocsf {
namespace {

constexpr std::size_t kMost = 64;
constexpr std::int64_t kHostname = 1, kIpAddress = 2, kUserName = 4, kEmailAddress = 5, kUrl = 6, kResourceUid = 10;

}  // namespace

void Observables::add(Text name, std::int64_t type_id, Text value) {
  if (value.empty() || found_.size() == kMost) return;
  const auto same = [&](const Observable& one) { return one.type_id == type_id && one.value == value; };
  if (std::ranges::any_of(found_, same)) return;
  found_.push_back({.name = name, .type_id = type_id, .type = observable_type_caption(type_id), .value = value});
}

void Observables::add_hostname(Text name, Text value) { add(name, kHostname, lower(arena_, value)); }
void Observables::add_ip(Text name, Text value) { add(name, kIpAddress, value); }
void Observables::add_resource(Text name, Text value) { add(name, kResourceUid, value); }

void Observables::add_user(const std::optional<Actor>& actor) {
  if (!actor || !actor->user) return;
  add("actor.user.name", kUserName, actor->user->name);
  add("actor.user.email_addr", kEmailAddress, actor->user->email_addr);
}

void Observables::add_url(Text name, Text value) {
  if (is_http_url(value)) add(name, kUrl, value);
}

void Observables::add_documents(const std::vector<Document>& documents) {
  for (std::size_t i = 0; i < documents.size() && found_.size() < kMost; ++i) {
    if (!is_http_url(documents[i].uri)) continue;
    const Text index = decimal(arena_, static_cast<std::int64_t>(i));
    add_url(join(arena_, {"documents[", index, "].uri"}), documents[i].uri);
  }
}

}  // namespace aitf::ocsf
