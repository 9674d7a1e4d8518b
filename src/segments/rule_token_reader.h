#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "segments/rule_lexer.h"
#include "segments/rule_text.h"

namespace hustings::segments {

/// The tokens of a rule's text, one ahead. It remembers what was looked for at the token that is
/// next: that is what was expected, when nothing of it stands there.
class TokenReader {
 public:
  explicit TokenReader(std::string_view text);

  const Token& next() const { return next_; }
  void advance();
  /// Takes the word if it is next, in small or large letters.
  bool take_word(std::string_view word);
  bool take_symbol(std::string_view symbol);
  bool is_symbol(std::string_view symbol);
  void expect(Expectation expectation);
  const std::vector<Expectation>& expected() const { return expected_; }

  /// The refusal of what is next: names what was expected.
  std::unexpected<Error> fail();
  /// A refusal with a sentence of its own, at a token.
  std::unexpected<Error> fail_at(const Token& token, std::string sentence,
                                 bool is_over_limit = false);
  const TextProblem& problem() const { return problem_; }

 private:
  std::string found() const;

  std::string_view text_;
  RuleLexer lexer_;
  Token next_;
  std::vector<Expectation> expected_;
  TextProblem problem_;
};

}  // namespace hustings::segments
