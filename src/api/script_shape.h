#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/spec.h"
#include "surveys/survey.h"

namespace hustings::api {

template <>
struct ChoiceNames<surveys::QuestionKind> {
  static constexpr std::string_view kName = "QuestionKind";
  static constexpr std::array<std::string_view, 3> kNames = {"choice", "scale", "text"};
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
    static Fields fields() {
      return {field("id", &Asked::id, "The question."),
              field("key", &Asked::key, "What rules and results call it."),
              field("kind", &Asked::kind, "choice, scale or text."),
              field("text", &Asked::text, "As it is asked."),
              field("choices", &Asked::choices, "A choice is its place here, from 1.")};
    }
  };
  ScriptId id;
  std::string name;
  std::int64_t version = 0;
  std::string introduction;
  std::string closing;
  std::vector<Asked> questions;
  Instant saved_at;
  static Fields fields() {
    return {field("id", &ScriptShape::id, "The script."),
            field("name", &ScriptShape::name, "What people call it."),
            field("version", &ScriptShape::version, "Grows with each saving."),
            field("introduction", &ScriptShape::introduction, "What is said first."),
            field("closing", &ScriptShape::closing, "What is said last."),
            field("questions", &ScriptShape::questions, "In the order in which they are asked."),
            field("saved_at", &ScriptShape::saved_at, "When this version was saved.")};
  }
};

ScriptShape shown(const surveys::Script& script);

}  // namespace hustings::api
