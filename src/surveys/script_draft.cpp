#include "surveys/script_draft.h"

#include <algorithm>
#include <array>
#include <set>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/text.h"
#include "surveys/script_flow.h"
#include "surveys/survey_service.h"

namespace hustings::surveys {

namespace json = boost::json;

namespace {

constexpr std::size_t kNameMax = 200;
constexpr std::size_t kPassageMax = 20'000;
constexpr std::size_t kQuestionTextMax = 1000;
constexpr std::size_t kChoiceTextMax = 200;
constexpr std::size_t kKeyMax = 40;
constexpr std::size_t kScaleMax = 11;

constexpr std::array<std::string_view, 5> kKindNames{"choice", "scale", "text", "multiple",
                                                     "number"};

bool is_key(std::string_view key) {
  if (key.empty() || key.size() > kKeyMax || key[0] < 'a' || key[0] > 'z') return false;
  return std::ranges::all_of(
      key, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

Status check_choices(const Question& question, const std::string& where) {
  if (!has_choices(question.kind)) {
    if (question.choices.empty()) return {};
    return invalid("A question for free words or a number has no choices. Remove them.", where);
  }
  const std::size_t most =
      question.kind == QuestionKind::scale ? kScaleMax : SurveyService::kChoicesMax;
  if (question.choices.size() < 2 || question.choices.size() > most) {
    return invalid(fmt::format("Give the question 2 to {} choices.", most), where);
  }
  std::set<std::string_view> seen;
  for (std::size_t i = 0; i < question.choices.size(); ++i) {
    const std::string_view choice = trim(question.choices[i]);
    if (choice.empty() || choice.size() > kChoiceTextMax) {
      return invalid(fmt::format("Give each choice 1 to {} letters.", kChoiceTextMax),
                     fmt::format("{}[{}]", where, i));
    }
    if (!seen.insert(choice).second) {
      return invalid("Two choices have the same words. Change one.",
                     fmt::format("{}[{}]", where, i));
    }
  }
  return {};
}

Status check_question(const Question& question, const std::string& where) {
  if (!is_key(question.key)) {
    return invalid(
        fmt::format("A key is 1 to {} small letters, digits or _, the first a letter: support",
                    kKeyMax),
        where + ".key");
  }
  const auto text = trim(question.text);
  if (text.empty() || text.size() > kQuestionTextMax) {
    return invalid(fmt::format("Write the question in 1 to {} letters.", kQuestionTextMax),
                   where + ".text");
  }
  TRY(check_variables(question.text, where + ".text"));
  const bool may_rotate =
      question.kind == QuestionKind::choice || question.kind == QuestionKind::multiple;
  if (question.rotates && !may_rotate) {
    return invalid("Only choices without an order of their own can be rotated.",
                   where + ".rotates");
  }
  if (question.key == kScriptEnd) {
    return invalid("The key end means the end of the script. Choose another.", where + ".key");
  }
  return check_choices(question, where + ".choices");
}

}  // namespace

std::string_view to_string(QuestionKind kind) { return kKindNames[static_cast<std::size_t>(kind)]; }

std::optional<QuestionKind> question_kind_from(std::string_view text) {
  const auto found = std::ranges::find(kKindNames, text);
  if (found == kKindNames.end()) return std::nullopt;
  return static_cast<QuestionKind>(found - kKindNames.begin());
}

Status check_draft(const ScriptDraft& draft) {
  const auto name = trim(draft.name);
  if (name.empty() || name.size() > kNameMax) {
    return invalid(fmt::format("Give the script a name of 1 to {} letters.", kNameMax), "name");
  }
  if (draft.introduction.size() > kPassageMax) {
    return invalid(fmt::format("At most {} letters.", kPassageMax), "introduction");
  }
  if (draft.closing.size() > kPassageMax) {
    return invalid(fmt::format("At most {} letters.", kPassageMax), "closing");
  }
  if (draft.questions.size() > SurveyService::kQuestionsMax) {
    return refuse(ErrorCode::over_limit,
                  fmt::format("A script has at most {} questions.", SurveyService::kQuestionsMax),
                  "questions");
  }
  TRY(check_variables(draft.introduction, "introduction"));
  TRY(check_variables(draft.closing, "closing"));
  std::set<std::string_view> keys;
  for (std::size_t i = 0; i < draft.questions.size(); ++i) {
    const std::string where = fmt::format("questions[{}]", i);
    TRY(check_question(draft.questions[i], where));
    if (!keys.insert(draft.questions[i].key).second) {
      return invalid("Another question of this script has the same key. Change one.",
                     where + ".key");
    }
  }
  TRY(check_branches(draft.questions));
  TRY(check_conditions(draft.questions));
  return check_languages(draft);
}

std::string choices_to_json(const std::vector<std::string>& choices) {
  return json::serialize(json::value_from(choices));
}

std::vector<std::string> choices_from_json(std::string_view choices) {
  return json::value_to<std::vector<std::string>>(json::parse(choices));
}

namespace {

json::array branches_to_json(const std::vector<Branch>& branches) {
  json::array all;
  for (const Branch& branch : branches) {
    json::object one{{"to", branch.to}};
    if (branch.choice) one["choice"] = *branch.choice;
    all.push_back(std::move(one));
  }
  return all;
}

std::vector<Branch> branches_from(const json::object& question) {
  std::vector<Branch> branches;
  const json::value* all = question.if_contains("branches");  // older versions have none
  if (all == nullptr) return branches;
  for (const json::value& item : all->as_array()) {
    Branch branch;
    branch.to = json::value_to<std::string>(item.at("to"));
    if (const json::value* choice = item.as_object().if_contains("choice")) {
      branch.choice = choice->to_number<int>();
    }
    branches.push_back(std::move(branch));
  }
  return branches;
}

json::array conditions_to_json(const std::vector<Alternative>& alternatives) {
  json::array any;
  for (const Alternative& alternative : alternatives) {
    json::array all;
    for (const Condition& condition : alternative.all) {
      json::object one{{"question", condition.question}, {"choice", condition.choice}};
      if (condition.is_not) one["is_not"] = true;
      all.push_back(std::move(one));
    }
    any.push_back(std::move(all));
  }
  return any;
}

std::vector<Alternative> conditions_from(const json::object& question) {
  std::vector<Alternative> alternatives;
  const json::value* any = question.if_contains("asked_if");
  if (any == nullptr) return alternatives;
  for (const json::value& all : any->as_array()) {
    Alternative alternative;
    for (const json::value& one : all.as_array()) {
      alternative.all.push_back({.question = json::value_to<std::string>(one.at("question")),
                                 .choice = one.at("choice").to_number<int>(),
                                 .is_not = one.as_object().contains("is_not")});
    }
    alternatives.push_back(std::move(alternative));
  }
  return alternatives;
}

json::array translations_to_json(const std::vector<Translation>& translations) {
  json::array all;
  for (const Translation& translation : translations) {
    json::array questions;
    for (const QuestionWords& words : translation.questions) {
      questions.push_back(json::object{
          {"key", words.key}, {"text", words.text}, {"choices", json::value_from(words.choices)}});
    }
    all.push_back(json::object{{"language", translation.language},
                               {"introduction", translation.introduction},
                               {"closing", translation.closing},
                               {"questions", std::move(questions)}});
  }
  return all;
}

void read_translations(const json::object& body, Script& script) {
  if (const json::value* language = body.if_contains("language")) {
    script.language = json::value_to<std::string>(*language);
  }
  const json::value* all = body.if_contains("translations");
  if (all == nullptr) return;
  for (const json::value& item : all->as_array()) {
    Translation translation;
    translation.language = json::value_to<std::string>(item.at("language"));
    translation.introduction = json::value_to<std::string>(item.at("introduction"));
    translation.closing = json::value_to<std::string>(item.at("closing"));
    for (const json::value& words : item.at("questions").as_array()) {
      translation.questions.push_back(
          {json::value_to<std::string>(words.at("key")),
           json::value_to<std::string>(words.at("text")),
           json::value_to<std::vector<std::string>>(words.at("choices"))});
    }
    script.translations.push_back(std::move(translation));
  }
}

}  // namespace

std::string body_of(const ScriptDraft& draft) {
  json::array questions;
  for (const Question& question : draft.questions) {
    json::object one{{"id", question.id.value()},
                     {"key", question.key},
                     {"kind", to_string(question.kind)},
                     {"text", question.text},
                     {"choices", json::value_from(question.choices)},
                     {"branches", branches_to_json(question.branches)}};
    if (question.rotates) one["rotates"] = true;
    if (!question.asked_if.empty()) one["asked_if"] = conditions_to_json(question.asked_if);
    questions.push_back(std::move(one));
  }
  return json::serialize(json::object{{"introduction", draft.introduction},
                                      {"closing", draft.closing},
                                      {"questions", std::move(questions)},
                                      {"language", draft.language},
                                      {"translations", translations_to_json(draft.translations)}});
}

void read_body(std::string_view body, Script& script) {
  const json::value value = json::parse(body);
  script.introduction = json::value_to<std::string>(value.at("introduction"));
  script.closing = json::value_to<std::string>(value.at("closing"));
  for (const json::value& item : value.at("questions").as_array()) {
    Question question;
    question.id = QuestionId(item.at("id").to_number<std::int64_t>());
    question.key = json::value_to<std::string>(item.at("key"));
    const auto kind = question_kind_from(json::value_to<std::string>(item.at("kind")));
    if (!kind) throw Failure("A saved script has a question of an unknown kind.");
    question.kind = *kind;
    question.text = json::value_to<std::string>(item.at("text"));
    question.choices = json::value_to<std::vector<std::string>>(item.at("choices"));
    question.branches = branches_from(item.as_object());
    question.rotates = item.as_object().contains("rotates");
    question.asked_if = conditions_from(item.as_object());
    script.questions.push_back(std::move(question));
  }
  read_translations(value.as_object(), script);
}

}  // namespace hustings::surveys
