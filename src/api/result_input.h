#pragma once

#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "api/context.h"
#include "api/phonebank_names.h"
#include "api/services.h"
#include "api/spec.h"
#include "phonebank/phonebank_service.h"
#include "phonebank/result.h"
#include "surveys/survey_service.h"

/// How callers hand in what came of a call, for a new result and for a changed one.
namespace hustings::api {

struct AnswerInput {
  static constexpr std::string_view kName = "AnswerInput";
  QuestionId question;
  std::optional<std::int32_t> choice;
  std::optional<std::string> text;
  bool declined = false;
  static Fields fields() {
    return {field("question", &AnswerInput::question, "The question."),
            field("choice", &AnswerInput::choice, "The choice's number, from 1."),
            field("text", &AnswerInput::text,
                  "Free words; a number; or numbers of choices, ascending, by blanks (\"1 3\").",
                  {.max_length = surveys::SurveyService::kAnswerTextMax}),
            field("declined", &AnswerInput::declined, "The voter would not say.",
                  {.has_default = true})};
  }
};

struct VoterResultInput {
  static constexpr std::string_view kName = "VoterResultInput";
  VoterId voter;
  Disposition disposition = Disposition::no_answer;
  std::vector<AnswerInput> answers;
  std::optional<std::string> note;
  std::optional<std::string> own;
  static Fields fields() {
    return {field("voter", &VoterResultInput::voter, "One of the lease's voters."),
            field("disposition", &VoterResultInput::disposition, "What came of the call."),
            field("answers", &VoterResultInput::answers, "What the voter answered.",
                  {.max_items = phonebank::kResultAnswersMax, .has_default = true}),
            field("note", &VoterResultInput::note, "For whoever calls next.",
                  {.max_length = phonebank::kResultNoteMax}),
            field("own", &VoterResultInput::own,
                  "One of the campaign's own dispositions; disposition is then its base.",
                  {.max_length = 40})};
  }
};

inline phonebank::VoterResult result_from(const VoterResultInput& input) {
  phonebank::VoterResult result{.voter = input.voter,
                                .disposition = input.disposition,
                                .answers = {},
                                .note = input.note.value_or(""),
                                .own = input.own};
  for (const AnswerInput& answer : input.answers) {
    result.answers.push_back({.question = answer.question,
                              .choice = answer.choice,
                              .text = answer.text,
                              .declined = answer.declined});
  }
  return result;
}

/// Appends the results to `out`.
inline Status read_results(Context& context, const std::vector<VoterResultInput>& input,
                           std::vector<phonebank::VoterResult>& out) {
  for (std::size_t i = 0; i < input.size(); ++i) {
    const VoterResultInput& voter = input[i];
    out.push_back(result_from(voter));
    if (!voter.own) continue;
    const std::string where = fmt::format("voters[{}].own", i);
    const Disposition base = TRY(
        context.services().phonebank.dispositions().base_of(*voter.own, where, context.deadline()));
    if (base != voter.disposition) {
      return invalid("This disposition of the campaign has other effects. Reload the page.", where);
    }
  }
  return {};
}

}  // namespace hustings::api
