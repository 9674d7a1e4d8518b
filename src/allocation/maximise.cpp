#include "allocation/maximise.h"

#include <algorithm>
#include <cmath>
#include <queue>

#include "allocation/carry_over.h"

namespace hustings::allocation {
namespace {

constexpr int kFlipsMax = 48;
constexpr int kStagesMax = 12;
constexpr double kRoomMin = 1e-11;  ///< of the budget: less is no money

/// A cell's amounts cut to [low, high].
struct Cut {
  std::uint32_t cell;
  double low;
  double high;
};

struct Node {
  std::vector<Cut> cuts;
  Relaxed relaxed;
};
struct WorseBound {
  bool operator()(const Node& a, const Node& b) const { return a.relaxed.bound < b.relaxed.bound; }
};

/// No cell can take more than the budget leaves beside the other cells' floors, nor than the
/// smallest cap of a limit that it is in.
std::vector<double> finite_highs(const Problem& problem) {
  double free = problem.budget;
  for (const Cell& cell : problem.cells)
    free -= cell.low;
  free = std::max(0.0, free);
  std::vector<double> highs;
  highs.reserve(problem.cells.size());
  for (const Cell& cell : problem.cells)
    highs.push_back(std::max(cell.low, std::min(cell.high, cell.low + free)));
  for (const Limit& limit : problem.limits) {
    if (!std::isfinite(limit.cap)) continue;
    for (const std::uint32_t cell : limit.cells)
      highs[cell] = std::max(problem.cells[cell].low, std::min(highs[cell], limit.cap));
  }
  return highs;
}

class BranchAndBound {
 public:
  BranchAndBound(const Problem& problem, const Search& search, std::vector<Envelope> root)
      : problem_(problem), search_(search), root_(std::move(root)) {
    nodes_max_ = search.nodes_max;
    if (nodes_max_ <= 0) {
      const double work = problem.limits.empty() ? 4e6 : 2e5;
      nodes_max_ = static_cast<int>(
          std::clamp(work / static_cast<double>(problem.cells.size()), 20.0, 4000.0));
    }
  }

  Optimum run(Relaxed relaxed) {
    best_.value = -1;
    best_.price = relaxed.price;
    best_.prices = relaxed.prices;
    consider(root_, relaxed);
    repair(relaxed);
    std::priority_queue<Node, std::vector<Node>, WorseBound> open;
    double bound = relaxed.bound;
    open.push({{}, std::move(relaxed)});
    best_.nodes = 1;
    while (!open.empty()) {
      const Node node = open.top();
      bound = node.relaxed.bound;
      if (closed(bound) || best_.nodes >= nodes_max_) break;
      open.pop();
      branch(node, open);
      bound = best_.value;  // if nothing stays open
    }
    best_.bound = std::max(bound, best_.value);
    return std::move(best_);
  }

 private:
  bool closed(double bound) const {
    return bound - best_.value <= search_.gap_wanted * std::abs(best_.value);
  }

  /// The effect really had; nothing where the amount lies below the minimum buy.
  double effect(std::size_t i, double spend) const {
    const Cell& cell = problem_.cells[i];
    const bool hole = cell.minimum > cell.low && spend > cell.low && spend < cell.minimum;
    return cell.curve.value(hole ? cell.low : spend);
  }

  /// A relaxed spending is a spending: what it is worth, with what lies in a hole left unspent.
  void consider(const std::vector<Envelope>& cells, const Relaxed& relaxed) {
    double value = 0;
    bool holes = false;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const Cell& cell = problem_.cells[i];
      holes = holes || (cell.minimum > cell.low && relaxed.spend[i] > cell.low &&
                        relaxed.spend[i] < cell.minimum * (1 - 1e-12));
      value += cell.curve.value(relaxed.spend[i]);
    }
    if (holes || value <= best_.value) return;
    best_.value = value;
    best_.spend = relaxed.spend;
    best_.price = relaxed.price;
    best_.prices = relaxed.prices;
  }

