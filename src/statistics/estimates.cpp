#include "statistics/estimates.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include <fmt/format.h>

#include "statistics/special.h"

namespace hustings::statistics {
namespace {

Result<Domain> usable(const Sample& sample, std::span<const double> values, const Domain& domain) {
  CHECK(values.size() == sample.rows());
  CHECK(domain.empty() || domain.size() == sample.rows());
  Domain in(sample.rows());
  bool any = false;
  for (std::size_t i = 0; i < in.size(); ++i) {
    in[i] = (domain.empty() || domain[i]) && !std::isnan(values[i]) && sample.weights()[i] > 0;
    any = any || in[i];
  }
  if (!any) return invalid("Nobody with a value and a weight is left.");
  return in;
}

std::size_t count_of(const Domain& in) {
  return static_cast<std::size_t>(std::count(in.begin(), in.end(), true));
}

double sum_over(std::span<const double> values, std::span<const double> weights, const Domain& in) {
  double sum = 0;
  for (std::size_t i = 0; i < in.size(); ++i) {
    if (in[i]) sum += weights[i] * values[i];
  }
  return sum;
}

double weight_over(std::span<const double> weights, const Domain& in) {
  double sum = 0;
  for (std::size_t i = 0; i < in.size(); ++i) {
    if (in[i]) sum += weights[i];
  }
  return sum;
}

Result<double> variance_of(const Sample& sample, const std::vector<double>& scores, double value,
                           const std::function<double(std::span<const double>)>& compute) {
  if (sample.replicates) {
    const double whole[] = {value};
    return sample.replicates->variance(whole, [&](std::span<const double> weights) {
      return std::vector<double>{compute(weights)};
    })(0, 0);
  }
  Matrix column(scores.size(), 1);
  for (std::size_t i = 0; i < scores.size(); ++i)
    column(i, 0) = scores[i];
  const Matrix covariance = TRY(sample.design.variance(std::move(column)));
  return covariance(0, 0);
}

double df_of(const Sample& sample, const Domain& in, const EstimateOptions& options) {
  return options.df ? *options.df : sample.design.degrees_of_freedom(in);
}

void set_interval(Estimate& out, double level) {
  if (!(out.df > 0) || !(out.se >= 0)) return;
  const double t = student_quantile(0.5 + level / 2, out.df);
  out.lower = out.value - t * out.se;
  out.upper = out.value + t * out.se;
}

/// The variance of a mean of so many, had they been drawn one by one.
double simple_variance(const Sample& sample, std::span<const double> values, const Domain& in,
                       double mean, bool with_replacement) {
  const double weight = weight_over(sample.weights(), in);
  const auto n = static_cast<double>(count_of(in));
  double squares = 0;
  for (std::size_t i = 0; i < in.size(); ++i) {
    if (in[i]) squares += sample.weights()[i] * (values[i] - mean) * (values[i] - mean);
  }
  const double spread = squares / weight * n / (n - 1);
  if (with_replacement || weight < n) return spread / n;
  return spread * (weight - n) / (weight * n);
}

}  // namespace

Result<Estimate> mean(const Sample& sample, std::span<const double> values, const Domain& domain,
                      const EstimateOptions& options) {
  const Domain in = TRY(usable(sample, values, domain));
  const auto compute = [&](std::span<const double> weights) {
    return sum_over(values, weights, in) / weight_over(weights, in);
  };
  Estimate out{.value = compute(sample.weights()), .n = count_of(in)};
  const double weight = weight_over(sample.weights(), in);
  std::vector<double> scores(in.size());
  for (std::size_t i = 0; i < in.size(); ++i) {
    if (in[i]) scores[i] = (values[i] - out.value) * sample.weights()[i] / weight;
  }
  double variance = TRY(variance_of(sample, scores, out.value, compute));
  // What weighting to margins fixes has no variance, but for rounding.
  if (variance < 1e-24 * out.value * out.value) variance = 0;
  out.se = std::sqrt(variance);
  out.df = df_of(sample, in, options);
  out.deff =
      variance / simple_variance(sample, values, in, out.value, options.deff_with_replacement);
  set_interval(out, options.level);
  return out;
}

Result<Estimate> total(const Sample& sample, std::span<const double> values, const Domain& domain,
                       const EstimateOptions& options) {
  const Domain in = TRY(usable(sample, values, domain));
  const auto compute = [&](std::span<const double> weights) {
    return sum_over(values, weights, in);
  };
  Estimate out{.value = compute(sample.weights()), .n = count_of(in)};
  std::vector<double> scores(in.size());
  for (std::size_t i = 0; i < in.size(); ++i) {
    if (in[i]) scores[i] = values[i] * sample.weights()[i];
  }
  const double variance = TRY(variance_of(sample, scores, out.value, compute));
  out.se = std::sqrt(variance);
  out.df = df_of(sample, in, options);
  const double weight = weight_over(sample.weights(), in);
  out.deff = variance / (simple_variance(sample, values, in, out.value / weight,
                                         options.deff_with_replacement) *
                         weight * weight);
  set_interval(out, options.level);
  return out;
}

Result<Estimate> ratio(const Sample& sample, RatioColumns columns, const Domain& domain,
                       const EstimateOptions& options) {
  CHECK(columns.numerator.size() == columns.denominator.size());
  std::vector<double> both(columns.numerator.size());
  for (std::size_t i = 0; i < both.size(); ++i)
    both[i] = columns.numerator[i] + columns.denominator[i];
  const Domain in = TRY(usable(sample, both, domain));
  const auto compute = [&](std::span<const double> weights) {
    return sum_over(columns.numerator, weights, in) / sum_over(columns.denominator, weights, in);
  };
  const double below = sum_over(columns.denominator, sample.weights(), in);
  if (below == 0) return invalid("The denominator adds up to 0, so there is no ratio.");
  Estimate out{.value = compute(sample.weights()), .n = count_of(in)};
  std::vector<double> scores(in.size());
  for (std::size_t i = 0; i < in.size(); ++i) {
    if (!in[i]) continue;
    scores[i] =
        (columns.numerator[i] - out.value * columns.denominator[i]) / below * sample.weights()[i];
  }
  out.se = std::sqrt(TRY(variance_of(sample, scores, out.value, compute)));
  out.df = df_of(sample, in, options);
  set_interval(out, options.level);
  return out;
}

namespace {

/// The values in ascending order with the sums of weights up to each.
class Steps {
 public:
  Steps(std::span<const double> values, std::span<const double> weights, const Domain& in) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < in.size(); ++i) {
      if (in[i]) order.push_back(i);
    }
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return values[a] != values[b] ? values[a] < values[b] : a < b;
    });
    double sum = 0;
    for (const std::size_t i : order) {
      values_.push_back(values[i]);
      sum += weights[i];
      sums_.push_back(sum);
    }
  }
  /// Sums that differ from p by rounding alone count as equal to it.
  double at(double p) const {
    const double wanted = p * sums_.back() * (1 - 1e-12);
    const auto found = std::lower_bound(sums_.begin(), sums_.end(), wanted);
    const auto last = static_cast<std::ptrdiff_t>(values_.size()) - 1;
    return values_[static_cast<std::size_t>(std::min(found - sums_.begin(), last))];
  }

 private:
  std::vector<double> values_;
  std::vector<double> sums_;
};

}  // namespace

