#include "spending/booking.h"

#include <fmt/format.h>

#include "allocation/money_text.h"
#include "base/digest.h"
#include "base/text.h"
#include "spending/sql.h"

namespace hustings::spending {
namespace {

std::string text_of(std::int64_t cents) {
  return allocation::money_text(static_cast<double>(cents) / 100);
}

std::string passed(std::string_view name, std::int64_t cap, std::int64_t left) {
  return fmt::format("{} (at most {}, {} left)", name, text_of(cap), text_of(left));
}

}  // namespace

MoneyLock lock_money(pg::Transaction& transaction) {
  transaction.run(sql::kMoneyRows);
  const auto rows = transaction.run(sql::kMoneyLock);
  const pg::Row row = rows.only();
  return {.inputs = row.get<std::int64_t>(0),
          .currency = row.get<std::string>(1),
          .budget_cents = row.get<std::int64_t>(2),
          .booked_cents = row.get<std::int64_t>(3),
          .first_day = row.get<std::optional<std::string>>(4)};
}

Status book(pg::Transaction& transaction, const MoneyLock& lock,
            const std::vector<CellChange>& changes, bool stale_plans) {
  std::vector<std::int64_t> markets;
  std::vector<std::int64_t> channels;
  std::vector<std::int64_t> weeks;
  std::vector<std::int64_t> cents;
  std::int64_t sum = 0;
  for (const CellChange& change : changes) {
    markets.push_back(change.market);
    channels.push_back(change.channel);
    weeks.push_back(change.week);
    cents.push_back(change.cents);
    sum += change.cents;
  }
  std::vector<std::string> broken;
  if (sum > 0 && lock.booked_cents + sum > lock.budget_cents) {
    broken.push_back(
        passed("the budget", lock.budget_cents, lock.budget_cents - lock.booked_cents));
  }
  for (const pg::Row row : transaction.run(sql::kLimitsPassed, markets, channels, weeks, cents)) {
    const auto cap = row.get<std::int64_t>(2);
    broken.push_back(
        passed(fmt::format("the {} limit \"{}\"", row.get<bool>(1) ? "legal" : "own", row.text(0)),
               cap, cap - row.get<std::int64_t>(3)));
  }
  if (!broken.empty()) {
    return refuse(ErrorCode::over_limit,
                  fmt::format("This would pass {}. Nothing was booked.", join(broken, "; ")));
  }
  transaction.run(sql::kLimitsBook, markets, channels, weeks, cents);
  transaction.run(sql::kBudgetBook, sum, stale_plans ? 1 : 0);
  return {};
}

CommitmentId add_commitment(pg::Transaction& transaction, const NewCommitment& commitment) {
  return transaction
      .run(sql::kCommitmentAdd, commitment.market, commitment.channel, commitment.week,
           commitment.vendor, commitment.order, commitment.purpose, commitment.plan,
           commitment.committed_cents, commitment.invoiced_cents, commitment.paid_cents,
           commitment.actor, commitment.now)
      .only()
      .get<CommitmentId>(0);
}

void add_entry(pg::Transaction& transaction, const NewEntry& entry) {
  transaction.run(sql::kEntryAdd, entry.commitment,
                  kEntryKinds.at(static_cast<std::size_t>(entry.kind)), entry.cents, entry.day,
                  entry.reference, entry.key, entry.actor, entry.now);
}

std::string key_of(const std::string& text) {
  const std::string hex = to_hex(Sha256::of(text).substr(0, 16));
  return fmt::format("{}-{}-{}-{}-{}", hex.substr(0, 8), hex.substr(8, 4), hex.substr(12, 4),
                     hex.substr(16, 4), hex.substr(20, 12));
}

}  // namespace hustings::spending
