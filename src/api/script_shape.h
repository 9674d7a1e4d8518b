#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/spec.h"
#include "surveys/survey.h"
#include "surveys/survey_service.h"

namespace hustings::api {

template <>
struct ChoiceNames<surveys::QuestionKind> {
  static constexpr std::string_view kName = "QuestionKind";
  static constexpr std::array<std::string_view, 5> kNames = {"choice", "scale", "text", "multiple",
                                                             "number"};
};

/// Where a script goes on after an answer.
struct BranchShape {
  static constexpr std::string_view kName = "Branch";
  std::optional<std::int32_t> choice;
  std::string to;
  static Fields fields() {
    return {field("choice", &BranchShape::choice,
                  "The choice from 1; 0 for declined; left out for every other answer."),
            field("to", &BranchShape::to, "The key of a question, or end.", {.max_length = 40})};
  }
};

/// What a voter answered before.
struct ConditionShape {
  static constexpr std::string_view kName = "QuestionCondition";
  std::string question;
  std::int32_t choice = 1;
  bool is_not = false;
  static Fields fields() {
    using S = ConditionShape;
    return {field("question", &S::question, "The key of an earlier question with choices.",
                  {.max_length = 40}),
            field("choice", &S::choice,
                  "The choice from 1, of several one of those chosen; 0 for declined."),
            field("is_not", &S::is_not, "It was not answered so, or not at all.",
                  {.has_default = true})};
  }
};

/// Of which all hold.
struct AlternativeShape {
  static constexpr std::string_view kName = "QuestionAlternative";
  std::vector<ConditionShape> all;
  static Fields fields() {
    return {field("all", &AlternativeShape::all, "What must hold together.",
                  {.max_items = surveys::SurveyService::kConditionsMax})};
  }
};

struct QuestionWordsShape {
  static constexpr std::string_view kName = "QuestionWords";
  std::string key;
  std::string text;
  std::vector<std::string> choices;
  static Fields fields() {
    using S = QuestionWordsShape;
    return {field("key", &S::key, "The question.", {.max_length = 40}),
            field("text", &S::text, "As it is asked; empty: as in the script's own language.",
                  {.has_default = true}),
            field("choices", &S::choices, "As many as the question has, or none.",
                  {.max_length = 200,
                   .max_items = surveys::SurveyService::kChoicesMax,
                   .has_default = true})};
  }
};

/// The script in another language.
struct TranslationShape {
  static constexpr std::string_view kName = "Translation";
  std::string language;
  std::string introduction;
  std::string closing;
  std::vector<QuestionWordsShape> questions;
  static Fields fields() {
    using S = TranslationShape;
    return {field("language", &S::language, "es, pt-BR", {.min_length = 2, .max_length = 20}),
            field("introduction", &S::introduction, "What is said first.",
                  {.max_length = 20'000, .has_default = true}),
            field("closing", &S::closing, "What is said last.",
                  {.max_length = 20'000, .has_default = true}),
            field("questions", &S::questions, "What is translated of them.",
                  {.max_items = surveys::SurveyService::kQuestionsMax, .has_default = true})};
  }
};

/// A script as leads and callers see it.
struct ScriptShape {
  static constexpr std::string_view kName = "Script";
  struct Asked {
    static constexpr std::string_view kName = "Question";
    QuestionId id;
    std::string key;
    surveys::QuestionKind kind = surveys::QuestionKind::choice;
    std::string text;
    std::vector<std::string> choices;
    std::vector<BranchShape> branches;
    bool rotates = false;
    std::vector<AlternativeShape> asked_if;
    static Fields fields() {
      return {
          field("id", &Asked::id, "The question."),
          field("key", &Asked::key, "What rules and results call it."),
          field("kind", &Asked::kind, "choice, scale, text, multiple or number."),
          field("text", &Asked::text, "As it is asked."),
          field("choices", &Asked::choices, "A choice is its place here, from 1."),
          field("branches", &Asked::branches, "Where an answer leads, if not to the next."),
          field("rotates", &Asked::rotates, "Choices are shown from another one on to each voter."),
          field("asked_if", &Asked::asked_if,
                "It is asked only if one of these holds; none: always.")};
    }
  };
  ScriptId id;
  std::string name;
  std::int64_t version = 0;
  std::string introduction;
  std::string closing;
  std::vector<Asked> questions;
  std::string language;
  std::vector<TranslationShape> translations;
  Instant saved_at;
  static Fields fields() {
    return {field("id", &ScriptShape::id, "The script."),
            field("name", &ScriptShape::name, "What people call it."),
            field("version", &ScriptShape::version, "Grows with each saving."),
            field("introduction", &ScriptShape::introduction, "What is said first."),
            field("closing", &ScriptShape::closing, "What is said last."),
            field("questions", &ScriptShape::questions, "In the order in which they are asked."),
            field("language", &ScriptShape::language, "Of the words above."),
            field("translations", &ScriptShape::translations, "The same in other languages."),
            field("saved_at", &ScriptShape::saved_at, "When this version was saved.")};
  }
};

ScriptShape shown(const surveys::Script& script);

}  // namespace hustings::api
