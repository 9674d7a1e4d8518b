#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "base/error.h"

namespace hustings::allocation {

/// Eigenvalues, rising, and eigenvectors of a symmetric matrix (cyclic Jacobi).
struct Eigen {
  std::vector<double> values;
  std::vector<double> vectors;  ///< row by row: the vector of values[i] is row i
};
Eigen eigen_of(std::span<const double> matrix, std::size_t n);

/// What check_correlation asks for, but for being semi-definite. What passes can be repaired.
Status check_correlation_entries(std::span<const double> matrix, std::size_t n);
/// invalid unless it is n x n, symmetric, with ones on the diagonal, entries from -1 to 1, and
/// positive semi-definite (to 1e-9).
Status check_correlation(std::span<const double> matrix, std::size_t n);

struct Repaired {
  std::vector<double> matrix;
  double largest_change;  ///< of an entry
};
/// The nearest correlation matrix in the Frobenius norm, by alternating projections with Dykstra's
/// correction (Higham 2002). Takes a matrix that is right but for being semi-definite.
Repaired nearest_correlation(std::span<const double> matrix, std::size_t n);

/// Lower triangular L with L Lᵀ = matrix, row by row; columns without a pivot are zero.
std::vector<double> cholesky_of(std::span<const double> matrix, std::size_t n);

}  // namespace hustings::allocation
