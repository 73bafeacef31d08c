#pragma once
// The fixed pool of threads on which handlers run.

#include <cstddef>
#include <functional>
#include <thread>
#include <vector>

#include "base/bounded_queue.hpp"
#include "http/memory_budget.hpp"
#include "http/server.hpp"

namespace aitf::http {

struct Job {
  Request request;
  Reservation memory;                  // of the request's body
  std::function<void(Response)> done;  // called once, on the worker's thread
};

// Runs `refusal`, or the plain one if that throws.
Response refuse(const Refusal& refusal, int status, std::string_view message, std::string_view content_type);

// Thread safe.
class Workers {
 public:
  // `threads` 0: one a core. At most `capacity` jobs wait.
  Workers(std::size_t threads, std::size_t capacity, Handler handler, Refusal refusal);
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  // False when the queue is full or finish() was called; the job is then untouched.
  bool submit(Job& job) { return queue_.try_push(job); }
  // Takes no more jobs, does those that wait, joins. Not on a worker's thread.
  void finish();

 private:
  void work(std::stop_token stop);
  Response answer(Request&& request) const;

  const Handler handler_;
  const Refusal refusal_;
  BoundedQueue<Job> queue_;
  std::vector<std::jthread> threads_;
};

}  // namespace aitf::http
