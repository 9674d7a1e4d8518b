#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include "statistics/calibration.h"

namespace hustings::statistics {
namespace {

/// Respondents who agree in all margins are weighted alike, so raking runs over their cells.
struct Cells {
  std::vector<std::uint32_t> of_row;
  std::vector<std::vector<std::uint32_t>> category;  ///< by margin, then by cell
  std::size_t count = 0;
};

Cells cells_of(const std::vector<Margin>& margins) {
  Cells out;
  out.of_row = margins.front().category;
  std::uint64_t combinations = 1;
  for (const Margin& margin : margins)
    combinations *= std::min<std::uint64_t>(margin.categories.size(), 1 << 20);
  constexpr std::uint64_t kTableMax = 1 << 22;
  const std::size_t rows = out.of_row.size();
  if (combinations <= kTableMax) {
    std::vector<std::uint32_t> table(combinations, UINT32_MAX);
    std::uint32_t next = 0;
    for (std::size_t i = 0; i < rows; ++i) {
      std::uint64_t at = 0;
      for (const Margin& margin : margins)
        at = at * margin.categories.size() + margin.category[i];
      if (table[at] == UINT32_MAX) table[at] = next++;
      out.of_row[i] = table[at];
    }
    out.count = next;
  } else {
    for (std::size_t m = 1; m < margins.size(); ++m)
      out.of_row = nest(out.of_row, margins[m].category).code;
    out.count = *std::max_element(out.of_row.begin(), out.of_row.end()) + 1U;
  }
  out.category.assign(margins.size(), std::vector<std::uint32_t>(out.count));
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t m = 0; m < margins.size(); ++m)
      out.category[m][out.of_row[i]] = margins[m].category[i];
  }
  return out;
}

std::vector<double> sums_by(std::span<const std::uint32_t> code, std::span<const double> weights,
                            std::size_t count) {
  std::vector<double> out(count);
  for (std::size_t i = 0; i < code.size(); ++i)
    out[code[i]] += weights[i];
  return out;
}

double total_of(const Margin& margin) {
  return std::accumulate(margin.totals.begin(), margin.totals.end(), 0.0);
}

Status check_totals(const std::vector<Margin>& margins) {
  for (const Margin& margin : margins) {
    for (std::size_t c = 0; c < margin.totals.size(); ++c) {
      if (!std::isfinite(margin.totals[c]) || margin.totals[c] < 0) {
        return invalid(fmt::format("Margin {}: the total of \"{}\" is {}; totals are 0 or more.",
                                   margin.name, margin.categories[c], margin.totals[c]));
      }
    }
    const double first = total_of(margins.front());
    if (!(first > 0)) return invalid(fmt::format("Margin {} adds up to 0.", margin.name));
    if (std::abs(total_of(margin) - first) > 1e-6 * first) {
      return invalid(
          fmt::format("The margins do not add up: {} has {:.10g} people, {} has {:.10g}.",
                      margins.front().name, first, margin.name, total_of(margin)));
    }
  }
  return {};
}

Status check_categories(const std::vector<Margin>& margins, std::span<const double> weights) {
  for (const Margin& margin : margins) {
    CHECK(margin.category.size() == weights.size());
    for (std::size_t i = 0; i < weights.size(); ++i) {
      if (margin.category[i] >= margin.categories.size())
        return invalid(fmt::format("Row {} has no category of margin {}.", i + 1, margin.name));
    }
    const auto found = sums_by(margin.category, weights, margin.categories.size());
    for (std::size_t c = 0; c < found.size(); ++c) {
      if (margin.totals[c] > 0 && found[c] == 0) {
        return invalid(
            fmt::format("Margin {}: \"{}\" has {:.10g} people but no respondents; merge it with "
                        "another category.",
                        margin.name, margin.categories[c], margin.totals[c]));
      }
      if (margin.totals[c] == 0 && found[c] > 0) {
        return invalid(
            fmt::format("Margin {}: there are respondents in \"{}\", which the margin "
                        "gives no people.",
                        margin.name, margin.categories[c]));
      }
    }
  }
  return {};
}

