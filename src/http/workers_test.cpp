#include "http/workers.hpp"

#include <gtest/gtest.h>

#include <future>
#include <stdexcept>

namespace aitf::http {
namespace {

Response run(Workers& workers, MemoryBudget& budget, Request request) {
  std::promise<Response> answer;
  Job job{std::move(request), Reservation(budget), [&](Response r) { answer.set_value(std::move(r)); }};
  EXPECT_TRUE(workers.submit(job));
  return answer.get_future().get();
}

TEST(Workers, AnswerWhatTheHandlerReturns) {
  MemoryBudget budget(100);
  Workers workers(2, 10, [](Request&& r) { return Response{201, {}, r.path}; }, {});
  Request request;
  request.path = "/x";
  const Response response = run(workers, budget, std::move(request));
  EXPECT_EQ(response.status, 201);
  EXPECT_EQ(response.body, "/x");
}

TEST(Workers, MakeAServerErrorOfAnExceptionInThePeersLanguage) {
  MemoryBudget budget(100);
  const Refusal refusal = [](int status, std::string_view, std::string_view type) {
    return Response{status, {}, std::string(type)};
  };
  Workers workers(1, 10, [](Request&&) -> Response { throw std::runtime_error("secret detail"); }, refusal);
  Request request;
  request.headers = {{"content-type", "application/json"}};
  const Response response = run(workers, budget, std::move(request));
  EXPECT_EQ(response.status, 500);
  EXPECT_EQ(response.body, "application/json");
}

TEST(Workers, SayNothingOfAnExceptionToThePeer) {
  MemoryBudget budget(100);
  const Refusal failing = [](int, std::string_view, std::string_view) -> Response { throw std::runtime_error("b"); };
  Workers workers(1, 10, [](Request&&) -> Response { throw std::runtime_error("secret detail"); }, failing);
  const Response response = run(workers, budget, {});
  EXPECT_EQ(response.status, 500);
  EXPECT_EQ(response.body.find("secret"), std::string::npos);
}

TEST(Workers, GiveTheMemoryBackBeforeTheyAnswer) {
  MemoryBudget budget(100);
  Workers workers(1, 10, [](Request&&) { return Response{}; }, {});
  Reservation memory(budget);
  ASSERT_TRUE(memory.grow_to(70));
  std::promise<std::size_t> used;
  Job job{{}, std::move(memory), [&](const Response&) { used.set_value(budget.used()); }};
  ASSERT_TRUE(workers.submit(job));
  EXPECT_EQ(used.get_future().get(), 0u);
}

TEST(Workers, DoWhatWaitsBeforeTheyFinishAndTakeNoMore) {
  MemoryBudget budget(100);
  int done = 0;
  Workers workers(1, 10, [](Request&&) { return Response{}; }, {});
  for (int i = 0; i < 5; ++i) {
    Job job{{}, Reservation(budget), [&](const Response&) { ++done; }};
    ASSERT_TRUE(workers.submit(job));
  }
  workers.finish();
  EXPECT_EQ(done, 5);
  Job late{{}, Reservation(budget), [](const Response&) {}};
  EXPECT_FALSE(workers.submit(late));
}

TEST(MemoryBudget, NeverGoesPastItsLimit) {
  MemoryBudget budget(100);
  Reservation first(budget);
  EXPECT_TRUE(first.grow_to(60));
  EXPECT_TRUE(first.grow_to(10));  // never shrinks
  {
    Reservation second(budget);
    EXPECT_FALSE(second.grow_to(41));
    EXPECT_TRUE(second.grow_to(40));
    EXPECT_EQ(budget.used(), 100u);
  }
  EXPECT_EQ(budget.used(), 60u);
  EXPECT_FALSE(first.grow_to(std::size_t{0} - 1));
}

}  // namespace
}  // namespace aitf::http
