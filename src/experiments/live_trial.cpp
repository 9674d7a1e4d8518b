#include "experiments/live_trial.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "base/rng.h"
#include "base/text.h"
#include "experiments/sql.h"
#include "model/disposition.h"

namespace hustings::experiments {
namespace {

constexpr int kPage = 50'000;
constexpr std::size_t kAskedMax = 50'000;
constexpr float kUnknown = std::numeric_limits<float>::quiet_NaN();
constexpr Instant kEver = std::chrono::sys_days(std::chrono::year(9999) / 1 / 1);
constexpr int kAgeBand = 15;
constexpr int kOldest = 75;

std::vector<std::string> spoken_dispositions() {
  std::vector<std::string> out;
  for (const Disposition one : all_dispositions()) {
    if (effect_of(one).spoken) out.emplace_back(to_string(one));
  }
  return out;
}

float number_at(const pg::Row& row, int column) {
  return row.is_null(column) ? kUnknown : static_cast<float>(row.get<double>(column));
}

std::uint32_t number_of(std::unordered_map<std::int64_t, std::uint32_t>& numbers,
                        std::int64_t key) {
  return numbers.try_emplace(key, static_cast<std::uint32_t>(numbers.size())).first->second;
}

/// "18 to 29", "30 to 44", …, "75 and over"
std::string age_band(float age) {
  if (std::isnan(age)) return "unknown";
  if (age < 2 * kAgeBand) return "under 30";
  if (age >= kOldest) return "75 and over";
  const int from = static_cast<int>(age) / kAgeBand * kAgeBand;
  return fmt::format("{} to {}", from, from + kAgeBand - 1);
}

}  // namespace

std::uint16_t LiveTrial::trait(std::size_t which, const std::string& value) {
  const std::string& shown = value.empty() ? "unknown" : value;
  const auto next = static_cast<std::uint16_t>(trait_values_[which].size());
  const auto [code, is_new] = trait_codes_[which].try_emplace(shown, next);
  if (is_new) trait_values_[which].push_back(shown);
  return code->second;
}

void LiveTrial::read_members(pg::Connection& connection) {
  std::int64_t after = 0;
  std::unordered_map<std::int64_t, std::uint32_t> clusters;
  std::unordered_map<std::int64_t, std::uint32_t> blocks;
  while (true) {
    const auto rows = connection.run(sql::kMembersRead, experiment_.id, after, kPage);
    for (const pg::Row row : rows) {
      after = row.get<std::int64_t>(0);
      Member member{.arm = static_cast<std::uint8_t>(row.get<int>(3)),
                    .cluster = number_of(clusters, row.get<std::int64_t>(4)),
                    .block = number_of(blocks, row.get<std::int64_t>(5)),
                    .lot = mix64(static_cast<std::uint64_t>(row.get<std::int64_t>(4)))};
      for (std::size_t i = 0; i < kBaselines; ++i)
        member.baseline[i] = number_at(row, 6 + static_cast<int>(i));
      member.traits = {trait(0, row.get<std::string>(11)), trait(1, row.get<std::string>(12)),
                       trait(2, age_band(member.baseline[0])), trait(3, row.get<std::string>(13))};
      places_.emplace(row.get<VoterId>(2), static_cast<std::uint32_t>(members_.size()));
      members_.push_back(member);
    }
    if (rows.size() < kPage) return;
  }
}

void LiveTrial::read_warnings(pg::Connection& connection) {
  const auto edited = connection.run(sql::kMembersEdited, experiment_.id, experiment_.list);
  changed_arms_ = edited.only().get<std::int64_t>(0);
  added_ = edited.only().get<std::int64_t>(1);
  strangers_ =
      connection.run(sql::kStrangers, experiment_.id, experiment_.list, experiment_.started_at)
          .only()
          .get<std::int64_t>(0);
}

void LiveTrial::load(pg::Transaction& transaction) {
  pg::Connection& connection = transaction.connection();
  members_.clear();
  places_.clear();
  read_members(connection);
  read_warnings(connection);
  const std::size_t outcomes = experiment_.outcomes.size();
  values_.assign(outcomes, {});
  has_source_.assign(outcomes, true);
  question_ids_.assign(outcomes, 0);
  for (std::size_t i = 0; i < outcomes; ++i) {
    const Outcome& outcome = experiment_.outcomes[i].outcome;
    if (outcome.kind == OutcomeKind::answer) {
      const auto rows = connection.run(sql::kQuestionByKey, outcome.key);
      if (!rows.empty()) question_ids_[i] = rows[0].get<std::int64_t>(0);
    } else if (outcome.kind == OutcomeKind::vote) {
      const auto rows = connection.run(sql::kElectionKnown, outcome.key);
      has_source_[i] = !rows.empty() && rows[0].get<bool>(1);
    }
    values_[i].assign(members_.size(), Value{unheard(i), Instant()});
  }
  Asked asked;
  const auto read = [&] {
    read_contacts(connection, asked);
    for (std::size_t i = 0; i < outcomes; ++i)
      read_outcome(connection, i, asked);
    asked = {};
  };
  for (const auto& [person, place] : places_) {
    asked.buckets.push_back(bucket_of(person));
    asked.persons.push_back(person);
    if (asked.persons.size() == kAskedMax) read();
  }
  if (!asked.persons.empty()) read();
}

bool LiveTrial::refresh(pg::Connection& connection, const std::vector<VoterId>& persons) {
  Asked asked;
  for (const VoterId person : persons) {
    const auto [first, last] = places_.equal_range(person);
    if (first == last) continue;
    asked.buckets.push_back(bucket_of(person));
    asked.persons.push_back(person);
    for (auto place = first; place != last; ++place) {
      Member& member = members_[place->second];
      member.tried = member.contacted = member.leaked = false;
      for (std::size_t i = 0; i < values_.size(); ++i)
        values_[i][place->second] = {unheard(i), Instant()};
    }
  }
  if (asked.persons.empty()) return false;
  read_contacts(connection, asked);
  for (std::size_t i = 0; i < values_.size(); ++i)
    read_outcome(connection, i, asked);
  return true;
}

void LiveTrial::read_contacts(pg::Connection& connection, const Asked& asked) {
  const auto rows = connection.run(
      sql::kContactsOf, asked.buckets, asked.persons, experiment_.started_at,
      experiment_.contacts_until().value_or(kEver), spoken_dispositions(), experiment_.list);
  for (const pg::Row row : rows) {
    const auto [first, last] = places_.equal_range(row.get<VoterId>(0));
    for (auto place = first; place != last; ++place) {
      Member& member = members_[place->second];
      member.tried = true;
      member.contacted = row.get<bool>(4);
      member.leaked = member.arm == 0;
    }
  }
}

pg::Rows LiveTrial::outcome_rows(pg::Connection& connection, const Outcome& outcome,
                                 const Asked& asked, Instant from, Instant until) const {
  switch (outcome.kind) {
    case OutcomeKind::disposition:
      return connection.run(sql::kOutcomeDisposition, asked.buckets, asked.persons, from, until,
                            outcome.key);
    case OutcomeKind::vote:
      return connection.run(sql::kOutcomeVote, asked.buckets, asked.persons, outcome.key);
    default:
      return connection.run(sql::kOutcomeScore, asked.buckets, asked.persons, outcome.key);
  }
}

void LiveTrial::read_outcome(pg::Connection& connection, std::size_t which, const Asked& asked) {
  const Outcome& outcome = experiment_.outcomes[which].outcome;
  if (outcome.after_contacts && !experiment_.measuring_at) return;
  const Instant from = outcome.after_contacts ? *experiment_.measuring_at : experiment_.started_at;
  const Instant until = experiment_.ended_at.value_or(kEver);
  const auto rows = outcome.kind == OutcomeKind::answer
                        ? connection.run(sql::kOutcomeAnswer, asked.buckets, asked.persons, from,
                                         until, question_ids_[which], outcome.choices)
                        : outcome_rows(connection, outcome, asked, from, until);
  for (const pg::Row row : rows) {
    const auto [first, last] = places_.equal_range(row.get<VoterId>(0));
    for (auto place = first; place != last; ++place) {
      Value& value = values_[which][place->second];
      value.value = static_cast<float>(row.get<double>(1));
      // Only answers come in the order of time; a call that ended so says nothing of those that
      // did not.
      if (outcome.kind == OutcomeKind::answer) value.at = row.get<Instant>(2);
    }
  }
}

float LiveTrial::unheard(std::size_t which) const {
  const Outcome& outcome = experiment_.outcomes[which].outcome;
  switch (outcome.kind) {
    case OutcomeKind::disposition:
      return outcome.after_contacts && !experiment_.measuring_at ? kUnknown : 0;
    case OutcomeKind::vote:
      return has_source_[which] ? 0 : kUnknown;
    default:
      return kUnknown;
  }
}

Subjects LiveTrial::subjects(std::size_t outcome) const {
  Subjects out{.unit = experiment_.unit,
               .is_placebo = experiment_.is_placebo,
               .planned_units = static_cast<double>(experiment_.planned_units),
               .members = members_,
               .trait_values = trait_values_};
  // Arms without members (a list without a hold-out has an empty one) are left out.
  std::vector<std::int64_t> sizes(experiment_.arms.size());
  for (const Member& member : members_)
    ++sizes[member.arm];
  std::vector<std::uint8_t> place(experiment_.arms.size());
  const auto control = static_cast<std::size_t>(experiment_.control_arm);
  out.arms.push_back(experiment_.arms[control]);
  for (std::size_t arm = 0; arm < sizes.size(); ++arm) {
    if (arm == control || sizes[arm] == 0) continue;
    place[arm] = static_cast<std::uint8_t>(out.arms.size());
    out.arms.push_back(experiment_.arms[arm]);
  }
  for (std::size_t i = 0; i < out.members.size(); ++i) {
    Member& member = out.members[i];
    member.arm = place[member.arm];
    member.value = values_[outcome][i].value;
    member.at = values_[outcome][i].at;
  }
  return out;
}

std::vector<std::string> LiveTrial::warnings(std::size_t which) const {
  std::vector<std::string> out;
  if (changed_arms_ + added_ > 0) {
    out.push_back(fmt::format(
        "The assignment was edited after the start: {} voters stand in another arm of the list "
        "now, {} were added. What is shown is the assignment of the start.",
        with_thousands(changed_arms_), with_thousands(added_)));
  }
  if (strangers_ > 0) {
    out.push_back(fmt::format(
        "{} voters were called for this list although they were never assigned; they are in no "
        "arm.",
        with_thousands(strangers_)));
  }
  const Outcome& outcome = experiment_.outcomes[which].outcome;
  if (!has_source_[which]) {
    out.emplace_back(
        "Nobody's vote in this election is known yet; import its history to see the effect.");
  }
  if (outcome.after_contacts && !experiment_.measuring_at) {
    out.emplace_back(
        "This outcome counts what is answered after contacts are over. End the contacts, then ask "
        "both groups.");
  }
  return out;
}

}  // namespace hustings::experiments
