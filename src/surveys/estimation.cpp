#include "surveys/estimation.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "statistics/estimates.h"
#include "statistics/trend.h"
#include "surveys/wilson.h"

namespace hustings::surveys {

using statistics::Estimate;
using statistics::Margin;
using statistics::Sample;

namespace {

std::optional<double> known(double value) {
  return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

ShareEstimate share_of(const Estimate& estimate) {
  return {estimate.value, known(estimate.lower), known(estimate.upper)};
}

/// Rows that answered, and those of them that are asked about.
struct Answered {
  std::vector<std::size_t> rows;
  std::vector<bool> domain;
};

Answered answered_of(const EstimationInput& input, Estimation& out) {
  Answered answered;
  for (std::size_t i = 0; i < input.rows.size(); ++i) {
    const bool in = input.domain.empty() || input.domain[i];
    if (input.rows[i].choice < 1) {
      out.declined += in ? 1 : 0;
      continue;
    }
    answered.rows.push_back(i);
    answered.domain.push_back(in);
    out.n += in ? 1 : 0;
  }
  return answered;
}

std::vector<Margin> margins_of(const EstimationInput& input, const Answered& answered) {
  std::vector<Margin> margins;
  for (const Margin& from : input.margins) {
    Margin margin{.name = from.name, .categories = from.categories, .totals = from.totals};
    for (const std::size_t row : answered.rows)
      margin.category.push_back(from.category[row]);
    margins.push_back(std::move(margin));
  }
  return margins;
}

using Place = std::pair<std::uint32_t, std::uint32_t>;  // stratum and cluster

/// Who answered, as shares of who could have been drawn, by row and stage.
struct Shares {
  std::vector<double> clusters;
  std::vector<double> members;
  bool is_two_stage = false;
  bool is_unequal = false;  ///< clusters of a stratum differ
};

/// Nothing where a chance is not known.
std::optional<Shares> shares_of_frame(const EstimationInput& input, const Answered& answered) {
  std::map<Place, std::int64_t> members;
  std::map<std::uint32_t, std::int64_t> clusters;
  for (const std::size_t row : answered.rows) {
    const RowChance& chance = input.chances[row];
    const bool is_known =
        chance.cluster_probability > 0 && chance.clusters_drawn > 0 && chance.members_drawn > 0;
    if (!is_known) return std::nullopt;
    if (++members[{chance.stratum, chance.cluster}] == 1) ++clusters[chance.stratum];
  }
  Shares out;
  std::map<std::uint32_t, double> of_stratum;
  for (const std::size_t row : answered.rows) {
    const RowChance& chance = input.chances[row];
    const auto answering = [](std::int64_t answered, std::int64_t drawn) {
      return static_cast<double>(answered) / static_cast<double>(std::max(answered, drawn));
    };
    out.clusters.push_back(chance.cluster_probability *
                           answering(clusters[chance.stratum], chance.clusters_drawn));
    const double within = std::min(1.0, chance.probability / chance.cluster_probability);
    out.members.push_back(
        within * answering(members[{chance.stratum, chance.cluster}], chance.members_drawn));
    out.is_two_stage = out.is_two_stage || chance.members_drawn > 1;
    const auto [known, is_new] = of_stratum.try_emplace(chance.stratum, out.clusters.back());
    out.is_unequal = out.is_unequal || known->second != out.clusters.back();
  }
  return out;
}

Result<statistics::Design> design_of(const EstimationInput& input, const Answered& answered) {
  statistics::DesignColumns columns{.weights = std::vector<double>(answered.rows.size(), 1.0)};
  if (input.chances.empty()) return statistics::Design::make(std::move(columns));
  statistics::Stage stage;
  for (std::size_t i = 0; i < answered.rows.size(); ++i) {
    const RowChance& chance = input.chances[answered.rows[i]];
    columns.weights[i] = 1 / chance.probability;
    stage.unit.push_back(chance.cluster);
    stage.stratum.push_back(chance.stratum);
  }
  columns.lonely = statistics::LonelyUnit::adjust;
  auto shares = shares_of_frame(input, answered);
  if (shares) {
    stage.population = std::move(shares->clusters);
    columns.unequal_probabilities = shares->is_unequal;
  }
  columns.stages = {std::move(stage)};
  if (shares && shares->is_two_stage) {
    columns.stages.push_back({.unit = {}, .stratum = {}, .population = std::move(shares->members)});
  }
  return statistics::Design::make(std::move(columns));
}

/// Weights the sample, or says why that cannot be.
void weight(const EstimationInput& input, const std::vector<Margin>& margins, Sample& sample,
            Estimation& out) {
  if (margins.empty()) return;
  Sample raked = sample;
  const auto raking = statistics::rake(raked, margins);
  if (!raking) {
    out.sentences.push_back(raking.error().sentence +
                            (out.is_sample ? " So only the sample's own weights are used."
                                           : " So nothing is weighted."));
    return;
  }
  out.rounds = raking->iterations;
  if (input.trim > 0) {
    const double mean = raked.design.weight_sum() / static_cast<double>(raked.rows());
    const auto trimmed = statistics::trim_weights(raked, {.upper = input.trim * mean});
    if (trimmed) {
      out.trimmed = static_cast<std::int64_t>(*trimmed);
    } else {
      out.sentences.push_back(trimmed.error().sentence);
    }
  }
  sample = std::move(raked);
  out.is_weighted = true;
}

void add_weights(const Sample& sample, Estimation& out) {
  const auto weights = sample.weights();
  const double mean = sample.design.weight_sum() / static_cast<double>(sample.rows());
  const auto [least, most] = std::ranges::minmax(weights);
  out.weight_least = least / mean;
  out.weight_most = most / mean;
}

void add_margins(const std::vector<Margin>& margins, const Sample& sample, Estimation& out) {
  const auto weights = sample.weights();
  for (const Margin& margin : margins) {
    const std::size_t count = margin.categories.size();
    std::vector<double> found(count);
    std::vector<double> weighted(count);
    double people = 0;
    for (const double total : margin.totals)
      people += total;
    for (std::size_t i = 0; i < margin.category.size(); ++i) {
      found[margin.category[i]] += 1;
      weighted[margin.category[i]] += weights[i];
    }
    MarginTable table{.name = margin.name, .rows = {}};
    for (std::size_t c = 0; c < count; ++c) {
      MarginRow row{.category = margin.categories[c],
                    .population = people > 0 ? margin.totals[c] / people : 0,
                    .sample = found[c] / static_cast<double>(margin.category.size()),
                    .weighted = std::nullopt};
      if (out.is_weighted) row.weighted = weighted[c] / sample.design.weight_sum();
      table.rows.push_back(std::move(row));
    }
    out.margins.push_back(std::move(table));
  }
}

std::vector<double> chosen(const EstimationInput& input, const Answered& answered,
                           const std::vector<int>& choices) {
  std::uint32_t wanted = 0;
  for (const int choice : choices)
    wanted |= 1U << choice;
  std::vector<double> out;
  for (const std::size_t row : answered.rows) {
    const AnswerRow& one = input.rows[row];
    const bool is_one = one.set != 0 ? (one.set & wanted) != 0
                                     : std::ranges::find(choices, one.choice) != choices.end();
    out.push_back(is_one ? 1 : 0);
  }
  return out;
}

void add_choices(const EstimationInput& input, const Answered& answered, const Sample& sample,
                 Estimation& out) {
  for (int choice = 1; choice <= input.choices; ++choice) {
    ChoiceEstimate estimate{.choice = choice};
    const std::vector<double> values = chosen(input, answered, {choice});
    for (std::size_t i = 0; i < values.size(); ++i)
      estimate.count += answered.domain[i] && values[i] > 0 ? 1 : 0;
    const Interval wilson = wilson_interval(estimate.count, out.n);
    estimate.raw = {
        .value = out.n > 0 ? static_cast<double>(estimate.count) / static_cast<double>(out.n) : 0,
        .lower = wilson.low,
        .upper = wilson.high};
    if (out.is_weighted && out.n > 1) {
      const auto weighted = statistics::proportion(
          sample, values, statistics::ProportionInterval::logit, answered.domain);
      if (weighted) {
        estimate.weighted = share_of(*weighted);
        estimate.design_effect = known(weighted->deff);
      }
    }
    out.choices.push_back(std::move(estimate));
  }
}

/// The mean of numbers, where there are two at least.
void add_mean(const EstimationInput& input, const Answered& answered, const Sample& sample,
              Estimation& out) {
  std::vector<double> values;
  for (const std::size_t row : answered.rows) {
    if (!input.rows[row].number) return;
    values.push_back(*input.rows[row].number);
  }
  if (out.n < 2) return;
  const auto mean = statistics::mean(sample, values, answered.domain);
  if (mean) {
    out.mean = share_of(*mean);
  } else {
    out.sentences.push_back(mean.error().sentence);
  }
}

struct Day {
  double yes = 0;
  double weight = 0;
  std::int64_t n = 0;
};

std::map<int, Day> days_of(const EstimationInput& input, const Answered& answered,
                           const Sample& sample, const std::vector<double>& yes) {
  std::map<int, Day> days;
  const auto weights = sample.weights();
  for (std::size_t i = 0; i < answered.rows.size(); ++i) {
    if (!answered.domain[i]) continue;
    Day& day = days[input.rows[answered.rows[i]].day];
    day.yes += weights[i] * yes[i];
    day.weight += weights[i];
    ++day.n;
  }
  return days;
}

void add_trend(const std::map<int, Day>& days, Estimation& out) {
  std::vector<statistics::Reading> readings;
  const double effect = out.design_effect.value_or(1);
  for (const auto& [day, sums] : days) {
    const double value = sums.yes / sums.weight;
    const auto n = static_cast<double>(sums.n);
    // A day on which all said the same is not therefore certain (Agresti and Coull 1998).
    const double shrunk = (value * n + 2) / (n + 4);
    readings.push_back(
        {.day = day, .value = value, .variance = shrunk * (1 - shrunk) * effect / n});
  }
  if (readings.empty()) return;
  const auto smooth = statistics::smooth(readings, {.house_sd = 0});
  if (!smooth) {
    out.sentences.push_back("The trend cannot be drawn: " + smooth.error().sentence);
    return;
  }
  const auto rolling = statistics::rolling_means(readings, kRollingDays);
  std::map<int, ShareEstimate> means;
  if (rolling) {
    for (const statistics::TrendDay& one : *rolling)
      means[one.day] = {one.value, known(one.lower), known(one.upper)};
  }
  for (const statistics::TrendDay& one : smooth->days) {
    TrendPoint point{.day = one.day, .smooth = {one.value, known(one.lower), known(one.upper)}};
    if (const auto day = days.find(one.day); day != days.end()) {
      point.n = day->second.n;
      point.value = day->second.yes / day->second.weight;
    }
    if (const auto mean = means.find(one.day); mean != means.end()) point.rolling = mean->second;
    out.trend.push_back(point);
  }
}

}  // namespace

Estimation estimate(const EstimationInput& input) {
  Estimation out;
  const Answered answered = answered_of(input, out);
  if (answered.rows.empty()) {
    out.sentences.emplace_back("Nobody has answered this question yet.");
    return out;
  }
  auto design = design_of(input, answered);
  if (!design) {
    out.sentences.push_back(design.error().sentence);
    return out;
  }
  Sample sample{.design = *std::move(design)};
  out.is_sample = out.is_weighted = !input.chances.empty();
  out.is_finite = out.is_sample && std::isfinite(sample.design.first_stage().population.front());
  const std::vector<Margin> margins = margins_of(input, answered);
  weight(input, margins, sample, out);
  if (out.is_weighted) {
    add_weights(sample, out);
    std::vector<double> in;
    for (std::size_t i = 0; i < answered.rows.size(); ++i) {
      if (answered.domain[i]) in.push_back(sample.weights()[i]);
    }
    if (!in.empty()) {
      out.design_effect = statistics::kish_design_effect(in);
      out.effective_n = static_cast<double>(in.size()) / *out.design_effect;
    }
  }
  add_margins(margins, sample, out);
  if (out.n == 0) {
    out.sentences.emplace_back("Nobody of this segment has answered this question yet.");
    return out;
  }
  add_choices(input, answered, sample, out);
  add_mean(input, answered, sample, out);
  if (input.yes.empty()) return out;
  const std::vector<double> yes = chosen(input, answered, input.yes);
  if (out.n > 1) {
    const auto share =
        statistics::proportion(sample, yes, statistics::ProportionInterval::logit, answered.domain);
    if (share) out.yes = share_of(*share);
  }
  add_trend(days_of(input, answered, sample, yes), out);
  return out;
}

}  // namespace hustings::surveys
