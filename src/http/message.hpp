#pragma once
// Requests and responses as text: what an answer's head looks like, and the plain refusal.

#include <string>
#include <string_view>

#include "http/server.hpp"

namespace aitf::http {

// ASCII only, as HTTP has it.
bool equal_ignoring_case(std::string_view a, std::string_view b);

// Status line and fields up to the empty line, with Content-Length and Connection.
std::string response_head(const Response& response, bool keep_alive);

// The refusal of a server that was given none: the message as text.
Response plain_refusal(int status, std::string_view message, std::string_view content_type);

}  // namespace aitf::http
