#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "forms/xlsform.h"

namespace hustings::forms {
namespace {

std::unexpected<Error> unsupported() {
  return invalid(
      "relevant is understood as ${question} = 'choice', ${question} != 'choice' or "
      "selected(${question}, 'choice'), joined by or.");
}

/// Takes `word` off the front, with the blanks around it.
bool take(std::string_view& text, std::string_view word) {
  text = trim(text);
  if (!text.starts_with(word)) return false;
  text = trim(text.substr(word.size()));
  return true;
}

Result<std::string> take_question(std::string_view& text) {
  if (!take(text, "${")) return unsupported();
  const std::size_t end = text.find('}');
  if (end == std::string_view::npos) return unsupported();
  std::string name(trim(text.substr(0, end)));
  text = trim(text.substr(end + 1));
  return name;
}

Result<std::string> take_value(std::string_view& text) {
  text = trim(text);
  if (text.empty()) return unsupported();
  const char quote = text[0];
  if (quote != '\'' && quote != '"') {
    const std::size_t end = std::min(text.find_first_of(" )"), text.size());
    std::string number(text.substr(0, end));
    if (!parse_int(number)) return unsupported();
    text = trim(text.substr(end));
    return number;
  }
  const std::size_t end = text.find(quote, 1);
  if (end == std::string_view::npos) return unsupported();
  std::string value(text.substr(1, end - 1));
  text = trim(text.substr(end + 1));
  return value;
}

struct Term {
  std::string question;
  std::string name;
  bool is_not = false;
};

Result<Term> take_term(std::string_view& text) {
  Term term;
  if (take(text, "selected(")) {
    term.question = TRY(take_question(text));
    if (!take(text, ",")) return unsupported();
    term.name = TRY(take_value(text));
    if (!take(text, ")")) return unsupported();
    return term;
  }
  term.question = TRY(take_question(text));
  term.is_not = take(text, "!=");
  if (!term.is_not && !take(text, "=")) return unsupported();
  term.name = TRY(take_value(text));
  return term;
}

}  // namespace

Result<Relevance> relevance_of(std::string_view text) {
  Relevance relevance;
  text = trim(text);
  if (text.empty()) return relevance;
  for (bool is_first = true; !text.empty(); is_first = false) {
    // Several "not" are joined by "and": none of them.
    const bool joins = is_first || (relevance.is_not ? take(text, "and ") : take(text, "or "));
    if (!joins) return unsupported();
    const Term term = TRY(take_term(text));
    const bool fits =
        is_first || (term.question == relevance.question && term.is_not == relevance.is_not);
    if (!fits) return unsupported();
    relevance.question = term.question;
    relevance.is_not = term.is_not;
    relevance.names.push_back(term.name);
  }
  return relevance;
}

}  // namespace hustings::forms