  std::vector<Envelope> cells_of(const std::vector<Cut>& cuts) const {
    std::vector<Envelope> cells = root_;
    for (const Cut& cut : cuts)
      cells[cut.cell] = Envelope::of(problem_.cells[cut.cell], cut.low, cut.high);
    return cells;
  }

  bool fits(const std::vector<Envelope>& cells) const {
    double low = 0;
    for (const Envelope& cell : cells)
      low += cell.low;
    return low <= problem_.budget * (1 + 1e-12);
  }

  bool solve(const std::vector<Envelope>& cells, const Relaxed* start, Relaxed& relaxed) const {
    if (!fits(cells)) return false;
    relaxed = fill(cells, problem_, problem_.limits.empty() ? nullptr : start);
    return relaxed.kept;
  }

  void branch(const Node& node, std::priority_queue<Node, std::vector<Node>, WorseBound>& open) {
    const std::vector<Envelope> cells = cells_of(node.cuts);
    std::size_t worst = cells.size();
    double largest = 0;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (!cells[i].jumps) continue;
      const double spend = node.relaxed.spend[i];
      const double missing = cells[i].value(spend) - effect(i, spend);
      if (missing > largest) {
        largest = missing;
        worst = i;
      }
    }
    if (worst == cells.size()) return;
    const Cell& cell = problem_.cells[worst];
    const double at = node.relaxed.spend[worst];
    const bool hole = cell.minimum > cells[worst].low && at < cell.minimum;
    const auto index = static_cast<std::uint32_t>(worst);
    push(node, {index, cells[worst].low, hole ? cells[worst].low : at}, open);
    push(node, {index, hole ? cell.minimum : at, cells[worst].high}, open);
  }

  void push(const Node& parent, const Cut& cut,
            std::priority_queue<Node, std::vector<Node>, WorseBound>& open) {
    Node node{parent.cuts, {}};
    node.cuts.push_back(cut);
    const std::vector<Envelope> cells = cells_of(node.cuts);
    ++best_.nodes;
    if (!solve(cells, &parent.relaxed, node.relaxed)) return;
    consider(cells, node.relaxed);
    node.relaxed.bound = std::min(node.relaxed.bound, parent.relaxed.bound);
    if (!closed(node.relaxed.bound)) open.push(std::move(node));
  }

  /// Every cell with a jump is either off or on its concave part; what remains is concave.
  bool try_choice(const std::vector<bool>& on, const Relaxed& start) {
    std::vector<Envelope> cells = root_;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (!cells[i].jumps) continue;
      const Cell& cell = problem_.cells[i];
      const double from = std::max({cell.curve.inflection(), cell.minimum, cells[i].low});
      if (on[i] && from > cells[i].high) return false;
      cells[i] = on[i] ? Envelope::of(cell, from, cells[i].high)
                       : Envelope::of(cell, cells[i].low, cells[i].low);
    }
    Relaxed relaxed;
    const double before = best_.value;
    if (solve(cells, &start, relaxed)) consider(cells, relaxed);
    return best_.value > before;
  }

  /// Rounds the relaxed choice, then turns single cells on or off as long as that helps.
  void repair(const Relaxed& relaxed) {
    std::vector<bool> on(root_.size());
    std::vector<std::pair<double, std::size_t>> near;  // how far from its price a chord is
    for (std::size_t i = 0; i < root_.size(); ++i) {
      const Envelope& cell = root_[i];
      if (!cell.jumps) continue;
      on[i] = relaxed.spend[i] - cell.low >= (cell.knee - cell.low) / 2;
      near.emplace_back(
          std::abs(std::log(std::max(cell.chord, 1e-300) / std::max(relaxed.price, 1e-300))), i);
    }
    std::sort(near.begin(), near.end());
    near.resize(std::min<std::size_t>(near.size(), flips()));
    try_choice(on, relaxed);
    for (const auto& [distance, cell] : near) {
      on[cell] = !on[cell];
      if (!try_choice(on, relaxed)) on[cell] = !on[cell];
      if (closed(relaxed.bound)) return;
    }
  }

  std::size_t flips() const {
    return static_cast<std::size_t>(std::min(kFlipsMax, nodes_max_ / 4));
  }

  const Problem& problem_;
  const Search search_;
  std::vector<Envelope> root_;
  int nodes_max_;
  Optimum best_;
};

