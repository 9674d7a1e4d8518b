#include "statistics/regression.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

namespace hustings::statistics {
namespace {

double weight_of(std::span<const double> weights, std::size_t row) {
  return weights.empty() ? 1.0 : weights[row];
}

double dot(std::span<const double> a, std::span<const double> b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    sum += a[i] * b[i];
  return sum;
}

std::vector<double> moments(const Matrix& x, std::span<const double> y,
                            std::span<const double> weights) {
  std::vector<double> out(x.columns());
  for (std::size_t i = 0; i < x.rows(); ++i) {
    const double value = weight_of(weights, i) * y[i];
    if (value == 0) continue;
    const auto row = x.row(i);
    for (std::size_t c = 0; c < out.size(); ++c)
      out[c] += value * row[c];
  }
  return out;
}

std::vector<bool> kept_of(const Cholesky& factor, std::size_t columns) {
  std::vector<bool> out(columns);
  for (const std::size_t column : factor.kept())
    out[column] = true;
  return out;
}

std::size_t rows_with_weight(std::size_t rows, std::span<const double> weights) {
  if (weights.empty()) return rows;
  return static_cast<std::size_t>(
      std::count_if(weights.begin(), weights.end(), [](double w) { return w > 0; }));
}

Status check_rows(std::size_t rows, std::size_t columns) {
  if (columns == 0) return invalid("There is nothing to explain the outcome with.");
  if (rows > columns) return {};
  return invalid(fmt::format("{} rows are too few for {} coefficients.", rows, columns));
}

}  // namespace

std::size_t Fit::rank() const {
  return static_cast<std::size_t>(std::count(kept.begin(), kept.end(), true));
}

Result<Fit> fit_linear(const Matrix& x, std::span<const double> y,
                       std::span<const double> weights) {
  CHECK(x.rows() == y.size() && (weights.empty() || weights.size() == y.size()));
  Fit fit;
  fit.rows = rows_with_weight(y.size(), weights);
  TRY(check_rows(fit.rows, x.columns()));
  fit.weights.assign(weights.begin(), weights.end());
  const Cholesky factor(weighted_gram(x, weights));
  fit.kept = kept_of(factor, x.columns());
  fit.bread = factor.inverse();
  fit.coefficients.assign(x.columns(), 0);
  fit.residuals.assign(y.begin(), y.end());
  // The second round takes out what rounding left in the normal equations' solution.
  for (int round = 0; round < 2; ++round) {
    const auto step = factor.solve(moments(x, fit.residuals, weights));
    for (std::size_t c = 0; c < step.size(); ++c)
      fit.coefficients[c] += step[c];
    for (std::size_t i = 0; i < y.size(); ++i)
      fit.residuals[i] = y[i] - dot(x.row(i), fit.coefficients);
  }
  for (std::size_t i = 0; i < y.size(); ++i)
    fit.residual_squares += weight_of(weights, i) * fit.residuals[i] * fit.residuals[i];
  return fit;
}

namespace {

double share_at(double u) { return 1 / (1 + std::exp(-u)); }

/// One step of iterated least squares from the linear predictor u to the next. Leaves the step's
/// working weights in `residuals`.
void iterate(const Matrix& x, std::span<const double> y, std::span<const double> weights,
             double ridge, std::vector<double>& u, Fit& fit) {
  std::vector<double>& curvature = fit.residuals;
  std::vector<double> response(u.size());
  for (std::size_t i = 0; i < u.size(); ++i) {
    const double p = share_at(u[i]);
    const double slope = std::max(p * (1 - p), 1e-300);
    curvature[i] = weight_of(weights, i) * slope;
    response[i] = u[i] + (y[i] - p) / slope;
  }
  Matrix gram = weighted_gram(x, curvature);
  for (std::size_t c = 1; c < x.columns(); ++c)
    gram(c, c) += ridge;
  const Cholesky factor(gram);
  fit.kept = kept_of(factor, x.columns());
  fit.bread = factor.inverse();
  fit.coefficients = factor.solve(moments(x, response, curvature));
  for (std::size_t i = 0; i < u.size(); ++i)
    u[i] = dot(x.row(i), fit.coefficients);
}

double deviance_of(std::span<const double> y, std::span<const double> weights,
                   const std::vector<double>& u) {
  double sum = 0;
  for (std::size_t i = 0; i < u.size(); ++i) {
    // ln p and ln (1 - p) without loss where p is near 0 or 1.
    sum += weight_of(weights, i) * 2 *
           (std::max(u[i], 0.0) - u[i] * y[i] + std::log1p(std::exp(-std::abs(u[i]))));
  }
  return sum;
}

/// Has a coefficient run away, so that its error is hundreds of times what data ever leave?
bool separates(const Matrix& x, const Fit& fit, double mean_weight) {
  constexpr double kErrorMax = 100;
  std::vector<double> squares(x.columns());
  for (std::size_t i = 0; i < x.rows(); ++i) {
    for (std::size_t c = 0; c < squares.size(); ++c)
      squares[c] += x(i, c) * x(i, c) / static_cast<double>(x.rows());
  }
  for (std::size_t c = 0; c < squares.size(); ++c) {
    if (fit.kept[c] && std::sqrt(fit.bread(c, c) * mean_weight * squares[c]) > kErrorMax)
      return true;
  }
  return false;
}

/// Residuals whose weighted sums with x are the scores: (y - p) times the last step's working
/// weight over the one at the end.
void set_scores(std::span<const double> y, std::span<const double> weights,
                const std::vector<double>& u, Fit& fit) {
  for (std::size_t i = 0; i < u.size(); ++i) {
    const double p = share_at(u[i]);
    const double now = weight_of(weights, i) * std::max(p * (1 - p), 1e-300);
    fit.residuals[i] = now > 0 ? (y[i] - p) * fit.residuals[i] / now : 0;
  }
}

}  // namespace

Result<Fit> fit_logistic(const Matrix& x, std::span<const double> y,
                         std::span<const double> weights, const LogisticOptions& options) {
  CHECK(x.rows() == y.size() && (weights.empty() || weights.size() == y.size()));
  Fit fit;
  fit.rows = rows_with_weight(y.size(), weights);
  TRY(check_rows(fit.rows, x.columns()));
  double sum = 0;
  double weight = 0;
  for (std::size_t i = 0; i < y.size(); ++i) {
    if (weight_of(weights, i) > 0 && !(y[i] >= 0 && y[i] <= 1))
      return invalid(fmt::format("Row {}: a logistic outcome lies between 0 and 1.", i + 1));
    sum += weight_of(weights, i) * y[i];
    weight += weight_of(weights, i);
  }
  if (sum <= 0 || sum >= weight)
    return invalid("All outcomes are equal, so nothing can explain them.");
  fit.weights.assign(weights.begin(), weights.end());
  fit.residuals.resize(y.size());
  std::vector<double> u(y.size());
  const double mean_weight =
      options.weight_scale > 0 ? options.weight_scale : weight / static_cast<double>(fit.rows);
  for (std::size_t i = 0; i < y.size(); ++i) {
    const double own = weight_of(weights, i) / mean_weight;
    const double start = (own * y[i] + 0.5) / (own + 1);
    u[i] = std::log(start / (1 - start));
  }
  double last = kInfinity;
  for (fit.iterations = 1; fit.iterations <= options.iterations_max; ++fit.iterations) {
    iterate(x, y, weights, options.ridge, u, fit);
    const double deviance = deviance_of(y, weights, u);
    if (std::abs(last - deviance) < 1e-8 * (std::abs(deviance) + 0.1)) {
      if (separates(x, fit, mean_weight)) break;
      set_scores(y, weights, u, fit);
      return fit;
    }
    last = deviance;
  }
  return invalid(
      "The logistic regression does not converge: some column, or several together, "
      "tell exactly who has the outcome. Leave it out, or give a ridge.");
}

Result<Matrix> design_covariance(const Sample& sample, const Matrix& x, const Fit& fit) {
  Matrix scores(x.rows(), x.columns());
  for (std::size_t i = 0; i < x.rows(); ++i) {
    const double value = weight_of(fit.weights, i) * fit.residuals[i];
    if (value == 0) continue;
    const auto row = x.row(i);
    const auto out = scores.row(i);
    for (std::size_t a = 0; a < out.size(); ++a)
      out[a] = value * dot(fit.bread.row(a), row);
  }
  return sample.design.variance(std::move(scores));
}

namespace {

/// x_i scaled by the weight's root, so that weighted least squares is least squares.
std::vector<double> leverages(const Matrix& x, const Fit& fit) {
  std::vector<double> out(x.rows());
  for (std::size_t i = 0; i < x.rows(); ++i) {
    out[i] = weight_of(fit.weights, i) * quadratic(fit.bread, x.row(i), x.row(i));
    if (!fit.absorbed_leverage.empty()) out[i] += fit.absorbed_leverage[i];
  }
  return out;
}

Matrix sandwich(const Matrix& bread, const Matrix& meat, double scale) {
  Matrix out = product(product(bread, meat), bread);
  for (std::size_t a = 0; a < out.rows(); ++a) {
    for (double& value : out.row(a))
      value *= scale;
  }
  return out;
}

Matrix heteroskedastic_meat(const Matrix& x, const Fit& fit, Errors errors) {
  std::vector<double> squares(x.rows());
  const bool leverage = errors == Errors::hc2 || errors == Errors::hc3;
  const auto hat = leverage ? leverages(x, fit) : std::vector<double>{};
  for (std::size_t i = 0; i < x.rows(); ++i) {
    const double score = weight_of(fit.weights, i) * fit.residuals[i];
    double scale = 1;
    // A row that its own coefficient fits exactly has no residual to scale.
    if (leverage) scale = std::max(1 - hat[i], 1e-10);
    squares[i] = score * score / (errors == Errors::hc3 ? scale * scale : scale);
  }
  return weighted_gram(x, squares);
}

Matrix cluster_scores(const Matrix& x, const Fit& fit, std::span<const std::uint32_t> clusters,
                      std::size_t count) {
  Matrix out(count, x.columns());
  for (std::size_t i = 0; i < x.rows(); ++i) {
    const double score = weight_of(fit.weights, i) * fit.residuals[i];
    const auto from = x.row(i);
    const auto to = out.row(clusters[i]);
    for (std::size_t c = 0; c < from.size(); ++c)
      to[c] += score * from[c];
  }
  return out;
}

/// Bell and McCaffrey's correction, cluster by cluster, in the k columns' space: with U = X_g B and
/// B B' the bread, (I - U U')^(-1/2) = I + U Q diag(c) Q' U' for the eigenvectors Q of U'U.
class BellMcCaffrey {
 public:
  BellMcCaffrey(const Matrix& x, const Fit& fit, std::span<const std::uint32_t> clusters,
                std::size_t count)
      : fit_(fit), grams_(count, Matrix()) {
    root_ = bread_root(fit.bread);
    for (std::size_t i = 0; i < x.rows(); ++i) {
      Matrix& gram = grams_[clusters[i]];
      if (gram.rows() == 0) gram = Matrix(x.columns(), x.columns());
      const double weight = weight_of(fit.weights, i);
      const auto row = x.row(i);
      for (std::size_t a = 0; a < row.size(); ++a) {
        for (std::size_t b = 0; b < row.size(); ++b)
          gram(a, b) += weight * row[a] * row[b];
      }
    }
  }

