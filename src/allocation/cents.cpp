#include "allocation/cents.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace hustings::allocation {
namespace {

constexpr std::int64_t kMost = 1'000'000'000'000'000;  ///< cents that doubles still count exactly
constexpr double kRounding = 1e-5;                     ///< of a cent: what doubles lose

std::int64_t up(double money) {
  return static_cast<std::int64_t>(std::ceil(money * 100 - kRounding));
}
std::int64_t down(double money) {
  return money * 100 >= static_cast<double>(kMost)
             ? kMost
             : static_cast<std::int64_t>(std::floor(money * 100 + kRounding));
}

class Rounding {
 public:
  Rounding(const Problem& problem, const std::vector<double>& spend)
      : problem_(problem), limits_of_(problem.cells.size()), sums_(problem.limits.size()) {
    for (std::size_t l = 0; l < problem.limits.size(); ++l) {
      for (const std::uint32_t cell : problem.limits[l].cells)
        limits_of_[cell].push_back(static_cast<std::uint32_t>(l));
    }
    cents_.budget = down(problem.budget);
    cents_.cells.resize(spend.size());
    double whole = 0;
    for (std::size_t i = 0; i < spend.size(); ++i) {
      whole += spend[i];
      const Cell& cell = problem.cells[i];
      std::int64_t low = up(cell.low);
      if (cell.minimum > cell.low && spend[i] >= cell.minimum * (1 - 1e-9)) low = up(cell.minimum);
      lows_.push_back(low);
      const auto floor = static_cast<std::int64_t>(std::floor(spend[i] * 100 + kRounding));
      set(i, std::clamp(floor, low, std::max(low, high(i))));
    }
    wanted_ = std::min(cents_.budget, static_cast<std::int64_t>(std::llround(whole * 100)));
    // A budget that is spent but for what the solver's arithmetic loses is meant to be spent.
    if (static_cast<double>(cents_.budget) - whole * 100 < 1 + 1e-7 * whole * 100)
      wanted_ = cents_.budget;
    by_remainder_.resize(spend.size());
    std::iota(by_remainder_.begin(), by_remainder_.end(), 0U);
    std::vector<double> remainder(spend.size());
    for (std::size_t i = 0; i < spend.size(); ++i)
      remainder[i] = spend[i] * 100 - static_cast<double>(cents_.cells[i]);
    std::sort(by_remainder_.begin(), by_remainder_.end(), [&](std::size_t a, std::size_t b) {
      return std::pair(-remainder[a], problem.cells[a].key) <
             std::pair(-remainder[b], problem.cells[b].key);
    });
  }

  Cents run() {
    meet_caps();
    meet_floors();
    while (sum_ > wanted_ && take_one_each(sum_ - wanted_) > 0) {
    }
    while (sum_ < wanted_ && give_one_each(wanted_ - sum_) > 0) {
    }
    cents_.unspent = cents_.budget - sum_;
    return std::move(cents_);
  }

 private:
  std::int64_t high(std::size_t cell) const { return down(problem_.cells[cell].high); }
  std::int64_t cap(std::size_t limit) const { return down(problem_.limits[limit].cap); }
  std::int64_t floor(std::size_t limit) const { return up(problem_.limits[limit].floor); }

  void set(std::size_t cell, std::int64_t to) {
    const std::int64_t change = to - cents_.cells[cell];
    cents_.cells[cell] = to;
    sum_ += change;
    for (const std::uint32_t limit : limits_of_[cell])
      sums_[limit] += change;
  }

  /// A cent more keeps all caps. What is at its floor and may not be bought in part stays there.
  bool may_give(std::size_t cell) const {
    const std::int64_t now = cents_.cells[cell];
    if (now >= high(cell)) return false;
    if (problem_.cells[cell].minimum > problem_.cells[cell].low &&
        now + 1 < up(problem_.cells[cell].minimum))
      return false;
    return std::all_of(limits_of_[cell].begin(), limits_of_[cell].end(),
                       [&](std::uint32_t limit) { return sums_[limit] < cap(limit); });
  }
  bool may_take(std::size_t cell) const {
    if (cents_.cells[cell] <= lows_[cell]) return false;
    return std::all_of(limits_of_[cell].begin(), limits_of_[cell].end(),
                       [&](std::uint32_t limit) { return sums_[limit] > floor(limit); });
  }

  std::int64_t give_one_each(std::int64_t most) {
    std::int64_t given = 0;
    for (const std::size_t cell : by_remainder_) {
      if (given == most) break;
      if (!may_give(cell)) continue;
      set(cell, cents_.cells[cell] + 1);
      ++given;
    }
    return given;
  }
  std::int64_t take_one_each(std::int64_t most) {
    std::int64_t taken = 0;
    for (std::size_t i = by_remainder_.size(); i-- > 0 && taken < most;) {
      if (!may_take(by_remainder_[i])) continue;
      set(by_remainder_[i], cents_.cells[by_remainder_[i]] - 1);
      ++taken;
    }
    return taken;
  }

  /// The solver keeps limits but for its arithmetic; cents keep them whole.
  void meet_caps() {
    for (std::size_t l = 0; l < sums_.size(); ++l) {
      for (bool moved = true; moved && sums_[l] > cap(l);) {
        moved = false;
        for (const std::uint32_t cell : problem_.limits[l].cells) {
          if (sums_[l] <= cap(l)) break;
          if (cents_.cells[cell] <= lows_[cell]) continue;
          const std::int64_t room = cents_.cells[cell] - lows_[cell];
          const std::int64_t share = std::max<std::int64_t>(
              1, (sums_[l] - cap(l)) / static_cast<std::int64_t>(problem_.limits[l].cells.size()));
          set(cell, cents_.cells[cell] - std::min(room, share));
          moved = true;
        }
      }
    }
  }
  void meet_floors() {
    for (std::size_t l = 0; l < sums_.size(); ++l) {
      const auto inside = [&](std::size_t cell) {
        return std::find(limits_of_[cell].begin(), limits_of_[cell].end(), l) !=
               limits_of_[cell].end();
      };
      for (bool moved = true; moved && sums_[l] < floor(l);) {
        moved = false;
        for (const std::size_t cell : by_remainder_) {
          if (sums_[l] >= floor(l)) break;
          if (!inside(cell) || !may_give(cell)) continue;
          set(cell, cents_.cells[cell] + 1);
          moved = true;
        }
      }
    }
  }

  const Problem& problem_;
  std::vector<std::vector<std::uint32_t>> limits_of_;
  std::vector<std::int64_t> sums_;  ///< by limit
  std::vector<std::int64_t> lows_;  ///< by cell: floor, or the minimum buy that was bought
  std::vector<std::size_t> by_remainder_;
  std::int64_t sum_ = 0;
  std::int64_t wanted_ = 0;
  Cents cents_;
};

}  // namespace

Cents to_cents(const Problem& problem, const std::vector<double>& spend) {
  CHECK(spend.size() == problem.cells.size());
  return Rounding(problem, spend).run();
}

std::vector<double> from_cents(const Cents& cents) {
  std::vector<double> spend;
  for (const std::int64_t cell : cents.cells)
    spend.push_back(static_cast<double>(cell) / 100);
  return spend;
}

}  // namespace hustings::allocation