/// Money that the limits left over goes to cells whose effect is so small beside the others' that
/// their prices could not be told from zero: the rest of the problem, at its own scale, until
/// nothing is left or nothing gains.
void spend_the_rest(const Problem& problem, const std::vector<double>& highs,
                    std::vector<double>& spend) {
  for (int stage = 0; stage < kStagesMax; ++stage) {
    double left = problem.budget;
    double steepest = 0;
    for (std::size_t i = 0; i < spend.size(); ++i) {
      left -= spend[i];
      if (highs[i] - spend[i] > kRoomMin * problem.budget)
        steepest = std::max(steepest, problem.cells[i].curve.slope(spend[i]));
    }
    if (left <= kRoomMin * problem.budget || steepest <= 0 || !std::isfinite(steepest)) return;
    std::vector<Envelope> cells;
    for (std::size_t i = 0; i < spend.size(); ++i) {
      Cell cell = problem.cells[i];
      cell.curve.size /= steepest;
      cells.push_back(Envelope::of(cell, spend[i], std::max(spend[i], highs[i])));
    }
    const Relaxed relaxed = fill(cells, problem, nullptr);
    double more = 0;
    for (std::size_t i = 0; i < spend.size(); ++i)
      more += relaxed.spend[i] - spend[i];
    if (!relaxed.kept || more <= kRoomMin * problem.budget) return;
    spend = relaxed.spend;
  }
}

}  // namespace

double value_of(const Problem& problem, const std::vector<double>& spend) {
  double value = 0;
  if (problem.chains.empty()) {
    for (std::size_t i = 0; i < problem.cells.size(); ++i)
      value += problem.cells[i].curve.value(spend[i]);
    return value;
  }
  const CarryOver carry(problem);
  for (const double effect : carry.effects(carry.stocks(spend)))
    value += effect;
  return value;
}

Result<Optimum> maximise_checked(const Problem& problem, const Search& search,
                                 const Relaxed* start) {
  if (!problem.chains.empty()) return maximise_carried(problem, {.search = search}, start, nullptr);
  const std::vector<double> highs = finite_highs(problem);
  std::vector<Envelope> cells;
  cells.reserve(problem.cells.size());
  bool jumps = false;
  for (std::size_t i = 0; i < problem.cells.size(); ++i) {
    const Cell& cell = problem.cells[i];
    if (cell.curve.kind == CurveKind::saturating && cell.minimum <= cell.low) {
      cells.push_back({cell.curve, cell.low, highs[i], cell.low});  // it is its own envelope
      continue;
    }
    cells.push_back(Envelope::of(cell, cell.low, highs[i]));
    jumps = jumps || cells.back().jumps;
  }
  Relaxed relaxed = fill(cells, problem, start);
  if (!relaxed.kept) return std::unexpected(clash_of(problem));
  const int rounds = relaxed.rounds;
  if (jumps) {
    Optimum found = BranchAndBound(problem, search, std::move(cells)).run(std::move(relaxed));
    if (found.spend.empty()) {
      return invalid(
          "No spending that keeps the limits with all minimum buys was found; lower a "
          "minimum buy or a floor.");
    }
    found.rounds = rounds;
    return found;
  }
  Optimum optimum{.spend = std::move(relaxed.spend),
                  .value = 0,
                  .bound = relaxed.bound,
                  .price = relaxed.price,
                  .prices = std::move(relaxed.prices),
                  .rounds = rounds,
                  .nodes = 1};
  if (!problem.limits.empty()) spend_the_rest(problem, highs, optimum.spend);
  optimum.value = problem.limits.empty() ? relaxed.value : value_of(problem, optimum.spend);
  return optimum;
}

Result<Optimum> maximise(const Problem& problem, const Search& search, const Relaxed* start) {
  TRY(check_problem(problem));
  return maximise_checked(problem, search, start);
}

}  // namespace hustings::allocation
