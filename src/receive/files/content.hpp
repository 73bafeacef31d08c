#pragma once
// What a file of requests holds, by its name and its first bytes. Pure.

#include <string_view>

#include "base/files.hpp"

namespace aitf::receive {

enum class Content { unknown, protobuf, json, json_lines };

// By extension, ".gz" aside. `json` may turn out to be JSON lines.
Content content_by_name(const Path& path);

// True when protobuf cannot begin like this: JSON, after white space or a byte order mark.
bool looks_like_json(std::string_view bytes);

// True when the first line of `bytes` is a whole object by its look and more follows: JSON lines. All of the first line
// must be in `bytes`, and some of what follows if there is any.
bool looks_like_json_lines(std::string_view bytes);

// `text` without white space at both ends.
std::string_view trim(std::string_view text);

}  // namespace aitf::receive