/// One round over all margins; `steps` gets each cell's weight right after each margin.
void rake_once(const Cells& cells, const std::vector<Margin>& margins, std::vector<double>& weights,
               std::vector<std::vector<double>>* steps) {
  for (std::size_t m = 0; m < margins.size(); ++m) {
    auto found = sums_by(cells.category[m], weights, margins[m].totals.size());
    for (std::size_t c = 0; c < found.size(); ++c)
      found[c] = found[c] > 0 ? margins[m].totals[c] / found[c] : 0;
    for (std::size_t cell = 0; cell < weights.size(); ++cell)
      weights[cell] *= found[cells.category[m][cell]];
    if (steps != nullptr) (*steps)[m] = weights;
  }
}

void find_worst(const Cells& cells, const std::vector<Margin>& margins,
                const std::vector<double>& weights, RakingOutcome& outcome) {
  for (std::size_t m = 0; m < margins.size(); ++m) {
    const Margin& margin = margins[m];
    const auto found = sums_by(cells.category[m], weights, margin.totals.size());
    const double all = total_of(margin);
    for (std::size_t c = 0; c < found.size(); ++c) {
      const double gap = std::abs(found[c] - margin.totals[c]) / all;
      if (gap <= outcome.worst_gap && !outcome.worst_margin.empty()) continue;
      outcome.worst_gap = gap;
      outcome.worst_margin = fmt::format("{} \"{}\"", margin.name, margin.categories[c]);
    }
  }
}

/// Each cell's new weight over its old one.
std::vector<double> factors_of(const std::vector<double>& before,
                               const std::vector<double>& after) {
  std::vector<double> out(before.size());
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i] = before[i] > 0 ? after[i] / before[i] : 0;
  return out;
}

std::vector<double> weights_of(const Cells& cells, std::span<const double> weights,
                               const std::vector<double>& factors) {
  std::vector<double> out(weights.size());
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i] = weights[i] * factors[cells.of_row[i]];
  return out;
}

/// What raking explains of scores: the means of score over weight in each margin's categories,
/// taken out in turn, ten rounds, as R's survey does.
struct RakedOut {
  std::vector<std::vector<std::uint32_t>> category;  ///< by margin, then by row
  std::vector<std::vector<double>> weights;          ///< by margin: right after it
  std::vector<std::size_t> categories;

  void operator()(Matrix& scores) const {
    constexpr int kRounds = 10;
    const std::size_t k = scores.columns();
    for (int round = 0; round < kRounds; ++round) {
      for (std::size_t m = 0; m < category.size(); ++m)
        take_out(scores, m, k);
    }
  }

  void take_out(Matrix& scores, std::size_t m, std::size_t k) const {
    Matrix means(categories[m], k);
    std::vector<double> counts(categories[m]);
    for (std::size_t i = 0; i < scores.rows(); ++i) {
      const std::uint32_t at = category[m][i];
      ++counts[at];
      if (weights[m][i] == 0) continue;
      for (std::size_t c = 0; c < k; ++c)
        means(at, c) += scores(i, c) / weights[m][i];
    }
    for (std::size_t i = 0; i < scores.rows(); ++i) {
      const std::uint32_t at = category[m][i];
      for (std::size_t c = 0; c < k; ++c)
        scores(i, c) -= weights[m][i] * means(at, c) / counts[at];
    }
  }
};

/// What post-stratification explains: the weighted means of score over weight in each category.
struct PostStratified {
  std::vector<std::uint32_t> category;
  std::vector<double> before;
  std::vector<double> after;
  std::size_t categories;

  void operator()(Matrix& scores) const {
    const std::size_t k = scores.columns();
    Matrix means(categories, k);
    const auto sums = sums_by(category, before, categories);
    for (std::size_t i = 0; i < scores.rows(); ++i) {
      if (after[i] == 0) continue;
      for (std::size_t c = 0; c < k; ++c)
        means(category[i], c) += scores(i, c) * before[i] / after[i] / sums[category[i]];
    }
    for (std::size_t i = 0; i < scores.rows(); ++i) {
      for (std::size_t c = 0; c < k; ++c)
        scores(i, c) -= means(category[i], c) * after[i];
    }
  }
};

