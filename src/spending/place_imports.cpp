#include <cmath>

#include <fmt/format.h>

#include "base/text.h"
#include "spending/sheet_imports.h"
#include "spending/sql.h"

namespace hustings::spending {
namespace {

constexpr double kPeopleMax = 2e9;
constexpr double kShareSlack = 1e-4;  ///< shares are rounded in files

/// A share given in parts of one; what is above 1 is taken for percent.
Result<std::optional<double>> share(const Sheet& sheet, std::size_t row, std::string_view column) {
  auto value = TRY(sheet.maybe_number(row, column, {0, 100}));
  if (value && *value > 1) *value /= 100;
  return value;
}

Result<std::int64_t> save_contests(pg::Transaction& transaction, const Sheet& sheet,
                                   const KnownNames& /*names*/, ImportedSheet& /*done*/) {
  std::vector<std::string> names;
  std::vector<std::string> regions;
  std::vector<std::int64_t> weights;
  std::vector<std::optional<double>> previous;
  std::vector<std::int64_t> votes;
  std::vector<std::optional<double>> errors;
  SeenKeys seen;
  for (std::size_t row = 0; row < sheet.rows(); ++row) {
    names.push_back(TRY(sheet.name(row, "contest")));
    TRY(seen.add(sheet, row, "contest", names.back()));
    regions.emplace_back(sheet.text(row, "region"));
    weights.push_back(sheet.has("weight") ? TRY(sheet.whole(row, "weight", {1, 20000})) : 1);
    previous.push_back(TRY(share(sheet, row, "previous")));
    const auto voters = TRY(sheet.maybe_number(row, "votes", {0, kPeopleMax}));
    votes.push_back(std::llround(voters.value_or(0)));
    errors.push_back(TRY(sheet.maybe_number(row, "error", {1e-6, 0.5})));
  }
  if (names.size() > kContestsMax)
    return refuse(ErrorCode::over_limit, fmt::format("At most {} contests.", kContestsMax));
  return transaction.run(sql::kContestsSave, names, regions, weights, previous, votes, errors)
      .affected();
}

Result<std::int64_t> save_markets(pg::Transaction& transaction, const Sheet& sheet,
                                  const KnownNames& /*names*/, ImportedSheet& /*done*/) {
  std::vector<std::string> names;
  std::vector<std::string> titles;
  std::vector<std::int64_t> people;
  SeenKeys seen;
  for (std::size_t row = 0; row < sheet.rows(); ++row) {
    names.push_back(TRY(sheet.name(row, "market")));
    TRY(seen.add(sheet, row, "market", names.back()));
    const std::string_view title = sheet.text(row, "title");
    titles.emplace_back(title.empty() ? names.back() : title);
    people.push_back(TRY(sheet.whole(row, "people", {1, kPeopleMax})));
  }
  if (names.size() > kMarketsMax)
    return refuse(ErrorCode::over_limit, fmt::format("At most {} markets.", kMarketsMax));
  return transaction.run(sql::kMarketsSave, names, titles, people).affected();
}

/// The whole matrix of the contests that the file names, in place of what was there.
Result<std::int64_t> save_reach(pg::Transaction& transaction, const Sheet& sheet,
                                const KnownNames& names, ImportedSheet& /*done*/) {
  std::vector<std::int64_t> markets;
  std::vector<std::int64_t> contests;
  std::vector<double> shares;
  std::map<std::string, double, std::less<>> sums;
  SeenKeys seen;
  for (std::size_t row = 0; row < sheet.rows(); ++row) {
    const std::int64_t market = TRY(known(sheet, row, "market", names.markets));
    const std::int64_t contest = TRY(known(sheet, row, "contest", names.contests));
    TRY(seen.add(sheet, row, "market", fmt::format("{} in {}", market, contest)));
    const double part = TRY(sheet.number(row, "share", {0, 1}));
    double& sum = sums[std::string(sheet.text(row, "contest"))];
    sum += part;
    if (sum > 1 + kShareSlack) {
      return invalid(fmt::format("The markets hold {:.4f} of this contest's voters together; that "
                                 "is more than all of them.",
                                 sum),
                     sheet.where(row, "share"));
    }
    if (part == 0) continue;
    markets.push_back(market);
    contests.push_back(contest);
    shares.push_back(part);
  }
  transaction.run(sql::kReachRemove, contests);
  return transaction.run(sql::kReachAdd, markets, contests, shares).affected();
}

Result<std::int64_t> save_counties(pg::Transaction& transaction, const Sheet& sheet,
                                   const KnownNames& names, ImportedSheet& done) {
  std::vector<std::string> counties;
  std::vector<std::int64_t> markets;
  SeenKeys seen;
  for (std::size_t row = 0; row < sheet.rows(); ++row) {
    std::string fips = TRY(sheet.name(row, "fips"));
    if (fips.size() == 4) fips.insert(0, 1, '0');  // a spreadsheet took the zero away
    if (fips.size() != 5 || !parse_int(fips)) {
      return invalid(fmt::format("\"{}\" is no county's five digits.", fips),
                     sheet.where(row, "fips"));
    }
    TRY(seen.add(sheet, row, "fips", fips));
    const auto found = names.markets.find(sheet.text(row, "market"));
    if (found == names.markets.end()) {
      ++done.passed;  // a list of all counties serves a campaign in some of them
      continue;
    }
    counties.push_back(fips);
    markets.push_back(found->second);
  }
  if (counties.empty())
    return invalid("No county lies in a market that is there; import the markets first.");
  return transaction.run(sql::kCountiesSave, counties, markets).affected();
}

}  // namespace

Result<std::int64_t> known(const Sheet& sheet, std::size_t row, std::string_view column,
                           const NameMap& names) {
  const std::string name = TRY(sheet.name(row, column));
  const auto found = names.find(name);
  if (found != names.end()) return found->second;
  return invalid(
      fmt::format("Nothing is called \"{}\" here; import it first, or mend the name.", name),
      sheet.where(row, column));
}

Result<std::optional<std::int64_t>> maybe_known(const Sheet& sheet, std::size_t row,
                                                std::string_view column, const NameMap& names) {
  if (sheet.text(row, column).empty()) return std::optional<std::int64_t>();
  return std::optional(TRY(known(sheet, row, column, names)));
}

Status check_currency(const Sheet& sheet, const std::string& currency) {
  for (std::size_t row = 0; row < sheet.rows(); ++row) {
    const std::string_view given = sheet.text(row, "currency");
    if (given.empty() || to_upper(given) == currency) continue;
    return invalid(fmt::format("This amount is in {}, the campaign's money in {}; amounts of two "
                               "currencies are never added up. Convert it first.",
                               given, currency),
                   sheet.where(row, "currency"));
  }
  return {};
}

Status SeenKeys::add(const Sheet& sheet, std::size_t row, std::string_view column,
                     const std::string& key) {
  const auto [place, is_new] = rows_.emplace(key, row);
  if (is_new) return {};
  return invalid(fmt::format("The same as in {}; say it once.", sheet.where(place->second, column)),
                 sheet.where(row, column));
}

SheetImport contests_import() {
  return {{{.name = "contest", .others = {"name", "state"}},
           {.name = "region", .needed = false},
           {.name = "weight", .needed = false, .others = {"ev", "seats"}},
           {.name = "previous", .needed = false},
           {.name = "votes", .needed = false},
           {.name = "error", .needed = false, .others = {"sigma"}}},
          &save_contests};
}
SheetImport markets_import() {
  return {{{.name = "market", .others = {"name", "dma_code", "dma"}},
           {.name = "title", .needed = false, .others = {"dma_name"}},
           {.name = "people", .others = {"voters", "population"}}},
          &save_markets};
}
SheetImport reach_import() {
  return {{{.name = "market", .others = {"dma_code", "dma"}},
           {.name = "contest", .others = {"state"}},
           {.name = "share", .others = {"share_of_state", "share_of_contest"}}},
          &save_reach};
}
SheetImport counties_import() {
  return {{{.name = "fips", .others = {"county_fips"}},
           {.name = "market", .others = {"dma_code", "dma"}}},
          &save_counties};
}

}  // namespace hustings::spending
