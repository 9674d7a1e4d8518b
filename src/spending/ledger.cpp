#include "spending/ledger.h"

#include <limits>

#include <fmt/format.h>

#include "base/text.h"
#include "base/uuid.h"
#include "feed/feed.h"
#include "spending/booking.h"
#include "spending/payment_files.h"
#include "spending/sheet.h"
#include "spending/sql.h"

namespace hustings::spending {
namespace {

Commitment commitment_of(const pg::Row& row) {
  return {.id = row.get<CommitmentId>(0),
          .market = row.get<std::string>(1),
          .channel = row.get<std::string>(2),
          .week = row.get<std::int64_t>(3),
          .vendor = row.get<std::string>(4),
          .order = row.get<std::string>(5),
          .purpose = row.get<std::string>(6),
          .plan = row.get<std::optional<PlanId>>(7),
          .committed_cents = row.get<std::int64_t>(8),
          .invoiced_cents = row.get<std::int64_t>(9),
          .paid_cents = row.get<std::int64_t>(10),
          .booked_cents = row.get<std::int64_t>(11),
          .made_by = row.get<std::string>(12),
          .made_at = row.get<Instant>(13)};
}

Result<std::int64_t> id_of(pg::Transaction& transaction, std::string_view what,
                           const std::string& name) {
  for (const pg::Row row : transaction.run(sql::kKnownNames)) {
    if (row.text(0) == what && row.text(1) == name) return row.get<std::int64_t>(2);
  }
  return invalid(fmt::format("No {} is called \"{}\".", what, name), std::string(what));
}

std::optional<std::int64_t> vendor_id(pg::Transaction& transaction, const Vendor& vendor) {
  if (vendor.name.empty()) return std::nullopt;
  return transaction
      .run(sql::kVendorSave, vendor.name, vendor.street, vendor.city, vendor.state, vendor.zip)
      .only()
      .get<std::int64_t>(0);
}

/// The commitment of an entry that was made under this key before; conflict if it said something
/// else.
Result<std::optional<CommitmentId>> made_before(pg::Transaction& transaction,
                                                const std::string& key, EntryKind kind,
                                                std::int64_t cents) {
  const auto rows = transaction.run(sql::kEntryByKey, key);
  if (rows.empty()) return std::optional<CommitmentId>();
  if (rows[0].text(1) != kEntryKinds.at(static_cast<std::size_t>(kind)) ||
      rows[0].get<std::int64_t>(2) != cents)
    return refuse(ErrorCode::conflict, "Another entry was made under this key.", "key");
  return std::optional(rows[0].get<CommitmentId>(0));
}

Status check_entry(const std::string& day, const std::string& key, std::int64_t cents) {
  if (parse_day(day) != day)
    return invalid(fmt::format("\"{}\" is no day such as 2026-10-05.", day), "day");
  if (!is_uuid(key)) return invalid("The key is a uuid.", "key");
  if (cents == 0 || cents > kCentsMax || cents < -kCentsMax)
    return invalid("The amount cannot be right.", "cents");
  return {};
}

void say_booked(pg::Transaction& transaction, CommitmentId id, std::int64_t entries,
                std::int64_t cents, const std::string& actor) {
  const feed::Change change{
      .kind = ChangeKind::money_booked,
      .subject = feed::subject_of("commitment", id),
      .actor = actor,
      .payload = fmt::format(R"({{"entries":{},"cents":{}}})", entries, cents)};
  feed::commit(transaction, {&change, 1});
}

struct Amounts {
  std::int64_t committed = 0;
  std::int64_t invoiced = 0;
  std::int64_t paid = 0;
};

Amounts amounts_of(EntryKind kind, std::int64_t cents) {
  switch (kind) {
    case EntryKind::commitment:
    case EntryKind::release:
      return {.committed = cents};
    case EntryKind::invoice:
      return {.invoiced = cents};
    case EntryKind::payment:
      return {.paid = cents};
  }
  return {};
}

/// Adds an entry to a commitment; what more is booked by it, in its cell.
Result<CellChange> change_commitment(pg::Transaction& transaction, CommitmentId id, EntryKind kind,
                                     std::int64_t cents) {
  const auto rows = transaction.run(sql::kCommitmentLock, id);
  if (rows.empty()) return refuse(ErrorCode::not_found, "There is no such commitment.");
  const pg::Row row = rows[0];
  const Amounts more = amounts_of(kind, cents);
  const std::int64_t committed = row.get<std::int64_t>(3) + more.committed;
  const std::int64_t invoiced = row.get<std::int64_t>(4) + more.invoiced;
  const std::int64_t paid = row.get<std::int64_t>(5) + more.paid;
  if (committed < 0) return invalid("More cannot be released than was committed.", "cents");
  if (invoiced < 0 || paid < 0)
    return invalid("More cannot come back than was invoiced or paid.", "cents");
  transaction.run(sql::kCommitmentChange, id, more.committed, more.invoiced, more.paid);
  return CellChange{.market = row.get<std::int64_t>(0),
                    .channel = row.get<std::int64_t>(1),
                    .week = row.get<std::int64_t>(2),
                    .cents = std::max({committed, invoiced, paid}) - row.get<std::int64_t>(6)};
}

}  // namespace

Ledger::Ledger(pg::Pool& pool, const Clock& clock, Log& log)
    : pool_(pool), clock_(clock), log_(log) {}

Result<Commitment> Ledger::commit(const Wish& wish) {
  TRY(check_entry(wish.day, wish.key, wish.cents));
  if (wish.cents < 0) return invalid("A commitment is above 0.", "cents");
  if (wish.week < 1 || wish.week > kWeeksMax) return invalid("There is no such week.", "week");
  // What it is now is read when the lock and its connection are free again.
  return get(TRY(commit_locked(wish)));
}

Result<CommitmentId> Ledger::commit_locked(const Wish& wish) {
  const auto connection = pool_.acquire();
  pg::Transaction transaction(*connection);
  const MoneyLock lock = lock_money(transaction);
  if (const auto before =
          TRY(made_before(transaction, wish.key, EntryKind::commitment, wish.cents)))
    return *before;
  const std::int64_t market = TRY(id_of(transaction, "market", wish.market));
  const std::int64_t channel = TRY(id_of(transaction, "channel", wish.channel));
  if (!transaction.run(sql::kCommitmentByOrder, wish.order).empty())
    return refuse(ErrorCode::conflict, "This order number is taken.", "order");
  TRY(book(transaction, lock,
           {{.market = market, .channel = channel, .week = wish.week, .cents = wish.cents}}, true));
  const CommitmentId id =
      add_commitment(transaction, {.market = market,
                                   .channel = channel,
                                   .week = wish.week,
                                   .committed_cents = wish.cents,
                                   .vendor = vendor_id(transaction, {.name = wish.vendor}),
                                   .order = wish.order,
                                   .purpose = wish.purpose,
                                   .actor = wish.actor,
                                   .now = clock_.now()});
  add_entry(transaction, {.commitment = id,
                          .kind = EntryKind::commitment,
                          .cents = wish.cents,
                          .day = wish.day,
                          .reference = wish.order,
                          .key = wish.key,
                          .actor = wish.actor,
                          .now = clock_.now()});
  say_booked(transaction, id, 1, wish.cents, wish.actor);
  log_.info("money_committed", {{"commitment", id.value()}, {"cents", wish.cents}});
  return id;
}

Result<Commitment> Ledger::enter(const Entry& entry) {
  TRY(check_entry(entry.day, entry.key, entry.cents));
  if (entry.kind == EntryKind::commitment)
    return invalid("A commitment is made anew, not added to another.", "kind");
  if (entry.kind == EntryKind::release && entry.cents > 0)
    return invalid("A release takes money off a commitment: its amount is negative.", "cents");
  return get(TRY(enter_locked(entry)));
}

Result<CommitmentId> Ledger::enter_locked(const Entry& entry) {
  const auto connection = pool_.acquire();
  pg::Transaction transaction(*connection);
  const MoneyLock lock = lock_money(transaction);
  if (const auto before = TRY(made_before(transaction, entry.key, entry.kind, entry.cents)))
    return *before;
  const CellChange change =
      TRY(change_commitment(transaction, entry.commitment, entry.kind, entry.cents));
  TRY(book(transaction, lock, {change}, change.cents != 0));
  add_entry(transaction, {.commitment = entry.commitment,
                          .kind = entry.kind,
                          .cents = entry.cents,
                          .day = entry.day,
                          .reference = entry.reference,
                          .key = entry.key,
                          .actor = entry.actor,
                          .now = clock_.now()});
  say_booked(transaction, entry.commitment, 1, change.cents, entry.actor);
  log_.info("money_entered", {{"commitment", entry.commitment.value()},
                              {"kind", kEntryKinds.at(static_cast<std::size_t>(entry.kind))},
                              {"cents", entry.cents}});
  return entry.commitment;
}

Result<Commitment> Ledger::get(CommitmentId id) const {
  const auto rows = pool_.acquire()->run(sql::kCommitmentGet, id);
  if (rows.empty()) return refuse(ErrorCode::not_found, "There is no such commitment.");
  return commitment_of(rows[0]);
}

std::vector<Commitment> Ledger::page(std::optional<CommitmentId> before, int limit) const {
  const CommitmentId from = before.value_or(CommitmentId(std::numeric_limits<std::int64_t>::max()));
  const auto rows = pool_.acquire()->run(sql::kCommitmentsPage, from, limit);
  std::vector<Commitment> all;
  for (const pg::Row row : rows)
    all.push_back(commitment_of(row));
  return all;
}

std::vector<LedgerEntry> Ledger::entries(CommitmentId id) const {
  std::vector<LedgerEntry> all;
  const auto rows = pool_.acquire()->run(sql::kEntriesOf, id);
  for (const pg::Row row : rows) {
    const auto kind = std::find(kEntryKinds.begin(), kEntryKinds.end(), row.text(0));
    all.push_back({.kind = static_cast<EntryKind>(kind - kEntryKinds.begin()),
                   .cents = row.get<std::int64_t>(1),
                   .day = row.get<std::string>(2),
                   .reference = row.get<std::string>(3),
                   .actor = row.get<std::string>(4),
                   .at = row.get<Instant>(5)});
  }
  return all;
}

std::vector<CellSums> Ledger::sums() const {
  std::vector<CellSums> all;
  const auto rows = pool_.acquire()->run(sql::kLedgerSums);
  for (const pg::Row row : rows) {
    all.push_back({.market = row.get<std::string>(0),
                   .channel = row.get<std::string>(1),
                   .week = row.get<std::int64_t>(2),
                   .committed_cents = row.get<std::int64_t>(3),
                   .invoiced_cents = row.get<std::int64_t>(4),
                   .paid_cents = row.get<std::int64_t>(5),
                   .booked_cents = row.get<std::int64_t>(6)});
  }
  return all;
}

std::vector<Payment> Ledger::payments(const std::string& from, const std::string& to) const {
  std::vector<Payment> all;
  const auto rows = pool_.acquire()->run(sql::kPayments, from, to);
  for (const pg::Row row : rows) {
    all.push_back({.entry = row.get<std::int64_t>(0),
                   .commitment = row.get<CommitmentId>(1),
                   .day = row.get<std::string>(2),
                   .cents = row.get<std::int64_t>(3),
                   .reference = row.get<std::string>(4),
                   .purpose = row.get<std::string>(5),
                   .market = row.get<std::string>(6),
                   .channel = row.get<std::string>(7),
                   .channel_title = row.get<std::string>(8),
                   .week = row.get<std::int64_t>(9),
                   .vendor = {.name = row.get<std::string>(10),
                              .street = row.get<std::string>(11),
                              .city = row.get<std::string>(12),
                              .state = row.get<std::string>(13),
                              .zip = row.get<std::string>(14)}});
  }
  return all;
}

std::string Ledger::csv() const {
  std::string text = commitments_header();
  std::optional<CommitmentId> before;
  for (;;) {
    constexpr int kPage = 1000;
    const std::vector<Commitment> some = page(before, kPage);
    for (const Commitment& one : some)
      append_commitment(text, one);
    if (some.size() < kPage) return text;
    before = some.back().id;
  }
}

}  // namespace hustings::spending
