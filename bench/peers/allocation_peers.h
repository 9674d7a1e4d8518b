#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

/// Solvers of others for allocation problems. Needs libnlopt-dev and coinor-libipopt-dev.
namespace hustings::bench {

/// Maximise objective(y) over low <= y <= high with, for each row, the sum of scale * y over its
/// cells at most its cap.
struct PeerProblem {
  struct Row {
    std::vector<std::uint32_t> cells;
    double cap;
  };
  std::vector<double> scale;
  std::vector<double> low;
  std::vector<double> high;
  std::vector<Row> rows;
  /// Writes the gradient where `slopes` is not null.
  std::function<double(const double* y, double* slopes)> objective;
  /// The diagonal of a diagonal Hessian; empty: it is not known.
  std::function<void(const double* y, double* bends)> bends;
};

enum class PeerMethod : std::uint8_t { nlopt_ccsaq, nlopt_mma, nlopt_auglag_slsqp, ipopt };
std::string to_string(PeerMethod method);

struct PeerResult {
  double objective = 0;
  double over = 0;  ///< the worst row: part of its cap by which it is passed
};
/// From a plan that spends in proportion to the scales. Stops at a relative change of 1e-13 in the
/// objective (Ipopt: tolerance 1e-9), or after `seconds_max`.
PeerResult run_peer(const PeerProblem& problem, PeerMethod method, double seconds_max);

}  // namespace hustings::bench
