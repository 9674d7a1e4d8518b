#include <algorithm>
#include <array>
#include <limits>

#include <fmt/format.h>

#include "base/text.h"
#include "segments/rule_statements.h"
#include "segments/rule_text.h"

namespace hustings::segments {
namespace {

constexpr int kBracketsMax = 64;  // more than kRuleDepthMax: some brackets only repeat others

/// and, or, not and brackets: the grammar above the statements.
class Parser {
 public:
  Parser(std::string_view text, const RuleNames& names)
      : text_(text), tokens_(text), statements_(tokens_, names) {}

  Result<Rule> parse() {
    if (text_.size() > kRuleBytesMax) {
      return tokens_.fail_at(
          {}, fmt::format("The rule is longer than {} KiB.", kRuleBytesMax / 1024), true);
    }
    Rule rule = TRY(either(0));
    tokens_.expect({.kind = Expectation::Kind::end, .text = "the end"});
    if (tokens_.next().kind != Token::Kind::end) return tokens_.fail();
    TRY(check_size(rule));
    return rule;
  }
  const TokenReader& tokens() const { return tokens_; }

 private:
  Result<Rule> either(int depth) {
    std::vector<Rule> rules;
    do {
      rules.push_back(TRY(both(depth)));
    } while (tokens_.take_word("or"));
    if (rules.size() == 1) return std::move(rules.front());
    return Rule{AnyOf{std::move(rules)}};
  }

  Result<Rule> both(int depth) {
    std::vector<Rule> rules;
    do {
      rules.push_back(TRY(one(depth)));
    } while (tokens_.take_word("and"));
    if (rules.size() == 1) return std::move(rules.front());
    return Rule{AllOf{std::move(rules)}};
  }

  Result<Rule> one(int depth) {
    const Token start = tokens_.next();
    tokens_.expect(
        {.kind = Expectation::Kind::field, .text = "a statement such as \"age 30..44\""});
    if (depth > kBracketsMax) {
      return tokens_.fail_at(start, "Too many brackets within each other.", true);
    }
    if (++parts_ > kRuleNodesMax) {
      return tokens_.fail_at(start, fmt::format("The rule has more than {} parts.", kRuleNodesMax),
                             true);
    }
    if (tokens_.take_word("not") || tokens_.take_word("never")) {
      Rule inner = TRY(one(depth + 1));
      if (auto* flag = std::get_if<FlagIs>(&inner.node); flag != nullptr && flag->value) {
        flag->value = false;  // as its JSON says it
        return inner;
      }
      return Rule{NoneOf{{std::move(inner)}}};
    }
    if (tokens_.take_symbol("(")) {
      Rule inner = TRY(either(depth + 1));
      if (!tokens_.take_symbol(")")) return tokens_.fail();
      return inner;
    }
    if (tokens_.take_word("everybody")) return Rule{AllOf{}};
    if (tokens_.take_word("nobody")) return Rule{AnyOf{}};
    return statements_.read();
  }

  /// The limits of the JSON: what is read here can be kept.
  Status check_size(const Rule& rule) {
    int nodes = 0;
    for_each_node(rule, [&](const Rule&) { ++nodes; });
    if (nodes > kRuleNodesMax) {
      return tokens_.fail_at({}, fmt::format("The rule has more than {} parts.", kRuleNodesMax),
                             true);
    }
    if (depth_of(rule) > kRuleDepthMax) {
      return tokens_.fail_at({}, fmt::format("Rules are nested deeper than {}.", kRuleDepthMax),
                             true);
    }
    return {};
  }

  std::string_view text_;
  TokenReader tokens_;
  StatementReader statements_;
  int parts_ = 0;
};

}  // namespace

std::expected<Rule, TextProblem> rule_from_text(std::string_view text, const RuleNames& names) {
  Parser parser(text, names);
  Result<Rule> rule = parser.parse();
  if (!rule) return std::unexpected(parser.tokens().problem());
  return *std::move(rule);
}

std::vector<Expectation> expected_after(std::string_view text, const RuleNames& names) {
  Parser parser(text, names);
  (void)parser.parse();
  if (parser.tokens().next().kind != Token::Kind::end) return {};
  return parser.tokens().expected();
}

std::size_t word_start(std::string_view text, std::size_t offset) {
  std::size_t start = std::min(offset, text.size());
  while (start > 0 && RuleLexer::is_word_character(text[start - 1]))
    --start;
  // An open quote begins the word: quotes that are whole come in pairs before it.
  bool is_open = false;
  std::size_t open = 0;
  for (std::size_t i = 0; i < std::min(offset, text.size()); ++i) {
    if (text[i] == '\\' && is_open) {
      ++i;
    } else if (text[i] == '"') {
      is_open = !is_open;
      open = i;
    }
  }
  return is_open ? open : start;
}

std::size_t characters_before(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, std::min(offset, text.size()));
  return static_cast<std::size_t>(std::ranges::count_if(
      before, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::size_t offset_of(std::string_view text, std::size_t characters) {
  std::size_t at = 0;
  for (std::size_t i = 0; i < characters && at < text.size(); ++i) {
    ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U)
      ++at;
  }
  return at;
}

}  // namespace hustings::segments
