#include "surveys/script_flow.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "surveys/script_draft.h"

namespace hustings::surveys {
namespace {

using ::testing::HasSubstr;

Question asked(const std::string& key, std::vector<Branch> branches = {}) {
  return {.id = {},
          .key = key,
          .kind = QuestionKind::choice,
          .text = "Well?",
          .choices = {"Yes", "No"},
          .branches = std::move(branches)};
}

ScriptDraft draft_of(std::vector<Question> questions) {
  ScriptDraft draft;
  draft.name = "Autumn";
  draft.questions = std::move(questions);
  return draft;
}

TEST(ScriptFlow, BranchesForwardAndToTheEnd) {
  EXPECT_TRUE(
      check_branches(std::vector{asked("support", {{1, "volunteer"}, {0, "end"}}),
                                 asked("issue", {{std::nullopt, "end"}}), asked("volunteer")})
          .has_value());
}

TEST(ScriptFlow, BackIsFineWhereItEnds) {
  // From the last question back to the second, which leaves the script on every answer.
  EXPECT_TRUE(check_branches(std::vector{asked("first", {{std::nullopt, "third"}}),
                                         asked("second", {{std::nullopt, "end"}}),
                                         asked("third", {{1, "second"}})})
                  .has_value());
  // Each choice is named, so the next question is never reached from it.
  EXPECT_TRUE(check_branches(std::vector{asked("first", {{std::nullopt, "third"}}),
                                         asked("second", {{1, "end"}, {2, "end"}, {0, "end"}}),
                                         asked("third", {{1, "second"}})})
                  .has_value());
}

TEST(ScriptFlow, LoopsAreRefusedWithTheirWay) {
  const auto loops = check_branches(std::vector{asked("support"), asked("issue", {{1, "sure"}}),
                                                asked("sure", {{2, "support"}})});
  ASSERT_FALSE(loops.has_value());
  EXPECT_THAT(loops.error().sentence, HasSubstr("support → issue → sure → support"));
  EXPECT_EQ(loops.error().where, "questions[2].branches");
  const auto itself = check_branches(std::vector{asked("support", {{0, "support"}})});
  EXPECT_THAT(itself.error().sentence, HasSubstr("support → support"));
}

TEST(ScriptFlow, ConditionsAreOnEarlierQuestionsWithSuchAChoice) {
  const auto where = [](std::vector<Alternative> asked_if) {
    std::vector<Question> questions{asked("support"), asked("words"), asked("why"), asked("late")};
    questions[1].kind = QuestionKind::text;
    questions[1].choices.clear();
    questions[2].asked_if = std::move(asked_if);
    const Status status = check_conditions(questions);
    return status ? std::string() : status.error().where;
  };
  EXPECT_EQ(where({{{{"support", 2}, {"support", 0, true}}}, {{{"support", 1}}}}), "");
  EXPECT_EQ(where({{{{"support", 1}}}, {{{"late", 1}}}}),
            "questions[2].asked_if[1].all[0].question");
  EXPECT_EQ(where({{{{"why", 1}}}}), "questions[2].asked_if[0].all[0].question");
  EXPECT_EQ(where({{{{"words", 1}}}}), "questions[2].asked_if[0].all[0].question");
  EXPECT_EQ(where({{{{"support", 1}, {"support", 3}}}}), "questions[2].asked_if[0].all[1].choice");
  EXPECT_EQ(where({{}}), "questions[2].asked_if[0].all");
  EXPECT_EQ(where(std::vector<Alternative>(21, {{{"support", 1}}})), "questions[2].asked_if");
}

TEST(ScriptFlow, APassedQuestionGoesOnToTheNext) {
  // Each answer of the second leads to the end, but it may be passed over, and so into a circle.
  std::vector<Question> questions{asked("first"),
                                  asked("second", {{1, "end"}, {2, "end"}, {0, "end"}}),
                                  asked("third", {{1, "first"}})};
  EXPECT_TRUE(check_branches(questions));
  questions[1].asked_if = {{{{"first", 1}}}};
  EXPECT_FALSE(check_branches(questions));
}

TEST(ScriptFlow, BranchesNameWhatIsThere) {
  EXPECT_EQ(check_branches(std::vector{asked("a", {{1, "nowhere"}})}).error().where,
            "questions[0].branches[0].to");
  EXPECT_EQ(check_branches(std::vector{asked("a", {{3, "end"}})}).error().where,
            "questions[0].branches[0].choice");
  EXPECT_EQ(check_branches(std::vector{asked("a", {{1, "end"}, {1, "end"}})}).error().where,
            "questions[0].branches[1].choice");
}

TEST(ScriptFlow, TranslationsFitTheirScript) {
  ScriptDraft draft = draft_of({asked("support")});
  draft.translations = {{.language = "es",
                         .introduction = "Hola {first_name}",
                         .closing = "",
                         .questions = {{"support", "¿Y bien?", {"Sí", "No"}}}}};
  ASSERT_TRUE(check_draft(draft).has_value());
  Script script;
  read_body(body_of(draft), script);
  EXPECT_EQ(script.translations, draft.translations);
  EXPECT_EQ(script.language, "en");
  const auto where = [&](auto change) {
    ScriptDraft other = draft;
    change(other);
    const auto status = check_draft(other);
    return status ? std::string("taken") : status.error().where;
  };
  EXPECT_EQ(where([](ScriptDraft& d) { d.language = "English"; }), "language");
  EXPECT_EQ(where([](ScriptDraft& d) { d.translations[0].language = "en"; }),
            "translations[0].language");
  EXPECT_EQ(where([](ScriptDraft& d) { d.translations[0].language = "pt-BR"; }), "taken");
  EXPECT_EQ(where([](ScriptDraft& d) { d.translations[0].language = "e"; }),
            "translations[0].language");
  EXPECT_EQ(where([](ScriptDraft& d) { d.translations[0].questions[0].key = "x"; }),
            "translations[0].questions[0].key");
  EXPECT_EQ(where([](ScriptDraft& d) { d.translations[0].questions[0].choices.pop_back(); }),
            "translations[0].questions[0].choices");
  EXPECT_EQ(where([](ScriptDraft& d) {
              d.translations[0].questions.push_back(d.translations[0].questions[0]);
            }),
            "translations[0].questions[1].key");
}

TEST(ScriptFlow, VariablesAreKnownOnes) {
  EXPECT_TRUE(
      check_variables("Hi {first_name} {last_name} of {city}, {caller} {x1} {", "t").has_value());
  const auto unknown = check_variables("Hi {firstname}", "introduction");
  EXPECT_EQ(unknown.error().where, "introduction");
  EXPECT_THAT(unknown.error().sentence, HasSubstr("{first_name}"));
}

TEST(ScriptFlow, BranchesReadBackAndOldBodiesHaveNone) {
  const ScriptDraft draft = draft_of({asked("a", {{0, "end"}, {std::nullopt, "end"}})});
  Script script;
  read_body(body_of(draft), script);
  EXPECT_EQ(script.questions, draft.questions);
  Script old;
  read_body(R"({"introduction":"","closing":"","questions":[
    {"id":1,"key":"a","kind":"text","text":"?","choices":[]}]})",
            old);
  EXPECT_TRUE(old.questions[0].branches.empty());
  EXPECT_EQ(old.language, "en");
}

}  // namespace
}  // namespace hustings::surveys
