// Decodes base64 only to digest it.
#include "genai/media.hpp"

#include <openssl/evp.h>

#include <array>
#include <cstring>
#include <memory>

#include "genai/read_value.hpp"

namespace aitf::genai {
namespace {

constexpr std::size_t smallest_blob = 64;  // characters; shorter payloads are no pictures
constexpr std::size_t longest_media_type = 128;

constexpr std::array<signed char, 256> make_decoding() {
  std::array<signed char, 256> table{};
  table.fill(-1);
  constexpr Text alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (std::size_t i = 0; i < alphabet.size(); ++i)
    table[static_cast<unsigned char>(alphabet[i])] = static_cast<signed char>(i);
  table['-'] = 62;
  table['_'] = 63;
  return table;
}
constexpr auto decoding = make_decoding();

int digit(char c) { return decoding[static_cast<unsigned char>(c)]; }

// Digests base64 in blocks, so that a large picture needs no second copy.
class Base64Digest {
 public:
  Base64Digest() : sha_(EVP_MD_CTX_new()) { EVP_DigestInit_ex(sha_.get(), EVP_sha256(), nullptr); }

  void add(char c) {
    const int value = digit(c);
    if (value < 0) return;  // padding and line breaks
    bits_ = bits_ << 6 | static_cast<unsigned>(value);
    if (++digits_ % 4 == 0) {
      push(bits_ >> 16), push(bits_ >> 8), push(bits_);
      bits_ = 0;
    }
  }

  void finish(Part& part, Arena& arena) {
    if (digits_ % 4 == 2) push(bits_ >> 4);
    if (digits_ % 4 == 3) push(bits_ >> 10), push(bits_ >> 2);
    flush();
    std::array<unsigned char, 32> digest;
    EVP_DigestFinal_ex(sha_.get(), digest.data(), nullptr);
    char* const hex = arena.characters(digest.size() * 2);
    for (std::size_t i = 0; i < digest.size(); ++i) {
      hex[2 * i] = "0123456789abcdef"[digest[i] >> 4];
      hex[2 * i + 1] = "0123456789abcdef"[digest[i] & 15];
    }
    part.sha256 = {hex, digest.size() * 2};
    part.size = static_cast<std::int64_t>(bytes_);
  }

 private:
  void push(unsigned byte) {
    block_[used_++] = static_cast<unsigned char>(byte);
    ++bytes_;
    if (used_ == block_.size()) flush();
  }
  void flush() {
    EVP_DigestUpdate(sha_.get(), block_.data(), used_);
    used_ = 0;
  }

  struct Free {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  };

  std::unique_ptr<EVP_MD_CTX, Free> sha_;
  std::array<unsigned char, 4096> block_;
  std::size_t used_ = 0, digits_ = 0, bytes_ = 0;
  unsigned bits_ = 0;
};

struct DataUri {
  Text media_type;
  std::size_t begin = 0, payload = 0, end = 0;  // positions in the text
};

bool is_payload(char c) { return digit(c) >= 0 || c == '='; }

// The data: URI around the `;base64,` at `mark`; nothing when it is none, or too short to be a blob.
bool data_uri_at(Text text, std::size_t mark, DataUri& uri) {
  constexpr Text scheme = "data:";
  const std::size_t from = mark > longest_media_type ? mark - longest_media_type : 0;
  const std::size_t begin = text.substr(from, mark - from).rfind(scheme);
  if (begin == Text::npos) return false;
  uri.begin = from + begin;
  uri.media_type = text.substr(uri.begin + scheme.size(), mark - uri.begin - scheme.size());
  uri.payload = mark + Text(";base64,").size();
  uri.end = uri.payload;
  while (uri.end < text.size() && is_payload(text[uri.end])) ++uri.end;
  return uri.end - uri.payload >= smallest_blob && !uri.media_type.starts_with("text/") &&
         uri.media_type.find_first_of(" \n\"") == Text::npos;
}

bool next_blob(Text text, std::size_t from, DataUri& uri) {
  for (std::size_t at = text.find(';', from); at != Text::npos; at = text.find(';', at + 1))
    if (text.substr(at, 8) == ";base64," && data_uri_at(text, at, uri)) return true;
  return false;
}

}  // namespace

PartType media_part_type(Text type) {
  if (type.starts_with("image")) return PartType::image;
  if (type.starts_with("audio")) return PartType::audio;
  if (type.starts_with("video")) return PartType::video;
  return PartType::file;
}

void describe_base64(Text base64, Text media_type, Part& part, Arena& arena) {
  if (base64.starts_with("data:")) {
    const std::size_t comma = base64.find(',');
    if (comma != Text::npos) {
      const Text header = base64.substr(5, comma - 5);
      if (media_type.empty()) media_type = header.substr(0, header.find(';'));
      base64.remove_prefix(comma + 1);
    }
  }
  Base64Digest digest;
  for (const char c : base64) digest.add(c);
  digest.finish(part, arena);
  part.media_type = media_type;
  if (!media_type.empty()) part.type = media_part_type(media_type);
}

Text without_blobs(Text text, std::vector<Part>& media, Arena& arena) {
  DataUri uri;
  if (!next_blob(text, 0, uri)) return text;
  char* const out = arena.characters(text.size());
  std::size_t size = 0, copied = 0;
  const auto keep = [&](std::size_t end) {
    std::memcpy(out + size, text.data() + copied, end - copied);
    size += end - copied;
  };
  do {
    keep(uri.payload);
    copied = uri.end;
    describe_base64(text.substr(uri.payload, uri.end - uri.payload), uri.media_type, media.emplace_back(), arena);
  } while (next_blob(text, copied, uri));
  keep(text.size());
  return {out, size};
}

}  // namespace aitf::genai
