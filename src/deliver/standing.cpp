// How a destination stands.
#include "deliver/standing.hpp"

#include <utility>

#include "base/log.hpp"

namespace aitf::deliver {

Standing::Standing(std::string destination, observe::Health& health, int failures_until_bad)
    : destination_(std::move(destination)),
      part_("destination " + destination_),
      health_(health),
      failures_until_bad_(failures_until_bad) {}

void Standing::failed(std::string_view reason, std::string_view answer) {
  if (++failures_ >= failures_until_bad_ || bad_) go_bad(reason, answer);
}

void Standing::blocked(std::string_view reason, std::string_view answer) {
  ++failures_;
  go_bad(reason, answer);
}

void Standing::go_bad(std::string_view reason, std::string_view answer) {
  std::string cause(reason);
  if (!answer.empty()) cause.append(": ").append(answer);
  if (!bad_)
    log::warn("destination does not take events; they are kept and tried again",
              {{"destination", destination_}, {"cause", cause}});
  bad_ = true;
  health_.bad(part_, std::move(cause));
}

void Standing::well() {
  if (bad_) {
    log::info("destination takes events again", {{"destination", destination_}, {"failed_attempts", failures_}});
    health_.good(part_);
  }
  bad_ = false;
  failures_ = 0;
}

}  // namespace aitf::deliver
