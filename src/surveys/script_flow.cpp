#include "surveys/script_flow.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/text.h"
#include "surveys/survey_service.h"

namespace hustings::surveys {

namespace {

constexpr std::size_t kTranslationsMax = 20;
constexpr std::size_t kEnd = static_cast<std::size_t>(-1);

std::optional<std::size_t> place_of(std::span<const Question> questions, std::string_view to) {
  if (to == kScriptEnd) return kEnd;
  const auto found = std::ranges::find(questions, to, &Question::key);
  if (found == questions.end()) return std::nullopt;
  return static_cast<std::size_t>(found - questions.begin());
}

Status check_question(std::span<const Question> questions, std::size_t at) {
  const Question& question = questions[at];
  std::set<std::optional<int>> named;
  for (std::size_t i = 0; i < question.branches.size(); ++i) {
    const Branch& branch = question.branches[i];
    const std::string where = fmt::format("questions[{}].branches[{}]", at, i);
    if (branch.choice && *branch.choice > 0 && !is_single(question.kind)) {
      return invalid(
          "After several choices, a number or free words the script goes one way; name only "
          "declined, or any other answer.",
          where + ".choice");
    }
    if (branch.choice &&
        (*branch.choice < 0 || *branch.choice > static_cast<int>(question.choices.size()))) {
      return invalid("The question has no such choice.", where + ".choice");
    }
    if (!named.insert(branch.choice).second) {
      return invalid("This choice has two ways on. Keep one.", where + ".choice");
    }
    if (!place_of(questions, branch.to)) {
      return invalid(fmt::format("The script has no question '{}'. Name one of its questions, or "
                                 "end.",
                                 branch.to),
                     where + ".to");
    }
  }
  return {};
}

Status check_condition(std::span<const Question> questions, std::size_t at,
                       const Condition& condition, const std::string& where) {
  const auto place = place_of(questions, condition.question);
  if (!place || *place >= at) {
    return invalid(fmt::format("'{}' is no earlier question of this script.", condition.question),
                   where + ".question");
  }
  const Question& earlier = questions[*place];
  if (!has_choices(earlier.kind)) {
    return invalid("Only a question with choices decides whether another is asked.",
                   where + ".question");
  }
  if (condition.choice < 0 || condition.choice > static_cast<int>(earlier.choices.size())) {
    return invalid("That question has no such choice.", where + ".choice");
  }
  return {};
}

/// Every question that can come after this one.
std::set<std::size_t> ways_on(std::span<const Question> questions, std::size_t at) {
  const Question& question = questions[at];
  const std::size_t next = at + 1 < questions.size() ? at + 1 : kEnd;
  std::set<std::size_t> ways;
  bool has_otherwise = false;
  std::size_t named = 0;
  for (const Branch& branch : question.branches) {
    ways.insert(*place_of(questions, branch.to));
    has_otherwise = has_otherwise || !branch.choice;
    if (branch.choice) ++named;
  }
  // Each choice and "declined to say" may be sent elsewhere; then nothing is left for the next one.
  const std::size_t answers = question.choices.size() + 1;
  const bool all_named = is_single(question.kind) && named == answers;
  const bool may_be_passed = !question.asked_if.empty();
  if (!has_otherwise && (!all_named || may_be_passed)) ways.insert(next);
  return ways;
}

/// The way that leads back to where it began, as places; empty if each way ends.
class LoopSearch {
 public:
  explicit LoopSearch(std::span<const Question> questions)
      : questions_(questions), state_(questions.size(), State::fresh) {}

  std::vector<std::size_t> find() {
    for (std::size_t at = 0; at < questions_.size(); ++at) {
      if (state_[at] == State::fresh && visit(at)) return loop_;
    }
    return {};
  }

 private:
  enum class State : std::uint8_t { fresh, on_way, ends };

  bool visit(std::size_t at) {
    state_[at] = State::on_way;
    way_.push_back(at);
    for (const std::size_t next : ways_on(questions_, at)) {
      if (next == kEnd || state_[next] == State::ends) continue;
      if (state_[next] == State::on_way) {
        loop_.assign(std::ranges::find(way_, next), way_.end());
        return true;
      }
      if (visit(next)) return true;
    }
    way_.pop_back();
    state_[at] = State::ends;
    return false;
  }

