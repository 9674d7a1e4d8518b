#include "phonebank/tally.h"

#include "phonebank/sql.h"

namespace hustings::phonebank {

namespace {

/// How far `until` may stay behind before it is worth moving.
constexpr std::chrono::minutes kAdvance{5};

struct Stretch {
  PhonebankId phonebank;
  Instant from;
  Instant until;
};

void add(pg::Transaction& transaction, surveys::SurveyService& surveys, const Stretch& stretch,
         std::span<const QuestionId> questions, Tally& tally) {
  for (const pg::Row row :
       transaction.run(sql::kCountCalls, stretch.phonebank, stretch.from, stretch.until)) {
    const Calls calls{row.get<std::int64_t>(1), row.get<std::int64_t>(2)};
    tally.calls += calls;
    tally.by_caller[row.get<PersonId>(0)] += calls;
  }
  for (const pg::Row row :
       transaction.run(sql::kCountDispositions, stretch.phonebank, stretch.from, stretch.until)) {
    tally.dispositions[std::string(row.text(0))] += row.get<std::int64_t>(1);
  }
  for (const surveys::AnswerCount& count : surveys.counts(
           transaction.connection(), stretch.phonebank, questions, stretch.from, stretch.until)) {
    tally.answers[{count.question, count.choice}] += count.count;
  }
}

}  // namespace

std::int64_t Tally::answers_given() const {
  std::int64_t given = 0;
  for (const auto& [answer, count] : answers)
    given += count;
  return given;
}

Tally tally_at(pg::Transaction& transaction, surveys::SurveyService& surveys, PhonebankId phonebank,
               std::span<const QuestionId> questions, Instant at, TallySoFar& so_far) {
  const Instant settled = at - kSettling;
  if (settled - so_far.until > kAdvance) {
    // Into a copy: a statement may fail after others have been added, and is tried again later.
    TallySoFar next{so_far.tally, settled};
    add(transaction, surveys, {phonebank, so_far.until, settled}, questions, next.tally);
    so_far = std::move(next);
  }
  Tally tally = so_far.tally;
  // A moment beyond `at`, so that what was stored at this very moment is in.
  add(transaction, surveys, {phonebank, so_far.until, at + std::chrono::days(1)}, questions, tally);
  return tally;
}

}  // namespace hustings::phonebank
