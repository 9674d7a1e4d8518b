#include "segments/breakdown.h"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "base/text.h"
#include "segments/plan.h"

namespace hustings::segments {
namespace {

constexpr std::string_view kAgeBand = "age_band";
struct Band {
  std::string_view name;
  std::int64_t least;
  std::int64_t most;
};
constexpr std::array<Band, 8> kBands = {{{"under 18", 0, 17},
                                         {"18-24", 18, 24},
                                         {"25-34", 25, 34},
                                         {"35-44", 35, 44},
                                         {"45-54", 45, 54},
                                         {"55-64", 55, 64},
                                         {"65-74", 65, 74},
                                         {"75 and over", 75, 150}}};

/// Counts and support by some keys.
struct Tally {
  Groups all;
  Groups scored;

  std::optional<double> support(std::size_t cell) const { return scored.mean(0, cell); }
};

Result<Tally> tally(const Scan& scan, const Electorate& electorate, const Filter& filter,
                    std::span<const GroupKey> keys) {
  const Column& support = electorate.number(Field::support_score);
  const std::vector<Measure> measures = {{support, {}}};
  return Tally{.all = TRY(group_by(scan, filter, keys, {})),
               .scored = TRY(group_by(scan, Filter::all({filter, Filter::range(support, 0, 100)}),
                                      keys, measures))};
}

Status check_size(std::size_t cells, std::string_view by) {
  if (cells <= kGroupsMax) return {};
  return refuse(
      ErrorCode::over_limit,
      fmt::format("By \"{}\" these voters fall into {} groups, more than {}; narrow the "
                  "rule or group by something coarser.",
                  by, with_thousands(static_cast<std::int64_t>(cells)), with_thousands(kGroupsMax)),
      "breakdowns");
}

void most_first(std::vector<BreakdownCell>& cells) {
  std::ranges::sort(cells, [](const BreakdownCell& a, const BreakdownCell& b) {
    if (a.count != b.count) return a.count > b.count;
    return std::tie(a.value, a.state) < std::tie(b.value, b.state);
  });
}

Result<Breakdown> by_category(const Scan& scan, const Electorate& electorate, const Filter& filter,
                              Field field) {
  const CategoryColumn& column = electorate.category(field);
  const std::vector<GroupKey> keys = {{column.codes(), column.dictionary().size()}};
  const Tally found = TRY(tally(scan, electorate, filter, keys));
  Breakdown out{.by = std::string(name(field)), .cells = {}};
  for (std::uint32_t code = 0; code < column.dictionary().size(); ++code) {
    if (found.all.counts[code] == 0) continue;
    out.cells.push_back({.value = column.dictionary().text(code),
                         .state = {},
                         .count = found.all.counts[code],
                         .support_mean = found.support(code)});
  }
  TRY(check_size(out.cells.size(), out.by));
  most_first(out.cells);
  return out;
}

Result<Breakdown> by_county(const Scan& scan, const Electorate& electorate, const Filter& filter) {
  const CategoryColumn& states = electorate.category(Field::state);
  const CategoryColumn& counties = electorate.category(Field::county);
  const std::uint32_t width = counties.dictionary().size();
  const std::vector<GroupKey> keys = {{states.codes(), states.dictionary().size()},
                                      {counties.codes(), width}};
  const Tally found = TRY(tally(scan, electorate, filter, keys));
  Breakdown out{.by = "county", .cells = {}};
  for (std::size_t cell = 0; cell < found.all.counts.size(); ++cell) {
    if (found.all.counts[cell] == 0) continue;
    const auto state = static_cast<std::uint32_t>(cell / width);
    const auto county = static_cast<std::uint32_t>(cell % width);
    out.cells.push_back({.value = counties.dictionary().text(county),
                         .state = states.dictionary().text(state),
                         .count = found.all.counts[cell],
                         .support_mean = found.support(cell)});
  }
  TRY(check_size(out.cells.size(), out.by));
  most_first(out.cells);
  return out;
}

Result<Breakdown> by_age(const Scan& scan, const Electorate& electorate, const Filter& filter,
                         Instant now) {
  Breakdown out{.by = std::string(kAgeBand), .cells = {}};
  const std::uint64_t whole = count_rows(scan, filter);
  std::uint64_t known = 0;
  for (const Band& band : kBands) {
    const Rule rule{NumberIs{.field = Field::age,
                             .least = band.least,
                             .most = band.most,
                             .of_last = {},
                             .of_kind = {},
                             .key = {}}};
    const Filter in_band = Filter::all({filter, Plan(rule, electorate, now, scan.method).filter()});
    const Tally found = TRY(tally(scan, electorate, in_band, {}));
    known += found.all.counts[0];
    if (found.all.counts[0] == 0) continue;
    out.cells.push_back({.value = std::string(band.name),
                         .state = {},
                         .count = found.all.counts[0],
                         .support_mean = found.support(0)});
  }
  if (whole > known) {
    out.cells.push_back({.value = {}, .state = {}, .count = whole - known, .support_mean = {}});
  }
  return out;
}

/// A score's column, and what its values are above the score.
struct ScoreColumn {
  Column column;
  std::uint32_t above = 0;
};

Result<ScoreColumn> score_column(const Electorate& electorate, std::string_view score) {
  const auto field = field_from(score);
  if (field == Field::score) {
    const Column* column = electorate.history().score(key_of(score));
    if (column != nullptr) return ScoreColumn{*column, 1};
    return invalid(fmt::format("Nobody has a score \"{}\".", key_of(score)), "scores");
  }
  if (field == Field::support_score || field == Field::turnout_score ||
      field == Field::persuadability) {
    return ScoreColumn{electorate.number(*field), 0};
  }
  return invalid(fmt::format("\"{}\" is no score; name one such as \"support_score\" or "
                             "\"score:climate\".",
                             score),
                 "scores");
}

}  // namespace

Result<Breakdown> breakdown(const Scan& scan, const Electorate& electorate, const Filter& filter,
                            std::string_view by, Instant now) {
  if (by == kAgeBand) return by_age(scan, electorate, filter, now);
  const auto field = field_from(by);
  if (!field || info(*field).kind != FieldKind::category) {
    return invalid(fmt::format("Voters are counted by a category such as \"party\", or by "
                               "\"age_band\", not by \"{}\".",
                               by),
                   "breakdowns");
  }
  if (*field == Field::county) return by_county(scan, electorate, filter);
  return by_category(scan, electorate, filter, *field);
}

Result<Distribution> distribution(const Scan& scan, const Electorate& electorate,
                                  const Filter& filter, std::string_view score) {
  constexpr std::uint32_t kMost = 100;
  const ScoreColumn source = TRY(score_column(electorate, score));
  const std::uint32_t above = source.above;
  const Filter known = Filter::all({filter, Filter::range(source.column, above, kMost + above)});
  // One histogram for each value of a flag, which are put together: of all, there is none.
  const GroupKey key{electorate.flag(Field::is_protected), 2};
  const Histograms found = histograms(scan, known, key, source.column);
  Distribution out{.score = std::string(score), .known = 0, .sum = 0, .bins = {}, .quantiles = {}};
  std::array<std::uint64_t, kMost + 1> counts{};
  for (const auto& group : found.by_group) {
    for (std::uint32_t value = 0; value <= kMost; ++value)
      counts[value] += group[value + above];
  }
  for (std::uint32_t value = 0; value <= kMost; ++value) {
    out.known += counts[value];
    out.sum += counts[value] * value;
    out.bins[std::min<std::size_t>(value / 5, kBins - 1)] += counts[value];
  }
  for (std::size_t i = 0; i < kQuantileShares.size() && out.known > 0; ++i) {
    std::uint64_t sum = 0;
    for (std::uint32_t value = 0; value <= kMost && !out.quantiles[i]; ++value) {
      sum += counts[value];
      if (static_cast<double>(sum) >= kQuantileShares[i] * static_cast<double>(out.known))
        out.quantiles[i] = value;
    }
  }
  return out;
}

}  // namespace hustings::segments
