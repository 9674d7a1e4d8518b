#include "segments/rule_token_reader.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"

namespace hustings::segments {
namespace {

constexpr std::size_t kListedMax = 8;

std::string shown(const Expectation& expectation) {
  if (expectation.kind == Expectation::Kind::word) return '"' + expectation.text + '"';
  return expectation.text;
}

std::string listed(const std::vector<Expectation>& expected) {
  std::vector<std::string> all;
  for (const bool is_word : {false, true}) {  // what tells most comes first
    for (const Expectation& one : expected) {
      if ((one.kind == Expectation::Kind::word) != is_word) continue;
      if (std::ranges::find(all, shown(one)) == all.end()) all.push_back(shown(one));
    }
  }
  if (all.size() > kListedMax) all.resize(kListedMax);
  std::string out;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (i > 0) out += i + 1 == all.size() ? " or " : ", ";
    out += all[i];
  }
  return out;
}

}  // namespace

TokenReader::TokenReader(std::string_view text) : text_(text), lexer_(text) {
  next_ = lexer_.next();
}

void TokenReader::advance() {
  next_ = lexer_.next();
  expected_.clear();
}

void TokenReader::expect(Expectation expectation) { expected_.push_back(std::move(expectation)); }

bool TokenReader::take_word(std::string_view word) {
  expect({.kind = Expectation::Kind::word, .text = std::string(word)});
  if (next_.kind != Token::Kind::word || to_lower(next_.text) != word) return false;
  advance();
  return true;
}

bool TokenReader::is_symbol(std::string_view symbol) {
  expect({.kind = Expectation::Kind::word, .text = std::string(symbol)});
  return next_.kind == Token::Kind::symbol && next_.text == symbol;
}

bool TokenReader::take_symbol(std::string_view symbol) {
  if (!is_symbol(symbol)) return false;
  advance();
  return true;
}

std::string TokenReader::found() const {
  if (next_.kind == Token::Kind::end) return "but the text ends here";
  if (next_.kind == Token::Kind::wrong && next_.text == "\"")
    return "found a quote without its end";
  return fmt::format("found {}",
                     text_.substr(next_.offset, std::min<std::size_t>(next_.length, 60)));
}

std::unexpected<Error> TokenReader::fail() {
  std::vector<std::string_view> words;
  for (const Expectation& one : expected_) {
    const bool is_word = one.kind == Expectation::Kind::word && one.text.size() > 1;
    if (is_word) words.push_back(one.text);
  }
  std::string sentence = fmt::format("Expected {}, {}.", listed(expected_), found());
  const std::string_view near =
      next_.kind == Token::Kind::word ? nearest(to_lower(next_.text), words) : std::string_view();
  if (!near.empty()) sentence += fmt::format(" Did you mean \"{}\"?", near);
  return fail_at(next_, std::move(sentence));
}

std::unexpected<Error> TokenReader::fail_at(const Token& token, std::string sentence,
                                            bool is_over_limit) {
  problem_ = {.line = 1,
              .column = 1,
              .offset = token.offset,
              .length = token.length,
              .sentence = sentence,
              .expected = expected_,
              .is_over_limit = is_over_limit};
  for (const char c : text_.substr(0, token.offset)) {
    if (c == '\n') {
      ++problem_.line;
      problem_.column = 1;
    } else if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) {
      ++problem_.column;
    }
  }
  return invalid(std::move(sentence));
}

}  // namespace hustings::segments
