#include "surveys/script_draft.h"

#include <gtest/gtest.h>

#include "surveys/survey_service.h"
#include "surveys/wilson.h"

namespace hustings::surveys {
namespace {

ScriptDraft good_draft() {
  ScriptDraft draft;
  draft.name = "Autumn";
  draft.introduction = "Hello, \"this\" is …";
  draft.questions = {
      {QuestionId(1), "support", QuestionKind::choice, "Whom?", {"Ours", "Theirs"}},
      {QuestionId(2), "certain", QuestionKind::scale, "How sure?", {"not", "so-so", "very"}},
      {QuestionId(3), "issue", QuestionKind::text, "What matters most?", {}},
  };
  return draft;
}

std::string where_refused(const ScriptDraft& draft) {
  const auto status = check_draft(draft);
  return status ? "" : status.error().where;
}

TEST(ScriptDraft, AcceptsAllKinds) { EXPECT_TRUE(check_draft(good_draft()).has_value()); }

TEST(ScriptDraft, BodyReadsBack) {
  ScriptDraft draft = good_draft();
  draft.questions[2].asked_if = {{{{"support", 2}, {"certain", 3, true}}}, {{{"support", 0}}}};
  Script script;
  read_body(body_of(draft), script);
  EXPECT_EQ(script.introduction, draft.introduction);
  EXPECT_EQ(script.questions, draft.questions);
}

TEST(ScriptDraft, NamesWhatIsWrong) {
  auto draft = good_draft();
  draft.name = "  ";
  EXPECT_EQ(where_refused(draft), "name");
  draft = good_draft();
  draft.questions[1].key = "Support!";
  EXPECT_EQ(where_refused(draft), "questions[1].key");
  draft = good_draft();
  draft.questions[1].key = "support";
  EXPECT_EQ(where_refused(draft), "questions[1].key");
  draft = good_draft();
  draft.questions[0].choices = {"Ours"};
  EXPECT_EQ(where_refused(draft), "questions[0].choices");
  draft = good_draft();
  draft.questions[0].choices = {"Ours", " Ours"};
  EXPECT_EQ(where_refused(draft), "questions[0].choices[1]");
  draft = good_draft();
  draft.questions[2].choices = {"a", "b"};
  EXPECT_EQ(where_refused(draft), "questions[2].choices");
  draft = good_draft();
  draft.questions[2].text = "";
  EXPECT_EQ(where_refused(draft), "questions[2].text");
  draft = good_draft();
  draft.questions.resize(SurveyService::kQuestionsMax + 1);
  EXPECT_EQ(where_refused(draft), "questions");
  draft = good_draft();
  draft.closing = std::string(20'001, 'x');
  EXPECT_EQ(where_refused(draft), "closing");
}

TEST(ScriptDraft, KindsReadBack) {
  for (const auto kind : {QuestionKind::choice, QuestionKind::scale, QuestionKind::text}) {
    EXPECT_EQ(question_kind_from(to_string(kind)), kind);
  }
  EXPECT_EQ(question_kind_from("essay"), std::nullopt);
}

TEST(Wilson, KnownValues) {
  // Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
  EXPECT_NEAR(wilson_interval(81, 263).low, 0.2553, 0.00005);
  EXPECT_NEAR(wilson_interval(81, 263).high, 0.3662, 0.00005);
  EXPECT_NEAR(wilson_interval(15, 148).low, 0.0624, 0.00005);
  EXPECT_NEAR(wilson_interval(15, 148).high, 0.1605, 0.00005);
  EXPECT_NEAR(wilson_interval(0, 20).low, 0, 1e-12);
  EXPECT_NEAR(wilson_interval(0, 20).high, 0.1611, 0.00005);
  EXPECT_NEAR(wilson_interval(1, 29).low, 0.0061, 0.00005);
  EXPECT_NEAR(wilson_interval(1, 29).high, 0.1718, 0.00005);
  EXPECT_EQ(wilson_interval(0, 0).low, 0);
  EXPECT_EQ(wilson_interval(0, 0).high, 1);
  EXPECT_NEAR(wilson_interval(20, 20).high, 1, 1e-12);
}

}  // namespace
}  // namespace hustings::surveys
