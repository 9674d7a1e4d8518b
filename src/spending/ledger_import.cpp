#include <algorithm>
#include <chrono>
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/text.h"
#include "feed/feed.h"
#include "spending/booking.h"
#include "spending/sheet_imports.h"
#include "spending/sql.h"

namespace hustings::spending {
namespace {

constexpr std::size_t kRowsMax = 20'000;

std::vector<Column> ledger_columns() {
  return {{.name = "kind", .needed = false},
          {.name = "market", .others = {"dma_code", "dma"}},
          {.name = "channel"},
          {.name = "week", .needed = false, .others = {"flight"}},
          {.name = "day", .others = {"date"}},
          {.name = "amount"},
          {.name = "order", .needed = false, .others = {"order_number"}},
          {.name = "reference", .needed = false, .others = {"invoice", "check"}},
          {.name = "vendor", .needed = false, .others = {"payee"}},
          {.name = "street", .needed = false},
          {.name = "city", .needed = false},
          {.name = "state", .needed = false},
          {.name = "zip", .needed = false},
          {.name = "purpose", .needed = false},
          {.name = "currency", .needed = false}};
}

struct LedgerRow {
  EntryKind kind = EntryKind::payment;
  std::int64_t market = 0;
  std::int64_t channel = 0;
  std::int64_t week = 1;
  std::string day;
  std::int64_t cents = 0;
  std::string order;
  std::string reference;
  Vendor vendor;
  std::string purpose;
  std::string key;
};

std::chrono::sys_days days_of(const std::string& day) {
  return std::chrono::sys_days(
      std::chrono::year(static_cast<int>(parse_int(day.substr(0, 4)).value_or(2000))) /
      std::chrono::month(static_cast<unsigned>(parse_int(day.substr(5, 2)).value_or(1))) /
      std::chrono::day(static_cast<unsigned>(parse_int(day.substr(8, 2)).value_or(1))));
}

/// The week that money counts in: as said, or that of its day.
Result<std::int64_t> week_of(const Sheet& sheet, std::size_t row, const std::string& day,
                             const std::optional<std::string>& first_day) {
  if (!sheet.text(row, "week").empty()) return sheet.whole(row, "week", {1, kWeeksMax});
  if (!first_day) {
    return invalid("Say the week, or set the campaign's first day.", sheet.where(row, "week"));
  }
  const auto days = (days_of(day) - days_of(*first_day)).count();
  if (days < 0 || days >= 7 * kWeeksMax) {
    return invalid(fmt::format("{} lies outside the campaign, which begins on {}; say the week in "
                               "which the money works.",
                               day, *first_day),
                   sheet.where(row, "day"));
  }
  return days / 7 + 1;
}

Result<EntryKind> kind_of(const Sheet& sheet, std::size_t row) {
  const std::string text = to_lower(sheet.text(row, "kind"));
  if (text.empty()) return EntryKind::payment;
  const auto found = std::find(kEntryKinds.begin(), kEntryKinds.end(), text);
  if (found == kEntryKinds.end()) {
    return invalid("An entry is a commitment, invoice, payment or release.",
                   sheet.where(row, "kind"));
  }
  return static_cast<EntryKind>(found - kEntryKinds.begin());
}

Result<LedgerRow> read_row(const Sheet& sheet, std::size_t row, const KnownNames& names,
                           const MoneyLock& lock) {
  LedgerRow out;
  out.kind = TRY(kind_of(sheet, row));
  out.market = TRY(known(sheet, row, "market", names.markets));
  out.channel = TRY(known(sheet, row, "channel", names.channels));
  out.day = TRY(sheet.day(row, "day"));
  out.week = TRY(week_of(sheet, row, out.day, lock.first_day));
  out.cents = TRY(sheet.cents(row, "amount", true));
  const bool falls = out.kind == EntryKind::release;
  if (out.cents == 0) return invalid("An entry of 0 says nothing.", sheet.where(row, "amount"));
  if (falls && out.cents > 0) out.cents = -out.cents;
  if (out.kind == EntryKind::commitment && out.cents < 0)
    return invalid("A commitment is above 0; a release takes it back.", sheet.where(row, "amount"));
  out.order = std::string(sheet.text(row, "order"));
  out.reference = std::string(sheet.text(row, "reference"));
  if (falls && out.order.empty())
    return invalid("A release needs the order that it takes money off.", sheet.where(row, "order"));
  out.vendor = {.name = std::string(sheet.text(row, "vendor")),
                .street = std::string(sheet.text(row, "street")),
                .city = std::string(sheet.text(row, "city")),
                .state = std::string(sheet.text(row, "state")),
                .zip = std::string(sheet.text(row, "zip"))};
  out.purpose = std::string(sheet.text(row, "purpose"));
  out.key = key_of(fmt::format("{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}", static_cast<int>(out.kind),
                               out.market, out.channel, out.week, out.day, out.cents, out.order,
                               out.reference, out.vendor.name));
  return out;
}

/// Takes rows into the ledger one after another; what they book is added up and booked at the end.
class Taker {
 public:
  Taker(pg::Transaction& transaction, const std::string& actor, Instant now)
      : transaction_(transaction), actor_(actor), now_(now) {}

