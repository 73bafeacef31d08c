#pragma once
// The program's version, as `aitf version`, metadata.product.version and the User-Agent say it.

#include <string_view>

namespace aitf::daemon {

inline constexpr std::string_view version = "0.1.0";

}  // namespace aitf::daemon
