#include "segments/electorate.h"

#include <algorithm>
#include <numeric>

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

void count_up(Column<std::uint8_t>& column, Row row) {
  const std::uint8_t before = column.get(row);
  if (before != kCountStop) column.set(row, before + 1);
}

}  // namespace

Row Electorate::append(VoterId voter) {
  const auto row = static_cast<Row>(voters_.size());
  voters_.push_back(voter.value());
  household_of_.push_back(0);
  index_.set(voter.value(), row);
  if (row % kBlockRows == 0) {
    const std::size_t rows = voters_.size();
    for (CategoryColumn& column : categories_)
      column.grow(rows);
    for (Column<std::uint8_t>& column : numbers_)
      column.grow(rows, 0);
    for (Bitmap& flag : flags_)
      flag.grow(rows);
    for (ElectionColumn& election : elections_)
      election.voted.grow(rows);
    for (QuestionColumn& question : questions_)
      question.choices.grow(rows, kNoAnswer);
    born_.grow(rows, 0);
    last_contacted_.grow(rows, 0);
  }
  // Through set(), so that the blocks' bounds know of them; put() sets the rest.
  categories_[category_column(last_disposition)].set(row, {});
  for (Column<std::uint8_t>& column : numbers_)
    column.set(row, 0);
  for (const Field score : {support_score, turnout_score, persuadability}) {
    numbers_[number_column(score)].set(row, kScoreUnknown);
  }
  for (QuestionColumn& question : questions_)
    question.choices.set(row, kNoAnswer);
  last_contacted_.set(row, 0);
  return row;
}

std::uint32_t Electorate::household_number(const VoterRecord& record) {
  const std::int64_t id = record.household ? record.household->value() : -record.voter.value();
  std::uint32_t number = households_.find(id);
  if (number == HashIndex::kNone) {
    number = household_numbers_end();
    households_.set(id, number);
    household_ids_.push_back(id);
  }
  return number;
}

void Electorate::put(const VoterRecord& record) {
  Row row = find(record.voter);
  if (row == kNoRow) row = append(record.voter);
  for (std::size_t i = 0; i < record.texts.size(); ++i)
    categories_[i].set(row, record.texts[i]);
  born_.set(row, record.born);
  flags_[flag_column(has_phone)].set(row, record.has_phone);
  flags_[flag_column(is_protected)].set(row, record.is_protected);
  flags_[flag_column(suppressed)].set(row, record.is_suppressed);
  household_of_[row] = household_number(record);
}

bool Electorate::set_scores(VoterId voter, const Scores& scores) {
  const Row row = find(voter);
  if (row == kNoRow) return false;
  numbers_[number_column(support_score)].set(row, score_byte(scores.support));
  numbers_[number_column(turnout_score)].set(row, score_byte(scores.turnout));
  numbers_[number_column(persuadability)].set(row, score_byte(scores.persuadability));
  return true;
}

bool Electorate::set_suppressed(VoterId voter, bool is_suppressed) {
  const Row row = find(voter);
  if (row == kNoRow) return false;
  flags_[flag_column(suppressed)].set(row, is_suppressed);
  return true;
}

void Electorate::put_election(const ElectionInfo& election) {
  const auto [at, is_new] = election_places_.emplace(election.id.value(), elections_.size());
  if (is_new) {
    elections_.emplace_back().voted.grow(rows());
  }
  elections_[at->second].info = election;
}

void Electorate::put_question(const QuestionInfo& question) {
  const auto [at, is_new] = question_places_.emplace(question.id.value(), questions_.size());
  if (is_new) {
    Column<std::uint8_t>& choices = questions_.emplace_back().choices;
    choices.grow(rows(), kNoAnswer);
    for (Row row = 0; row < rows(); ++row)
      choices.set(row, kNoAnswer);
  }
  questions_[at->second].info = question;
}

bool Electorate::set_voted(VoterId voter, ElectionId election) {
  const Row row = find(voter);
  const auto place = election_places_.find(election.value());
  if (row == kNoRow || place == election_places_.end()) return false;
  if (elections_[place->second].voted.set(row, true)) {
    count_up(numbers_[number_column(votes_count)], row);
  }
  return true;
}