  Status take(const LedgerRow& row) {
    CommitmentId id = find(row.order);
    if (id && row.kind == EntryKind::commitment) {
      return refuse(ErrorCode::conflict,
                    fmt::format("The order \"{}\" is there already.", row.order));
    }
    if (!id && row.kind == EntryKind::release) {
      return refuse(ErrorCode::not_found, fmt::format("There is no order \"{}\".", row.order));
    }
    if (id) {
      TRY(change(id, row));
    } else {
      TRY(make(id, row));
    }
    add_entry(transaction_, {.commitment = id,
                             .kind = row.kind,
                             .cents = row.cents,
                             .day = row.day,
                             .reference = row.reference,
                             .key = row.key,
                             .actor = actor_,
                             .now = now_});
    if (!first_) first_ = id;
    return {};
  }
  const std::vector<CellChange>& changes() const { return changes_; }
  CommitmentId first() const { return first_; }

 private:
  CommitmentId find(const std::string& order) {
    if (order.empty()) return {};
    const auto rows = transaction_.run(sql::kCommitmentByOrder, order);
    return rows.empty() ? CommitmentId() : rows[0].get<CommitmentId>(0);
  }
  std::optional<std::int64_t> vendor(const Vendor& vendor) {
    if (vendor.name.empty()) return std::nullopt;
    return transaction_
        .run(sql::kVendorSave, vendor.name, vendor.street, vendor.city, vendor.state, vendor.zip)
        .only()
        .get<std::int64_t>(0);
  }
  Status make(CommitmentId& id, const LedgerRow& row) {
    if (row.cents < 0) return invalid("There is no order from which this could come back.");
    NewCommitment made{.market = row.market,
                       .channel = row.channel,
                       .week = row.week,
                       .vendor = vendor(row.vendor),
                       .order = row.order,
                       .purpose = row.purpose,
                       .actor = actor_,
                       .now = now_};
    (row.kind == EntryKind::commitment ? made.committed_cents
     : row.kind == EntryKind::invoice  ? made.invoiced_cents
                                       : made.paid_cents) = row.cents;
    id = add_commitment(transaction_, made);
    changes_.push_back(
        {.market = row.market, .channel = row.channel, .week = row.week, .cents = row.cents});
    return {};
  }
  Status change(CommitmentId id, const LedgerRow& row) {
    const auto rows = transaction_.run(sql::kCommitmentLock, id);
    const pg::Row held = rows.only();
    if (held.get<std::int64_t>(0) != row.market || held.get<std::int64_t>(1) != row.channel ||
        held.get<std::int64_t>(2) != row.week) {
      return refuse(
          ErrorCode::conflict,
          fmt::format("The order \"{}\" is of another market, channel or week.", row.order));
    }
    const bool commits = row.kind == EntryKind::release;
    const std::int64_t committed = held.get<std::int64_t>(3) + (commits ? row.cents : 0);
    const std::int64_t invoiced =
        held.get<std::int64_t>(4) + (row.kind == EntryKind::invoice ? row.cents : 0);
    const std::int64_t paid =
        held.get<std::int64_t>(5) + (row.kind == EntryKind::payment ? row.cents : 0);
    if (committed < 0 || invoiced < 0 || paid < 0)
      return invalid("More cannot come back than was committed, invoiced or paid.");
    transaction_.run(sql::kCommitmentChange, id, commits ? row.cents : 0,
                     row.kind == EntryKind::invoice ? row.cents : 0,
                     row.kind == EntryKind::payment ? row.cents : 0);
    const std::int64_t booked = std::max({committed, invoiced, paid});
    changes_.push_back({.market = row.market,
                        .channel = row.channel,
                        .week = row.week,
                        .cents = booked - held.get<std::int64_t>(6)});
    return {};
  }

