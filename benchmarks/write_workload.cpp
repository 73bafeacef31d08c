// Writes the benchmark's load to files, one request each: write_workload FOLDER REQUESTS SPANS

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>

#include "workload.hpp"

int main(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "usage: write_workload FOLDER REQUESTS SPANS\n";
    return 2;
  }
  const std::string folder = argv[1];
  const auto requests = std::strtoul(argv[2], nullptr, 10);
  const auto spans = std::strtoul(argv[3], nullptr, 10);
  for (unsigned i = 0; i < requests; ++i)
    std::ofstream(folder + "/" + std::to_string(i) + ".binpb", std::ios::binary)
        << aitf::benchmarks::chat_request(spans, i);
  return 0;
}
