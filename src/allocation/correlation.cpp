#include "allocation/correlation.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include <fmt/format.h>

namespace hustings::allocation {
namespace {

constexpr double kSemiDefinite = 1e-9;

double off_diagonal(const std::vector<double>& a, std::size_t n) {
  double sum = 0;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = i + 1; j < n; ++j)
      sum += a[i * n + j] * a[i * n + j];
  }
  return sum;
}

/// One Jacobi rotation that makes a[p][q] zero; `v` collects the rotations row by row.
void rotate(std::vector<double>& a, std::vector<double>& v, std::size_t n, std::size_t p,
            std::size_t q) {
  const double apq = a[p * n + q];
  if (apq == 0) return;
  const double theta = (a[q * n + q] - a[p * n + p]) / (2 * apq);
  const double t = std::copysign(1 / (std::abs(theta) + std::sqrt(theta * theta + 1)), theta);
  const double c = 1 / std::sqrt(t * t + 1);
  const double s = t * c;
  for (std::size_t k = 0; k < n; ++k) {
    const double kp = a[k * n + p];
    const double kq = a[k * n + q];
    a[k * n + p] = c * kp - s * kq;
    a[k * n + q] = s * kp + c * kq;
  }
  for (std::size_t k = 0; k < n; ++k) {
    const double pk = a[p * n + k];
    const double qk = a[q * n + k];
    a[p * n + k] = c * pk - s * qk;
    a[q * n + k] = s * pk + c * qk;
    const double vp = v[p * n + k];
    const double vq = v[q * n + k];
    v[p * n + k] = c * vp - s * vq;
    v[q * n + k] = s * vp + c * vq;
  }
}

/// Whether Cholesky's factor exists with pivots well above zero: quicker to see than eigenvalues,
/// and so for most matrices.
bool is_definite(std::span<const double> matrix, std::size_t n) {
  constexpr double kPivotMin = 1e-6;
  std::vector<double> l(n * n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      double sum = matrix[i * n + j];
      for (std::size_t k = 0; k < j; ++k)
        sum -= l[i * n + k] * l[j * n + k];
      if (i == j && sum < kPivotMin) return false;
      l[i * n + j] = i == j ? std::sqrt(sum) : sum / l[j * n + j];
    }
  }
  return true;
}

/// The nearest positive semi-definite matrix: negative eigenvalues become zero.
std::vector<double> clip(const std::vector<double>& matrix, std::size_t n) {
  const Eigen eigen = eigen_of(matrix, n);
  std::vector<double> result(n * n);
  for (std::size_t e = 0; e < n; ++e) {
    if (eigen.values[e] <= 0) continue;
    const double* vector = &eigen.vectors[e * n];
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j)
        result[i * n + j] += eigen.values[e] * vector[i] * vector[j];
    }
  }
  return result;
}

}  // namespace

Eigen eigen_of(std::span<const double> matrix, std::size_t n) {
  std::vector<double> a(matrix.begin(), matrix.end());
  std::vector<double> v(n * n);
  double size = 0;
  for (std::size_t i = 0; i < n; ++i)
    v[i * n + i] = 1;
  for (const double entry : a)
    size += entry * entry;
  for (int sweep = 0; sweep < 60 && off_diagonal(a, n) > 1e-30 * size; ++sweep) {
    for (std::size_t p = 0; p + 1 < n; ++p) {
      for (std::size_t q = p + 1; q < n; ++q)
        rotate(a, v, n, p, q);
    }
  }
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
    return std::pair(a[left * n + left], left) < std::pair(a[right * n + right], right);
  });
  Eigen eigen;
  for (const std::size_t row : order) {
    eigen.values.push_back(a[row * n + row]);
    eigen.vectors.insert(eigen.vectors.end(), &v[row * n], &v[row * n] + n);
  }
  return eigen;
}

Status check_correlation_entries(std::span<const double> matrix, std::size_t n) {
  if (matrix.size() != n * n) {
    return invalid(fmt::format("The correlation matrix has {} numbers; {} contests need {}.",
                               matrix.size(), n, n * n));
  }
  for (std::size_t i = 0; i < n; ++i) {
    if (!(std::abs(matrix[i * n + i] - 1) <= 1e-9)) {
      return invalid(
          fmt::format("The correlation matrix has {} on its diagonal in row {}; a "
                      "contest's correlation with itself is 1.",
                      matrix[i * n + i], i + 1));
    }
    for (std::size_t j = 0; j < n; ++j) {
      const double entry = matrix[i * n + j];
      if (!(std::abs(entry) <= 1 + 1e-9)) {
        return invalid(
            fmt::format("The correlation in row {}, column {} is {}; it must lie "
                        "between -1 and 1.",
                        i + 1, j + 1, entry));
      }
      if (!(std::abs(entry - matrix[j * n + i]) <= 1e-9)) {
        return invalid(
            fmt::format("The correlation matrix is not symmetric: row {}, column {} is "
                        "{}, the other way round {}.",
                        i + 1, j + 1, entry, matrix[j * n + i]));
      }
    }
  }
  return {};
}

Status check_correlation(std::span<const double> matrix, std::size_t n) {
  TRY(check_correlation_entries(matrix, n));
  if (is_definite(matrix, n)) return {};
  const double smallest = eigen_of(matrix, n).values.front();
  if (smallest >= -kSemiDefinite) return {};
  return invalid(
      fmt::format("The correlation matrix is not positive semi-definite (smallest "
                  "eigenvalue {:.3g}): no errors can be correlated like this. Ask for "
                  "its repair, or mend it.",
                  smallest));
}

Repaired nearest_correlation(std::span<const double> matrix, std::size_t n) {
  std::vector<double> y(matrix.begin(), matrix.end());
  std::vector<double> correction(n * n);
  for (int round = 0; round < 200; ++round) {
    std::vector<double> r = y;
    for (std::size_t i = 0; i < r.size(); ++i)
      r[i] -= correction[i];
    std::vector<double> x = clip(r, n);
    double moved = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
      correction[i] = x[i] - r[i];
      const double next = i % (n + 1) == 0 ? 1 : x[i];
      moved = std::max(moved, std::abs(next - y[i]));
      y[i] = next;
    }
    if (moved < 1e-10) break;
  }
  // What is left below zero is rounding: a last clipping, scaled back to ones on the diagonal.
  const std::vector<double> x = clip(y, n);
  Repaired repaired{std::vector<double>(n * n), 0};
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      const double entry = i == j ? 1 : x[i * n + j] / std::sqrt(x[i * n + i] * x[j * n + j]);
      repaired.matrix[i * n + j] = entry;
      repaired.largest_change =
          std::max(repaired.largest_change, std::abs(entry - matrix[i * n + j]));
    }
  }
  return repaired;
}

std::vector<double> cholesky_of(std::span<const double> matrix, std::size_t n) {
  std::vector<double> l(n * n);
  for (std::size_t j = 0; j < n; ++j) {
    double pivot = matrix[j * n + j];
    for (std::size_t k = 0; k < j; ++k)
      pivot -= l[j * n + k] * l[j * n + k];
    if (pivot <= 1e-12) continue;  // semi-definite: the column adds nothing new
    l[j * n + j] = std::sqrt(pivot);
    for (std::size_t i = j + 1; i < n; ++i) {
      double sum = matrix[i * n + j];
      for (std::size_t k = 0; k < j; ++k)
        sum -= l[i * n + k] * l[j * n + k];
      l[i * n + j] = sum / l[j * n + j];
    }
  }
  return l;
}

}  // namespace hustings::allocation
