#include "phonebank/second_look.h"

#include <algorithm>

#include "phonebank/sql.h"

namespace hustings::phonebank {

namespace {

constexpr int kEarlierMax = 5;
constexpr std::string_view kHoldout = "holdout";

/// The columns of show_voters.sql.
constexpr int kMoment = 0;
constexpr int kIsProtected = 1;
constexpr int kNumberBar = 2;
constexpr int kVoter = 3;
constexpr int kState = 4;
constexpr int kVoterBar = 5;
constexpr int kIsTreated = 6;
constexpr int kFirstName = 7;
constexpr int kLastName = 8;
constexpr int kAge = 9;
constexpr int kCity = 10;
constexpr int kParty = 11;
constexpr int kGender = 12;

LeaseVoter voter_from(const pg::Row& row) {
  LeaseVoter voter;
  voter.id = row.get<VoterId>(kVoter);
  voter.first_name = row.text(kFirstName);
  voter.last_name = row.text(kLastName);
  voter.age = row.get<std::optional<int>>(kAge);
  voter.city = row.get<std::optional<std::string>>(kCity);
  voter.party = row.get<std::optional<std::string>>(kParty);
  voter.gender = row.get<std::optional<std::string>>(kGender);
  return voter;
}

void add_earlier(pg::Transaction& transaction, std::vector<LeaseVoter>& voters) {
  std::vector<std::int16_t> buckets;
  std::vector<VoterId> ids;
  for (const LeaseVoter& voter : voters) {
    buckets.push_back(bucket_of(voter.id));
    ids.push_back(voter.id);
  }
  for (const pg::Row row : transaction.run(sql::kEarlierAttempts, buckets, ids, kEarlierMax)) {
    const auto id = row.get<VoterId>(0);
    const auto voter = std::ranges::find(voters, id, &LeaseVoter::id);
    voter->earlier.push_back(
        {.at = row.get<Instant>(1),
         .disposition = disposition_from(row.text(2)).value_or(Disposition::no_answer),
         .note = std::string(row.text(3))});
  }
}

}  // namespace

SecondLook look_again(pg::Transaction& transaction, const LookAt& line, const QueueTime& time) {
  SecondLook look;
  look.moment = line.at;
  std::vector<VoterId> barred;
  std::vector<std::string> reasons;
  const auto rows =
      transaction.run(sql::kShowVoters, time.given(), line.phonebank, line.number, line.at);
  for (const pg::Row row : rows) {
    look.moment = row.get<Instant>(kMoment);
    if (row.get<bool>(kIsProtected)) {
      look.bar = "protected";
    } else if (!row.is_null(kNumberBar)) {
      look.bar = row.text(kNumberBar);
    }
    if (row.text(kState) != "open") continue;
    if (!row.is_null(kVoterBar) || !row.get<bool>(kIsTreated)) {
      barred.push_back(row.get<VoterId>(kVoter));
      reasons.emplace_back(row.is_null(kVoterBar) ? kHoldout : row.text(kVoterBar));
    } else if (std::ranges::find(look.voters, row.get<VoterId>(kVoter), &LeaseVoter::id) ==
               look.voters.end()) {  // of a person's identities the list may hold several
      look.voters.push_back(voter_from(row));
    }
  }
  if (!barred.empty()) {
    transaction.run(sql::kBarTargets, line.phonebank, line.number, barred, reasons);
  }
  if (!look.bar && look.voters.empty()) {
    if (reasons.empty()) {
      look.complete = true;
    } else {
      look.bar = reasons.front();
    }
  }
  if (!look.bar && !look.complete) add_earlier(transaction, look.voters);
  return look;
}

}  // namespace hustings::phonebank
