#include "forms/named_voters.h"

#include <vector>

#include "campaign/calling_choice.h"
#include "forms/sql.h"
#include "normalise/phone.h"

namespace hustings::forms {
NamedVoters::NamedVoters(pg::Connection& connection, std::span<const std::string> names, VoterBy by)
    : by_(by), home_country_(by == VoterBy::phone ? campaign::home_country(connection) : "") {
  look_up(connection, names);
  std::vector<std::int16_t> buckets;
  std::vector<VoterId> found;
  for (const auto& [name, voters] : voters_) {
    for (const VoterId voter : voters) {
      buckets.push_back(static_cast<std::int16_t>(bucket_of(voter)));
      found.push_back(voter);
    }
  }
  for (const pg::Row row : connection.run(sql::kHeldVoters, buckets, found))
    held_.insert(row.get<VoterId>(0));
}

void NamedVoters::look_up(pg::Connection& connection, std::span<const std::string> names) {
  if (by_ == VoterBy::external_id) {
    const std::vector<std::string> ids(names.begin(), names.end());
    for (const pg::Row row : connection.run(sql::kVotersByExternalId, ids))
      voters_[std::string(row.text(0))].insert(row.get<VoterId>(1));
    return;
  }
  std::vector<std::int64_t> numbers;
  for (const std::string& name : names) {
    if (const auto number = number_of(name)) numbers.push_back(*number);
  }
  const auto rows = by_ == VoterBy::phone ? connection.run(sql::kVotersByPhone, numbers)
                                          : connection.run(sql::kVotersById, numbers);
  for (const pg::Row row : rows)
    voters_[std::to_string(row.get<std::int64_t>(0))].insert(row.get<VoterId>(1));
}

Result<VoterId> NamedVoters::find(const std::string& name) const {
  if (name.empty()) return invalid("The row names no voter.");
  std::string key = name;
  if (by_ != VoterBy::external_id) {
    const auto number = number_of(name);
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
  const VoterId voter = *found->second.begin();
  if (held_.contains(voter)) {
    return invalid(
        "An experiment holds this voter out: nobody may ask the hold-out until its contacts are "
        "over.");
  }
  return voter;
}

std::optional<std::int64_t> NamedVoters::number_of(const std::string& name) const {
  if (by_ == VoterBy::phone) return normalise::callable_phone(name, home_country_);
  const auto id = VoterId::from_text(name);
  return id ? std::optional(id->value()) : std::nullopt;
}

}  // namespace hustings::forms
