#pragma once
// For tests: the stand-in of the collector (tests/peers/hec_stub) as a process of its own, on a port of its own. It
// ends with its object, and with the test's process.

#include <string>

namespace aitf::destinations::splunk {

class StubProcess {
 public:
  // `config` is the stub's configuration, JSON.
  explicit StubProcess(const std::string& config);
  ~StubProcess();
  StubProcess(const StubProcess&) = delete;
  StubProcess& operator=(const StubProcess&) = delete;

  const std::string& url() const { return url_; }
  const std::string& certificate() const { return certificate_; }  // a path, with TLS only

 private:
  void run(const std::string& config, int input, int output) const;
  void read_where_it_listens(int output);

  int process_ = -1;
  int input_ = -1;  // the stub ends when this closes
  std::string url_;
  std::string certificate_;
};

}  // namespace aitf::destinations::splunk
