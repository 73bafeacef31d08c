// Reads a file as one request or as one a line.

#include "receive/files/read_requests.hpp"

#include "receive/files/content.hpp"
#include "receive/files/input.hpp"

namespace aitf::receive {
namespace {

class RequestReader {
 public:
  RequestReader(Input input, const TakeRequest& take, const Complain& complain, const FileLimits& limits)
      : input_(std::move(input)), take_(take), complain_(complain), limits_(limits) {}

  Status read(Content content);

 private:
  Result<Content> find_out(Content by_name);
  Status read_whole(otlp::Encoding encoding);
  Status read_lines();
  Result<bool> read_line(std::size_t number);
  Result<bool> skip_line();
  // Fills until `mark` is buffered, the limit is passed or the input ends. Gives the position of the mark, else npos.
  Result<std::size_t> fill_to(char mark);
  Status pass_on(otlp::Encoding encoding, std::string_view body, const std::string& where);
  void complain(Error error, const std::string& where);
  void complain_of_size(const std::string& where);

  Input input_;
  const TakeRequest& take_;
  const Complain& complain_;
  const FileLimits& limits_;
};

Status RequestReader::read(Content content) {
  AITF_CHECK(input_.fill());
  if (content == Content::unknown || content == Content::json) {
    AITF_TRY(content, find_out(content));
  }
  if (content == Content::json_lines) return read_lines();
  return read_whole(content == Content::json ? otlp::Encoding::json : otlp::Encoding::protobuf);
}

Result<Content> RequestReader::find_out(Content by_name) {
  if (by_name == Content::unknown && !looks_like_json(input_.buffered())) return Content::protobuf;
  AITF_TRY(const std::size_t end, fill_to('\n'));
  while (end != std::string_view::npos && input_.buffered().size() <= limits_.request_bytes &&
         trim(input_.buffered().substr(end)).empty()) {
    AITF_TRY(const bool more, input_.fill());
    if (!more) break;
  }
  return looks_like_json_lines(input_.buffered()) ? Content::json_lines : Content::json;
}

Result<std::size_t> RequestReader::fill_to(char mark) {
  std::size_t searched = 0;
  for (;;) {
    const std::size_t found = input_.buffered().find(mark, searched);
    searched = input_.buffered().size();
    if (found != std::string_view::npos || searched > limits_.request_bytes) return found;
    AITF_TRY(const bool more, input_.fill());
    if (!more) return std::string_view::npos;
  }
}

Status RequestReader::read_whole(otlp::Encoding encoding) {
  for (bool more = true; more && input_.buffered().size() <= limits_.request_bytes;) {
    AITF_TRY(more, input_.fill());
  }
  if (input_.buffered().size() > limits_.request_bytes) {
    complain_of_size(input_.name());
    return {};
  }
  return pass_on(encoding, input_.buffered(), input_.name());
}

Status RequestReader::read_lines() {
  for (std::size_t number = 1;; ++number) {
    AITF_TRY(const bool more, read_line(number));
    if (!more) return {};
  }
}

// False when there is no further line.
Result<bool> RequestReader::read_line(std::size_t number) {
  AITF_TRY(const std::size_t end, fill_to('\n'));
  const bool is_last = end == std::string_view::npos;
  const std::string_view line = input_.buffered().substr(0, end);
  const std::string where = input_.name() + ":" + std::to_string(number);
  if (line.size() > limits_.request_bytes) {
    complain_of_size(where);
    return skip_line();
  }
  if (!trim(line).empty()) AITF_CHECK(pass_on(otlp::Encoding::json, line, where));
  input_.drop(is_last ? line.size() : end + 1);
  return !is_last;
}

Result<bool> RequestReader::skip_line() {
  for (;;) {
    const std::size_t end = input_.buffered().find('\n');
    if (end != std::string_view::npos) {
      input_.drop(end + 1);
      return true;
    }
    input_.drop(input_.buffered().size());
    AITF_TRY(const bool more, input_.fill());
    if (!more) return false;
  }
}

Status RequestReader::pass_on(otlp::Encoding encoding, std::string_view body, const std::string& where) {
  Status taken = take_({encoding, body, where});
  if (taken) return {};
  const ErrorKind kind = taken.error().kind;
  if (kind != ErrorKind::invalid && kind != ErrorKind::permanent) return taken;
  complain(std::move(taken).error(), where);
  return {};
}

void RequestReader::complain(Error error, const std::string& where) {
  error.message = where + ": " + error.message;
  complain_(error);
}

void RequestReader::complain_of_size(const std::string& where) {
  complain({ErrorKind::permanent,
            "the request is larger than the limit of " + std::to_string(limits_.request_bytes) + " bytes",
            "split it into smaller requests or raise the limit"},
           where);
}

}  // namespace

Status read_requests(const Path& path, const TakeRequest& take, const Complain& complain, const FileLimits& limits) {
  AITF_TRY(Input input, Input::open(path));
  return RequestReader(std::move(input), take, complain, limits).read(content_by_name(path));
}

}  // namespace aitf::receive
