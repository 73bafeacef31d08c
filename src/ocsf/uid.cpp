// SHA-256 by libcrypto; algorithm and context are fetched once, which costs more than hashing a short text.

#include "ocsf/uid.hpp"

#include <openssl/evp.h>

#include <array>
#include <charconv>
#include <memory>
#include <span>
#include <stdexcept>

namespace aitf::ocsf {
namespace {

constexpr std::size_t kUidBytes = 16;
constexpr char kSeparator = '\x1F';

using Digest = std::array<unsigned char, 32>;

// Only a broken libcrypto or no memory make it fail; there is no event without ids, and nothing to do about it here.
void require(bool worked) {
  if (!worked) throw std::runtime_error("libcrypto cannot compute SHA-256");
}

class Sha256 {
 public:
  Sha256()
      : context_(EVP_MD_CTX_new(), EVP_MD_CTX_free), algorithm_(EVP_MD_fetch(nullptr, "SHA256", nullptr), EVP_MD_free) {
    require(context_ && algorithm_);
  }

  void start() { require(EVP_DigestInit_ex2(context_.get(), algorithm_.get(), nullptr) == 1); }
  void add(Text text) { require(EVP_DigestUpdate(context_.get(), text.data(), text.size()) == 1); }
  Digest finish() {
    Digest digest;
    require(EVP_DigestFinal_ex(context_.get(), digest.data(), nullptr) == 1);
    return digest;
  }

 private:
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
  std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> algorithm_;
};

Sha256& started_sha256() {
  static thread_local Sha256 sha256;
  sha256.start();
  return sha256;
}

Text hex(std::span<const unsigned char> bytes, Arena& arena) {
  constexpr char digits[] = "0123456789abcdef";
  char* const text = arena.characters(bytes.size() * 2);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    text[2 * i] = digits[bytes[i] >> 4];
    text[2 * i + 1] = digits[bytes[i] & 15];
  }
  return {text, bytes.size() * 2};
}

}  // namespace

Text event_uid(const UidParts& parts, Arena& arena) {
  std::array<char, 24> number;
  const auto end = std::to_chars(number.data(), number.data() + number.size(), parts.ordinal).ptr;
  Sha256& sha256 = started_sha256();
  for (const Text part : {parts.trace_id, parts.span_id, parts.kind, parts.rule_id, parts.part}) {
    sha256.add(part);
    sha256.add({&kSeparator, 1});
  }
  sha256.add({number.data(), static_cast<std::size_t>(end - number.data())});
  const Digest digest = sha256.finish();
  return hex(std::span(digest).first(kUidBytes), arena);
}

Text sha256_hex(Text text, Arena& arena) {
  Sha256& sha256 = started_sha256();
  sha256.add(text);
  return hex(sha256.finish(), arena);
}

}  // namespace aitf::ocsf
