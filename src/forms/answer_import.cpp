#include "forms/answer_import.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/secret.h"
#include "base/text.h"
#include "feed/feed.h"
#include "forms/sql.h"
#include "surveys/script_draft.h"

namespace hustings::forms {
namespace {

namespace json = boost::json;

void reject(AnswerReport& report, std::int64_t line, std::string column, std::string reason) {
  ++report.rejected;
  if (report.rejects.size() < kRejectsShown) {
    report.rejects.push_back({line, std::move(column), std::move(reason)});
  }
}

Result<std::size_t> place_of(const CsvTable& table, const std::string& column,
                             const std::string& where) {
  const auto found = std::ranges::find(table.header, column);
  if (found == table.header.end()) {
    return invalid(fmt::format("The file has no column \"{}\".", column), where);
  }
  return static_cast<std::size_t>(found - table.header.begin());
}

std::string digest_of(std::string_view text, const AnswerReading& reading) {
  json::object questions;
  for (const auto& [column, key] : reading.questions)
    questions[column] = key;
  const json::object how{{"voter", reading.voter_column},
                         {"by", static_cast<int>(reading.by)},
                         {"at", reading.at_column},
                         {"questions", std::move(questions)}};
  return token_hash(json::serialize(how) + '\n' + std::string(text));
}

std::string report_json(const AnswerReport& report) {
  return json::serialize(json::object{{"rows", report.rows},
                                      {"voters", report.voters},
                                      {"answers", report.answers},
                                      {"same", report.same},
                                      {"rejected", report.rejected}});
}

std::string cell_of(const CsvRow& row, std::size_t place) {
  return place < row.cells.size() ? row.cells[place] : std::string();
}

std::string answered_before(std::int64_t line) {
  return fmt::format(
      "Line {} has an answer of this voter to this question already, and without a column of dates "
      "nothing says which one is newer.",
      line);
}

std::unexpected<Error> too_many_answers() {
  return refuse(ErrorCode::over_limit,
                fmt::format("The file has more than {} answers; split it.",
                            with_thousands(static_cast<std::int64_t>(kAnswersMax))),
                "file");
}

}  // namespace

/// A file with what was found out about it.
struct AnswerImporter::FileParts {
  const CsvTable& table;
  const AnswerReading& reading;
  std::size_t voter_place;
  std::optional<std::size_t> at_place;
  const std::map<std::string, surveys::Question>& questions;  ///< by column
  const NamedVoters& voters;
};

AnswerImporter::AnswerImporter(pg::Pool& pool, surveys::SurveyService& surveys, const Clock& clock,
                               Log& log)
    : pool_(pool), surveys_(surveys), clock_(clock), log_(log) {}

std::map<std::string, surveys::Question> AnswerImporter::questions_by_key(
    pg::Connection& connection, const std::vector<std::string>& keys) {
  std::map<std::string, surveys::Question> known;
  for (const pg::Row row : connection.run(sql::kQuestionsByKey, keys)) {
    surveys::Question question{.id = row.get<QuestionId>(0), .key = row.get<std::string>(1)};
    question.kind = surveys::question_kind_from(row.text(2)).value_or(surveys::QuestionKind::text);
    question.choices = surveys::choices_from_json(row.text(3));
    known[question.key] = std::move(question);
  }
  return known;
}

Result<std::map<std::string, surveys::Question>> AnswerImporter::questions_of(
    pg::Connection& connection, const CsvTable& table, const AnswerReading& reading) const {
  std::vector<std::string> keys = table.header;
  for (const auto& [column, key] : reading.questions)
    keys.push_back(key);
  const std::map<std::string, surveys::Question> known = questions_by_key(connection, keys);
  std::map<std::string, surveys::Question> by_column;
  for (const std::string& column : table.header) {
    const bool is_named = column == reading.voter_column || column == reading.at_column;
    if (reading.questions.empty() && !is_named && known.contains(column)) {
      by_column[column] = known.at(column);
    }
  }
  for (const auto& [column, key] : reading.questions) {
    TRY(place_of(table, column, "questions"));
    if (!known.contains(key)) {
      return invalid(fmt::format("There is no question with the key \"{}\".", key), "questions");
    }
    by_column[column] = known.at(key);
  }
  if (by_column.empty()) {
    return invalid("No column is called as a question's key. Say which columns hold answers.",
                   "questions");
  }
  return by_column;
}

Result<AnswerReport> AnswerImporter::import(const Job& job) {
  const CsvTable table = TRY(read_csv(job.text));
  const AnswerReading& reading = job.reading;
  const std::size_t voter_place = TRY(place_of(table, reading.voter_column, "voter_column"));
  std::optional<std::size_t> at_place;
  if (!reading.at_column.empty()) at_place = TRY(place_of(table, reading.at_column, "at_column"));
  const auto connection = pool_.acquire();
  pg::Transaction transaction(*connection);
  AnswerReport report{.rows = std::ssize(table.rows), .columns = table.header};
  const std::string digest = digest_of(job.text, reading);
  report.is_repeat = !transaction.run(sql::kImportFind, pg::Bytes{digest}).empty();
  const auto questions = TRY(questions_of(*connection, table, reading));
  for (const auto& [column, question] : questions)
    report.questions[column] = question.key;
  std::vector<std::string> names;
  for (const CsvRow& row : table.rows)
    names.push_back(cell_of(row, voter_place));
  const NamedVoters voters(*connection, names, reading.by);
  const FileParts file{table, reading, voter_place, at_place, questions, voters};
  std::vector<Given> given = TRY(read_rows(file, report));
  leave_out_same(*connection, given, file, report);
  report.answers = std::ssize(given);
  if (job.is_trial || report.is_repeat) return report;
  transaction.run(sql::kImportAdd, pg::Bytes{digest}, pg::Json{report_json(report)}, job.actor,
                  clock_.now());
  write(transaction, given, job.actor, "import");
  log_.info("answers_imported",
            {{"rows", report.rows}, {"answers", report.answers}, {"rejected", report.rejected}});
  return report;
}

Result<std::vector<AnswerImporter::Given>> AnswerImporter::read_rows(const FileParts& file,
                                                                     AnswerReport& report) const {
  const Instant now = clock_.now();
  const std::vector<std::string>& header = file.table.header;
  std::vector<Given> given;
  std::unordered_set<VoterId> seen;
  std::map<std::pair<VoterId, QuestionId>, std::int64_t> lines;
  for (const CsvRow& row : file.table.rows) {
    const auto voter = file.voters.find(cell_of(row, file.voter_place));
    if (!voter) {
      reject(report, row.line, file.reading.voter_column, voter.error().sentence);
      continue;
    }
    const auto moment =
        file.at_place ? moment_in(cell_of(row, *file.at_place), now) : Result<Moment>({.at = now});
    if (!moment) {
      reject(report, row.line, file.reading.at_column, moment.error().sentence);
      continue;
    }
    for (std::size_t i = 0; i < row.cells.size() && i < header.size(); ++i) {
      const auto question = file.questions.find(header[i]);
      if (question == file.questions.end()) continue;
      const auto answer = answer_in(row.cells[i], question->second);
      if (answer && !*answer) continue;
      if (!answer) {
        reject(report, row.line, header[i], answer.error().sentence);
        continue;
      }
      const auto [first, is_first] = lines.try_emplace({*voter, (*answer)->question}, row.line);
      if (!is_first && !file.at_place) {
        reject(report, row.line, header[i], answered_before(first->second));
        continue;
      }
      if (given.size() == kAnswersMax) return too_many_answers();
      seen.insert(*voter);
      given.push_back({.voter = *voter, .answer = **answer, .at = moment->at, .day = moment->day});
    }
  }
  report.voters = std::ssize(seen);
  return given;
}

/// What some file said before stays as old as it is: said again by a longer file, it would be newer
/// than what the voter has said since.
void AnswerImporter::leave_out_same(pg::Connection& connection, std::vector<Given>& given,
                                    const FileParts& file, AnswerReport& report) const {
  std::vector<std::int16_t> buckets;
  std::vector<VoterId> voters;
  std::vector<QuestionId> questions;
  for (const Given& one : given) {
    buckets.push_back(static_cast<std::int16_t>(bucket_of(one.voter)));
    voters.push_back(one.voter);
    questions.push_back(one.answer.question);
  }
  const auto what = [](VoterId voter, QuestionId question, std::optional<int> choice,
                       std::string_view text, bool declined) {
    return fmt::format("{} {} {} {} {}", voter.value(), question.value(), choice.value_or(0),
                       declined, text);
  };
  std::unordered_map<std::string, std::vector<Instant>> known;
  for (const pg::Row row : connection.run(sql::kAnswersImported, buckets, voters, questions)) {
    known[what(row.get<VoterId>(0), row.get<QuestionId>(1), row.get<std::optional<int>>(2),
               row.text(3), row.get<bool>(4))]
        .push_back(row.get<Instant>(5));
  }
  report.same = static_cast<std::int64_t>(std::erase_if(given, [&](const Given& one) {
    std::vector<Instant>& times = known[what(one.voter, one.answer.question, one.answer.choice,
                                             one.answer.text.value_or(""), one.answer.declined)];
    const bool is_same = std::ranges::any_of(times, [&](Instant at) {
      return !file.at_place || is_same_moment({.at = one.at, .day = one.day}, at);
    });
    times.push_back(one.at);  // for a later row of this file
    return is_same;
  }));
}

void AnswerImporter::write(pg::Transaction& transaction, const std::vector<Given>& given,
                           const std::string& actor, const std::string& channel) {
  std::vector<surveys::Occasion> occasions;
  std::vector<feed::Change> changes;
  for (const Given& one : given) {
    occasions.push_back(
        {.script_version = 0,
         .phonebank = std::nullopt,
         .actor = actor,
         .at = one.at,
         .answers = {{.voter = one.voter, .attempt = std::nullopt, .answer = one.answer}},
         .channel = channel});
    changes.push_back(
        {.kind = ChangeKind::answer_recorded,
         .subject = feed::subject_of("voter", one.voter),
         .actor = actor,
         .payload = fmt::format(R"({{"question":{}{},"at":"{}"}})", one.answer.question.value(),
                                surveys_.feed_members(transaction.connection(), one.answer),
                                to_iso(one.at))});
  }
  surveys_.record(transaction, occasions);
  if (changes.empty()) {
    transaction.commit();
  } else {
    feed::commit(transaction, changes);
  }
}

}  // namespace hustings::forms
