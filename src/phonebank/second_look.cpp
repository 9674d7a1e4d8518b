#include "phonebank/second_look.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>

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
constexpr int kPlace = 13;

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

/// What callers noted before, for everybody who is about to be shown.
void add_earlier(pg::Transaction& transaction, const std::vector<PhoneNumber>& numbers,
                 std::vector<SecondLook>& looks) {
  struct Shown {
    LeaseVoter* voter;
    PhoneNumber number;
  };
  std::vector<std::int16_t> buckets;
  std::vector<VoterId> ids;
  std::unordered_multimap<VoterId, Shown> voters;  // one may stand behind two numbers
  for (std::size_t place = 0; place < looks.size(); ++place) {
    SecondLook& look = looks[place];
    if (look.bar || look.complete) continue;
    for (LeaseVoter& voter : look.voters) {
      if (!voters.contains(voter.id)) {
        buckets.push_back(bucket_of(voter.id));
        ids.push_back(voter.id);
      }
      voters.emplace(voter.id, Shown{.voter = &voter, .number = numbers[place]});
    }
  }
  if (ids.empty()) return;
  for (const pg::Row row : transaction.run(sql::kEarlierAttempts, buckets, ids, kEarlierMax)) {
    const auto [first, last] = voters.equal_range(row.get<VoterId>(0));
    for (auto shown = first; shown != last; ++shown) {
      shown->second.voter->earlier.push_back(
          {.at = row.get<Instant>(1),
           .disposition = disposition_from(row.text(2)).value_or(Disposition::no_answer),
           .note = std::string(row.text(3)),
           .other_number = row.get<PhoneNumber>(4) != shown->second.number});
    }
  }
}

/// The voters whom the look has barred, of all lines.
struct BarredTargets {
  std::vector<PhoneNumber> numbers;
  std::vector<VoterId> voters;
  std::vector<std::string> reasons;
};

/// Takes in one of a line's voters.
void look_at_voter(const pg::Row& row, PhoneNumber number, SecondLook& look,
                   BarredTargets& barred) {
  look.moment = row.get<Instant>(kMoment);
  if (row.get<bool>(kIsProtected)) {
    look.bar = "protected";
  } else if (!row.is_null(kNumberBar)) {
    look.bar = row.text(kNumberBar);
  }
  if (row.text(kState) != "open") return;
  if (row.is_null(kVoterBar) && row.get<bool>(kIsTreated)) {
    const auto voter = row.get<VoterId>(kVoter);
    if (std::ranges::find(look.voters, voter, &LeaseVoter::id) == look.voters.end()) {
      look.voters.push_back(voter_from(row));
    }  // of a person's identities the list may hold several
    return;
  }
  barred.numbers.push_back(number);
  barred.voters.push_back(row.get<VoterId>(kVoter));
  barred.reasons.emplace_back(row.is_null(kVoterBar) ? kHoldout : row.text(kVoterBar));
}

}  // namespace

std::vector<SecondLook> look_again(pg::Transaction& transaction, const LookAt& lines,
                                   const QueueTime& time) {
  std::vector<SecondLook> looks(lines.numbers.size());
  for (SecondLook& look : looks)
    look.moment = lines.at;
  BarredTargets barred;
  for (const pg::Row row :
       transaction.run(sql::kShowVoters, time.given(), lines.phonebank, lines.numbers, lines.at)) {
    const auto place = static_cast<std::size_t>(row.get<std::int64_t>(kPlace));
    look_at_voter(row, lines.numbers[place], looks[place], barred);
  }
  if (!barred.voters.empty()) {
    transaction.run(sql::kBarTargets, lines.phonebank, barred.numbers, barred.voters,
                    barred.reasons);
  }
  std::unordered_map<PhoneNumber, std::string_view> first_reason;
  for (std::size_t i = 0; i < barred.voters.size(); ++i)
    first_reason.try_emplace(barred.numbers[i], barred.reasons[i]);
  for (std::size_t place = 0; place < looks.size(); ++place) {
    SecondLook& look = looks[place];
    if (look.bar || !look.voters.empty()) continue;
    const auto reason = first_reason.find(lines.numbers[place]);
    if (reason == first_reason.end()) {
      look.complete = true;
    } else {
      look.bar = reason->second;
    }
  }
  add_earlier(transaction, lines.numbers, looks);
  return looks;
}

}  // namespace hustings::phonebank
