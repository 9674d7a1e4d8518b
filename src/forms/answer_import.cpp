#include "forms/answer_import.h"

#include <algorithm>
#include <set>
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

/// "+1 (919) 555-0123" -> 19195550123: of ten digits the country is the campaign's (1).
std::optional<std::int64_t> number_in(std::string_view cell) {
  constexpr std::size_t kDigitsMost = 15;
  std::string digits;
  for (const char c : cell) {
    if (c >= '0' && c <= '9') digits += c;
  }
  if (digits.size() == 10) digits.insert(0, "1");
  if (digits.size() < 8 || digits.size() > kDigitsMost) return std::nullopt;
  return parse_int(digits);
}

/// Who a cell means; the voters of all cells are looked up at once.
class Voters {
 public:
  Voters(pg::Connection& connection, const CsvTable& table, std::size_t place, VoterBy by)
      : by_(by) {
    if (by == VoterBy::external_id) {
      std::vector<std::string> ids;
      for (const CsvRow& row : table.rows)
        ids.push_back(cell(row, place));
      for (const pg::Row row : connection.run(sql::kVotersByExternalId, ids))
        add(std::string(row.text(0)), row.get<VoterId>(1));
      return;
    }
    std::vector<std::int64_t> numbers;
    for (const CsvRow& row : table.rows) {
      if (const auto number = number_of(cell(row, place))) numbers.push_back(*number);
    }
    const auto rows = by == VoterBy::phone ? connection.run(sql::kVotersByPhone, numbers)
                                           : connection.run(sql::kVotersById, numbers);
    for (const pg::Row row : rows)
      add(std::to_string(row.get<std::int64_t>(0)), row.get<VoterId>(1));
  }

  static std::string cell(const CsvRow& row, std::size_t place) {
    return place < row.cells.size() ? row.cells[place] : std::string();
  }

  Result<VoterId> find(const std::string& cell) const {
    if (cell.empty()) return invalid("The row names no voter.");
    std::string key = cell;
    if (by_ != VoterBy::external_id) {
      const auto number = number_of(cell);
      if (!number) {
        return invalid(by_ == VoterBy::phone ? "This is no phone number."
                                             : "This is no voter's id; it begins with vtr_.");
      }
      key = std::to_string(*number);
    }
    const auto found = voters_.find(key);
    if (found == voters_.end()) return invalid("There is no such voter.");
    if (found->second.size() > 1) {
      return invalid(by_ == VoterBy::phone
                         ? "Several voters have this number: use their ids."
                         : "Several voters of different files have this id: use this program's.");
    }
    return *found->second.begin();
  }

 private:
  std::optional<std::int64_t> number_of(const std::string& cell) const {
    if (by_ == VoterBy::phone) return number_in(cell);
    const auto id = VoterId::from_text(cell);
    return id ? std::optional(id->value()) : std::nullopt;
  }
  void add(std::string key, VoterId voter) { voters_[std::move(key)].insert(voter); }

  VoterBy by_;
  std::unordered_map<std::string, std::set<VoterId>> voters_;
};

}  // namespace

struct AnswerImporter::Read {
  struct One {
    VoterId voter;
    surveys::Answer answer;
    Instant at;
  };
  std::vector<One> answers;
};

AnswerImporter::AnswerImporter(pg::Pool& pool, surveys::SurveyService& surveys, const Clock& clock,
                               Log& log)
    : pool_(pool), surveys_(surveys), clock_(clock), log_(log) {}

