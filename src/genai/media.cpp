// Decodes base64 only to digest it.
#include "genai/media.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <utility>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "genai/read_value.hpp"

namespace aitf::genai {
namespace {

constexpr std::size_t smallest_blob = 64;        // digits; shorter payloads are no pictures
constexpr std::size_t smallest_bare_blob = 256;  // without a data: URI around them
constexpr std::size_t shortest_line = 32;        // of base64 that is broken into lines
constexpr std::size_t longest_media_type = 256;  // with its parameters

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

// A payload inside a text, by positions; `begin` is where its data: URI begins, or the payload itself.
struct Blob {
  Text media_type;
  std::size_t begin = 0, payload = 0, end = 0;
};

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// Texts that were themselves JSON or part of an address write some characters in several: \n, \/, %2B.
// Bytes of the one at `at`, its meaning in `c`; 0 at the end of the text.
std::size_t written_character(Text text, std::size_t at, char& c) {
  if (at >= text.size()) return 0;
  c = text[at];
  if (c == '%' && at + 2 < text.size()) {
    constexpr std::array<std::pair<Text, char>, 6> known = {
        {{"2B", '+'}, {"2F", '/'}, {"3D", '='}, {"0A", '\n'}, {"0D", '\r'}, {"20", ' '}}};
    for (const auto& [hex, meaning] : known)
      if (equal_ignoring_case(text.substr(at + 1, 2), hex)) return c = meaning, 3;
  }
  if (c != '\\') return 1;
  std::size_t next = at;
  while (next < text.size() && text[next] == '\\') ++next;
  if (next == text.size()) return 1;
  constexpr Text escapes = "nrt/", meanings = "\n\r\t/";
  const std::size_t which = escapes.find(text[next]);
  if (which == Text::npos) return 1;
  c = meanings[which];
  return next + 1 - at;
}

std::size_t after_gap(Text text, std::size_t at) {
  char c = 0;
  for (std::size_t size = written_character(text, at, c); size > 0 && is_space(c);
       size = written_character(text, at, c))
    at += size;
  return at;
}

struct Run {
  std::size_t digits = 0, end = 0;
  bool is_padded = false;
};

// Base64 without a gap, and its padding.
Run run_at(Text text, std::size_t at) {
  Run run{.end = at};
  char c = 0;
  while (const std::size_t size = written_character(text, run.end, c)) {
    if (c == '=') {
      run.is_padded = true;
    } else if (run.is_padded || digit(c) < 0) {
      break;
    }
    ++run.digits;
    run.end += size;
  }
  return run;
}

// Base64 from `at` on, over line breaks and blanks. Words after a payload are base64 too: what follows a gap belongs to
// it only when it is as long as a line of base64, or the padded rest.
Run payload_at(Text text, std::size_t at) {
  Run all = run_at(text, at);
  while (all.digits >= shortest_line && !all.is_padded) {
    const std::size_t next = after_gap(text, all.end);
    if (next == all.end) break;
    const Run run = run_at(text, next);
    if (run.digits < shortest_line && !(run.is_padded && run.digits % 4 == 0)) break;
    all = {all.digits + run.digits, run.end, run.is_padded};
  }
  return all;
}

// Where the payload begins whose `;base64,` stands at `mark`; 0 when none stands there.
std::size_t payload_of_mark(Text text, std::size_t mark) {
  constexpr Text word = "base64";
  const std::size_t at = after_gap(text, mark + 1);
  if (!equal_ignoring_case(text.substr(at, word.size()), word)) return 0;
  const std::size_t comma = after_gap(text, at + word.size());
  return comma < text.size() && text[comma] == ',' ? after_gap(text, comma + 1) : 0;
}

// Where the `data:` nearest before `mark` stands.
std::size_t scheme_before(Text text, std::size_t mark) {
  constexpr Text scheme = "data:";
  const std::size_t least = mark > longest_media_type ? mark - longest_media_type : 0;
  for (std::size_t at = mark; at-- > least;)
    if (text[at] == ':' && at + 1 >= least + scheme.size() &&
        equal_ignoring_case(text.substr(at + 1 - scheme.size(), scheme.size()), scheme))
      return at + 1 - scheme.size();
  return Text::npos;
}

// The data: URI around the `;base64,` at `mark`; nothing when it is none, or too short to be a blob.
bool data_uri_at(Text text, std::size_t mark, Blob& blob) {
  blob.payload = payload_of_mark(text, mark);
  if (blob.payload == 0) return false;
  const Run run = payload_at(text, blob.payload);
  if (run.digits < smallest_blob) return false;
  blob.end = run.end;
  blob.begin = scheme_before(text, mark);
  if (blob.begin == Text::npos) return false;
  blob.media_type = text.substr(blob.begin + 5, mark - blob.begin - 5);
  return !equal_ignoring_case(blob.media_type.substr(0, 5), "text/") &&
         blob.media_type.find_first_of(" \n\"") == Text::npos;
}

bool next_data_uri(Text text, std::size_t from, Blob& blob) {
  for (std::size_t at = text.find(';', from); at != Text::npos; at = text.find(';', at + 1))
    if (data_uri_at(text, at, blob)) return true;
  return false;
}

// Base64 that begins as pictures, sound and files of known kinds do, without a data: URI around it.
Text media_type_of(Text base64) {
  constexpr std::array<std::pair<Text, Text>, 12> known = {{{"iVBORw0KGg", "image/png"},
                                                            {"/9j/", "image/jpeg"},
                                                            {"R0lGOD", "image/gif"},
                                                            {"UklGR", "application/octet-stream"},
                                                            {"SUkqA", "image/tiff"},
                                                            {"TU0AK", "image/tiff"},
                                                            {"JVBERi0", "application/pdf"},
                                                            {"UEsDB", "application/zip"},
                                                            {"T2dnUw", "audio/ogg"},
                                                            {"SUQz", "audio/mpeg"},
                                                            {"ZkxhQ", "audio/flac"},
                                                            {"GkXfo", "video/webm"}}};
  for (const auto& [beginning, type] : known)
    if (base64.starts_with(beginning)) return type;
  return {};
}

// Whether one of 16 bytes is a blank, a control character or one of !"#$, none of which stands inside a payload.
bool has_break(const char* bytes) {
#if defined(__SSE2__)
  const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes));
  return _mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(block, _mm_set1_epi8('$')), block)) != 0;
