#include <utility>

#include "segments/electorate.h"

namespace hustings::segments {

/// Everything of `from` over what `to` had, whose own answers have been taken out before.
void Electorate::move_row(Row from, Row to) {
  for (CategoryColumn& column : categories_)
    column.set(to, std::string(column.text(from)));
  for (Column<std::uint8_t>& column : numbers_)
    column.set(to, column.get(from));
  for (Bitmap& flag : flags_)
    flag.set(to, flag.test(from));
  for (ElectionColumn& election : elections_)
    election.voted.set(to, election.voted.test(from));
  born_.set(to, born_.get(from));
  last_contacted_.set(to, last_contacted_.get(from));
  if (auto latest = last_attempts_.extract(from)) {
    latest.key() = to;
    last_attempts_.insert(std::move(latest));
  }
  for (std::uint32_t i = 0; i < questions_.size(); ++i) {
    questions_[i].choices.set(to, questions_[i].choices.get(from));
    if (auto time = answer_times_.extract(AnswerKey{from, i})) {
      time.key() = AnswerKey{to, i};
      answer_times_.insert(std::move(time));
    }
  }
  voters_[to] = voters_[from];
  household_of_[to] = household_of_[from];
  index_.set(voters_[to], to);
}

/// As a row is before append(): bits beyond the last row are 0.
void Electorate::clear_row(Row row) {
  for (CategoryColumn& column : categories_)
    column.set(row, {});
  for (Column<std::uint8_t>& column : numbers_)
    column.set(row, 0);
  for (Bitmap& flag : flags_)
    flag.set(row, false);
  for (ElectionColumn& election : elections_)
    election.voted.set(row, false);
  for (QuestionColumn& question : questions_)
    question.choices.set(row, kNoAnswer);
  born_.set(row, 0);
  last_contacted_.set(row, 0);
}

bool Electorate::remove(VoterId voter) {
  const Row row = find(voter);
  if (row == kNoRow) return false;
  for (std::uint32_t i = 0; i < questions_.size(); ++i) {
    const std::uint8_t choice = questions_[i].choices.get(row);
    if (choice != kNoAnswer) --questions_[i].counts[choice];
    answer_times_.erase(AnswerKey{row, i});
  }
  last_attempts_.erase(row);
  index_.set(voter.value(), kNoRow);
  const auto last = static_cast<Row>(voters_.size() - 1);
  if (row != last) move_row(last, row);
  clear_row(last);
  voters_.pop_back();
  household_of_.pop_back();
  return true;
}

}  // namespace hustings::segments
