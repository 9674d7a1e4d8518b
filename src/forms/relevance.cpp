#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "base/text.h"
#include "forms/xlsform.h"
#include "surveys/survey_service.h"

namespace hustings::forms {
namespace {

constexpr int kDepthMax = 20;

std::unexpected<Error> unsupported() {
  return invalid(
      "relevant is understood as ${question} = 'choice', ${question} != 'choice' or "
      "selected(${question}, 'choice'), joined by and, or and not().");
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

/// Takes a name off the front, if it ends there: "or" of "or (", not of "order".
bool take_word(std::string_view& text, std::string_view word) {
  text = trim(text);
  const bool goes_on = text.size() > word.size() &&
                       (std::isalnum(static_cast<unsigned char>(text[word.size()])) != 0 ||
                        text[word.size()] == '_');
  return !goes_on && take(text, word);
}

Result<Relevance> either(Relevance a, const Relevance& b) {
  a.insert(a.end(), b.begin(), b.end());
  if (a.size() > surveys::SurveyService::kAlternativesMax) {
    return invalid(fmt::format("relevant has more than {} alternatives.",
                               surveys::SurveyService::kAlternativesMax));
  }
  return a;
}

/// Reads XPath's "or" below "and" below the rest. What stands within not() is read with its
/// meaning turned round: its "or" as "and".
class Expression {
 public:
  explicit Expression(std::string_view text) : text_(text) {}

  Result<Relevance> read() {
    Relevance all = TRY(disjunction(false, 0));
    if (!trim(text_).empty()) return unsupported();
    return all;
  }

 private:
  Result<Relevance> disjunction(bool is_not, int depth) {
    Relevance all = TRY(conjunction(is_not, depth));
    while (take_word(text_, "or")) {
      const Relevance next = TRY(conjunction(is_not, depth));
      all = TRY(is_not ? both_relevant(all, next) : either(std::move(all), next));
    }
    return all;
  }
  Result<Relevance> conjunction(bool is_not, int depth) {
    Relevance all = TRY(unit(is_not, depth));
    while (take_word(text_, "and")) {
      const Relevance next = TRY(unit(is_not, depth));
      all = TRY(is_not ? either(std::move(all), next) : both_relevant(all, next));
    }
    return all;
  }
  Result<Relevance> unit(bool is_not, int depth) {
    if (depth > kDepthMax) return unsupported();
    const bool turns = take_word(text_, "not");
    if (take(text_, "(")) {
      Relevance inner = TRY(disjunction(is_not != turns, depth + 1));
      if (!take(text_, ")")) return unsupported();
      return inner;
    }
    if (turns) return unsupported();
    RelevantTerm term = TRY(this->term());
    term.is_not = term.is_not != is_not;
    return Relevance{{std::move(term)}};
  }
  Result<RelevantTerm> term() {
    RelevantTerm term;
    term.is_selected = take_word(text_, "selected");
    if (term.is_selected && !take(text_, "(")) return unsupported();
    term.question = TRY(take_question(text_));
    if (!term.is_selected) term.is_not = take(text_, "!=");
    if (!term.is_not && !take(text_, term.is_selected ? "," : "=")) return unsupported();
    term.name = TRY(take_value(text_));
    if (term.is_selected && !take(text_, ")")) return unsupported();
    return term;
  }

  std::string_view text_;
};

}  // namespace

Result<Relevance> relevance_of(std::string_view text) {
  if (trim(text).empty()) return Relevance{};
  return Expression(text).read();
}

Result<Relevance> both_relevant(const Relevance& a, const Relevance& b) {
  if (a.empty()) return b;
  if (b.empty()) return a;
  Relevance all;
  for (const RelevantAlternative& left : a) {
    for (const RelevantAlternative& right : b) {
      RelevantAlternative& both = all.emplace_back(left);
      for (const RelevantTerm& term : right) {
        if (std::ranges::find(both, term) == both.end()) both.push_back(term);
      }
      if (both.size() > surveys::SurveyService::kConditionsMax) {
        return invalid(fmt::format("relevant joins more than {} conditions.",
                                   surveys::SurveyService::kConditionsMax));
      }
    }
  }
  return either({}, all);
}

}  // namespace hustings::forms
