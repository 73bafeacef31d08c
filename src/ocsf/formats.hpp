#pragma once
// Shapes of texts that the schema types ip, hostname and email ask for. Private to the room; pure, any thread.

#include <string_view>

namespace aitf::ocsf {

bool is_ip_address(std::string_view text);     // v4, or v6 with or without a zone
bool is_hostname(std::string_view text);       // labels of letters, digits and inner hyphens
bool is_email_address(std::string_view text);  // local part, at sign, domain of two labels or more

}  // namespace aitf::ocsf
