#include "phonebank/suppression_effects.h"

#include <vector>

#include "phonebank/sql.h"

namespace hustings::phonebank {

namespace {

struct Lines {
  std::vector<PhonebankId> phonebanks;
  std::vector<PhoneNumber> numbers;
};

Lines lines_from(const pg::Rows& rows) {
  Lines lines;
  for (const pg::Row row : rows) {
    lines.phonebanks.push_back(row.get<PhonebankId>(0));
    lines.numbers.push_back(row.get<PhoneNumber>(1));
  }
  return lines;
}

bool is_not_theirs(registry::SuppressionReason reason) {
  return reason == registry::SuppressionReason::wrong_number ||
         reason == registry::SuppressionReason::disconnected;
}

}  // namespace

/// Another bar may still stand: the claim looks again before it shows a number.
void SuppressionEffects::bring_back(pg::Transaction& transaction, VoterId voter,
                                    std::string_view reason) {
  const Lines hit = lines_from(transaction.run(sql::kUnbarVoter, voter, reason));
  if (hit.numbers.empty()) return;
  transaction.run(sql::kUnbarLines, hit.phonebanks, hit.numbers, reason);
  next_numbers_.offer(transaction, hit.numbers);  // theirs may have turned out wrong meanwhile
}

void SuppressionEffects::on_suppressed(pg::Transaction& transaction,
                                       std::optional<PhoneNumber> number,
                                       std::optional<VoterId> voter,
                                       registry::SuppressionReason reason) {
  const auto word = to_string(reason);
  if (number) transaction.run(sql::kBarNumber, *number, word);
  if (number && is_not_theirs(reason)) next_numbers_.offer(transaction, {&*number, 1});
  if (!voter) return;
  const Lines hit = lines_from(transaction.run(sql::kBarVoter, *voter, word));
  if (!hit.numbers.empty()) {
    transaction.run(sql::kBarEmptyLines, hit.phonebanks, hit.numbers, word);
  }
}

void SuppressionEffects::on_numbers_suppressed(pg::Transaction& transaction,
                                               std::span<const PhoneNumber> numbers,
                                               registry::SuppressionReason reason) {
  transaction.run(sql::kBarNumbers, std::vector<PhoneNumber>(numbers.begin(), numbers.end()),
                  to_string(reason));
  if (is_not_theirs(reason)) next_numbers_.offer(transaction, numbers);
}

void SuppressionEffects::on_voters_suppressed(pg::Transaction& transaction,
                                              std::span<const VoterId> voters,
                                              registry::SuppressionReason reason) {
  const std::vector<VoterId> all(voters.begin(), voters.end());
  const auto word = to_string(reason);
  // Results come in meanwhile: they lock their line first, so must this.
  transaction.run(sql::kLockLinesOfVoters, all);
  const Lines hit = lines_from(transaction.run(sql::kBarVoters, all, word));
  if (!hit.numbers.empty()) {
    transaction.run(sql::kBarEmptyLines, hit.phonebanks, hit.numbers, word);
  }
}

void SuppressionEffects::on_ended(pg::Transaction& transaction, std::optional<PhoneNumber> number,
                                  std::optional<VoterId> voter,
                                  registry::SuppressionReason reason) {
  const auto word = to_string(reason);
  if (number) transaction.run(sql::kUnbarNumber, *number, word);
  if (number && is_not_theirs(reason)) next_numbers_.take_back(transaction, *number);
  if (voter) bring_back(transaction, *voter, word);
}

void SuppressionEffects::on_consent_given(pg::Transaction& transaction, VoterId voter) {
  bring_back(transaction, voter, "no_consent");
}

}  // namespace hustings::phonebank