  pg::Transaction& transaction_;
  const std::string& actor_;
  Instant now_;
  std::vector<CellChange> changes_;
  CommitmentId first_;
};

Result<std::vector<LedgerRow>> read_rows(const Sheet& sheet, const KnownNames& names,
                                         const MoneyLock& lock) {
  std::vector<LedgerRow> rows;
  SeenKeys seen;
  for (std::size_t row = 0; row < sheet.rows(); ++row) {
    rows.push_back(TRY(read_row(sheet, row, names, lock)));
    TRY(seen.add(sheet, row, "reference", rows.back().key));
  }
  return rows;
}

std::set<std::string> known_keys(pg::Transaction& transaction, const std::vector<LedgerRow>& rows) {
  std::vector<std::string> keys;
  for (const LedgerRow& row : rows)
    keys.push_back(row.key);
  std::set<std::string> taken;
  for (const pg::Row row : transaction.run(sql::kEntriesKnown, keys))
    taken.insert(row.get<std::string>(0));
  return taken;
}

KnownNames names_of(pg::Transaction& transaction) {
  KnownNames names;
  for (const pg::Row row : transaction.run(sql::kKnownNames)) {
    if (row.text(0) == "contest") continue;
    NameMap& map = row.text(0) == "market" ? names.markets : names.channels;
    map.emplace(row.get<std::string>(1), row.get<std::int64_t>(2));
  }
  return names;
}

}  // namespace

Result<ImportedLedger> Ledger::import(const Import& import) {
  const Sheet sheet = TRY(Sheet::read(import.text, ledger_columns()));
  if (sheet.rows() > kRowsMax) {
    return refuse(ErrorCode::over_limit, fmt::format("At most {} entries a file; cut it in two.",
                                                     with_thousands(kRowsMax)));
  }
  const auto connection = pool_.acquire();
  pg::Transaction transaction(*connection);
  const MoneyLock lock = lock_money(transaction);
  TRY(check_currency(sheet, lock.currency));
  const std::vector<LedgerRow> rows = TRY(read_rows(sheet, names_of(transaction), lock));
  const std::set<std::string> taken = known_keys(transaction, rows);
  Taker taker(transaction, import.actor, clock_.now());
  ImportedLedger done{.rows = static_cast<std::int64_t>(rows.size()), .ignored = sheet.ignored()};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (taken.contains(rows[i].key)) {
      ++done.known;
      continue;
    }
    if (auto took = taker.take(rows[i]); !took) {
      Error error = std::move(took).error();
      error.where = sheet.where(i, "order");
      return std::unexpected(std::move(error));
    }
    ++done.entries;
  }
  bool changes_a_cell = false;  // also where the sum of all changes is nothing
  for (const CellChange& change : taker.changes()) {
    done.cents += change.cents;
    changes_a_cell = changes_a_cell || change.cents != 0;
  }
  TRY(book(transaction, lock, taker.changes(), changes_a_cell));
  if (import.dry_run || done.entries == 0) return done;
  const feed::Change change{
      .kind = ChangeKind::money_booked,
      .subject = feed::subject_of("commitment", taker.first()),
      .actor = import.actor,
      .payload = fmt::format(R"({{"entries":{},"cents":{}}})", done.entries, done.cents)};
  feed::commit(transaction, {&change, 1});
  log_.info("ledger_imported", {{"entries", done.entries}, {"cents", done.cents}});
  return done;
}

}  // namespace hustings::spending
