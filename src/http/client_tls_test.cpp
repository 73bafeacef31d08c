// The client and TLS: what it trusts. The certificates are made here, at run time.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

#include "http/client.hpp"
#include "http/sigpipe.hpp"
#include "http/socket_peer.hpp"

namespace aitf::http {
namespace {

template <auto free>
struct Free {
  template <class T>
  void operator()(T* thing) const {
    free(thing);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Free<X509_free>>;
using Context = std::unique_ptr<SSL_CTX, Free<SSL_CTX_free>>;
using Session = std::unique_ptr<SSL, Free<SSL_free>>;

void add_extension(X509* certificate, int id, const char* value) {
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, id, value);
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

// Signed by itself, good for `name` (an alternative name as openssl writes it) for an hour.
Certificate make_certificate(EVP_PKEY* key, const char* name) {
  Certificate certificate(X509_new());
  X509_set_version(certificate.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
  X509_set_pubkey(certificate.get(), key);
  X509_NAME* subject = X509_get_subject_name(certificate.get());
  const auto* text = reinterpret_cast<const unsigned char*>("test");
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, text, -1, -1, 0);
  X509_set_issuer_name(certificate.get(), subject);
  add_extension(certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
  add_extension(certificate.get(), NID_subject_alt_name, name);
  X509_sign(certificate.get(), key, EVP_sha256());
  return certificate;
}

std::string write_file(X509* certificate) {
  const std::string path = testing::TempDir() + "aitf_client_tls_" + std::to_string(::getpid()) + ".pem";
  std::FILE* file = std::fopen(path.c_str(), "w");
  PEM_write_X509(file, certificate);
  std::fclose(file);
  return path;
}

// Answers the first request on one connection, if the peer gets that far.
class TlsServer {
 public:
  explicit TlsServer(const char* name)
      : key_(EVP_EC_gen("P-256")),
        certificate_(make_certificate(key_.get(), name)),
        ca_file_(write_file(certificate_.get())),
        context_(SSL_CTX_new(TLS_server_method())) {
    SSL_CTX_use_certificate(context_.get(), certificate_.get());
    SSL_CTX_use_PrivateKey(context_.get(), key_.get());
    thread_ = std::jthread([this] { serve(listener_.accept()); });
  }
  ~TlsServer() {
    received();
    std::filesystem::remove(ca_file_);
  }
  TlsServer(const TlsServer&) = delete;
  TlsServer& operator=(const TlsServer&) = delete;

  std::string ca_file() const { return ca_file_; }
  Call call() const {
    Call call;
    call.url = "https://127.0.0.1:" + std::to_string(listener_.port()) + "/";
    call.body = "body";
    return call;
  }
  // Call it before the client does anything.
  void go_after_the_first_bytes() { goes_early_ = true; }
  // What came through, once the client is done.
  std::string received() {
    if (thread_.joinable()) thread_.join();
    return received_;
  }

 private:
  void serve(const SocketPeer& peer) {
    const SigpipeHeldOff held_off;
    const Session session(SSL_new(context_.get()));
    SSL_set_fd(session.get(), peer.descriptor());
    if (SSL_accept(session.get()) != 1) return;
    char block[4096];
    while (!received_.ends_with("\r\n\r\nbody")) {
      const int count = SSL_read(session.get(), block, sizeof block);
      if (count <= 0) return;
      received_.append(block, static_cast<std::size_t>(count));
      if (goes_early_) return;
    }
    constexpr std::string_view answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    SSL_write(session.get(), answer.data(), answer.size());
    SSL_shutdown(session.get());
  }

  Key key_;
  Certificate certificate_;
  std::string ca_file_;
  Context context_;
  SocketListener listener_;
  std::string received_;
  std::atomic<bool> goes_early_ = false;
  std::jthread thread_;
};

TEST(ClientTls, RefusesACertificateThatNobodyVouchesFor) {
  TlsServer server("IP:127.0.0.1");
  const auto answer = make_client({})->call(server.call());
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, Unanswered::Kind::tls);
  EXPECT_FALSE(answer.error().body_was_sent);
  EXPECT_EQ(server.received(), "");
}

TEST(ClientTls, AcceptsTheCertificateGivenAsAuthority) {
  TlsServer server("IP:127.0.0.1");
  ClientOptions options;
  options.ca_file = server.ca_file();
  const auto answer = make_client(options)->call(server.call());
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->body, "ok");
}

TEST(ClientTls, RefusesACertificateForAnotherName) {
  TlsServer server("DNS:other.example");
  ClientOptions options;
  options.ca_file = server.ca_file();
  const auto answer = make_client(options)->call(server.call());
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, Unanswered::Kind::tls);
  EXPECT_EQ(server.received(), "");
}

TEST(ClientTls, AcceptsAnyCertificateWhenToldNotToVerify) {
  TlsServer server("DNS:other.example");
  ClientOptions options;
  options.verify_tls = false;
  const auto answer = make_client(options)->call(server.call());
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->body, "ok");
}

TEST(ClientTls, OutlivesAServerThatGoesWhileItSends) {
  TlsServer server("IP:127.0.0.1");
  ClientOptions options;
  options.verify_tls = false;
  Call call = server.call();
  const std::string large(20'000'000, 'x');
  call.body = large;
  server.go_after_the_first_bytes();
  const auto answer = make_client(options)->call(call);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, Unanswered::Kind::cut);
}

TEST(ClientTls, TellsAnAuthorityFileThatIsNotThere) {
  ClientOptions options;
  options.ca_file = "/no/such/file.pem";
  TlsServer server("IP:127.0.0.1");
  const auto answer = make_client(options)->call(server.call());
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, Unanswered::Kind::tls);
  EXPECT_THAT(answer.error().message, testing::HasSubstr("/no/such/file.pem"));
}

}  // namespace
}  // namespace aitf::http
