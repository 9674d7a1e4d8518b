#pragma once

#include <vector>

namespace hustings::allocation {

/// Nodes and weights with E f(Z) = sum of weight * f(node) for a standard normal Z, exact for
/// polynomials up to degree 2n-1; the weights add up to 1.
struct Quadrature {
  std::vector<double> nodes;  ///< rising, symmetric about 0
  std::vector<double> weights;
};

constexpr int kQuadratureNodesMax = 256;

/// Gauss-Hermite quadrature of n nodes, 1 <= n <= kQuadratureNodesMax. The nodes are eigenvalues
/// of the Jacobi matrix (Golub, Welsch 1969), the weights Christoffel numbers.
Quadrature gauss_hermite(int n);

}  // namespace hustings::allocation
