#pragma once
// For tests: an HTTP client that answers from a script and keeps what it was asked.

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "http/client.hpp"

namespace aitf::destinations::splunk {

struct Asked {
  std::string method;
  std::string url;
  std::vector<std::pair<std::string, std::string>> headers;
  std::pair<std::string, std::string> secret_header;
  std::string body;

  std::string header(const std::string& name) const {
    for (const auto& [key, value] : headers)
      if (key == name) return value;
    return {};
  }
};

using Reply = tl::expected<http::Answer, http::Unanswered>;

inline Reply answer(int status, std::string body) { return http::Answer{status, std::move(body), {}, {}, {}}; }
inline Reply code(int status, int number) {
  return answer(status, R"({"text":"t","code":)" + std::to_string(number) + "}");
}
inline Reply refused(int number, int event) {
  return answer(400, R"({"text":"t","code":)" + std::to_string(number) + R"(,"invalid-event-number":)" +
                         std::to_string(event) + "}");
}
inline Reply unanswered(http::Unanswered::Kind kind, std::string message = "no answer") {
  return tl::unexpected(http::Unanswered{kind, false, std::move(message)});
}

// What test and client share; thread safe.
class Script {
 public:
  // Answers when the turns are used up; success unless set. Before the first call.
  std::function<Reply(const Asked&)> otherwise = [](const Asked&) { return code(200, 0); };

  // Answers in turn.
  void then(Reply reply) {
    const std::scoped_lock lock(mutex_);
    replies_.push_back(std::move(reply));
  }
  std::vector<Asked> asked() const {
    const std::scoped_lock lock(mutex_);
    return asked_;
  }
  Reply play(Asked asked) {
    const std::scoped_lock lock(mutex_);
    asked_.push_back(std::move(asked));
    if (replies_.empty()) return otherwise(asked_.back());
    Reply reply = std::move(replies_.front());
    replies_.pop_front();
    return reply;
  }

 private:
  mutable std::mutex mutex_;
  std::deque<Reply> replies_;
  std::vector<Asked> asked_;
};

class ScriptedClient final : public http::Client {
 public:
  explicit ScriptedClient(std::shared_ptr<Script> script) : script_(std::move(script)) {}

  Reply call(const http::Call& call) override {
    return script_->play({call.method,
                          call.url,
                          call.headers,
                          {call.secret_header.first, call.secret_header.second.reveal()},
                          std::string(call.body)});
  }

 private:
  std::shared_ptr<Script> script_;
};

}  // namespace aitf::destinations::splunk
