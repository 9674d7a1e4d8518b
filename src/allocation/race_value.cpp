#include "allocation/race_value.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace hustings::allocation {
namespace {

constexpr int kCoarsePoints = 512;  ///< of the lattice, with a correlation matrix

Status check_parts(const Campaign& campaign) {
  const std::size_t contests = campaign.race.contests.size();
  CHECK(campaign.market_of.size() == campaign.problem.cells.size());
  for (const Reach& reach : campaign.reaches) {
    if (reach.contest >= contests || reach.market >= campaign.markets)
      return invalid("A market's reach names a market or contest that is not there.");
    if (!(reach.share >= 0 && reach.share <= 1)) {
      return invalid(fmt::format("A market holds {} of this contest's voters; it must be a part "
                                 "from 0 to 1.",
                                 reach.share),
                     campaign.race.contests[reach.contest].name);
    }
  }
  if (campaign.objective == Objective::net_votes) {
    if (campaign.votes.size() != contests)
      return invalid("Net votes need the expected votes of every contest.");
    for (std::size_t i = 0; i < contests; ++i) {
      if (!(campaign.votes[i] >= 0 && std::isfinite(campaign.votes[i])))
        return invalid("The expected votes must be 0 or more.", campaign.race.contests[i].name);
    }
  }
  if (campaign.objective != Objective::robust_win) return {};
  if (campaign.poll_errors.empty())
    return invalid("A robust plan needs the poll errors that it must stand.");
  for (const std::vector<double>& error : campaign.poll_errors) {
    if (error.size() != contests) return invalid("A poll error needs a number for each contest.");
    for (const double value : error) {
      if (!(std::abs(value) <= 0.5)) {
        return invalid(
            fmt::format("A poll error is {}; it is a part of the vote, up to 0.5.", value));
      }
    }
  }
  return {};
}

}  // namespace

std::string_view to_string(Objective objective) {
  switch (objective) {
    case Objective::win:
      return "win_probability";
    case Objective::expected_weight:
      return "expected_weight";
    case Objective::net_votes:
      return "net_votes";
    case Objective::robust_win:
      return "robust_win_probability";
  }
  return "";
}

std::optional<Objective> objective_from(std::string_view text) {
  if (text == "win" || text == "win_probability") return Objective::win;
  if (text == "expected_weight" || text == "electoral_votes" || text == "seats" ||
      text == "expected_electoral_votes" || text == "expected_seats")
    return Objective::expected_weight;
  if (text == "net_votes" || text == "votes") return Objective::net_votes;
  if (text == "robust" || text == "robust_win" || text == "robust_win_probability")
    return Objective::robust_win;
  return std::nullopt;
}

double RaceValue::At::least() const { return *std::min_element(values.begin(), values.end()); }

Result<RaceValue> RaceValue::make(const Campaign& campaign,
                                  const std::optional<Resolution>& known) {
  TRY(WinProbability::make(campaign.race, {.national = 1, .regional = 1, .points = 1}));
  TRY(check_parts(campaign));
  RaceValue value(campaign);
  value.shifts_.assign(1, std::vector<double>(campaign.race.contests.size()));
  if (campaign.objective == Objective::robust_win) value.shifts_ = campaign.poll_errors;
  const bool needs_engine =
      campaign.objective == Objective::win || campaign.objective == Objective::robust_win;
  if (!needs_engine) return value;
  if (known) {
    value.resolution_ = known;
    value.fine_ = TRY(WinProbability::make(campaign.race, *known));
    return value;
  }
  if (!campaign.race.errors.correlation.empty()) {
    // A sample of points is no more right for being settled; an eighth of them finds the way.
    value.resolution_ = Resolution{};
    value.fine_ = TRY(WinProbability::make(campaign.race));
    value.coarse_ = TRY(WinProbability::make(campaign.race, {.points = kCoarsePoints}));
    return value;
  }
  const Settled settled = TRY(settle(campaign.race));
  value.resolution_ = settled.resolution;
  value.fine_ = TRY(WinProbability::make(campaign.race, settled.resolution));
  if (campaign.objective == Objective::win) value.settled_ = settled.value;
  value.coarse_ = TRY(WinProbability::make(campaign.race, {.national = 16, .regional = 8}));
  return value;
}

double RaceValue::one(const std::vector<double>& means, Grid grid, std::vector<double>& slopes) {
  const Campaign& campaign = *campaign_;
  if (fine_) {
    WinProbability& engine = grid == Grid::coarse && coarse_ ? *coarse_ : *fine_;
    return engine.value_and_slopes(means, slopes);
  }
  double sum = 0;
  for (std::size_t i = 0; i < means.size(); ++i) {
    if (campaign.objective == Objective::net_votes) {
      sum += 2 * campaign.votes[i] * means[i];
      slopes[i] = 2 * campaign.votes[i];
    } else {
      const double weight = campaign.race.contests[i].weight;
      sum += weight * chance_at(campaign.race, i, means[i]);
      slopes[i] = weight * chance_slope_at(campaign.race, i, means[i]);
    }
  }
  return sum;
}

double RaceValue::without() {
  if (settled_) return *settled_;
  std::vector<double> means;
  for (const Contest& contest : campaign_->race.contests)
    means.push_back(contest.mean);
  return least_at(means);
}

double RaceValue::least_at(const std::vector<double>& means) {
  if (!fine_) return look(means, Grid::fine).least();
  double least = 1;
  std::vector<double> shifted(means.size());
  for (const std::vector<double>& shift : shifts_) {
    for (std::size_t i = 0; i < means.size(); ++i)
      shifted[i] = means[i] + shift[i];
    least = std::min(least, fine_->value(shifted));
  }
  return least;
}

RaceValue::At RaceValue::look(const std::vector<double>& means, Grid grid) {
  At at;
  std::vector<double> shifted(means.size());
  for (const std::vector<double>& shift : shifts_) {
    for (std::size_t i = 0; i < means.size(); ++i)
      shifted[i] = means[i] + shift[i];
    at.slopes.emplace_back(means.size());
    at.values.push_back(one(shifted, grid, at.slopes.back()));
  }
  return at;
}

}  // namespace hustings::allocation
