#pragma once
// How a destination stands, for health and for the log: one line when it goes bad, one when it is well again,
// whatever the number of attempts between. One thread.

#include <string>
#include <string_view>

#include "observe/health.hpp"

namespace aitf::deliver {

class Standing {
 public:
  Standing(std::string destination, observe::Health& health, int failures_until_bad);

  // One more failure in a row. `reason` is a constant word, `answer` the same in full, or empty.
  void failed(std::string_view reason, std::string_view answer);
  // A failure that only a person can mend: bad at once.
  void blocked(std::string_view reason, std::string_view answer);
  void well();

 private:
  void go_bad(std::string_view reason, std::string_view answer);

  std::string destination_;
  std::string part_;  // health's name for it
  observe::Health& health_;
  int failures_until_bad_;
  int failures_ = 0;
  bool bad_ = false;
};

}  // namespace aitf::deliver
