#include "api/segment_numbers.h"

#include <map>

#include "api/permission.h"
#include "segments/small_cells.h"

namespace hustings::api {
namespace {

using segments::Breakdown;
using segments::BreakdownCell;
using segments::Distribution;
using segments::Portrait;

Shown shown_count(std::uint64_t count, bool is_hidden) {
  return is_hidden ? Shown() : Shown(static_cast<std::int64_t>(count));
}

/// Places in the other's table of cells that would tell of a few who are in one only.
std::vector<bool> too_close(const Breakdown& one, const Breakdown& other, std::uint64_t least) {
  std::map<std::pair<std::string, std::string>, std::uint64_t> counts;
  for (const BreakdownCell& cell : other.cells)
    counts[{cell.state, cell.value}] = cell.count;
  std::vector<bool> close;
  for (const BreakdownCell& cell : one.cells) {
    const auto found = counts.find({cell.state, cell.value});
    const std::uint64_t there = found == counts.end() ? 0 : found->second;
    const std::uint64_t apart = cell.count > there ? cell.count - there : there - cell.count;
    close.push_back(apart > 0 && apart < least);
  }
  return close;
}

BreakdownShape shown_breakdown(const Breakdown& breakdown, std::uint64_t least, bool hides_all,
                               std::vector<bool> hidden) {
  std::vector<std::uint64_t> counts;
  for (const BreakdownCell& cell : breakdown.cells)
    counts.push_back(cell.count);
  hidden = segments::hidden_cells(counts, least, std::move(hidden));
  BreakdownShape out{.by = breakdown.by, .cells = {}};
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const BreakdownCell& cell = breakdown.cells[i];
    const bool is_hidden = hides_all || hidden[i];
    out.cells.push_back({.value = cell.value,
                         .state = cell.state,
                         .count = shown_count(cell.count, is_hidden),
                         .support_mean = is_hidden ? std::nullopt : cell.support_mean});
  }
  return out;
}

DistributionShape shown_distribution(const Distribution& one, const Portrait& portrait,
                                     std::uint64_t least, bool hides_all) {
  const bool hides = hides_all || (least > 0 && segments::is_hidden_part(
                                                    one.known, portrait.totals.voters, least));
  // Voters without the score are a cell too: the whole is shown.
  std::vector<std::uint64_t> counts(one.bins.begin(), one.bins.end());
  counts.push_back(portrait.totals.voters - one.known);
  const std::vector<bool> hidden = segments::hidden_cells(counts, least);
  DistributionShape out{.score = one.score,
                        .known = shown_count(one.known, hides),
                        .mean = {},
                        .bins = {},
                        .quantiles = {}};
  if (one.known > 0 && !hides)
    out.mean = static_cast<double>(one.sum) / static_cast<double>(one.known);
  for (std::size_t bin = 0; bin < one.bins.size(); ++bin)
    out.bins.push_back(shown_count(one.bins[bin], hides || hidden[bin]));
  for (const auto& quantile : one.quantiles) {
    out.quantiles.push_back(hides || !quantile ? std::nullopt
                                               : std::optional<std::int64_t>(*quantile));
  }
  return out;
}

PortraitShape shown_portrait(const Portrait& portrait, std::uint64_t least, const Portrait* other) {
  const std::uint64_t voters = portrait.totals.voters;
  const bool hides = least > 0 && segments::is_hidden_part(voters, portrait.all_voters, least);
  const auto part = [&](std::uint64_t count) {
    return shown_count(count,
                       hides || (least > 0 && segments::is_hidden_part(count, voters, least)));
  };
  PortraitShape out{.count = shown_count(voters, hides),
                    .households = part(portrait.totals.households),
                    .with_phone = part(portrait.totals.with_phone),
                    .callable = part(portrait.reach.callable),
                    .total = static_cast<std::int64_t>(portrait.all_voters),
                    .breakdowns = {},
                    .distributions = {},
                    .hidden_below = static_cast<std::int64_t>(least),
                    .position = portrait.fresh.position,
                    .age_ms = portrait.fresh.age.count(),
                    .took_us = portrait.took.count(),
                    .warnings = portrait.warnings};
  for (std::size_t i = 0; i < portrait.breakdowns.size(); ++i) {
    const Breakdown& breakdown = portrait.breakdowns[i];
    std::vector<bool> close;
    if (other != nullptr && least > 0) close = too_close(breakdown, other->breakdowns[i], least);
    out.breakdowns.push_back(shown_breakdown(breakdown, least, hides, std::move(close)));
  }
  for (const Distribution& one : portrait.distributions)
    out.distributions.push_back(shown_distribution(one, portrait, least, hides));
  return out;
}

}  // namespace

