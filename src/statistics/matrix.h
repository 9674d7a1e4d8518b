#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

/// Small dense linear algebra: as much as estimates need.
namespace hustings::statistics {

/// rows x columns, row by row.
class Matrix {
 public:
  Matrix() = default;
  Matrix(std::size_t rows, std::size_t columns)
      : rows_(rows), columns_(columns), values_(rows * columns) {}

  std::size_t rows() const { return rows_; }
  std::size_t columns() const { return columns_; }
  double& operator()(std::size_t row, std::size_t column) {
    return values_[row * columns_ + column];
  }
  double operator()(std::size_t row, std::size_t column) const {
    return values_[row * columns_ + column];
  }
  std::span<double> row(std::size_t row) { return {values_.data() + row * columns_, columns_}; }
  std::span<const double> row(std::size_t row) const {
    return {values_.data() + row * columns_, columns_};
  }
  std::vector<double> column(std::size_t column) const;

  static Matrix identity(std::size_t size);
  /// From columns of one length; empty if there are none.
  static Matrix of_columns(const std::vector<std::vector<double>>& columns);

 private:
  std::size_t rows_ = 0;
  std::size_t columns_ = 0;
  std::vector<double> values_;
};

Matrix product(const Matrix& a, const Matrix& b);
/// a' b
Matrix cross_product(const Matrix& a, const Matrix& b);
std::vector<double> product(const Matrix& a, std::span<const double> x);
/// x' a y
double quadratic(const Matrix& a, std::span<const double> x, std::span<const double> y);

/// Sum over rows of w_i x_i x_i'; `weights` empty: all 1.
Matrix weighted_gram(const Matrix& x, std::span<const double> weights);

/// The Cholesky factor of a symmetric matrix. A column that the columns before it explain (what is
/// left of its diagonal is below `tolerance` of the whole) is left out, as R's lm does.
class Cholesky {
 public:
  explicit Cholesky(const Matrix& symmetric, double tolerance = 1e-11);

  const std::vector<std::size_t>& kept() const { return kept_; }
  bool full_rank() const { return kept_.size() == size_; }
  /// Solves for the kept columns; entries of the others are 0.
  std::vector<double> solve(std::span<const double> b) const;
  /// The inverse over the kept columns; rows and columns of the others are 0.
  Matrix inverse() const;
  /// ln of the determinant over the kept columns.
  double log_determinant() const;

 private:
  std::size_t size_;
  std::vector<std::size_t> kept_;
  Matrix lower_;  ///< of the kept columns
};

/// Eigenvalues and, in columns, eigenvectors of a symmetric matrix (Jacobi's rotations).
struct Eigen {
  std::vector<double> values;
  Matrix vectors;
};
Eigen symmetric_eigen(Matrix symmetric);

/// The inverse of any square matrix by elimination with pivots; none if it is singular.
std::optional<Matrix> general_inverse(Matrix matrix);

}  // namespace hustings::statistics
