#include <utility>

#include "base/error.h"
#include "segments/electorate.h"

namespace hustings::segments {

/// Everything of `from` over what `to` had, whose own answers have been taken out before.
void Electorate::move_row(Row from, Row to) {
  for_each_column(*this, [&](auto& column) { column.copy_row(from, to); });
  if (auto latest = writing_->last_attempts.extract(from)) {
    latest.key() = to;
    writing_->last_attempts.insert(std::move(latest));
  }
  for (std::uint32_t i = 0; i < questions_.size(); ++i) {
    if (auto time = writing_->answer_times.extract(AnswerKey{from, i})) {
      time.key() = AnswerKey{to, i};
      writing_->answer_times.insert(std::move(time));
    }
  }
  history_.move(from, to);
  voters_.set(to, voters_.get(from));
  index_.set(voters_.get(to), to, store_->epoch());
}

/// As a row is before append(): rows beyond the last one are 0.
void Electorate::clear_row(Row row) {
  for_each_column(*this, [&](auto& column) { column.clear_row(row); });
  voters_.set(row, 0);
}

bool Electorate::remove(VoterId voter) {
  CHECK(writing_ != nullptr);
  const Row row = find(voter);
  if (row == kNoRow) return false;
  for (std::uint32_t i = 0; i < questions_.size(); ++i) {
    const std::uint32_t choice = questions_[i].choices.get(row);
    if (choice != kNoAnswer) --questions_[i].counts[choice];
    writing_->answer_times.erase(AnswerKey{row, i});
  }
  writing_->last_attempts.erase(row);
  history_.clear(row);
  index_.set(voter.value(), kNoRow, store_->epoch());
  const auto last = static_cast<Row>(rows_ - 1);
  note(row);
  note(last);
  if (row != last) move_row(last, row);
  clear_row(last);
  --rows_;
  ++removals_;
  return true;
}

}  // namespace hustings::segments
