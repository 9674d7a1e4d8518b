#include <fmt/format.h>

#include "allocation/money_text.h"
#include "base/text.h"
#include "spending/sheet_imports.h"
#include "spending/sql.h"

namespace hustings::spending {
namespace {

constexpr double kPeopleMax = 10'000'000;

bool is_national(std::string_view contest) {
  return contest == "--" || contest == "US" || contest == "National" || contest == "national";
}

Result<std::int64_t> save_polls(pg::Transaction& transaction, const Sheet& sheet,
                                const KnownNames& names, ImportedSheet& done) {
  std::vector<std::int64_t> contests;
  std::vector<std::string> pollsters;
  std::vector<std::string> days;
  std::vector<std::int64_t> people;
  std::vector<double> ours;
  std::vector<double> theirs;
  for (std::size_t row = 0; row < sheet.rows(); ++row) {
    if (is_national(sheet.text(row, "contest")) || sheet.text(row, "people").empty()) {
      ++done.passed;
      continue;
    }
    contests.push_back(TRY(known(sheet, row, "contest", names.contests)));
    pollsters.emplace_back(sheet.text(row, "pollster"));
    days.push_back(TRY(sheet.day(row, "end_day")));
    people.push_back(TRY(sheet.whole(row, "people", {1, kPeopleMax})));
    ours.push_back(TRY(sheet.number(row, "ours", {0, 100})));
    theirs.push_back(TRY(sheet.number(row, "theirs", {0, 100})));
    if (ours.back() + theirs.back() <= 0 || ours.back() + theirs.back() > 100.5) {
      return invalid("The two shares must add up to something between 0 and 100.",
                     sheet.where(row, "ours"));
    }
    if (days.back() > to_iso(names.now).substr(0, 10)) {
      return invalid(
          fmt::format("A poll cannot have ended on {}, which is still to come.", days.back()),
          sheet.where(row, "end_day"));
    }
  }
  return transaction
      .run(sql::kPollsAdd, contests, pollsters, days, people, ours, theirs, names.actor, names.now)
      .affected();
}

/// The scenarios that the sheet names, in place of what they were.
Result<std::int64_t> save_poll_errors(pg::Transaction& transaction, const Sheet& sheet,
                                      const KnownNames& names, ImportedSheet& /*done*/) {
  std::vector<std::string> scenarios;
  std::vector<std::optional<std::int64_t>> contests;
  std::vector<double> errors;
  SeenKeys seen;
  for (std::size_t row = 0; row < sheet.rows(); ++row) {
    scenarios.push_back(TRY(sheet.name(row, "scenario")));
    contests.push_back(TRY(maybe_known(sheet, row, "contest", names.contests)));
    TRY(seen.add(sheet, row, "scenario",
                 fmt::format("{} {}", contests.back().value_or(0), scenarios.back())));
    errors.push_back(TRY(sheet.number(row, "error_points", {-50, 50})) / 100);
  }
  transaction.run(sql::kPollErrorsRemove, scenarios);
  return transaction.run(sql::kPollErrorsAdd, scenarios, contests, errors).affected();
}

Result<std::int64_t> save_opponent(pg::Transaction& transaction, const Sheet& sheet,
                                   const KnownNames& names, ImportedSheet& /*done*/) {
  TRY(check_currency(sheet, names.currency));
  std::vector<std::string> scenarios;
  std::vector<std::int64_t> markets;
  std::vector<std::int64_t> channels;
  std::vector<std::int64_t> weeks;
  std::vector<std::int64_t> cents;
  SeenKeys seen;
  for (std::size_t row = 0; row < sheet.rows(); ++row) {
    scenarios.push_back(TRY(sheet.name(row, "scenario")));
    markets.push_back(TRY(known(sheet, row, "market", names.markets)));
    channels.push_back(TRY(known(sheet, row, "channel", names.channels)));
    weeks.push_back(TRY(sheet.whole(row, "week", {1, kWeeksMax})));
    cents.push_back(TRY(sheet.cents(row, "amount")));
    TRY(seen.add(sheet, row, "scenario",
                 fmt::format("{} {} {} {}", markets.back(), channels.back(), weeks.back(),
                             scenarios.back())));
  }
  transaction.run(sql::kOpponentRemove, scenarios);
  return transaction.run(sql::kOpponentAdd, scenarios, markets, channels, weeks, cents).affected();
}

struct LimitRows {
  std::vector<std::string> names;
  std::vector<std::string> kinds;
  std::vector<std::optional<std::int64_t>> markets;
  std::vector<std::optional<std::int64_t>> channels;
  std::vector<std::optional<std::int64_t>> from_weeks;
  std::vector<std::optional<std::int64_t>> to_weeks;
  std::vector<std::int64_t> floors;
  std::vector<std::optional<std::int64_t>> caps;
};

Result<std::optional<std::int64_t>> maybe_week(const Sheet& sheet, std::size_t row,
                                               std::string_view column) {
  if (sheet.text(row, column).empty()) return std::optional<std::int64_t>();
  return std::optional(TRY(sheet.whole(row, column, {1, kWeeksMax})));
}

Status read_limit(const Sheet& sheet, std::size_t row, const KnownNames& known_names,
                  LimitRows& rows) {
  rows.names.push_back(TRY(sheet.name(row, "limit")));
  const std::string kind = to_lower(sheet.text(row, "kind"));
  if (!kind.empty() && kind != "legal" && kind != "own")
    return invalid("A limit is legal or own.", sheet.where(row, "kind"));
  rows.kinds.push_back(kind.empty() ? "own" : kind);
  rows.markets.push_back(TRY(maybe_known(sheet, row, "market", known_names.markets)));
  rows.channels.push_back(TRY(maybe_known(sheet, row, "channel", known_names.channels)));
  rows.from_weeks.push_back(TRY(maybe_week(sheet, row, "from_week")));
  rows.to_weeks.push_back(TRY(maybe_week(sheet, row, "to_week")));
  if (rows.from_weeks.back() && rows.to_weeks.back() &&
      *rows.from_weeks.back() > *rows.to_weeks.back())
    return invalid("The limit ends before it begins.", sheet.where(row, "to_week"));
  rows.floors.push_back(TRY(sheet.maybe_cents(row, "floor")).value_or(0));
  rows.caps.push_back(TRY(sheet.maybe_cents(row, "cap")));
  if (rows.caps.back() && *rows.caps.back() < rows.floors.back())
    return invalid("The cap is below the floor.", sheet.where(row, "cap"));
  if (!rows.caps.back() && rows.floors.back() == 0)
    return invalid("A limit needs a cap, a floor or both.", sheet.where(row, "cap"));
  return {};
}

Result<std::int64_t> save_limits(pg::Transaction& transaction, const Sheet& sheet,
                                 const KnownNames& names, ImportedSheet& /*done*/) {
  TRY(check_currency(sheet, names.currency));
  LimitRows rows;
  SeenKeys seen;
  for (std::size_t row = 0; row < sheet.rows(); ++row) {
    TRY(read_limit(sheet, row, names, rows));
    TRY(seen.add(sheet, row, "limit", rows.names.back()));
  }
  std::vector<std::int64_t> booked;
  const auto sums = transaction.run(sql::kLimitsBooked, rows.markets, rows.channels,
                                    rows.from_weeks, rows.to_weeks);
  for (const pg::Row row : sums)
    booked.push_back(row.get<std::int64_t>(0));
  for (std::size_t row = 0; row < booked.size(); ++row) {
    if (!rows.caps[row] || booked[row] <= *rows.caps[row]) continue;
    return refuse(ErrorCode::over_limit,
                  fmt::format("{} is booked under \"{}\" already, more than this cap.",
                              allocation::money_text(static_cast<double>(booked[row]) / 100),
                              rows.names[row]),
                  sheet.where(row, "cap"));
  }
  return transaction
      .run(sql::kLimitsSave, rows.names, rows.kinds, rows.markets, rows.channels, rows.from_weeks,
           rows.to_weeks, rows.floors, rows.caps, booked)
      .affected();
}

}  // namespace

SheetImport polls_import() {
  return {{{.name = "contest", .others = {"state"}},
           {.name = "pollster", .needed = false},
           {.name = "end_day", .others = {"end_date", "end.date", "end date", "date"}},
           {.name = "people", .others = {"n", "sample", "number.of.observations"}},
           {.name = "ours"},
           {.name = "theirs"}},
          &save_polls};
}
SheetImport poll_errors_import() {
  return {{{.name = "scenario"},
           {.name = "contest", .needed = false, .others = {"state"}},
           {.name = "error_points"}},
          &save_poll_errors};
}
SheetImport opponent_import() {
  return {{{.name = "scenario"},
           {.name = "market", .others = {"dma_code", "dma"}},
           {.name = "channel"},
           {.name = "week"},
           {.name = "amount"},
           {.name = "currency", .needed = false}},
          &save_opponent};
}
SheetImport limits_import() {
  return {{{.name = "limit", .others = {"name"}},
           {.name = "kind", .needed = false},
           {.name = "market", .needed = false, .others = {"dma_code", "dma"}},
           {.name = "channel", .needed = false},
           {.name = "from_week", .needed = false},
           {.name = "to_week", .needed = false},
           {.name = "floor", .needed = false},
           {.name = "cap", .needed = false},
           {.name = "currency", .needed = false}},
          &save_limits};
}

}  // namespace hustings::spending
