#include "segments/electorate.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "base/error.h"

namespace hustings::segments {
namespace {

using enum Field;

std::uint8_t score_byte(std::optional<std::int16_t> score) {
  return score ? static_cast<std::uint8_t>(*score) : kScoreUnknown;
}

std::uint32_t seconds_of(Instant at) {
  return static_cast<std::uint32_t>(
      std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count());
}

void count_up(Column& column, Row row) {
  const std::uint32_t before = column.get(row);
  if (before != kCountStop) column.set(row, before + 1);
}

}  // namespace

Electorate::Electorate()
    : store_(std::make_shared<BlockStore>()), writing_(std::make_shared<Writing>()) {
  for (CategoryColumn& column : categories_)
    column = CategoryColumn(*store_);
  for (Column& column : numbers_)
    column = Column(*store_);
  for (Column& flag : flags_)
    flag = Column(*store_);
  for (Column* column : {&born_, &last_contacted_, &household_of_, &ballot_in_})
    *column = Column(*store_);
  zones_ = CategoryColumn(*store_);
  number_starts_ = CategoryColumn(*store_);
  voters_ = IdColumn(*store_);
  household_ids_ = IdColumn(*store_);
  history_ = History(*store_);
}

std::shared_ptr<const Electorate> Electorate::freeze() {
  CHECK(writing_ != nullptr);
  auto version = std::shared_ptr<Electorate>(new Electorate(*this));
  version->writing_ = nullptr;
  version->touched_ = std::exchange(writing_->touched, {});
  std::ranges::sort(version->touched_);
  const auto repeated = std::ranges::unique(version->touched_);
  version->touched_.erase(repeated.begin(), repeated.end());
  writing_->is_noting = true;
  version->hold_ = store_->publish();
  return version;
}

void Electorate::note(Row row) {
  if (writing_->is_noting) writing_->touched.push_back(row);
}

Row Electorate::append(VoterId voter) {
  CHECK(writing_ != nullptr);
  const auto row = static_cast<Row>(rows_++);
  if (row % kBlockRows == 0) {
    for_each_column(*this, [this](auto& column) { column.grow(rows_); });
    voters_.grow(rows_);
    history_.grow(rows_);
  }
  voters_.set(row, voter.value());
  index_.set(voter.value(), row, store_->epoch());
  for (const Field score : {support_score, turnout_score, persuadability}) {
    numbers_[number_column(score)].set(row, kScoreUnknown);
  }
  return row;
}

std::uint32_t Electorate::household_number(const VoterRecord& record) {
  const std::int64_t id = record.household ? record.household->value() : -record.voter.value();
  std::uint32_t number = writing_->households.find(id);
  if (number == HashIndex::kNone) {
    number = households_++;
    writing_->households.set(id, number);
    household_ids_.grow(households_);
    household_ids_.set(number, id);
  }
  return number;
}

void Electorate::put(const VoterRecord& record) {
  Row row = find(record.voter);
  if (row == kNoRow) row = append(record.voter);
  note(row);
  for (std::size_t i = 0; i < record.texts.size(); ++i)
    categories_[i].set(row, record.texts[i]);
  born_.set(row, record.born);
  flags_[flag_column(has_phone)].set(row, record.has_phone ? 1 : 0);
  flags_[flag_column(is_protected)].set(row, record.is_protected ? 1 : 0);
  flags_[flag_column(suppressed)].set(row, record.is_suppressed ? 1 : 0);
  ballot_in_.set(row, record.ballot_in ? 1 : 0);
  const auto text = [&](Field field) -> std::string_view {
    return record.texts[category_column(field)];
  };
  zones_.set(row, writing_->zones.of({.state = text(state),
                                      .county = text(county),
                                      .zip5 = text(zip5),
                                      .number_start = record.number_start}));
  number_starts_.set(row, record.number_start == 0 ? "" : std::to_string(record.number_start));
  household_of_.set(row, household_number(record));
}

bool Electorate::set_scores(VoterId voter, const Scores& scores) {
  const Row row = find(voter);
  if (row == kNoRow) return false;
  note(row);
  numbers_[number_column(support_score)].set(row, score_byte(scores.support));
  numbers_[number_column(turnout_score)].set(row, score_byte(scores.turnout));
  numbers_[number_column(persuadability)].set(row, score_byte(scores.persuadability));
  return true;
}

bool Electorate::set_suppressed(VoterId voter, bool is_suppressed) {
  const Row row = find(voter);
  if (row == kNoRow) return false;
  note(row);
  flags_[flag_column(suppressed)].set(row, is_suppressed ? 1 : 0);
  return true;
}

bool Electorate::set_ballot_in(VoterId voter, bool ballot_in) {
  const Row row = find(voter);
  if (row == kNoRow) return false;
  ballot_in_.set(row, ballot_in ? 1 : 0);
  return true;
}

void Electorate::put_election(const ElectionInfo& election) {
  const auto [at, is_new] =
      writing_->election_places.emplace(election.id.value(), elections_.size());
  if (is_new) {
    Column& voted = elections_.emplace_back().voted;
    voted = Column(*store_);
    voted.grow(rows());
  }
  if (is_new || elections_[at->second].info != election) ++names_version_;
  elections_[at->second].info = election;
}

void Electorate::put_question(const QuestionInfo& question) {
  const auto [at, is_new] =
      writing_->question_places.emplace(question.id.value(), questions_.size());
  if (is_new) {
    Column& choices = questions_.emplace_back().choices;
    choices = Column(*store_);
    choices.grow(rows());
  }
  if (is_new || questions_[at->second].info != question) ++names_version_;
  questions_[at->second].info = question;
}

bool Electorate::set_voted(VoterId voter, ElectionId election) {
  const Row row = find(voter);
  const auto place = writing_->election_places.find(election.value());
  if (row == kNoRow || place == writing_->election_places.end()) return false;
  if (elections_[place->second].voted.set(row, 1)) {
    note(row);
    count_up(numbers_[number_column(votes_count)], row);
  }
  return true;
}

bool Electorate::record_attempt(VoterId voter, const Attempt& attempt) {
  const Row row = find(voter);
  if (row == kNoRow) return false;
  note(row);
  count_up(numbers_[number_column(contact_count)], row);
  flags_[flag_column(contacted)].set(row, 1);
  history_.add_attempt(row, attempt.disposition, attempt.phonebank, attempt.ended_at);
  const auto [latest, is_first] =
      writing_->last_attempts.try_emplace(row, Latest{attempt.ended_at, attempt.attempt});
  if (!is_first) {
    const Latest now{attempt.ended_at, attempt.attempt};
    const bool is_newer =
        std::pair(now.at, now.attempt) > std::pair(latest->second.at, latest->second.attempt);
    if (!is_newer) return true;
    latest->second = now;
  }
  categories_[category_column(last_disposition)].set(row, attempt.disposition);
  last_contacted_.set(row, seconds_of(attempt.ended_at));
  return true;
}

std::string_view Electorate::kind_of(QuestionId question) const {
  const auto place = writing_->question_places.find(question.value());
  return place == writing_->question_places.end() ? std::string_view()
                                                  : questions_[place->second].info.kind;
}

bool Electorate::record_answer(VoterId voter, QuestionId question, const Said& said, Instant at) {
  const Row row = find(voter);
  const auto place = writing_->question_places.find(question.value());
  if (row == kNoRow || place == writing_->question_places.end()) return false;
  note(row);
  history_.add_answer(row, question, said, at);
  const AnswerKey key{row, static_cast<std::uint32_t>(place->second)};
  const auto [time, is_first] = writing_->answer_times.try_emplace(key, at);
  if (!is_first) {
    if (at < time->second) return true;
    time->second = at;
  }
  const bool fits = said.choice && *said.choice >= 1 && *said.choice <= kChoiceMax;
  QuestionColumn& column = questions_[place->second];
  const std::uint8_t code = fits ? static_cast<std::uint8_t>(*said.choice) : kNoChoice;
  const std::uint32_t before = column.choices.get(row);
  if (before != kNoAnswer) --column.counts[before];
  ++column.counts[code];
  column.choices.set(row, code);
  return true;
}

std::vector<Row> Electorate::geographic_order() const {
  // The codes are already in the order of the texts; state, county and precinct fit 64 bits.
  struct Key {
    std::uint64_t place;
    std::uint32_t household;
    Row row;
  };
  std::vector<Key> keys(rows());
  for (Row row = 0; row < rows(); ++row) {
    const std::uint64_t place = (std::uint64_t{category(state).code(row)} << 52) |
                                (std::uint64_t{category(county).code(row)} << 32) |
                                category(precinct).code(row);
    keys[row] = {place, household_of_.get(row), row};
  }
  std::ranges::sort(keys, [&](const Key& a, const Key& b) {
    if (a.place != b.place) return a.place < b.place;
    if (a.household != b.household) return a.household < b.household;
    return voters_.get(a.row) < voters_.get(b.row);
  });
  std::vector<Row> order(rows());
  for (std::size_t i = 0; i < order.size(); ++i)
    order[i] = keys[i].row;
  return order;
}

/// In the order of the rows, so that a block's numbers are close to each other.
void Electorate::renumber_households() {
  constexpr std::uint32_t kNone = 0xffffffff;
  std::vector<std::uint32_t> new_number(households_, kNone);
  std::uint32_t next = 0;
  for (Row row = 0; row < rows(); ++row) {
    std::uint32_t& number = new_number[household_of_.get(row)];
    if (number == kNone) number = next++;
  }
  std::vector<Row> old_number(next);
  writing_->households = HashIndex();
  for (std::uint32_t old = 0; old < households_; ++old) {
    if (new_number[old] == kNone) {
      new_number[old] = 0;  // of nobody
      continue;
    }
    old_number[new_number[old]] = old;
    writing_->households.set(household_ids_.get(old), new_number[old]);
  }
  household_of_.recode(new_number);
  household_ids_.reorder(old_number);
  households_ = next;
}

void Electorate::order_by_geography() {
  CHECK(writing_ != nullptr);
  for (CategoryColumn& column : categories_)
    column.sort_dictionary();
  const std::vector<Row> order = geographic_order();
  for_each_column(*this, [&](auto& column) { column.reorder(order); });
  voters_.reorder(order);
  for (Row row = 0; row < rows(); ++row)
    index_.set(voters_.get(row), row, store_->epoch());
  renumber_households();
}

std::vector<const Electorate::ElectionColumn*> Electorate::elections() const {
  std::vector<const ElectionColumn*> all;
  for (const ElectionColumn& election : elections_)
    all.push_back(&election);
  std::ranges::sort(all, [](const ElectionColumn* a, const ElectionColumn* b) {
    return std::tie(a->info.held_on, a->info.id) > std::tie(b->info.held_on, b->info.id);
  });
  return all;
}

const Electorate::QuestionColumn* Electorate::question(std::string_view key) const {
  const auto found = std::ranges::find(questions_, key, [](const auto& q) { return q.info.key; });
  return found == questions_.end() ? nullptr : &*found;
}

std::vector<NamedColumn> Electorate::named_columns() const {
  std::vector<NamedColumn> all;
  for (std::size_t i = 0; i < kCategories; ++i) {
    all.emplace_back(std::string(name(static_cast<Field>(i))), categories_[i].codes());
  }
  for (std::size_t i = 0; i < kNumbers; ++i) {
    const auto field = static_cast<Field>(static_cast<std::size_t>(support_score) + i);
    all.emplace_back(std::string(name(field)), numbers_[i]);
  }
  for (std::size_t i = 0; i < kFlags; ++i) {
    const auto field = static_cast<Field>(static_cast<std::size_t>(has_phone) + i);
    all.emplace_back(std::string(name(field)), flags_[i]);
  }
  all.emplace_back("born", born_);
  all.emplace_back("last_contacted_at", last_contacted_);
  for (const ElectionColumn& election : elections_) {
    all.emplace_back("election:" + std::to_string(election.info.id.value()), election.voted);
  }
  for (const QuestionColumn& question : questions_) {
    all.emplace_back("question:" + std::to_string(question.info.id.value()), question.choices);
  }
  history_.add_columns(all);
  return all;
}

std::size_t Electorate::bytes() const {
  std::size_t total = voters_.bytes() + household_ids_.bytes() + index_.bytes() + history_.bytes();
  if (writing_ != nullptr) total += writing_->households.bytes();
  for_each_column(*this, [&](const auto& column) { total += column.bytes(); });
  return total;
}

std::map<std::string, std::string> Electorate::describe(VoterId voter) const {
  std::map<std::string, std::string> out;
  const Row row = find(voter);
  if (row == kNoRow) return out;
  for (std::size_t i = 0; i < kCategories; ++i) {
    out.emplace(name(static_cast<Field>(i)), categories_[i].text(row));
  }
  for (std::size_t i = 0; i < kNumbers; ++i) {
    const auto field = static_cast<Field>(static_cast<std::size_t>(support_score) + i);
    out.emplace(name(field), std::to_string(numbers_[i].get(row)));
  }
  for (std::size_t i = 0; i < kFlags; ++i) {
    const auto field = static_cast<Field>(static_cast<std::size_t>(has_phone) + i);
    out.emplace(name(field), flags_[i].test(row) ? "yes" : "no");
  }
  out.emplace("born", std::to_string(born_.get(row)));
  out.emplace("zones", zones_.text(row));
  out.emplace("number_start", number_starts_.text(row));
  out.emplace("ballot_in", ballot_in_.test(row) ? "yes" : "no");
  out.emplace("last_contacted_at", std::to_string(last_contacted_.get(row)));
  out.emplace("household", std::to_string(household(row)));
  for (const ElectionColumn& election : elections_) {
    out.emplace("voted:" + election.info.state + ' ' + election.info.label(),
                election.voted.test(row) ? "yes" : "no");
  }
  for (const QuestionColumn& question : questions_) {
    out.emplace(std::string(kAnswerPrefix) + question.info.key,
                std::to_string(question.choices.get(row)));
  }
  history_.describe(row, out);
  return out;
}

}  // namespace hustings::segments