Status rake_replicates(Sample& sample, const Cells& cells, const std::vector<Margin>& margins,
                       int iterations) {
  if (!sample.replicates) return {};
  for (auto& weights : sample.replicates->weights) {
    const auto before = sums_by(cells.of_row, weights, cells.count);
    auto after = before;
    for (int round = 0; round < iterations; ++round)
      rake_once(cells, margins, after, nullptr);
    weights = weights_of(cells, weights, factors_of(before, after));
  }
  return {};
}

double change_of(const std::vector<double>& before, const std::vector<double>& after) {
  double out = 0;
  for (std::size_t i = 0; i < before.size(); ++i)
    out = std::max(out, std::abs(before[i] - after[i]));
  return out;
}

}  // namespace

Result<RakingOutcome> rake(Sample& sample, const std::vector<Margin>& margins,
                           const RakingOptions& options) {
  if (margins.empty()) return invalid("There is no margin to rake to.");
  TRY(check_totals(margins));
  TRY(check_categories(margins, sample.weights()));
  const Cells cells = cells_of(margins);
  const auto before = sums_by(cells.of_row, sample.weights(), cells.count);
  const double epsilon =
      options.epsilon < 1 ? options.epsilon * sample.design.weight_sum() : options.epsilon;
  auto after = before;
  std::vector<std::vector<double>> steps(margins.size());
  RakingOutcome outcome;
  bool converged = false;
  while (!converged && outcome.iterations < options.iterations_max) {
    const auto last = after;
    rake_once(cells, margins, after, &steps);
    ++outcome.iterations;
    converged = change_of(last, after) < epsilon;
  }
  find_worst(cells, margins, after, outcome);
  // Margins that contradict each other can leave the table as it is, round by round, and never fit.
  const double left = outcome.worst_gap * total_of(margins.front());
  if (!converged || (outcome.worst_gap > 1e-6 && left > 10 * epsilon)) {
    return invalid(fmt::format(
        "Raking does not converge: after {} rounds {} is still {:.3g} % of the population away "
        "from its total. The margins may contradict each other in cells without respondents.",
        outcome.iterations, outcome.worst_margin, 100 * outcome.worst_gap));
  }
  RakedOut projection;
  for (std::size_t m = 0; m < margins.size(); ++m) {
    projection.category.push_back(margins[m].category);
    projection.weights.push_back(weights_of(cells, sample.weights(), factors_of(before, steps[m])));
    projection.categories.push_back(margins[m].categories.size());
  }
  TRY(rake_replicates(sample, cells, margins, outcome.iterations));
  auto weights = projection.weights.back();
  // Shared, since a std::function that is copied would copy all of it.
  const auto shared = std::make_shared<const RakedOut>(std::move(projection));
  sample.design.reweight(std::move(weights), [shared](Matrix& scores) { (*shared)(scores); });
  return outcome;
}

Status post_stratify(Sample& sample, const Margin& margin) {
  const std::vector<Margin> margins{margin};
  TRY(check_totals(margins));
  TRY(check_categories(margins, sample.weights()));
  const Cells cells = cells_of(margins);
  const auto before = sums_by(cells.of_row, sample.weights(), cells.count);
  auto after = before;
  rake_once(cells, margins, after, nullptr);
  auto weights = weights_of(cells, sample.weights(), factors_of(before, after));
  const auto shared = std::make_shared<const PostStratified>(
      PostStratified{.category = margin.category,
                     .before = {sample.weights().begin(), sample.weights().end()},
                     .after = weights,
                     .categories = margin.categories.size()});
  TRY(rake_replicates(sample, cells, margins, 1));
  sample.design.reweight(std::move(weights), [shared](Matrix& scores) { (*shared)(scores); });
  return {};
}

}  // namespace hustings::statistics
