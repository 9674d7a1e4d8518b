#include "statistics/matrix.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/error.h"

namespace hustings::statistics {

std::vector<double> Matrix::column(std::size_t column) const {
  std::vector<double> out(rows_);
  for (std::size_t r = 0; r < rows_; ++r)
    out[r] = (*this)(r, column);
  return out;
}

Matrix Matrix::identity(std::size_t size) {
  Matrix out(size, size);
  for (std::size_t i = 0; i < size; ++i)
    out(i, i) = 1;
  return out;
}

Matrix Matrix::of_columns(const std::vector<std::vector<double>>& columns) {
  if (columns.empty()) return {};
  Matrix out(columns.front().size(), columns.size());
  for (std::size_t c = 0; c < columns.size(); ++c) {
    CHECK(columns[c].size() == out.rows());
    for (std::size_t r = 0; r < out.rows(); ++r)
      out(r, c) = columns[c][r];
  }
  return out;
}

Matrix product(const Matrix& a, const Matrix& b) {
  CHECK(a.columns() == b.rows());
  Matrix out(a.rows(), b.columns());
  for (std::size_t i = 0; i < a.rows(); ++i) {
    for (std::size_t k = 0; k < a.columns(); ++k) {
      const double factor = a(i, k);
      for (std::size_t j = 0; j < b.columns(); ++j)
        out(i, j) += factor * b(k, j);
    }
  }
  return out;
}

Matrix cross_product(const Matrix& a, const Matrix& b) {
  CHECK(a.rows() == b.rows());
  Matrix out(a.columns(), b.columns());
  for (std::size_t i = 0; i < a.rows(); ++i) {
    for (std::size_t k = 0; k < a.columns(); ++k) {
      const double factor = a(i, k);
      for (std::size_t j = 0; j < b.columns(); ++j)
        out(k, j) += factor * b(i, j);
    }
  }
  return out;
}

std::vector<double> product(const Matrix& a, std::span<const double> x) {
  CHECK(a.columns() == x.size());
  std::vector<double> out(a.rows());
  for (std::size_t i = 0; i < a.rows(); ++i) {
    const auto row = a.row(i);
    double sum = 0;
    for (std::size_t j = 0; j < x.size(); ++j)
      sum += row[j] * x[j];
    out[i] = sum;
  }
  return out;
}

double quadratic(const Matrix& a, std::span<const double> x, std::span<const double> y) {
  const auto ay = product(a, y);
  double sum = 0;
  for (std::size_t i = 0; i < x.size(); ++i)
    sum += x[i] * ay[i];
  return sum;
}

Matrix weighted_gram(const Matrix& x, std::span<const double> weights) {
  const std::size_t k = x.columns();
  Matrix out(k, k);
  for (std::size_t i = 0; i < x.rows(); ++i) {
    const auto row = x.row(i);
    const double weight = weights.empty() ? 1.0 : weights[i];
    if (weight == 0) continue;
    for (std::size_t a = 0; a < k; ++a) {
      const double factor = weight * row[a];
      if (factor == 0) continue;
      for (std::size_t b = 0; b <= a; ++b)
        out(a, b) += factor * row[b];
    }
  }
  for (std::size_t a = 0; a < k; ++a) {
    for (std::size_t b = 0; b < a; ++b)
      out(b, a) = out(a, b);
  }
  return out;
}

Cholesky::Cholesky(const Matrix& symmetric, double tolerance) : size_(symmetric.rows()) {
  std::vector<std::vector<double>> rows;
  for (std::size_t j = 0; j < size_; ++j) {
    std::vector<double> row(kept_.size() + 1);
    double rest = symmetric(j, j);
    for (std::size_t a = 0; a < kept_.size(); ++a) {
      double sum = symmetric(j, kept_[a]);
      for (std::size_t b = 0; b < a; ++b)
        sum -= row[b] * rows[a][b];
      row[a] = sum / rows[a][a];
      rest -= row[a] * row[a];
    }
    if (!(rest > tolerance * symmetric(j, j)) || !(symmetric(j, j) > 0)) continue;
    row[kept_.size()] = std::sqrt(rest);
    rows.push_back(std::move(row));
    kept_.push_back(j);
  }
  lower_ = Matrix(rows.size(), rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i)
    std::copy(rows[i].begin(), rows[i].end(), lower_.row(i).begin());
}

std::vector<double> Cholesky::solve(std::span<const double> b) const {
  const std::size_t k = kept_.size();
  std::vector<double> x(k);
  for (std::size_t i = 0; i < k; ++i) {
    double sum = b[kept_[i]];
    for (std::size_t j = 0; j < i; ++j)
      sum -= lower_(i, j) * x[j];
    x[i] = sum / lower_(i, i);
  }
  for (std::size_t i = k; i-- > 0;) {
    double sum = x[i];
    for (std::size_t j = i + 1; j < k; ++j)
      sum -= lower_(j, i) * x[j];
    x[i] = sum / lower_(i, i);
  }
  std::vector<double> out(size_);
  for (std::size_t i = 0; i < k; ++i)
    out[kept_[i]] = x[i];
  return out;
}

Matrix Cholesky::inverse() const {
  Matrix out(size_, size_);
  std::vector<double> unit(size_);
  for (const std::size_t column : kept_) {
    unit[column] = 1;
    const auto x = solve(unit);
    unit[column] = 0;
    for (std::size_t i = 0; i < size_; ++i)
      out(i, column) = x[i];
  }
  return out;
}

double Cholesky::log_determinant() const {
  double sum = 0;
  for (std::size_t i = 0; i < kept_.size(); ++i)
    sum += 2 * std::log(lower_(i, i));
  return sum;
}

Eigen symmetric_eigen(Matrix symmetric) {
  Matrix& a = symmetric;
  const std::size_t n = a.rows();
  Eigen out{.values = std::vector<double>(n), .vectors = Matrix::identity(n)};
  constexpr int kSweepsMax = 60;
  for (int sweep = 0; sweep < kSweepsMax; ++sweep) {
    double off = 0;
    double all = 0;
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j)
        (i == j ? all : off) += a(i, j) * a(i, j);
    }
    if (off <= 1e-32 * (all + off) || off == 0) break;
    for (std::size_t p = 0; p + 1 < n; ++p) {
      for (std::size_t q = p + 1; q < n; ++q) {
        if (a(p, q) == 0) continue;
        const double theta = (a(q, q) - a(p, p)) / (2 * a(p, q));
        const double t = (theta >= 0 ? 1.0 : -1.0) / (std::abs(theta) + std::hypot(theta, 1.0));
        const double c = 1 / std::hypot(t, 1.0);
        const double s = t * c;
        for (std::size_t k = 0; k < n; ++k) {
          const double akp = a(k, p);
          const double akq = a(k, q);
          a(k, p) = c * akp - s * akq;
          a(k, q) = s * akp + c * akq;
        }
        for (std::size_t k = 0; k < n; ++k) {
          const double apk = a(p, k);
          const double aqk = a(q, k);
          a(p, k) = c * apk - s * aqk;
          a(q, k) = s * apk + c * aqk;
          const double vkp = out.vectors(k, p);
          const double vkq = out.vectors(k, q);
          out.vectors(k, p) = c * vkp - s * vkq;
          out.vectors(k, q) = s * vkp + c * vkq;
        }
      }
    }
  }
  for (std::size_t i = 0; i < n; ++i)
    out.values[i] = a(i, i);
  return out;
}

