#include "peers/allocation_peers.h"

#include <IpStdCInterface.h>
#include <algorithm>
#include <cmath>
#include <nlopt.h>

namespace hustings::bench {
namespace {

std::vector<double> start_of(const PeerProblem& problem) {
  // The part of the scales that every row allows.
  double part = 1e300;
  for (const PeerProblem::Row& row : problem.rows) {
    double low = 0;
    double scale = 0;
    for (const std::uint32_t cell : row.cells) {
      low += problem.low[cell] * problem.scale[cell];
      scale += problem.scale[cell];
    }
    part = std::min(part, (row.cap - low) / scale);
  }
  std::vector<double> y;
  for (std::size_t i = 0; i < problem.low.size(); ++i)
    y.push_back(std::min(problem.high[i], problem.low[i] + part));
  return y;
}

double row_value(const PeerProblem& problem, const PeerProblem::Row& row, const double* y) {
  double sum = 0;
  for (const std::uint32_t cell : row.cells)
    sum += problem.scale[cell] * y[cell];
  return sum / row.cap - 1;
}

PeerResult result_of(const PeerProblem& problem, const std::vector<double>& y) {
  PeerResult result{problem.objective(y.data(), nullptr), 0};
  for (const PeerProblem::Row& row : problem.rows)
    result.over = std::max(result.over, row_value(problem, row, y.data()));
  return result;
}

// NLopt

/// At 1e-10 CCSAQ and MMA stop while they are still over the budget by 1e-8 of it.
constexpr double kRelative = 1e-13;

double nlopt_objective(unsigned, const double* y, double* slopes, void* data) {
  return static_cast<const PeerProblem*>(data)->objective(y, slopes);
}

struct RowOf {
  const PeerProblem* problem;
  const PeerProblem::Row* row;
};

double nlopt_row(unsigned n, const double* y, double* slopes, void* data) {
  const RowOf& of = *static_cast<const RowOf*>(data);
  if (slopes != nullptr) {
    std::fill(slopes, slopes + n, 0.0);
    for (const std::uint32_t cell : of.row->cells)
      slopes[cell] = of.problem->scale[cell] / of.row->cap;
  }
  return row_value(*of.problem, *of.row, y);
}

PeerResult run_nlopt(const PeerProblem& problem, PeerMethod method, double seconds_max) {
  const auto n = static_cast<unsigned>(problem.low.size());
  const nlopt_algorithm algorithm = method == PeerMethod::nlopt_ccsaq ? NLOPT_LD_CCSAQ
                                    : method == PeerMethod::nlopt_mma ? NLOPT_LD_MMA
                                                                      : NLOPT_AUGLAG;
  nlopt_opt opt = nlopt_create(algorithm, n);
  if (method == PeerMethod::nlopt_auglag_slsqp) {
    nlopt_opt local = nlopt_create(NLOPT_LD_SLSQP, n);
    nlopt_set_xtol_rel(local, 1e-10);
    nlopt_set_local_optimizer(opt, local);
    nlopt_destroy(local);
  }
  nlopt_set_max_objective(opt, nlopt_objective, const_cast<PeerProblem*>(&problem));
  nlopt_set_lower_bounds(opt, problem.low.data());
  nlopt_set_upper_bounds(opt, problem.high.data());
  std::vector<RowOf> rows;
  for (const PeerProblem::Row& row : problem.rows)
    rows.push_back({&problem, &row});
  for (RowOf& row : rows)
    nlopt_add_inequality_constraint(opt, nlopt_row, &row, 1e-9);
  nlopt_set_ftol_rel(opt, kRelative);
  nlopt_set_maxeval(opt, 100000);
  nlopt_set_maxtime(opt, seconds_max);
  std::vector<double> y = start_of(problem);
  double value = 0;
  nlopt_optimize(opt, y.data(), &value);
  nlopt_destroy(opt);
  return result_of(problem, y);
}

// Ipopt: minimises, so the objective's sign is turned.

struct IpoptData {
  const PeerProblem* problem;
};

const PeerProblem& problem_of(UserDataPtr data) { return *static_cast<IpoptData*>(data)->problem; }

Bool ipopt_f(Index, Number* y, Bool, Number* value, UserDataPtr data) {
  *value = -problem_of(data).objective(y, nullptr);
  return TRUE;
}

Bool ipopt_slopes(Index n, Number* y, Bool, Number* slopes, UserDataPtr data) {
  problem_of(data).objective(y, slopes);
  for (Index i = 0; i < n; ++i)
    slopes[i] = -slopes[i];
  return TRUE;
}

Bool ipopt_rows(Index, Number* y, Bool, Index m, Number* values, UserDataPtr data) {
  const PeerProblem& problem = problem_of(data);
  for (Index r = 0; r < m; ++r)
    values[r] = row_value(problem, problem.rows[static_cast<std::size_t>(r)], y);
  return TRUE;
}

Bool ipopt_jacobian(Index, Number*, Bool, Index, Index, Index* rows, Index* columns, Number* values,
                    UserDataPtr data) {
  const PeerProblem& problem = problem_of(data);
  std::size_t at = 0;
  for (std::size_t r = 0; r < problem.rows.size(); ++r) {
    for (const std::uint32_t cell : problem.rows[r].cells) {
      if (values == nullptr) {
        rows[at] = static_cast<Index>(r);
        columns[at] = static_cast<Index>(cell);
      } else {
        values[at] = problem.scale[cell] / problem.rows[r].cap;
      }
      ++at;
    }
  }
  return TRUE;
}

Bool ipopt_hessian(Index n, Number* y, Bool, Number factor, Index, Number*, Bool, Index,
                   Index* rows, Index* columns, Number* values, UserDataPtr data) {
  const PeerProblem& problem = problem_of(data);
  if (!problem.bends) return FALSE;
  if (values == nullptr) {
    for (Index i = 0; i < n; ++i)
      rows[i] = columns[i] = i;
    return TRUE;
  }
  problem.bends(y, values);
  for (Index i = 0; i < n; ++i)
    values[i] *= -factor;
  return TRUE;
}

void set_text(IpoptProblem ipopt, const char* name, const char* value) {
  AddIpoptStrOption(ipopt, const_cast<char*>(name), const_cast<char*>(value));
}
void set_number(IpoptProblem ipopt, const char* name, double value) {
  AddIpoptNumOption(ipopt, const_cast<char*>(name), value);
}

PeerResult run_ipopt(const PeerProblem& problem, double seconds_max) {
  const auto n = static_cast<Index>(problem.low.size());
  const auto m = static_cast<Index>(problem.rows.size());
  std::size_t entries = 0;
  for (const PeerProblem::Row& row : problem.rows)
    entries += row.cells.size();
  std::vector<double> low = problem.low;
  std::vector<double> high = problem.high;
  std::vector<double> row_low(problem.rows.size(), -1e20);
  std::vector<double> row_high(problem.rows.size(), 0);
  IpoptProblem ipopt = CreateIpoptProblem(
      n, low.data(), high.data(), m, row_low.data(), row_high.data(), static_cast<Index>(entries),
      problem.bends ? n : 0, 0, ipopt_f, ipopt_rows, ipopt_slopes, ipopt_jacobian, ipopt_hessian);
  AddIpoptIntOption(ipopt, const_cast<char*>("print_level"), 0);
  set_text(ipopt, "sb", "yes");
  set_number(ipopt, "tol", 1e-9);
  set_number(ipopt, "max_cpu_time", seconds_max);
  set_text(ipopt, "jac_d_constant", "yes");
  // Values are small here, and tolerances absolute.
  set_number(ipopt, "obj_scaling_factor", 1e3);
  if (!problem.bends) set_text(ipopt, "hessian_approximation", "limited-memory");
  IpoptData data{&problem};
  std::vector<double> y = start_of(problem);
  double value = 0;
  IpoptSolve(ipopt, y.data(), nullptr, &value, nullptr, nullptr, nullptr, &data);
  FreeIpoptProblem(ipopt);
  return result_of(problem, y);
}

}  // namespace

std::string to_string(PeerMethod method) {
  switch (method) {
    case PeerMethod::nlopt_ccsaq:
      return "nlopt CCSAQ";
    case PeerMethod::nlopt_mma:
      return "nlopt MMA";
    case PeerMethod::nlopt_auglag_slsqp:
      return "nlopt AUGLAG+SLSQP";
    case PeerMethod::ipopt:
      return "ipopt";
  }
  return "";
}

PeerResult run_peer(const PeerProblem& problem, PeerMethod method, double seconds_max) {
  return method == PeerMethod::ipopt ? run_ipopt(problem, seconds_max)
                                     : run_nlopt(problem, method, seconds_max);
}

}  // namespace hustings::bench
