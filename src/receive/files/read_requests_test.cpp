// Requests from files: every kind, compressed or not, with broken ones among them.

#include "receive/files/read_requests.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>

#include <fstream>

namespace aitf::receive {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using namespace std::string_literals;

std::string gzip(std::string_view text) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string out(deflateBound(&stream, text.size()) + 32, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

class ReadRequests : public ::testing::Test {
 public:
  ReadRequests() {
    std::string name = (std::filesystem::temp_directory_path() / "aitf-files-XXXXXX").string();
    directory_ = ::mkdtemp(name.data());
  }
  ~ReadRequests() override { std::filesystem::remove_all(directory_); }

 protected:
  Path file(const std::string& name, std::string_view bytes) {
    std::ofstream(directory_ / name, std::ios::binary) << bytes;
    return directory_ / name;
  }
  // Requests as "place kind body", with the directory left out of the place.
  Status read(const Path& path, std::size_t limit = 1000) {
    taken_.clear();
    complaints_.clear();
    const auto take = [this](const FileRequest& request) -> Status {
      if (request.body.starts_with("{bad")) return fail(ErrorKind::invalid, "no OTLP");
      if (request.body.starts_with("{stop")) return fail(ErrorKind::transient, "disk full");
      const char* const kind = request.encoding == otlp::Encoding::json ? " json " : " protobuf ";
      taken_.push_back(place(request.where) + kind + std::string(request.body));
      return {};
    };
    return read_requests(path, take, [this](const Error& e) { complaints_.push_back(place(e.message)); }, {limit});
  }
  std::string place(std::string_view text) const {
    const std::string prefix = directory_.string() + "/";
    return std::string(text.starts_with(prefix) ? text.substr(prefix.size()) : text);
  }

  Path directory_;
  std::vector<std::string> taken_;
  std::vector<std::string> complaints_;
};

TEST_F(ReadRequests, TakesAFileOfProtobufOrJsonAsOneRequest) {
  EXPECT_TRUE(read(file("a.binpb", "\x0a\x00"s)));
  EXPECT_THAT(taken_, ElementsAre("a.binpb protobuf \x0a\x00"s));
  EXPECT_TRUE(read(file("a.json", "{\n \"a\": {}\n}\n")));
  EXPECT_THAT(taken_, ElementsAre("a.json json {\n \"a\": {}\n}\n"));
  EXPECT_TRUE(read(file("empty.binpb", "")));
  EXPECT_THAT(taken_, ElementsAre("empty.binpb protobuf "));
}

TEST_F(ReadRequests, TakesEachLineOfJsonLines) {
  EXPECT_TRUE(read(file("a.jsonl", "{1}\n\n{2}\r\n{3}")));
  EXPECT_THAT(taken_, ElementsAre("a.jsonl:1 json {1}", "a.jsonl:3 json {2}\r", "a.jsonl:4 json {3}"));
}

TEST_F(ReadRequests, LooksIntoFilesWhoseNameDoesNotTell) {
  EXPECT_TRUE(read(file("a", "{1}")));
  EXPECT_THAT(taken_, ElementsAre("a json {1}"));
  EXPECT_TRUE(read(file("b.log", "{1}\n{2}\n")));
  EXPECT_THAT(taken_, ElementsAre("b.log:1 json {1}", "b.log:2 json {2}"));
  EXPECT_TRUE(read(file("c.json", "{1}\n{2}\n")));
  EXPECT_THAT(taken_, ElementsAre("c.json:1 json {1}", "c.json:2 json {2}"));
  EXPECT_TRUE(read(file("d", "\x0a\x00"s)));
  EXPECT_THAT(taken_, ElementsAre("d protobuf \x0a\x00"s));
}

TEST_F(ReadRequests, InflatesWhateverTheNameSays) {
  EXPECT_TRUE(read(file("a.jsonl.gz", gzip("{1}\n{2") + gzip("}\n"))));
  EXPECT_THAT(taken_, ElementsAre("a.jsonl.gz:1 json {1}", "a.jsonl.gz:2 json {2}"));
  EXPECT_TRUE(read(file("a.json", gzip("{1}"))));
  EXPECT_THAT(taken_, ElementsAre("a.json json {1}"));
  EXPECT_TRUE(read(file("a", gzip("\x0a\x00"s))));
  EXPECT_THAT(taken_, ElementsAre("a protobuf \x0a\x00"s));
  EXPECT_TRUE(read(file("empty.jsonl.gz", gzip(""))));
  EXPECT_THAT(taken_, IsEmpty());
}

TEST_F(ReadRequests, LosesOnlyTheBadLine) {
  EXPECT_TRUE(read(file("a.jsonl", "{1}\n{bad}\n{3}\n")));
  EXPECT_THAT(taken_, ElementsAre("a.jsonl:1 json {1}", "a.jsonl:3 json {3}"));
  EXPECT_THAT(complaints_, ElementsAre("a.jsonl:2: no OTLP"));
}

TEST_F(ReadRequests, LosesOnlyTheLineAboveTheLimit) {
  const std::string body = "{" + std::string(2000, 'x') + "}\n{2}\n{" + std::string(1'000'000, 'y') + "}\n{4}\n" + "{" +
                           std::string(2000, 'z') + "}";
  EXPECT_TRUE(read(file("a.jsonl", body)));
  EXPECT_THAT(taken_, ElementsAre("a.jsonl:2 json {2}", "a.jsonl:4 json {4}"));
  EXPECT_THAT(complaints_, ElementsAre(HasSubstr("a.jsonl:1: the request is larger than the limit of 1000 bytes"),
                                       HasSubstr("a.jsonl:3:"), HasSubstr("a.jsonl:5:")));
}

TEST_F(ReadRequests, TakesARequestOfExactlyTheLimit) {
  const std::string fits = "{" + std::string(998, 'x') + "}";
  EXPECT_TRUE(read(file("a.jsonl", fits + "\n" + fits + "x\n")));
  EXPECT_EQ(taken_.size(), 1u);
  EXPECT_EQ(complaints_.size(), 1u);
  EXPECT_TRUE(read(file("a.binpb", fits)));
  EXPECT_EQ(taken_.size(), 1u);
  EXPECT_TRUE(read(file("b.binpb", fits + "x")));
  EXPECT_THAT(taken_, IsEmpty());
  EXPECT_THAT(complaints_, ElementsAre(HasSubstr("b.binpb: the request is larger than the limit")));
}

TEST_F(ReadRequests, ReadsFilesFarAboveTheLimitLineByLine) {
  std::string body;
  for (int i = 0; i < 100'000; ++i) body += "{" + std::to_string(i) + "}\n";
  for (const Path& path : {file("a.jsonl", body), file("a.jsonl.gz", gzip(body))}) {
    EXPECT_TRUE(read(path));
    ASSERT_EQ(taken_.size(), 100'000u);
    EXPECT_THAT(taken_.back(), HasSubstr(":100000 json {99999}"));
    EXPECT_THAT(complaints_, IsEmpty());
  }
}

TEST_F(ReadRequests, RefusesAGzipBombWithinTheLimit) {
  EXPECT_TRUE(read(file("a.binpb.gz", gzip(std::string(5'000'000, '\0')))));
  EXPECT_THAT(taken_, IsEmpty());
  EXPECT_EQ(complaints_.size(), 1u);
}

TEST_F(ReadRequests, TakesWhatStandsBeforeACutInGzip) {
  std::string body = gzip("{1}\n") + gzip("{2}\n");
  body.resize(body.size() - 3);
  const Status status = read(file("a.jsonl.gz", body));
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().kind, ErrorKind::invalid);
  EXPECT_THAT(status.error().message, HasSubstr("a.jsonl.gz: the gzip data is cut short"));
  EXPECT_THAT(taken_, ElementsAre("a.jsonl.gz:1 json {1}", "a.jsonl.gz:2 json {2}"));
}

TEST_F(ReadRequests, StopsWhenTheTakerCannotGoOn) {
  const Status status = read(file("a.jsonl", "{1}\n{stop}\n{3}\n"));
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().kind, ErrorKind::transient);
  EXPECT_THAT(taken_, ElementsAre("a.jsonl:1 json {1}"));
}

TEST_F(ReadRequests, NamesTheFileThatCannotBeRead) {
  const Status missing = read(directory_ / "none.json");
  ASSERT_FALSE(missing);
  EXPECT_THAT(missing.error().message, HasSubstr("none.json: No such file"));
  EXPECT_FALSE(read(directory_));
}

TEST_F(ReadRequests, ReadsStandardInput) {
  const Path path = file("input", "{1}\n{2}\n");
  const int kept = ::dup(STDIN_FILENO);
  ASSERT_NE(std::freopen(path.c_str(), "rb", stdin), nullptr);
  ASSERT_EQ(::fileno(stdin), STDIN_FILENO);
  EXPECT_TRUE(read("-"));
  ::dup2(kept, STDIN_FILENO);
  ::close(kept);
  EXPECT_THAT(taken_, ElementsAre("standard input:1 json {1}", "standard input:2 json {2}"));
}

}  // namespace
}  // namespace aitf::receive