  /// Changes cluster g's score X_g'e into X_g' A_g e.
  Robust adjust(Matrix scores) const {
    const std::size_t k = scores.columns();
    const std::size_t count = scores.rows();
    // By cluster: X_g'A_g a for each coefficient's direction, and its square.
    std::vector<Matrix> directions;
    Matrix own(count, k);
    for (std::size_t g = 0; g < count; ++g) {
      const Matrix half = correction(g);
      const Matrix full = product(grams_[g], half);
      const auto score = product(full, scores.row(g));
      for (std::size_t c = 0; c < k; ++c)
        scores(g, c) += score[c];
      // A = I + X half X', so X'A = (I + G half) X', and X'A A X = (I + G half) G (I + half G).
      Matrix left = full;
      for (std::size_t c = 0; c < k; ++c)
        left(c, c) += 1;
      const Matrix once = product(left, grams_[g]);
      const Matrix to_score = product(once, fit_.bread);
      const Matrix twice = cross_product(to_score, product(transposed_left(left), fit_.bread));
      for (std::size_t c = 0; c < k; ++c)
        own(g, c) = twice(c, c);
      directions.push_back(to_score);
    }
    Robust out;
    out.clusters = count;
    out.covariance = sandwich(fit_.bread, weighted_gram(scores, {}), 1);
    out.df = degrees_of_freedom(directions, own);
    return out;
  }