  std::span<const Question> questions_;
  std::vector<State> state_;
  std::vector<std::size_t> way_;
  std::vector<std::size_t> loop_;
};

bool is_language(std::string_view tag) {
  const auto parts = split(tag, '-');
  if (parts.empty() || parts.size() > 3) return false;
  return std::ranges::all_of(parts, [&](std::string_view part) {
    const bool is_first = part.data() == parts.front().data();
    return part.size() >= 2 && part.size() <= (is_first ? 3U : 8U) &&
           std::ranges::all_of(part, [](char c) {
             return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
           });
  });
}

Status check_words(const ScriptDraft& draft, const QuestionWords& words, const std::string& where) {
  const auto question = std::ranges::find(draft.questions, words.key, &Question::key);
  if (question == draft.questions.end()) {
    return invalid(fmt::format("The script has no question '{}'.", words.key), where + ".key");
  }
  if (!words.choices.empty() && words.choices.size() != question->choices.size()) {
    return invalid(fmt::format("The question has {} choices, its translation {}. Translate each, "
                               "in their order, or none.",
                               question->choices.size(), words.choices.size()),
                   where + ".choices");
  }
  return check_variables(words.text, where + ".text");
}

Status check_translation(const ScriptDraft& draft, const Translation& translation,
                         const std::string& where) {
  TRY(check_variables(translation.introduction, where + ".introduction"));
  TRY(check_variables(translation.closing, where + ".closing"));
  std::set<std::string_view> keys;
  for (std::size_t i = 0; i < translation.questions.size(); ++i) {
    const std::string here = fmt::format("{}.questions[{}]", where, i);
    TRY(check_words(draft, translation.questions[i], here));
    if (!keys.insert(translation.questions[i].key).second) {
      return invalid("This question is translated twice.", here + ".key");
    }
  }
  return {};
}

}  // namespace

Status check_branches(std::span<const Question> questions) {
  for (std::size_t at = 0; at < questions.size(); ++at)
    TRY(check_question(questions, at));
  const std::vector<std::size_t> loop = LoopSearch(questions).find();
  if (loop.empty()) return {};
  std::string way;
  for (const std::size_t at : loop)
    way += questions[at].key + " → ";
  way += questions[loop.front()].key;
  return invalid(fmt::format("The script can go round for ever: {}. Send an answer of '{}' to a "
                             "later question or to the end.",
                             way, questions[loop.back()].key),
                 fmt::format("questions[{}].branches", loop.back()));
}

Status check_conditions(std::span<const Question> questions) {
  for (std::size_t at = 0; at < questions.size(); ++at) {
    const auto& alternatives = questions[at].asked_if;
    const std::string where = fmt::format("questions[{}].asked_if", at);
    if (alternatives.size() > SurveyService::kAlternativesMax) {
      return refuse(ErrorCode::over_limit,
                    fmt::format("At most {} alternatives.", SurveyService::kAlternativesMax),
                    where);
    }
    for (std::size_t i = 0; i < alternatives.size(); ++i) {
      const auto& all = alternatives[i].all;
      const std::string here = fmt::format("{}[{}].all", where, i);
      if (all.empty() || all.size() > SurveyService::kConditionsMax) {
        return invalid(
            fmt::format("An alternative has 1 to {} conditions.", SurveyService::kConditionsMax),
            here);
      }
      for (std::size_t k = 0; k < all.size(); ++k)
        TRY(check_condition(questions, at, all[k], fmt::format("{}[{}]", here, k)));
    }
  }
  return {};
}

Status check_languages(const ScriptDraft& draft) {
  if (!is_language(draft.language)) {
    return invalid("A language is written as en, es or pt-BR.", "language");
  }
  if (draft.translations.size() > kTranslationsMax) {
    return refuse(ErrorCode::over_limit,
                  fmt::format("A script has at most {} translations.", kTranslationsMax),
                  "translations");
  }
  std::set<std::string_view> seen{draft.language};
  for (std::size_t i = 0; i < draft.translations.size(); ++i) {
    const Translation& translation = draft.translations[i];
    const std::string where = fmt::format("translations[{}]", i);
    if (!is_language(translation.language)) {
      return invalid("A language is written as en, es or pt-BR.", where + ".language");
    }
    if (!seen.insert(translation.language).second) {
      return invalid("This language is there already.", where + ".language");
    }
    TRY(check_translation(draft, translation, where));
  }
  return {};
}

Status check_variables(std::string_view text, const std::string& where) {
  for (std::size_t from = text.find('{'); from != std::string_view::npos;
       from = text.find('{', from + 1)) {
    const std::size_t to = text.find('}', from);
    if (to == std::string_view::npos) break;
    const std::string_view name = text.substr(from + 1, to - from - 1);
    const bool is_name = !name.empty() && std::ranges::all_of(name, [](char c) {
      return (c >= 'a' && c <= 'z') || c == '_';
    });
    if (!is_name || std::ranges::find(kVariables, name) != kVariables.end()) continue;
    return invalid(fmt::format("Nothing stands for {{{}}}. Known are {{{}}}.", name,
                               fmt::join(kVariables, "}, {")),
                   where);
  }
  return {};
}

}  // namespace hustings::surveys
