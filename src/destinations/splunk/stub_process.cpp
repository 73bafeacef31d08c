// See stub_process.hpp.

#include "destinations/splunk/stub_process.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <stdexcept>

namespace aitf::destinations::splunk {
namespace {

std::array<int, 2> make_pipe() {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  return ends;
}

}  // namespace

StubProcess::StubProcess(const std::string& config) {
  const auto input = make_pipe();
  const auto output = make_pipe();
  process_ = fork();
  if (process_ == 0) run(config, input[0], output[1]);
  close(input[0]);
  close(output[1]);
  input_ = input[1];
  read_where_it_listens(output[0]);
}

StubProcess::~StubProcess() {
  close(input_);
  if (process_ > 0) waitpid(process_, nullptr, 0);
}

void StubProcess::run(const std::string& config, int input, int output) const {
  dup2(input, STDIN_FILENO);
  dup2(output, STDOUT_FILENO);
  execlp("python3", "python3", AITF_TEST_DATA "/../peers/hec_stub/hec_stub.py", "--until-stdin-closes", "--config",
         config.c_str(), static_cast<char*>(nullptr));
  _exit(127);
}

void StubProcess::read_where_it_listens(int output) {
  std::FILE* lines = fdopen(output, "r");
  if (lines == nullptr) throw std::runtime_error("no stream on the stub's output");
  std::array<char, 4096> line{};
  while (url_.empty() && std::fgets(line.data(), line.size(), lines) != nullptr) {
    std::string text(line.data());
    text.pop_back();
    if (text.starts_with("certificate ")) certificate_ = text.substr(12);
    if (text.starts_with("listening ")) url_ = text.substr(10);
  }
  std::fclose(lines);
  if (url_.empty()) throw std::runtime_error("the stub does not start; is python3 there?");
}

}  // namespace aitf::destinations::splunk