 private:
  static Matrix transposed_left(const Matrix& left) {
    Matrix out(left.columns(), left.rows());
    for (std::size_t a = 0; a < left.rows(); ++a) {
      for (std::size_t b = 0; b < left.columns(); ++b)
        out(b, a) = left(a, b);
    }
    return out;
  }

  static Matrix bread_root(const Matrix& bread) {
    const Eigen eigen = symmetric_eigen(bread);
    Matrix out = eigen.vectors;
    for (std::size_t c = 0; c < out.columns(); ++c) {
      for (std::size_t r = 0; r < out.rows(); ++r)
        out(r, c) *= std::sqrt(std::max(eigen.values[c], 0.0));
    }
    return out;
  }

  /// The k x k matrix H with A_g = I + X_g H X_g'.
  Matrix correction(std::size_t g) const {
    const Eigen eigen = symmetric_eigen(cross_product(root_, product(grams_[g], root_)));
    const Matrix turned = product(root_, eigen.vectors);
    Matrix scaled = turned;
    for (std::size_t c = 0; c < scaled.columns(); ++c) {
      const double value = eigen.values[c];
      const double left = 1 - value;
      // A direction that the cluster alone decides has no residual, and stays as it is.
      double factor = 0;
      if (value > 1e-12 && left > 1e-10) factor = (1 / std::sqrt(left) - 1) / value;
      if (value <= 1e-12) factor = 0.5;
      for (std::size_t r = 0; r < scaled.rows(); ++r)
        scaled(r, c) *= factor;
    }
    Matrix out(turned.rows(), turned.rows());
    for (std::size_t a = 0; a < out.rows(); ++a) {
      for (std::size_t b = 0; b < out.rows(); ++b)
        out(a, b) = dot(turned.row(a), scaled.row(b));
    }
    return out;
  }