bool Electorate::record_attempt(VoterId voter, const Attempt& attempt) {
  const Row row = find(voter);
  if (row == kNoRow) return false;
  count_up(numbers_[number_column(contact_count)], row);
  flags_[flag_column(contacted)].set(row, true);
  const auto [latest, is_first] =
      last_attempts_.try_emplace(row, Latest{attempt.ended_at, attempt.attempt});
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

bool Electorate::record_answer(VoterId voter, QuestionId question, std::optional<int> choice,
                               Instant at) {
  const Row row = find(voter);
  const auto place = question_places_.find(question.value());
  if (row == kNoRow || place == question_places_.end()) return false;
  const AnswerKey key{row, static_cast<std::uint32_t>(place->second)};
  const auto [time, is_first] = answer_times_.try_emplace(key, at);
  if (!is_first) {
    if (at < time->second) return true;
    time->second = at;
  }
  const bool fits = choice && *choice >= 1 && *choice <= kChoiceMax;
  QuestionColumn& column = questions_[place->second];
  const std::uint8_t code = fits ? static_cast<std::uint8_t>(*choice) : kNoChoice;
  const std::uint8_t before = column.choices.get(row);
  if (before != kNoAnswer) --column.counts[before];
  ++column.counts[code];
  column.choices.set(row, code);
  return true;
}

std::vector<Row> Electorate::geographic_order() const {
  // The codes are already in the order of the texts; state, county and precinct fit 64 bits.
  std::vector<std::pair<std::uint64_t, Row>> keys(rows());
  for (Row row = 0; row < rows(); ++row) {
    const std::uint64_t key = (std::uint64_t{category(state).code(row)} << 52) |
                              (std::uint64_t{category(county).code(row)} << 32) |
                              category(precinct).code(row);
    keys[row] = {key, row};
  }
  std::ranges::sort(keys, [&](const auto& a, const auto& b) {
    if (a.first != b.first) return a.first < b.first;
    const std::uint32_t home_a = household_of_[a.second];
    const std::uint32_t home_b = household_of_[b.second];
    return home_a != home_b ? home_a < home_b : voters_[a.second] < voters_[b.second];
  });
  std::vector<Row> order(rows());
  for (std::size_t i = 0; i < order.size(); ++i)
    order[i] = keys[i].second;
  return order;
}

void Electorate::renumber_households() {
  constexpr std::uint32_t kNone = 0xffffffff;
  std::vector<std::uint32_t> new_number(household_ids_.size(), kNone);
  std::vector<std::int64_t> ids;
  ids.reserve(household_ids_.size());
  for (std::uint32_t& number : household_of_) {
    if (new_number[number] == kNone) {
      new_number[number] = static_cast<std::uint32_t>(ids.size());
      ids.push_back(household_ids_[number]);
      households_.set(ids.back(), new_number[number]);
    }
    number = new_number[number];
  }
  household_ids_ = std::move(ids);
}

void Electorate::order_by_geography() {
  for (CategoryColumn& column : categories_)
    column.sort_dictionary();
  const std::vector<Row> order = geographic_order();
  for (CategoryColumn& column : categories_)
    column.reorder(order);
  for (Column<std::uint8_t>& column : numbers_)
    column.reorder(order);
  for (Bitmap& flag : flags_)
    flag.reorder(order);
  for (ElectionColumn& election : elections_)
    election.voted.reorder(order);
  for (QuestionColumn& question : questions_)
    question.choices.reorder(order);
  born_.reorder(order);
  last_contacted_.reorder(order);
  std::vector<std::int64_t> voters(rows());
  std::vector<std::uint32_t> homes(rows());
  for (std::size_t i = 0; i < order.size(); ++i) {
    voters[i] = voters_[order[i]];
    homes[i] = household_of_[order[i]];
    index_.set(voters[i], static_cast<Row>(i));
  }
  voters_ = std::move(voters);
  household_of_ = std::move(homes);
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

std::size_t Electorate::bytes() const {
  std::size_t total = voters_.size() * 8 + household_of_.size() * 4 + household_ids_.size() * 8 +
                      index_.bytes() + households_.bytes() + born_.bytes() +
                      last_contacted_.bytes();
  for (const CategoryColumn& column : categories_)
    total += column.bytes();
  for (const Column<std::uint8_t>& column : numbers_)
    total += column.bytes();
  for (const Bitmap& flag : flags_)
    total += flag.bytes();
  for (const ElectionColumn& election : elections_)
    total += election.voted.bytes();
  for (const QuestionColumn& question : questions_)
    total += question.choices.bytes();
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
  return out;
}

}  // namespace hustings::segments