#else
  const Text block(bytes, 16);
  return std::any_of(block.begin(), block.end(), [](char c) { return static_cast<unsigned char>(c) <= '$'; });
#endif
}

// Looks at every `stride`-th character only: a line of base64 has one of these, and a half of the line on one side of
// it. Words hardly ever do.
bool next_bare(Text text, std::size_t from, Blob& blob) {
  constexpr std::size_t stride = shortest_line, half = stride / 2;
  static_assert(half == 16);
  if (text.size() < from + smallest_bare_blob) return false;
  bool is_judged = false;  // the run that holds the character before `seen`
  for (std::size_t at = from + stride - 1, seen = from; at < text.size(); at += stride) {
    const char* const here = text.data() + at;
    if (at + half <= text.size() && has_break(here + 1 - half) && has_break(here)) continue;
    if (digit(*here) < 0) continue;
    blob.begin = at;
    while (blob.begin > seen && digit(text[blob.begin - 1]) >= 0) --blob.begin;
    const bool is_same_run = is_judged && blob.begin == seen;
    seen = at + 1;
    is_judged = true;
    if (is_same_run) continue;
    blob.payload = blob.begin;
    blob.media_type = media_type_of(text.substr(blob.begin));
    if (blob.media_type.empty()) continue;
    const Run run = payload_at(text, blob.begin);
    blob.end = run.end;
    if (run.digits >= smallest_bare_blob) return true;
  }
  return false;
}

// All blobs of a text, from the first to the last.
class Blobs {
 public:
  explicit Blobs(Text text) : text_(text), has_uri_(next_data_uri(text, 0, uri_)) {}

  bool next(std::size_t from, Blob& blob) {
    if (has_uri_ && uri_.begin < from) has_uri_ = next_data_uri(text_, from, uri_);
    const Text before = has_uri_ ? text_.substr(0, uri_.begin) : text_;
    if (next_bare(before, from, blob)) return true;
    if (has_uri_) blob = uri_;
    return has_uri_;
  }

 private:
  Text text_;
  Blob uri_;
  bool has_uri_;
};

void describe_blob(Text payload, Text media_type, Part& part, Arena& arena) {
  Base64Digest digest;
  char c = 0;
  std::size_t at = 0;
  while (const std::size_t size = written_character(payload, at, c)) {
    digest.add(c);
    at += size;
  }
  digest.finish(part, arena);
  part.media_type = media_type;
  if (!media_type.empty()) part.type = media_part_type(lower(media_type, arena));
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
  Blobs blobs(text);
  Blob blob;
  if (!blobs.next(0, blob)) return text;
  char* const out = arena.characters(text.size());
  std::size_t size = 0, copied = 0;
  const auto keep = [&](std::size_t end) {
    std::memcpy(out + size, text.data() + copied, end - copied);
    size += end - copied;
  };
  do {
    keep(blob.payload);
    copied = blob.end;
    describe_blob(text.substr(blob.payload, blob.end - blob.payload), blob.media_type, media.emplace_back(), arena);
  } while (blobs.next(copied, blob));
  keep(text.size());
  return {out, size};
}

}  // namespace aitf::genai
