#include "http/client.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <atomic>

#include "http/sigpipe.hpp"

namespace aitf::http {
namespace {

struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using HeaderList = std::unique_ptr<curl_slist, FreeList>;

struct CloseHandle {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
using Handle = std::unique_ptr<CURL, CloseHandle>;

struct FreeUrl {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

// Where an answer goes.
struct Sink {
  std::string text;
  std::size_t most = 0;
  bool head_is_whole = false;  // for curl, half a head is an answer
};

extern "C" std::size_t take_field(char* data, std::size_t size, std::size_t count, void* sink) {
  const std::string_view line(data, size * count);
  static_cast<Sink*>(sink)->head_is_whole = line == "\r\n" || line == "\n";
  return line.size();
}

extern "C" std::size_t take_body(char* data, std::size_t size, std::size_t count, void* sink) {
  auto& kept = *static_cast<Sink*>(sink);
  const std::size_t bytes = size * count;
  kept.text.append(data, std::min(bytes, kept.most - kept.text.size()));
  return bytes;
}

// curl asks about once a second, also while nothing moves; not 0 ends the transfer.
extern "C" int must_stop(void* interrupted, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<std::atomic<bool>*>(interrupted)->load() ? 1 : 0;
}

void add(HeaderList& list, const std::string& name, const std::string& value) {
  // "Name;" is curl's way to send a field without a value; "Name:" would remove it.
  const std::string line = value.empty() ? name + ";" : name + ": " + value;
  list.reset(curl_slist_append(list.release(), line.c_str()));
}

HeaderList header_list(const Call& call) {
  HeaderList list;
  list.reset(curl_slist_append(nullptr, "Expect:"));  // waiting for 100 costs a round trip and helps nobody here
  bool has_type = false;
  for (const auto& [name, value] : call.headers) {
    add(list, name, value);
    has_type = has_type || curl_strequal(name.c_str(), "content-type") != 0;
  }
  if (!has_type) list.reset(curl_slist_append(list.release(), "Content-Type:"));  // else curl says it is a form
  if (!call.secret_header.second.empty()) add(list, call.secret_header.first, call.secret_header.second.reveal());
  return list;
}

std::string without_secrets(const std::string& url) {
  const std::unique_ptr<CURLU, FreeUrl> parts(curl_url());
  if (curl_url_set(parts.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK) return "the URL";
  for (const CURLUPart part :
       {CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_OPTIONS, CURLUPART_QUERY, CURLUPART_FRAGMENT}) {
    curl_url_set(parts.get(), part, nullptr, 0);
  }
  char* text = nullptr;
  if (curl_url_get(parts.get(), CURLUPART_URL, &text, 0) != CURLUE_OK) return "the URL";
  const std::unique_ptr<char, decltype(&curl_free)> owned(text, curl_free);
  return owned.get();
}

Unanswered::Kind kind_of(CURLcode code) {
  switch (code) {
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_URL_MALFORMAT:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
    case CURLE_INTERFACE_FAILED: return Unanswered::Kind::unreachable;
    case CURLE_OPERATION_TIMEDOUT: return Unanswered::Kind::timed_out;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_ENGINE_NOTFOUND:
    case CURLE_SSL_ENGINE_SETFAILED:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_CRL_BADFILE:
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_USE_SSL_FAILED: return Unanswered::Kind::tls;
    default: return Unanswered::Kind::cut;
  }
}

class CurlClient final : public Client {
 public:
  explicit CurlClient(ClientOptions options) : options_(std::move(options)), handle_(curl_easy_init()) {}
  tl::expected<Answer, Unanswered> call(const Call& call) override;
  void interrupt() override { interrupted_ = true; }

 private:
  template <class T>
  void set(CURLoption option, T value) {
    curl_easy_setopt(handle_.get(), option, value);
  }
  CURLcode perform();
  void set_carriage();
  void set_method(const Call& call);
  Answer answer(Sink& sink) const;
  Unanswered unanswered(CURLcode code, const Call& call, const char* reason) const;

  const ClientOptions options_;
  const Handle handle_;
  std::atomic<bool> interrupted_ = false;
};

tl::expected<Answer, Unanswered> CurlClient::call(const Call& call) {
  char reason[CURL_ERROR_SIZE] = {};
  Sink sink{{}, options_.answer_bytes, false};
  const HeaderList headers = header_list(call);
  curl_easy_reset(handle_.get());  // keeps the connections
  set_carriage();
  set_method(call);
  set(CURLOPT_URL, call.url.c_str());
  set(CURLOPT_HTTPHEADER, headers.get());
  set(CURLOPT_ERRORBUFFER, static_cast<char*>(reason));
  set(CURLOPT_HEADERFUNCTION, &take_field);
  set(CURLOPT_HEADERDATA, static_cast<void*>(&sink));
  set(CURLOPT_WRITEFUNCTION, &take_body);
  set(CURLOPT_WRITEDATA, static_cast<void*>(&sink));
  CURLcode code = perform();
  if (code == CURLE_OK && !sink.head_is_whole) code = CURLE_GOT_NOTHING;
  set(CURLOPT_ERRORBUFFER, static_cast<char*>(nullptr));
  if (code != CURLE_OK) return tl::unexpected<Unanswered>(unanswered(code, call, reason));
  return answer(sink);
}

CURLcode CurlClient::perform() {
  const SigpipeHeldOff held_off;
  return curl_easy_perform(handle_.get());
}

void CurlClient::set_carriage() {
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_USERAGENT, "aitf");
  set(CURLOPT_TCP_KEEPALIVE, 1L);
  set(CURLOPT_NOPROGRESS, 0L);
  set(CURLOPT_XFERINFOFUNCTION, &must_stop);
  set(CURLOPT_XFERINFODATA, static_cast<void*>(&interrupted_));
  set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options_.connect_time.count()));
  set(CURLOPT_TIMEOUT_MS, static_cast<long>(options_.request_time.count()));
  set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(CURLOPT_SSL_VERIFYPEER, options_.verify_tls ? 1L : 0L);
  set(CURLOPT_SSL_VERIFYHOST, options_.verify_tls ? 2L : 0L);
  if (!options_.ca_file.empty()) set(CURLOPT_CAINFO, options_.ca_file.c_str());
}

void CurlClient::set_method(const Call& call) {
  if (call.method == "HEAD") {
    set(CURLOPT_NOBODY, 1L);
  } else if (call.method == "POST" || !call.body.empty()) {
    set(CURLOPT_POST, 1L);
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(call.body.size()));
    set(CURLOPT_POSTFIELDS, call.body.empty() ? "" : call.body.data());
    if (call.method != "POST") set(CURLOPT_CUSTOMREQUEST, call.method.c_str());
  } else if (call.method != "GET") {
    set(CURLOPT_CUSTOMREQUEST, call.method.c_str());
  }
}

Answer CurlClient::answer(Sink& sink) const {
  Answer answer;
  long status = 0;
  curl_off_t retry_after = 0;
  const char* type = nullptr;
  const char* location = nullptr;
  curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(handle_.get(), CURLINFO_RETRY_AFTER, &retry_after);
  curl_easy_getinfo(handle_.get(), CURLINFO_CONTENT_TYPE, &type);
  curl_easy_getinfo(handle_.get(), CURLINFO_REDIRECT_URL, &location);
  answer.status = static_cast<int>(status);
  answer.body = std::move(sink.text);
  if (type != nullptr) answer.content_type = type;
  if (location != nullptr) answer.location = location;
  // A day is longer than anyone waits, and keeps the product in range.
  constexpr curl_off_t most = curl_off_t{24} * 3600;
  if (retry_after > 0) answer.retry_after = std::chrono::seconds(std::min(retry_after, most));
  return answer;
}

Unanswered CurlClient::unanswered(CURLcode code, const Call& call, const char* reason) const {
  curl_off_t sent = 0;
  long request = 0;
  curl_easy_getinfo(handle_.get(), CURLINFO_SIZE_UPLOAD_T, &sent);
  curl_easy_getinfo(handle_.get(), CURLINFO_REQUEST_SIZE, &request);
  const bool body_was_sent = request > 0 && sent >= static_cast<curl_off_t>(call.body.size());
  std::string message = "no answer from " + without_secrets(call.url) + ": " + curl_easy_strerror(code);
  if (*reason != '\0') message.append(" (").append(reason).append(")");
  // Curl's word for an answer that is no HTTP is the one for a URL that is none.
  const bool is_no_http = code == CURLE_UNSUPPORTED_PROTOCOL && request > 0;
  return {is_no_http ? Unanswered::Kind::cut : kind_of(code), body_was_sent, std::move(message)};
}

}  // namespace

std::unique_ptr<Client> make_client(const ClientOptions& options) {
  static const CURLcode once = curl_global_init(CURL_GLOBAL_DEFAULT);
  static_cast<void>(once);
  return std::make_unique<CurlClient>(options);
}

}  // namespace aitf::http
