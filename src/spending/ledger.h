#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "base/log.h"
#include "model/ids.h"
#include "pg/pool.h"
#include "spending/stored.h"

namespace hustings::spending {

enum class EntryKind : std::uint8_t { commitment, invoice, payment, release };
constexpr std::array<std::string_view, 4> kEntryKinds = {"commitment", "invoice", "payment",
                                                         "release"};

/// Money promised for a market, channel and week; what came of it.
struct Commitment {
  CommitmentId id;
  std::string market;
  std::string channel;
  std::int64_t week = 1;
  std::string vendor;
  std::string order;
  std::string purpose;
  std::optional<PlanId> plan;
  std::int64_t committed_cents = 0;
  std::int64_t invoiced_cents = 0;
  std::int64_t paid_cents = 0;
  std::int64_t booked_cents = 0;  ///< the largest of the three: what counts under limits
  std::string made_by;
  Instant made_at;
};

struct LedgerEntry {
  EntryKind kind = EntryKind::commitment;
  std::int64_t cents = 0;
  std::string day;
  std::string reference;
  std::string actor;
  Instant at;
};

struct Vendor {
  std::string name;
  std::string street;
  std::string city;
  std::string state;
  std::string zip;
};

/// What is booked, invoiced and paid in a cell.
struct CellSums {
  std::string market;
  std::string channel;
  std::int64_t week = 1;
  std::int64_t committed_cents = 0;
  std::int64_t invoiced_cents = 0;
  std::int64_t paid_cents = 0;
  std::int64_t booked_cents = 0;
};

/// A payment with everything that a report asks for.
struct Payment {
  std::int64_t entry = 0;
  CommitmentId commitment;
  std::string day;
  std::int64_t cents = 0;
  std::string reference;
  std::string purpose;
  std::string market;
  std::string channel;
  std::string channel_title;
  std::int64_t week = 1;
  Vendor vendor;
};

struct ImportedLedger {
  std::int64_t rows = 0;
  std::int64_t entries = 0;  ///< new ones
  std::int64_t known = 0;    ///< rows that were there already
  std::int64_t cents = 0;    ///< by which the booked money grew
  std::vector<std::string> ignored;
};

/// Commitments, invoices and payments: the only writer of commitment, ledger_entry and vendor (with
/// Plans, whose approved lines become commitments). The budget and every limit hold at each commit,
/// to the cent, however many book at once: what is booked stands beside each cap in one row under a
/// check of the database's own. Calls may come from several threads.
class Ledger {
 public:
  Ledger(pg::Pool& pool, const Clock& clock, Log& log);

  struct Wish {
    std::string market;
    std::string channel;
    std::int64_t week = 1;
    std::int64_t cents = 0;
    std::string vendor;
    std::string order;
    std::string purpose;
    std::string day;
    std::string key;  ///< a uuid; the same key again gives the first answer
    std::string actor;
  };
  /// Refuses: invalid; over_limit, naming the limit and what it has left; conflict for an order
  /// number that is taken.
  Result<Commitment> commit(const Wish& wish);

  struct Entry {
    CommitmentId commitment;
    EntryKind kind = EntryKind::invoice;
    std::int64_t cents = 0;  ///< negative for a release, and for a refund
    std::string day;
    std::string reference;
    std::string key;
    std::string actor;
  };
  /// An invoice, a payment or a release on a commitment. Refuses as commit(), and not_found.
  Result<Commitment> enter(const Entry& entry);

  struct Import {
    std::string_view text;
    bool dry_run = false;
    std::string actor;
  };
  /// All rows or none; rows that are there already are passed over. Refuses with line and column.
  Result<ImportedLedger> import(const Import& import);

  Result<Commitment> get(CommitmentId id) const;
  /// Newest first, those before `before`.
  std::vector<Commitment> page(std::optional<CommitmentId> before, int limit) const;
  std::vector<LedgerEntry> entries(CommitmentId id) const;
  std::vector<CellSums> sums() const;
  /// By day, both ends included; empty: no bound.
  std::vector<Payment> payments(const std::string& from, const std::string& to) const;
  /// Every commitment as CSV.
  std::string csv() const;

 private:
  Result<CommitmentId> commit_locked(const Wish& wish);
  Result<CommitmentId> enter_locked(const Entry& entry);

  pg::Pool& pool_;
  const Clock& clock_;
  Log& log_;
};

}  // namespace hustings::spending