Result<Estimate> quantile(const Sample& sample, std::span<const double> values, double p,
                          const Domain& domain, const EstimateOptions& options) {
  if (!(p > 0 && p < 1)) return invalid(fmt::format("A quantile lies between 0 and 1, not {}.", p));
  const Domain in = TRY(usable(sample, values, domain));
  const Steps steps(values, sample.weights(), in);
  Estimate out{.value = steps.at(p), .n = count_of(in)};
  out.df = df_of(sample, in, options);
  std::vector<double> below(values.size(), kMissing);
  for (std::size_t i = 0; i < in.size(); ++i) {
    if (in[i]) below[i] = values[i] <= out.value ? 1 : 0;
  }
  const Estimate share = TRY(mean(sample, below, in, options));
  out.deff = share.deff;
  if (share.lower >= 0) out.lower = steps.at(share.lower);
  if (share.upper <= 1) out.upper = steps.at(share.upper);
  if (out.df > 0)
    out.se = (out.upper - out.lower) / (2 * student_quantile(0.5 + options.level / 2, out.df));
  return out;
}

Result<Estimate> proportion(const Sample& sample, std::span<const double> values,
                            ProportionInterval interval, const Domain& domain,
                            const EstimateOptions& options) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!std::isnan(values[i]) && values[i] != 0 && values[i] != 1)
      return invalid(fmt::format("Row {} is neither 0 nor 1.", i + 1));
  }
  Estimate out = TRY(mean(sample, values, domain, options));
  if (interval == ProportionInterval::wald || !(out.df > 0)) return out;
  const double p = out.value;
  const double variance = out.se * out.se;
  const double t = student_quantile(0.5 + options.level / 2, out.df);
  if (interval == ProportionInterval::logit) {
    if (p <= 0 || p >= 1) {
      return invalid("All answers are equal, so the logit interval is not defined; take beta.");
    }
    const double middle = std::log(p / (1 - p));
    const double half = t * out.se / (p * (1 - p));
    out.lower = 1 / (1 + std::exp(half - middle));
    out.upper = 1 / (1 + std::exp(-half - middle));
    return out;
  }
  const auto n = static_cast<double>(out.n);
  // Where all answers are equal the variance says nothing: n itself is the best guess.
  double effective = variance > 0 ? p * (1 - p) / variance : n;
  effective *= std::pow(student_quantile(0.5 + options.level / 2, n - 1) / t, 2);
  const double alpha = 1 - options.level;
  out.lower = beta_quantile(alpha / 2, effective * p, effective * (1 - p) + 1);
  out.upper = beta_quantile(1 - alpha / 2, effective * p + 1, effective * (1 - p));
  return out;
}