Result<std::map<std::string, surveys::Question>> AnswerImporter::questions_of(
    pg::Connection& connection, const CsvTable& table, const AnswerReading& reading) const {
  std::map<std::string, surveys::Question> known;
  std::vector<std::string> keys = table.header;
  for (const auto& [column, key] : reading.questions)
    keys.push_back(key);
  for (const pg::Row row : connection.run(sql::kQuestionsByKey, keys)) {
    surveys::Question question{.id = row.get<QuestionId>(0), .key = row.get<std::string>(1)};
    question.kind = surveys::question_kind_from(row.text(2)).value_or(surveys::QuestionKind::text);
    question.choices = surveys::choices_from_json(row.text(3));
    known[question.key] = std::move(question);
  }
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
  const Instant now = clock_.now();
  const Voters voters(*connection, table, voter_place, reading.by);
  Read read;
  std::unordered_set<VoterId> seen;
  for (const CsvRow& row : table.rows) {
    const auto voter = voters.find(Voters::cell(row, voter_place));
    if (!voter) {
      reject(report, row.line, reading.voter_column, voter.error().sentence);
      continue;
    }
    const auto at = at_place ? moment_in(Voters::cell(row, *at_place)) : std::optional(now);
    if (!at || *at > now) {
      reject(report, row.line, reading.at_column,
             at ? "This lies in the future." : "This is no date; write it as 2026-10-20.");
      continue;
    }
    for (std::size_t i = 0; i < row.cells.size() && i < table.header.size(); ++i) {
      const auto question = questions.find(table.header[i]);
      if (question == questions.end()) continue;
      const auto answer = answer_in(row.cells[i], question->second);
      if (!answer) {
        reject(report, row.line, table.header[i], answer.error().sentence);
      } else if (*answer) {
        seen.insert(*voter);
        read.answers.push_back({.voter = *voter, .answer = **answer, .at = *at});
      }
    }
  }
  report.voters = std::ssize(seen);
  leave_out_same(*connection, read, report);
  report.answers = std::ssize(read.answers);
  if (job.is_trial || report.is_repeat) return report;
  transaction.run(sql::kImportAdd, pg::Bytes{digest}, pg::Json{report_json(report)}, job.actor,
                  now);
  write(transaction, read, job.actor);
  log_.info("answers_imported",
            {{"rows", report.rows}, {"answers", report.answers}, {"rejected", report.rejected}});
  return report;
}

void AnswerImporter::leave_out_same(pg::Connection& connection, Read& read,
                                    AnswerReport& report) const {
  std::vector<std::int16_t> buckets;
  std::vector<VoterId> voters;
  std::vector<QuestionId> questions;
  for (const Read::One& one : read.answers) {
    buckets.push_back(static_cast<std::int16_t>(bucket_of(one.voter)));
    voters.push_back(one.voter);
    questions.push_back(one.answer.question);
  }
  const auto what = [](VoterId voter, QuestionId question, std::optional<int> choice,
                       std::string_view text, bool declined) {
    return fmt::format("{} {} {} {} {}", voter.value(), question.value(), choice.value_or(0),
                       declined, text);
  };
  std::unordered_set<std::string> known;
  for (const pg::Row row : connection.run(sql::kNewestImported, buckets, voters, questions)) {
    known.insert(what(row.get<VoterId>(0), row.get<QuestionId>(1), row.get<std::optional<int>>(2),
                      row.text(3), row.get<bool>(4)));
  }
  report.same = static_cast<std::int64_t>(std::erase_if(read.answers, [&](const Read::One& one) {
    return known.contains(what(one.voter, one.answer.question, one.answer.choice,
                               one.answer.text.value_or(""), one.answer.declined));
  }));
}

void AnswerImporter::write(pg::Transaction& transaction, const Read& read,
                           const std::string& actor) {
  std::vector<surveys::Occasion> occasions;
  std::vector<feed::Change> changes;
  for (const Read::One& one : read.answers) {
    occasions.push_back(
        {.script_version = 0,
         .phonebank = std::nullopt,
         .actor = actor,
         .at = one.at,
         .answers = {{.voter = one.voter, .attempt = std::nullopt, .answer = one.answer}},
         .channel = "import"});
    const std::string choice =
        one.answer.choice ? fmt::format(R"(,"choice":{})", *one.answer.choice) : "";
    changes.push_back(
        {.kind = ChangeKind::answer_recorded,
         .subject = feed::subject_of("voter", one.voter),
         .actor = actor,
         .payload = fmt::format(R"({{"question":{}{},"at":"{}"}})", one.answer.question.value(),
                                choice, to_iso(one.at))});
  }
  surveys_.record(transaction, occasions);
  if (changes.empty()) {
    transaction.commit();
  } else {
    feed::commit(transaction, changes);
  }
}

}  // namespace hustings::forms
