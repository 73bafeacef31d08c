// Makes our tree of nodes from yaml-cpp's events: its own nodes cost more and expand aliases without a bound.
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <optional>
#include <sstream>
#include <unordered_map>

#include "base/utf8.hpp"
#include "config/node.hpp"

namespace aitf::config {
namespace {

constexpr std::size_t kMaxBytes = 1 << 20;
constexpr std::size_t kMaxCost = 100'000;  // of all nodes, after expansion of aliases
constexpr std::size_t kMaxDepth = 32;

Position position_of(const YAML::Mark& mark) {
  if (mark.is_null()) return {};
  return {mark.line + 1, mark.column + 1};
}

// A node costs 1, and so does every 20 bytes of its text: aliases may multiply neither.
std::size_t cost_of(const std::string& text) { return 1 + text.size() / 20; }

// Thrown through yaml-cpp, caught in load_yaml.
struct Refused {
  Unreadable why;
};

class TreeBuilder final : public YAML::EventHandler {
 public:
  YamlNode take() && { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (documents_++ > 0)
      throw Refused{{position_of(mark), "more after the end of the document",
                     "keep one document in a file; check brackets and quotes"}};
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    add_leaf(mark, anchor, YamlNode::Kind::null, {});
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    refuse_tag(mark, tag);
    add_leaf(mark, anchor, YamlNode::Kind::scalar, value);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    refuse_tag(mark, tag);
    open(mark, anchor, YamlNode::Kind::list);
  }
  void OnSequenceEnd() override { close(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    refuse_tag(mark, tag);
    open(mark, anchor, YamlNode::Kind::mapping);
  }
  void OnMapEnd() override { close(); }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto found = anchors_.find(anchor);
    if (found == anchors_.end())
      throw Refused{{position_of(mark), "alias inside of what it stands for", "write the value out"}};
    pay(mark, found->second.cost);
    YamlNode copy = found->second.node;
    put(std::move(copy));
  }

 private:
  struct Open {
    YamlNode node;
    YAML::anchor_t anchor;
    std::size_t cost_before;      // all that came before it
    std::optional<YamlNode> key;  // mapping: waits for its value
  };
  struct Anchored {
    YamlNode node;
    std::size_t cost;
  };

  static void refuse_tag(const YAML::Mark& mark, const std::string& tag) {
    if (!tag.empty() && tag != "?" && tag != "!")
      throw Refused{{position_of(mark), "YAML tag", "leave the tag out: the key decides the type"}};
  }

  void pay(const YAML::Mark& mark, std::size_t cost) {
    cost_ += cost;
    if (cost_ > kMaxCost) throw Refused{{position_of(mark), "too many values", "aliases count as what they stand for"}};
  }

  void add_leaf(const YAML::Mark& mark, YAML::anchor_t anchor, YamlNode::Kind kind, const std::string& text) {
    const std::size_t cost = cost_of(text);
    pay(mark, cost);
    YamlNode node{kind, position_of(mark), text, {}, {}};
    if (anchor != 0) anchors_[anchor] = {node, cost};
    put(std::move(node));
  }

  void open(const YAML::Mark& mark, YAML::anchor_t anchor, YamlNode::Kind kind) {
    if (open_.size() == kMaxDepth) throw Refused{{position_of(mark), "nested too deeply"}};
    open_.push_back({YamlNode{kind, position_of(mark), {}, {}, {}}, anchor, cost_, {}});
    pay(mark, 1);
  }

  void close() {
    Open closed = std::move(open_.back());
    open_.pop_back();
    if (closed.anchor != 0) anchors_[closed.anchor] = {closed.node, cost_ - closed.cost_before};
    put(std::move(closed.node));
  }

  // Puts a finished node where it belongs.
  void put(YamlNode node) {
    if (open_.empty()) {
      root_ = std::move(node);
      return;
    }
    Open& parent = open_.back();
    if (parent.node.kind == YamlNode::Kind::list) {
      parent.node.items.push_back(std::move(node));
    } else if (!parent.key) {
      parent.key = std::move(node);
    } else {
      // yaml-cpp says that a missing value stands where the next token does.
      if (node.kind == YamlNode::Kind::null && node.at.line != parent.key->at.line) node.at = parent.key->at;
      parent.node.entries.push_back({std::move(*parent.key), std::move(node)});
      parent.key.reset();
    }
  }

  YamlNode root_;
  std::vector<Open> open_;
  std::unordered_map<YAML::anchor_t, Anchored> anchors_;
  std::size_t cost_ = 0;
  int documents_ = 0;
};

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7F;
}

Position position_at(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, offset);
  const auto line_start = before.rfind('\n') + 1;  // npos + 1 is 0
  return {static_cast<int>(std::count(before.begin(), before.end(), '\n')) + 1,
          static_cast<int>(offset - line_start) + 1};
}

// What yaml-cpp would not refuse, or would refuse without saying why.
std::optional<Unreadable> refuse_bytes(std::string_view yaml) {
  if (yaml.size() > kMaxBytes) return Unreadable{{}, "larger than 1 MiB"};
  const auto control = std::find_if(yaml.begin(), yaml.end(), is_control);
  if (control != yaml.end())
    return Unreadable{position_at(yaml, static_cast<std::size_t>(control - yaml.begin())), "control character",
                      "save the file as plain UTF-8"};
  Arena arena;
  bool repaired = false;
  const std::string_view valid = repair_utf8(yaml, arena, &repaired);
  if (!repaired) return std::nullopt;
  const auto bad = std::mismatch(yaml.begin(), yaml.end(), valid.begin(), valid.end()).first;
  return Unreadable{position_at(yaml, static_cast<std::size_t>(bad - yaml.begin())), "not valid UTF-8",
                    "save the file as plain UTF-8"};
}

}  // namespace

tl::expected<YamlNode, Unreadable> load_yaml(std::string_view yaml) {
  if (auto refused = refuse_bytes(yaml)) return tl::unexpected(std::move(*refused));
  TreeBuilder builder;
  try {
    // Without an end of the document yaml-cpp takes the end of the file for a closing quote.
    std::istringstream stream{std::string(yaml) + (yaml.ends_with('\n') ? "...\n" : "\n...\n")};
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) continue;
  } catch (const Refused& refused) {
    return tl::unexpected(refused.why);
  } catch (const YAML::Exception& error) {
    if (error.msg == YAML::ErrorMsg::DOC_IN_SCALAR)
      return tl::unexpected(Unreadable{position_of(error.mark), "a quote is not closed", "look above this line"});
    std::string message = "not YAML: " + error.msg;
    std::erase_if(message, is_control);  // it may quote a character
    return tl::unexpected(Unreadable{position_of(error.mark), std::move(message)});
  }
  return std::move(builder).take();
}

}  // namespace aitf::config
