#pragma once

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "segments/rule_token_reader.h"

namespace hustings::segments {

/// How deep a rule is nested, as its JSON counts: a statement alone is 1.
int depth_of(const Rule& rule);

/// The statements of a rule's text: what stands between and, or, not and brackets.
class StatementReader {
 public:
  StatementReader(TokenReader& tokens, const RuleNames& names) : tokens_(tokens), names_(names) {}
  Result<Rule> read();

 private:
  Result<Rule> field_statement(Field field, std::string key);
  Result<Rule> in_statement();
  Result<Rule> contacts(bool is_reached);
  Result<Rule> values(Field field);
  Result<Rule> answers(Field field, std::string key);
  Result<Rule> number(Field field, std::string key);
  Result<Rule> time(Field field);
  Result<Rule> consent(const Token& at, std::string_view key);

  Result<std::string> key_after(Field field, const Token& word);
  /// "in", "not in", "=" or "!=": whether it is a negation.
  Result<bool> value_operator();
  /// One value, or several in brackets.
  Result<std::vector<Token>> value_list(const Expectation& what);
  Result<Token> value(const Expectation& what);
  Result<std::int64_t> whole_number(std::string_view about, std::int64_t least, std::int64_t most);
  bool is_number_next() const;
  /// "30..44", "30..", "..44", ">= 30" and the like.
  Status bounds(NumberIs& is, const FieldInfo& about);
  Result<Instant> moment(std::string_view time_of_day);
  Result<std::chrono::seconds> duration();
  /// Takes since, until or within if it is next; false if not.
  Result<bool> span_part(Span& span);
  Status count_of_times(ContactsAre& rule);
  Status check_span(const Span& span, const Token& at);
  Result<std::int64_t> thing(const std::vector<NamedThing>& things, Expectation::Kind kind,
                             std::string_view what);

  TokenReader& tokens_;
  const RuleNames& names_;
};

}  // namespace hustings::segments
