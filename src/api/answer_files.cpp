#include "api/answer_files.h"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "api/read_upload.h"
#include "base/text.h"
#include "forms/answer_import.h"
#include "surveys/survey_service.h"

namespace hustings::api {

template <>
struct ChoiceNames<forms::VoterBy> {
  static constexpr std::string_view kName = "VoterBy";
  static constexpr std::array<std::string_view, 3> kNames = {"id", "external_id", "phone"};
};

namespace {

struct RejectShape {
  static constexpr std::string_view kName = "AnswerReject";
  std::int64_t line = 0;
  std::string column;
  std::string reason;
  static Fields fields() {
    return {field("line", &RejectShape::line, "The row's line in the file."),
            field("column", &RejectShape::column, "The column at fault."),
            field("reason", &RejectShape::reason, "Why it was not taken.")};
  }
};
struct ColumnShape {
  static constexpr std::string_view kName = "AnswerColumn";
  std::string column;
  std::string question;
  static Fields fields() {
    return {field("column", &ColumnShape::column, "A column of the file."),
            field("question", &ColumnShape::question,
                  "The key of the question that it was read as; empty: it was not read.")};
  }
};

/// {"Q1":"support"} as "Q1=support", by line feeds: a column may hold anything else.
Result<std::map<std::string, std::string>> mapping_of(const std::string& text) {
  std::map<std::string, std::string> mapping;
  for (const std::string_view line : split(text, '\n')) {
    if (trim(line).empty()) continue;
    const std::size_t at = line.rfind('=');
    if (at == std::string_view::npos || at == 0) {
      return invalid("A line of the mapping is column=question.", "questions");
    }
    mapping[std::string(trim(line.substr(0, at)))] = std::string(trim(line.substr(at + 1)));
  }
  return mapping;
}

struct ImportAnswers {
  struct Input {
    std::string voter_column;
    forms::VoterBy by = forms::VoterBy::external_id;
    std::string at_column;
    std::string questions;
    bool is_trial = false;
    static Fields fields() {
      return {
          field("voter_column", &Input::voter_column, "The column that names the voter.",
                {.min_length = 1, .max_length = 200}),
          field("by", &Input::by, "What that column holds.", {.has_default = true}),
          field("at_column", &Input::at_column,
                "When it was answered; empty: now, and each voter may stand in the file once.",
                {.max_length = 200, .has_default = true}),
          field("questions", &Input::questions,
                "Lines \"column=question key\"; empty: columns that are called as a key.",
                {.max_length = 20'000, .has_default = true}),
          field("dry_run", &Input::is_trial, "Says what would come of it.", {.has_default = true})};
    }
  };
  struct Output {
    static constexpr std::string_view kName = "AnswerImport";
    bool is_repeat = false;
    std::int64_t rows = 0;
    std::int64_t voters = 0;
    std::int64_t answers = 0;
    std::int64_t same = 0;
    std::int64_t rejected = 0;
    std::vector<RejectShape> rejects;
    std::vector<ColumnShape> columns;
    static Fields fields() {
      using S = Output;
      return {
          field("repeat", &S::is_repeat,
                "This file was imported before, read in the same way: nothing is added."),
          field("rows", &S::rows, "Its rows."),
          field("voters", &S::voters, "Voters who answered something."),
          field("answers", &S::answers, "New answers."),
          field("same", &S::same, "Answers that a file gave before: they stay as old as they are."),
          field("rejected", &S::rejected, "Rows and cells that were not taken."),
          field("rejects", &S::rejects, "The first 500 of them."),
          field("columns", &S::columns, "The file's columns.")};
    }
  };
  static Spec spec() {
    return {.method = "PUT",
            .path = "/v1/answers/file",
            .name = "import_answers",
            .summary =
                "Answers from a CSV file, one row for each voter; at most 50,000 answers a file.",
            .permission = Permission::registry_write,
            .upload = true};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const std::string text = TRY(read_upload(context));
    auto mapping = TRY(mapping_of(input.questions));
    const auto report = TRY(
        context.services().answer_importer.import({.text = text,
                                                   .reading = {.voter_column = input.voter_column,
                                                               .by = input.by,
                                                               .at_column = input.at_column,
                                                               .questions = std::move(mapping)},
                                                   .is_trial = input.is_trial,
                                                   .actor = context.actor()}));
    Output out{.is_repeat = report.is_repeat,
               .rows = report.rows,
               .voters = report.voters,
               .answers = report.answers,
               .same = report.same,
               .rejected = report.rejected};
    for (const forms::AnswerReject& one : report.rejects)
      out.rejects.push_back({one.line, one.column, one.reason});
    for (const std::string& column : report.columns) {
      const auto question = report.questions.find(column);
      out.columns.push_back(
          {column, question == report.questions.end() ? std::string() : question->second});
    }
    return out;
  }
};

struct BatchAnswerInput {
  static constexpr std::string_view kName = "BatchAnswerInput";
  std::optional<std::string> voter;
  std::optional<std::string> external_id;
  std::optional<std::string> phone;
  std::string question;
  std::optional<std::int32_t> choice;
  std::optional<std::string> text;
  bool declined = false;
  std::optional<Instant> at;
  static Fields fields() {
    using S = BatchAnswerInput;
    return {
        field("voter", &S::voter, "The voter's id; or", {.max_length = 60}),
        field("external_id", &S::external_id, "the id of the voter file; or", {.max_length = 200}),
        field("phone", &S::phone, "a number that this voter alone has.", {.max_length = 60}),
        field("question", &S::question, "The question's key, such as \"support\".",
              {.min_length = 1, .max_length = 200}),
        field("choice", &S::choice, "The choice's number, from 1."),
        field("text", &S::text,
              "Free words; a number; or numbers of choices, ascending, by blanks (\"1 3\").",
              {.max_length = surveys::SurveyService::kAnswerTextMax}),
        field("declined", &S::declined, "The voter would not say.", {.has_default = true}),
        field("at", &S::at, "When it was answered; none: now.")};
  }
};

Result<forms::AnswerBatch::One> one_from(const BatchAnswerInput& input, std::size_t item) {
  const int named = (input.voter ? 1 : 0) + (input.external_id ? 1 : 0) + (input.phone ? 1 : 0);
  if (named != 1) {
    return invalid("Give one of voter, external_id and phone.",
                   fmt::format("answers[{}].voter", item));
  }
  forms::AnswerBatch::One one{
      .voter = input.voter         ? *input.voter
               : input.external_id ? *input.external_id
                                   : *input.phone,
      .by = input.voter         ? forms::VoterBy::id
            : input.external_id ? forms::VoterBy::external_id
                                : forms::VoterBy::phone,
      .question = input.question,
      .answer = {.choice = input.choice, .text = input.text, .declined = input.declined},
      .at = input.at};
  return one;
}

struct RecordAnswers {
  struct Input {
    std::string key;
    std::vector<BatchAnswerInput> answers;
    static Fields fields() {
      return {field("key", &Input::key,
                    "A uuid that the program makes for each batch: the same again gives the first "
                    "answer.",
                    {.min_length = 36, .max_length = 36}),
              field("answers", &Input::answers, "All of them are recorded, or none.",
                    {.max_items = forms::kBatchAnswersMax})};
    }
  };
  struct Output {
    static constexpr std::string_view kName = "RecordedAnswers";
    std::int64_t answers = 0;
    std::int64_t voters = 0;
    bool is_repeat = false;
    static Fields fields() {
      return {field("answers", &Output::answers, "How many were recorded."),
              field("voters", &Output::voters, "Of how many voters."),
              field("repeat", &Output::is_repeat, "They were recorded before, under this key.")};
    }
  };
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/answers",
            .name = "record_answers",
            .summary =
                "Answers that another program has asked for. Durable when it is answered; "
                "may be sent again.",
            .permission = Permission::registry_write};
  }
  static Result<Output> call(Context& context, const Input& input) {
    forms::AnswerBatch batch{.key = input.key, .answers = {}, .actor = context.actor()};
    for (std::size_t i = 0; i < input.answers.size(); ++i)
      batch.answers.push_back(TRY(one_from(input.answers[i], i)));
    const auto report = TRY(context.services().answer_importer.record(batch));
    return Output{
        .answers = report.answers, .voters = report.voters, .is_repeat = report.is_repeat};
  }
};

}  // namespace

void add_answer_files(Registrar& registrar) {
  registrar.add<ImportAnswers>();
  registrar.add<RecordAnswers>();
}

}  // namespace hustings::api
