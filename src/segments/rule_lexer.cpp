#include "segments/rule_lexer.h"

#include <array>

namespace hustings::segments {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// How many bytes the character has that begins here.
std::size_t character_length(std::string_view text) {
  std::size_t length = 1;
  while (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U)
    ++length;
  return length;
}

}  // namespace

bool RuleLexer::is_word_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-' || c == ':';
}

Token RuleLexer::next() {
  while (at_ < text_.size() && is_blank(text_[at_]))
    ++at_;
  if (at_ == text_.size()) {
    return {.kind = Token::Kind::end, .text = {}, .offset = at_, .length = 0};
  }
  if (text_[at_] == '"') return quoted();
  std::size_t end = at_;
  while (end < text_.size() && is_word_character(text_[end]))
    ++end;
  if (end == at_) return symbol();
  Token token{.kind = Token::Kind::word,
              .text = std::string(text_.substr(at_, end - at_)),
              .offset = at_,
              .length = end - at_};
  at_ = end;
  return token;
}

Token RuleLexer::quoted() {
  Token token{.kind = Token::Kind::quoted, .text = {}, .offset = at_, .length = 0};
  for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
    char c = text_[at_];
    if (c == '\\' && at_ + 1 < text_.size()) {
      c = text_[++at_];
      if (c == 'n') c = '\n';
      if (c == 't') c = '\t';
    }
    token.text += c;
  }
  if (at_ == text_.size()) {
    token.kind = Token::Kind::wrong;
    token.text = "\"";
  } else {
    ++at_;
  }
  token.length = at_ - token.offset;
  return token;
}

Token RuleLexer::symbol() {
  constexpr std::array<std::string_view, 10> kSymbols = {"..", "!=", "<=", ">=", "(",
                                                         ")",  ",",  "=",  "<",  ">"};
  const std::string_view rest = text_.substr(at_);
  Token token{.kind = Token::Kind::wrong, .text = {}, .offset = at_, .length = 0};
  for (const std::string_view symbol : kSymbols) {
    if (!rest.starts_with(symbol)) continue;
    token.kind = Token::Kind::symbol;
    token.length = symbol.size();
    break;
  }
  if (token.length == 0) token.length = character_length(rest);
  token.text = rest.substr(0, token.length);
  at_ += token.length;
  return token;
}

}  // namespace hustings::segments