  /// (tr O)^2 / tr O^2 with O = diag(d) - S M S', S the clusters' directions, M the bread.
  std::vector<double> degrees_of_freedom(const std::vector<Matrix>& directions,
                                         const Matrix& own) const {
    const std::size_t k = own.columns();
    std::vector<double> out(k, kMissing);
    for (std::size_t c = 0; c < k; ++c) {
      if (!fit_.kept[c]) continue;
      Matrix gram(k, k);
      double trace = 0;
      double squares = 0;
      for (std::size_t g = 0; g < directions.size(); ++g) {
        const auto s = directions[g].column(c);
        const double inside = quadratic(fit_.bread, s, s);
        trace += own(g, c) - inside;
        squares += own(g, c) * own(g, c) - 2 * own(g, c) * inside;
        for (std::size_t a = 0; a < k; ++a) {
          for (std::size_t b = 0; b < k; ++b)
            gram(a, b) += s[a] * s[b];
        }
      }
      const Matrix both = product(fit_.bread, gram);
      for (std::size_t a = 0; a < k; ++a) {
        for (std::size_t b = 0; b < k; ++b)
          squares += both(a, b) * both(b, a);
      }
      out[c] = trace * trace / squares;
    }
    return out;
  }

  const Fit& fit_;
  std::vector<Matrix> grams_;
  Matrix root_;
};

}  // namespace

Result<Robust> robust_covariance(const Matrix& x, const Fit& fit, Errors errors,
                                 std::span<const std::uint32_t> clusters) {
  const double df = fit.residual_df();
  const auto n = static_cast<double>(fit.rows);
  Robust out;
  if (errors == Errors::classic) {
    out.covariance = fit.bread;
    for (std::size_t a = 0; a < out.covariance.rows(); ++a) {
      for (double& value : out.covariance.row(a))
        value *= fit.residual_squares / df;
    }
    out.df.assign(x.columns(), df);
    return out;
  }
  if (!is_clustered(errors)) {
    out.covariance = sandwich(fit.bread, heteroskedastic_meat(x, fit, errors),
                              errors == Errors::hc1 ? n / df : 1);
    out.df.assign(x.columns(), df);
    return out;
  }
  CHECK(clusters.size() == x.rows());
  const Nested dense = nest({}, clusters);
  if (dense.count < 2) {
    return invalid(
        "All rows are of one cluster, so nothing can be said of how much clusters "
        "differ.");
  }
  Matrix scores = cluster_scores(x, fit, dense.code, dense.count);
  if (errors == Errors::cr2)
    return BellMcCaffrey(x, fit, dense.code, dense.count).adjust(std::move(scores));
  const double groups = dense.count;
  double scale = errors == Errors::cr0 ? 1 : groups / (groups - 1);
  if (errors == Errors::cr1) scale *= (n - 1) / df;
  out.covariance = sandwich(fit.bread, weighted_gram(scores, {}), scale);
  out.df.assign(x.columns(), groups - 1);
  out.clusters = dense.count;
  return out;
}

Absorbed absorb(std::span<const std::uint32_t> blocks, std::span<const double> weights,
                std::vector<std::vector<double>*> columns) {
  const Nested dense = nest({}, blocks);
  std::vector<double> sums(dense.count);
  for (std::size_t i = 0; i < blocks.size(); ++i)
    sums[dense.code[i]] += weight_of(weights, i);
  for (std::vector<double>* column : columns) {
    std::vector<double> means(dense.count);
    for (std::size_t i = 0; i < blocks.size(); ++i)
      means[dense.code[i]] += weight_of(weights, i) * (*column)[i];
    for (std::size_t b = 0; b < means.size(); ++b)
      means[b] = sums[b] > 0 ? means[b] / sums[b] : 0;
    for (std::size_t i = 0; i < blocks.size(); ++i)
      (*column)[i] -= means[dense.code[i]];
  }
  Absorbed out{.blocks = dense.count, .leverage = std::vector<double>(blocks.size())};
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const double sum = sums[dense.code[i]];
    out.leverage[i] = sum > 0 ? weight_of(weights, i) / sum : 0;
  }
  return out;
}

}  // namespace hustings::statistics
