#pragma once
// OTLP requests from files and standard input: protobuf, JSON, and JSON lines as the OpenTelemetry Collector's file
// exporter writes them; each also as gzip of one or many members. One thread at a time.
//
// The name's extension says what a file holds (.binpb .pb, .json, .jsonl .ndjson, each with .gz); otherwise, and for
// .json with a whole object on its first line and more after it, the content does.

#include <cstddef>
#include <functional>
#include <string_view>

#include "base/files.hpp"
#include "base/result.hpp"
#include "otlp/reply.hpp"

namespace aitf::receive {

struct FileRequest {
  otlp::Encoding encoding;
  std::string_view body;   // valid until take() returns
  std::string_view where;  // "traces.jsonl:3", "traces.binpb", "standard input"
};

// Called for each request. An error of kind invalid or permanent costs this request only and is passed to
// `complain`; any other one ends the reading.
using TakeRequest = std::function<Status(const FileRequest&)>;
// Told of each request that could not be read or was not taken. The message begins with file and line.
using Complain = std::function<void(const Error&)>;

struct FileLimits {
  std::size_t request_bytes = std::size_t{64}
                              << 20;  // of one request, inflated: of the file, or of a line of JSON lines
};

// Reads `path`, or standard input for "-", to its end. Files larger than memory are read line by line.
// Error: the file cannot be opened, read or inflated to its end (requests before that point were taken), or what
// take() returned.
Status read_requests(const Path& path, const TakeRequest& take, const Complain& complain,
                     const FileLimits& limits = {});

}  // namespace aitf::receive
