#include "http/workers.hpp"

#include <algorithm>
#include <exception>
#include <new>
#include <optional>
#include <string>

#include "base/log.hpp"
#include "http/message.hpp"

namespace aitf::http {
namespace {

std::size_t one_a_core() { return std::max(1u, std::thread::hardware_concurrency()); }

}  // namespace

Response refuse(const Refusal& refusal, int status, std::string_view message, std::string_view content_type) {
  if (!refusal) return plain_refusal(status, message, content_type);
  try {
    return refusal(status, message, content_type);
  } catch (const std::exception& e) {
    log::error("cannot make the answer to a refused request", {{"reason", e.what()}});
    return plain_refusal(status, message, content_type);
  }
}

Workers::Workers(std::size_t threads, std::size_t capacity, Handler handler, Refusal refusal)
    : handler_(std::move(handler)), refusal_(std::move(refusal)), queue_(capacity) {
  const std::size_t count = threads == 0 ? one_a_core() : threads;
  threads_.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    threads_.emplace_back([this](std::stop_token stop) { work(stop); });
  }
}

void Workers::finish() {
  queue_.close();
  threads_.clear();
}

void Workers::work(std::stop_token stop) {
  while (std::optional<Job> job = queue_.pop(stop)) {
    Response response = answer(std::move(job->request));
    const std::function<void(Response)> done = std::move(job->done);
    job.reset();  // the body's memory is free before the sender can come back with more
    done(std::move(response));
  }
}

Response Workers::answer(Request&& request) const {
  const std::string content_type(request.header("content-type"));
  try {
    return handler_(std::move(request));
  } catch (const std::bad_alloc&) {
    log::error("there was no memory for a request", {{"bytes", request.body.size()}});
    return refuse(refusal_, 503, "out of memory, try again", content_type);  // a 500 would make the sender drop it
  } catch (const std::exception& e) {
    log::error("a request handler failed", {{"reason", e.what()}});
  } catch (...) {
    log::error("a request handler failed");
  }
  return refuse(refusal_, 500, "internal error", content_type);
}

}  // namespace aitf::http
