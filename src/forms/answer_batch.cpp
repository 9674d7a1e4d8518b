#include <algorithm>
#include <array>
#include <chrono>
#include <set>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/secret.h"
#include "base/text.h"
#include "base/uuid.h"
#include "forms/answer_import.h"
#include "forms/sql.h"

namespace hustings::forms {
namespace {

namespace json = boost::json;

constexpr std::chrono::minutes kClockSkewMax{1};  ///< of the program that hands in

/// What was handed in, whoever did and in whatever form.
std::string digest_of(const AnswerBatch& batch) {
  json::array all;
  for (const AnswerBatch::One& one : batch.answers) {
    json::array item{static_cast<int>(one.by), one.voter, one.question, one.answer.declined};
    item.push_back(one.answer.choice ? json::value(*one.answer.choice) : json::value());
    item.push_back(one.answer.text ? json::value(*one.answer.text) : json::value());
    item.push_back(one.at ? json::value(to_iso(*one.at)) : json::value());
    all.push_back(std::move(item));
  }
  return token_hash(json::serialize(all));
}

std::string report_json(const BatchReport& report) {
  return json::serialize(json::object{{"answers", report.answers}, {"voters", report.voters}});
}

BatchReport report_from(std::string_view text) {
  const json::value report = json::parse(text);
  return {.is_repeat = true,
          .answers = report.at("answers").to_number<std::int64_t>(),
          .voters = report.at("voters").to_number<std::int64_t>()};
}

std::string place(std::size_t item, std::string_view field) {
  return fmt::format("answers[{}].{}", item, field);
}

}  // namespace

Result<BatchReport> AnswerImporter::record(const AnswerBatch& batch) {
  if (!is_uuid(batch.key)) return invalid("The key is a uuid.", "key");
  if (batch.answers.empty()) return invalid("Give one answer at least.", "answers");
  if (batch.answers.size() > kBatchAnswersMax) {
    return refuse(ErrorCode::over_limit,
                  fmt::format("At most {} answers at once.", kBatchAnswersMax), "answers");
  }
  const auto connection = pool_.acquire();
  pg::Transaction transaction(*connection);
  const std::string digest = digest_of(batch);
  const auto known = [&]() -> Result<std::optional<BatchReport>> {
    const auto rows = transaction.run(sql::kBatchFind, batch.key);
    if (rows.empty()) return std::optional<BatchReport>();
    if (rows[0].text(0) != to_hex(digest)) {
      return refuse(ErrorCode::conflict, "Other answers were handed in under this key.", "key");
    }
    return std::optional(report_from(rows[0].text(1)));
  };
  // Before anything is checked: what was taken once is answered alike, whatever became of its
  // voters since.
  if (const auto before = TRY(known())) return *before;
  const std::vector<Given> given = TRY(read_batch(*connection, batch));
  std::set<VoterId> voters;
  for (const Given& one : given)
    voters.insert(one.voter);
  const BatchReport report{.answers = std::ssize(given), .voters = std::ssize(voters)};
  const auto added = transaction.run(sql::kBatchAdd, batch.key, pg::Bytes{digest},
                                     pg::Json{report_json(report)}, batch.actor, clock_.now());
  if (added.empty()) {  // another connection was faster, and has committed
    const auto first = TRY(known());
    if (first) return *first;
    return refuse(ErrorCode::overloaded, "Another call uses this key just now. Try again.", "key");
  }
  write(transaction, given, batch.actor, "api");
  log_.info("answers_recorded", {{"answers", report.answers}, {"voters", report.voters}});
  return report;
}

Result<std::vector<AnswerImporter::Given>> AnswerImporter::read_batch(pg::Connection& connection,
                                                                      const AnswerBatch& batch) {
  constexpr std::array<VoterBy, 3> kWays{VoterBy::id, VoterBy::external_id, VoterBy::phone};
  std::vector<std::string> keys;
  std::array<std::vector<std::string>, kWays.size()> names;
  for (const AnswerBatch::One& one : batch.answers) {
    keys.push_back(one.question);
    names.at(static_cast<std::size_t>(one.by)).push_back(one.voter);
  }
  std::vector<NamedVoters> voters;
  for (const VoterBy way : kWays)
    voters.emplace_back(connection, names.at(static_cast<std::size_t>(way)), way);
  const auto questions = questions_by_key(connection, keys);
  const Instant now = clock_.now();
  std::vector<Given> given;
  std::set<std::pair<VoterId, QuestionId>> seen;
  for (std::size_t i = 0; i < batch.answers.size(); ++i) {
    const AnswerBatch::One& one = batch.answers[i];
    const auto voter = voters.at(static_cast<std::size_t>(one.by)).find(one.voter);
    if (!voter) return invalid(voter.error().sentence, place(i, "voter"));
    const auto question = questions.find(one.question);
    if (question == questions.end()) {
      return invalid("There is no question with this key.", place(i, "question"));
    }
    Given each{.voter = *voter, .answer = one.answer, .at = std::min(one.at.value_or(now), now)};
    each.answer.question = question->second.id;
    TRY(surveys_.check(connection, each.answer, fmt::format("answers[{}]", i)));
    if (one.at && *one.at > now + kClockSkewMax) {
      return invalid("This lies in the future.", place(i, "at"));
    }
    if (!seen.emplace(each.voter, each.answer.question).second) {
      return invalid("This voter answers this question twice here. Keep the last one.",
                     place(i, "question"));
    }
    given.push_back(std::move(each));
  }
  return given;
}

}  // namespace hustings::forms
