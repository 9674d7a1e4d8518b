#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pg/connection.h"
#include "spending/ledger.h"

/// The steps of a booking inside its transaction; for the ledger and for plans that become
/// commitments.
namespace hustings::spending {

/// The one row that every writer of money or inputs holds until it commits.
struct MoneyLock {
  std::int64_t inputs = 0;
  std::string currency;
  std::int64_t budget_cents = 0;
  std::int64_t booked_cents = 0;
  std::optional<std::string> first_day;
};
MoneyLock lock_money(pg::Transaction& transaction);

/// Money that more (or, negative, less) is booked in a cell.
struct CellChange {
  std::int64_t market = 0;  ///< ids
  std::int64_t channel = 0;
  std::int64_t week = 1;
  std::int64_t cents = 0;
};
/// Adds to the budget's and to every limit's booked money. over_limit, naming those that would be
/// passed. `stale_plans`: whether plans so far are older than their inputs from now on.
Status book(pg::Transaction& transaction, const MoneyLock& lock,
            const std::vector<CellChange>& changes, bool stale_plans);

struct NewCommitment {
  std::int64_t market = 0;
  std::int64_t channel = 0;
  std::int64_t week = 1;
  std::int64_t committed_cents = 0;
  std::int64_t invoiced_cents = 0;
  std::int64_t paid_cents = 0;
  std::optional<std::int64_t> vendor;
  std::string order;
  std::string purpose;
  std::optional<PlanId> plan;
  std::string actor;
  Instant now;
};
CommitmentId add_commitment(pg::Transaction& transaction, const NewCommitment& commitment);

struct NewEntry {
  CommitmentId commitment;
  EntryKind kind = EntryKind::commitment;
  std::int64_t cents = 0;
  std::string day;
  std::string reference;
  std::string key;
  std::string actor;
  Instant now;
};
void add_entry(pg::Transaction& transaction, const NewEntry& entry);

/// A uuid that is the same for the same text.
std::string key_of(const std::string& text);

}  // namespace hustings::spending