std::optional<Matrix> general_inverse(Matrix matrix) {
  const std::size_t n = matrix.rows();
  Matrix inverse = Matrix::identity(n);
  double largest = 0;
  for (std::size_t i = 0; i < n; ++i) {
    for (const double value : matrix.row(i))
      largest = std::max(largest, std::abs(value));
  }
  for (std::size_t c = 0; c < n; ++c) {
    std::size_t pivot = c;
    for (std::size_t r = c + 1; r < n; ++r) {
      if (std::abs(matrix(r, c)) > std::abs(matrix(pivot, c))) pivot = r;
    }
    if (!(std::abs(matrix(pivot, c)) > 1e-13 * largest)) return std::nullopt;
    std::swap_ranges(matrix.row(c).begin(), matrix.row(c).end(), matrix.row(pivot).begin());
    std::swap_ranges(inverse.row(c).begin(), inverse.row(c).end(), inverse.row(pivot).begin());
    const double scale = 1 / matrix(c, c);
    for (std::size_t j = 0; j < n; ++j) {
      matrix(c, j) *= scale;
      inverse(c, j) *= scale;
    }
    for (std::size_t r = 0; r < n; ++r) {
      const double factor = matrix(r, c);
      if (r == c || factor == 0) continue;
      for (std::size_t j = 0; j < n; ++j) {
        matrix(r, j) -= factor * matrix(c, j);
        inverse(r, j) -= factor * inverse(c, j);
      }
    }
  }
  return inverse;
}

}  // namespace hustings::statistics
