#include "api/answer_files.h"

#include <array>
#include <utility>

#include "api/read_upload.h"
#include "base/text.h"
#include "forms/answer_import.h"

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
                "The column that says when it was answered; empty: now.",
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
      return {field("repeat", &S::is_repeat,
                    "This file was imported before, read in the same way: nothing is added."),
              field("rows", &S::rows, "Its rows."),
              field("voters", &S::voters, "Voters who answered something."),
              field("answers", &S::answers, "New answers."),
              field("same", &S::same, "Answers that were there from another file."),
              field("rejected", &S::rejected, "Rows and cells that were not taken."),
              field("rejects", &S::rejects, "The first 500 of them."),
              field("columns", &S::columns, "The file's columns.")};
    }
  };
  static Spec spec() {
    return {.method = "PUT",
            .path = "/v1/answers/file",
            .name = "import_answers",
            .summary = "Answers from a CSV file, one row for each voter.",
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

}  // namespace

void add_answer_files(Registrar& registrar) { registrar.add<ImportAnswers>(); }

}  // namespace hustings::api