Fields CellShape::fields() {
  return {
      field("value", &CellShape::value, "The value; empty for unknown."),
      field("state", &CellShape::state, "Of a county: its state; else empty."),
      field("count", &CellShape::count,
            "How many voters have it; null: too few to be shown to this role, or hidden so that "
            "those do not follow from the sum."),
      field("support_mean", &CellShape::support_mean,
            "Their mean support score; null if none has one, or hidden.")};
}

Fields BreakdownShape::fields() {
  return {field("by", &BreakdownShape::by, "As asked for."),
          field("cells", &BreakdownShape::cells,
                "The values that some voter has, most voters first; age bands by age.")};
}

Fields DistributionShape::fields() {
  return {field("score", &DistributionShape::score, "As asked for."),
          field("known", &DistributionShape::known, "How many voters have it; null: hidden."),
          field("mean", &DistributionShape::mean, "Of those who have it."),
          field("bins", &DistributionShape::bins,
                "How many have 0 to 4, 5 to 9, … 95 to 100; null: hidden."),
          field("quantiles", &DistributionShape::quantiles,
                "The scores that 10, 25, 50, 75 and 90 % do not exceed.")};
}

Fields PortraitShape::fields() {
  return {field("count", &PortraitShape::count, "How many voters match; null: hidden."),
          field("households", &PortraitShape::households, "How many households they live in."),
          field("with_phone", &PortraitShape::with_phone, "How many of them have a number."),
          field("callable", &PortraitShape::callable,
                "How many could be called at this moment; the waterfall says why not the others."),
          field("total", &PortraitShape::total, "How many voters there are."),
          field("breakdowns", &PortraitShape::breakdowns, "In the order asked for."),
          field("distributions", &PortraitShape::distributions, "In the order asked for."),
          field("hidden_below", &PortraitShape::hidden_below,
                "Cells of fewer voters are hidden from this role; 0: none."),
          field("position", &PortraitShape::position, "The feed position of the numbers."),
          field("age_ms", &PortraitShape::age_ms,
                "Milliseconds since it was certain that nothing newer was there."),
          field("took_us", &PortraitShape::took_us, "Microseconds that the answer took."),
          field("warnings", &PortraitShape::warnings,
                "Values of the rule that no voter has, with what may have been meant.")};
}

std::uint64_t small_cell_least(const Context& context) {
  if (may(context.identity().role, Permission::registry_read)) return 0;
  return static_cast<std::uint64_t>(context.services().config.small_cell_least);
}

Result<segments::Rule> rule_of(const Context& context, const RuleSource& source) {
  if (source.segment.has_value() == source.rule.has_value()) {
    return invalid("Give a saved segment or a rule, one of them.", source.where);
  }
  if (source.segment) return segments::Rule{segments::SegmentIs{*source.segment}};
  if (!may(context.identity().role, Permission::segments_read)) {
    return refuse(ErrorCode::forbidden,
                  "Your role sees the numbers of saved segments; ask a data director to save this "
                  "rule as a segment.",
                  source.where);
  }
  return segments::rule_from_json(source.rule->text);
}

PortraitShape shown(const Portrait& portrait, std::uint64_t least) {
  return shown_portrait(portrait, least, nullptr);
}

TwoPortraits shown(const segments::Comparison& comparison, std::uint64_t least) {
  return {.a = shown_portrait(comparison.a, least, &comparison.b),
          .b = shown_portrait(comparison.b, least, &comparison.a)};
}

}  // namespace hustings::api
