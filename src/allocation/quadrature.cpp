#include "allocation/quadrature.h"

#include <cmath>
#include <cstddef>

#include "base/error.h"

namespace hustings::allocation {
namespace {

/// How many eigenvalues of the Jacobi matrix (diagonal 0, squared off-diagonal 1, 2, …, n-1) lie
/// below x: the negative pivots of its factorisation (Sturm).
int count_below(int n, double x) {
  int count = 0;
  double pivot = -x;
  for (int k = 1;; ++k) {
    if (pivot < 0) ++count;
    if (k == n) return count;
    if (pivot == 0) pivot = 1e-300;
    pivot = -x - k / pivot;
  }
}

struct Evaluated {
  double last;     ///< p_n(x), orthonormal
  double before;   ///< p_{n-1}(x)
  double squares;  ///< p_0² + … + p_{n-1}²
};

Evaluated hermite(int n, double x) {
  double before = 0;
  double current = 1;
  double squares = 0;
  for (int k = 0; k < n; ++k) {
    squares += current * current;
    const double next = (x * current - std::sqrt(static_cast<double>(k)) * before) /
                        std::sqrt(static_cast<double>(k + 1));
    before = current;
    current = next;
  }
  return {current, before, squares};
}

/// The node with `rank` others below it.
double find_node(int n, int rank) {
  double low = -2 * std::sqrt(static_cast<double>(n)) - 1;
  double high = -low;
  for (int i = 0; i < 40; ++i) {
    const double middle = (low + high) / 2;
    (count_below(n, middle) > rank ? high : low) = middle;
  }
  double x = (low + high) / 2;
  for (int i = 0; i < 2; ++i) {  // Newton: p_n' = sqrt(n) p_{n-1}
    const Evaluated at = hermite(n, x);
    x -= at.last / (std::sqrt(static_cast<double>(n)) * at.before);
  }
  return x;
}

}  // namespace

Quadrature gauss_hermite(int n) {
  CHECK(n >= 1 && n <= kQuadratureNodesMax);
  const auto size = static_cast<std::size_t>(n);
  Quadrature rule{std::vector<double>(size), std::vector<double>(size)};
  for (int i = n / 2; i < n; ++i) {
    const double x = 2 * i + 1 == n ? 0 : find_node(n, i);
    const double weight = 1 / hermite(n, x).squares;
    const auto above = static_cast<std::size_t>(i);
    const auto below = static_cast<std::size_t>(n - 1 - i);
    rule.nodes[above] = x;
    rule.nodes[below] = -x;
    rule.weights[above] = rule.weights[below] = weight;
  }
  return rule;
}

}  // namespace hustings::allocation