namespace {

struct CellShares {
  std::vector<double> value;  ///< by row x column
  Matrix covariance;
};

Result<CellShares> cell_shares(const Sample& sample, Classification rows, Classification columns,
                               const Domain& in) {
  const std::size_t cells = std::size_t{rows.count} * columns.count;
  const double weight = weight_over(sample.weights(), in);
  CellShares out{.value = std::vector<double>(cells), .covariance = Matrix(cells, cells)};
  const auto cell = [&](std::size_t i) {
    return std::size_t{rows.code[i]} * columns.count + columns.code[i];
  };
  const auto compute = [&](std::span<const double> weights) {
    std::vector<double> shares(cells);
    const double all = weight_over(weights, in);
    for (std::size_t i = 0; i < in.size(); ++i) {
      if (in[i]) shares[cell(i)] += weights[i] / all;
    }
    return shares;
  };
  out.value = compute(sample.weights());
  if (sample.replicates) {
    out.covariance = sample.replicates->variance(out.value, compute);
    return out;
  }
  Matrix scores(in.size(), cells);
  for (std::size_t i = 0; i < in.size(); ++i) {
    if (!in[i]) continue;
    const double factor = sample.weights()[i] / weight;
    for (std::size_t c = 0; c < cells; ++c)
      scores(i, c) = factor * ((c == cell(i) ? 1 : 0) - out.value[c]);
  }
  out.covariance = TRY(sample.design.variance(std::move(scores)));
  return out;
}

/// Contrasts of interaction: orthogonal to rows and columns.
Matrix interactions(std::size_t rows, std::size_t columns) {
  Matrix out(rows * columns, (rows - 1) * (columns - 1));
  for (std::size_t a = 1; a < rows; ++a) {
    for (std::size_t b = 1; b < columns; ++b) {
      const std::size_t contrast = (a - 1) * (columns - 1) + b - 1;
      for (std::size_t r = 0; r < rows; ++r) {
        for (std::size_t c = 0; c < columns; ++c) {
          const double row = (r == a ? 1 : 0) - 1.0 / static_cast<double>(rows);
          const double column = (c == b ? 1 : 0) - 1.0 / static_cast<double>(columns);
          out(r * columns + c, contrast) = row * column;
        }
      }
    }
  }
  return out;
}

}  // namespace

Result<IndependenceTest> independence(const Sample& sample, Classification rows,
                                      Classification columns) {
  if (rows.count < 2 || columns.count < 2)
    return invalid("A table needs at least two rows and two columns.");
  Domain in(sample.rows());
  for (std::size_t i = 0; i < in.size(); ++i)
    in[i] = rows.code[i] < rows.count && columns.code[i] < columns.count;
  const auto n = static_cast<double>(count_of(in));
  const CellShares shares = TRY(cell_shares(sample, rows, columns, in));
  std::vector<double> of_row(rows.count);
  std::vector<double> of_column(columns.count);
  for (std::size_t cell = 0; cell < shares.value.size(); ++cell) {
    of_row[cell / columns.count] += shares.value[cell];
    of_column[cell % columns.count] += shares.value[cell];
  }
  double pearson = 0;
  const Matrix contrasts = interactions(rows.count, columns.count);
  Matrix scaled = contrasts;
  for (std::size_t cell = 0; cell < shares.value.size(); ++cell) {
    const double share = shares.value[cell];
    const double expected = of_row[cell / columns.count] * of_column[cell % columns.count];
    if (!(expected > 0)) return invalid("A row or a column of the table is empty.");
    pearson += n * (share - expected) * (share - expected) / expected;
    for (double& value : scaled.row(cell))
      value *= share > 0 ? 1 / share : 0;
  }
  Matrix simple = cross_product(contrasts, scaled);
  const Matrix actual = cross_product(scaled, product(shares.covariance, scaled));
  const auto inverse = general_inverse(std::move(simple));
  if (!inverse) return invalid("The table has too many empty cells to be tested.");
  Matrix delta = product(*inverse, actual);
  double trace = 0;
  double squares = 0;
  for (std::size_t a = 0; a < delta.rows(); ++a) {
    trace += n * delta(a, a);
    for (std::size_t b = 0; b < delta.rows(); ++b)
      squares += n * n * delta(a, b) * delta(b, a);
  }
  IndependenceTest out;
  out.f = pearson / trace;
  out.df1 = trace * trace / squares;
  out.df2 = out.df1 * sample.design.degrees_of_freedom();
  out.p = f_upper(out.f, out.df1, out.df2);
  return out;
}

}  // namespace hustings::statistics
