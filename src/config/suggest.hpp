#pragma once
// "did you mean": the known word nearest to a wrong one.

#include <string>
#include <string_view>
#include <vector>

namespace aitf::config {

// The nearest word, if a typing error explains the difference; else empty.
std::string_view nearest(std::string_view wrong, const std::vector<std::string_view>& words);

}  // namespace aitf::config
