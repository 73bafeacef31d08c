// Any bytes as a configuration file. The environment holds one variable, so that substitution is reached.

#include <cstddef>
#include <cstdint>

#include "daemon/settings.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const aitf::config::Environment environment = [](const std::string& name) -> std::optional<std::string> {
    if (name == "A") return "127.0.0.1:1";
    return std::nullopt;
  };
  const auto settings = aitf::config::parse<aitf::daemon::Settings>({reinterpret_cast<const char*>(data), size},
                                                                    "fuzz.yaml", environment);
  if (settings) return 0;
  for (const auto& problem : settings.error())
    if (problem.text().empty()) __builtin_trap();
  return 0;
}
