#include "allocation/problem.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "allocation/money_text.h"

namespace hustings::allocation {
namespace {

/// Sums of thousands of amounts are compared with their limits to this part of a cent.
constexpr double kSlackMoney = 1e-4;

bool is_amount(double value) { return value >= 0 && std::isfinite(value); }

/// What check_cell would let pass, without making sentences.
bool is_in_order(const Cell& cell) {
  constexpr double kLarge = 1e300;
  return cell.curve.size >= 0 && cell.curve.size < kLarge && cell.curve.scale > 0 &&
         cell.curve.scale < kLarge && cell.curve.shape > 0 && cell.curve.shape <= 50 &&
         cell.low >= 0 && cell.low <= cell.high && cell.low < kLarge && cell.minimum >= 0 &&
         cell.minimum < kLarge;
}

Status check_cell(const Problem& problem, std::size_t i) {
  const Cell& cell = problem.cells[i];
  const auto curve = check_curve(cell.curve);
  if (!curve) return invalid(curve.error().sentence, problem.name_of(i));
  if (!is_amount(cell.low)) {
    return invalid(fmt::format("The floor is {}; it must be an amount of 0 or more.", cell.low),
                   problem.name_of(i));
  }
  if (!(cell.high >= 0)) {
    return invalid(fmt::format("The cap is {}; it must be an amount of 0 or more.", cell.high),
                   problem.name_of(i));
  }
  if (!is_amount(cell.minimum)) {
    return invalid(
        fmt::format("The minimum buy is {}; it must be an amount of 0 or more.", cell.minimum),
        problem.name_of(i));
  }
  if (cell.low > cell.high + kSlackMoney) {
    return invalid(fmt::format("Its floor and what is committed ({}) are above its cap ({}).",
                               money_text(cell.low), money_text(cell.high)),
                   problem.name_of(i));
  }
  return {};
}

/// "a, b and 3 more", the largest first.
std::string largest_floors(const Problem& problem, std::vector<std::uint32_t> cells) {
  std::erase_if(cells, [&](std::uint32_t cell) { return problem.cells[cell].low <= 0; });
  std::sort(cells.begin(), cells.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::pair(-problem.cells[a].low, problem.cells[a].key) <
           std::pair(-problem.cells[b].low, problem.cells[b].key);
  });
  constexpr std::size_t kNamed = 5;
  std::string text;
  for (std::size_t i = 0; i < std::min(cells.size(), kNamed); ++i) {
    text += fmt::format("{}{} {}", i == 0 ? "" : ", ", problem.name_of(cells[i]),
                        money_text(problem.cells[cells[i]].low));
  }
  if (cells.size() > kNamed) text += fmt::format(" and {} more", cells.size() - kNamed);
  return text;
}

Status check_limit(const Problem& problem, const Limit& limit) {
  if (!is_amount(limit.floor) || !(limit.cap >= 0)) {
    return invalid("Its floor and cap must be amounts of 0 or more.", limit.name);
  }
  if (limit.floor > limit.cap + kSlackMoney) {
    return invalid(fmt::format("Its floor ({}) is above its cap ({}).", money_text(limit.floor),
                               money_text(limit.cap)),
                   limit.name);
  }
  double low = 0;
  double high = 0;
  for (const std::uint32_t cell : limit.cells) {
    if (cell >= problem.cells.size())
      return invalid("It names a cell that is not there.", limit.name);
    low += problem.cells[cell].low;
    high += problem.cells[cell].high;
  }
  if (low > limit.cap + kSlackMoney) {
    return invalid(
        fmt::format("Its cap ({}) clashes with the floors inside it ({} together): {}.",
                    money_text(limit.cap), money_text(low), largest_floors(problem, limit.cells)),
        limit.name);
  }
  if (high < limit.floor - kSlackMoney) {
    return invalid(fmt::format("Its floor ({}) clashes with the caps inside it ({} together).",
                               money_text(limit.floor), money_text(high)),
                   limit.name);
  }
  if (limit.floor > problem.budget + kSlackMoney) {
    return invalid(fmt::format("Its floor ({}) is above the budget ({}).", money_text(limit.floor),
                               money_text(problem.budget)),
                   limit.name);
  }
  return {};
}

Status check_chains(const Problem& problem) {
  std::size_t next = 0;
  for (const Chain& chain : problem.chains) {
    if (chain.first < next || chain.cells == 0 ||
        chain.first + std::size_t{chain.cells} > problem.cells.size())
      return invalid("Chains of weeks must be of cells that are there, each in one at most.");
    next = chain.first + std::size_t{chain.cells};
    if (!(chain.kept >= 0 && chain.kept < 1)) {
      return invalid(fmt::format("What is kept of a week's contacts is {}; it must be a part of 0 "
                                 "to below 1.",
                                 chain.kept),
                     problem.name_of(chain.first));
    }
  }
  return {};
}

}  // namespace

std::string Problem::name_of(std::size_t cell) const {
  return cell < names.size() ? names[cell] : fmt::format("cell {}", cell + 1);
}

Status check_problem(const Problem& problem) {
  if (!is_amount(problem.budget)) {
    return invalid(
        fmt::format("The budget is {}; it must be an amount of 0 or more.", problem.budget));
  }
  if (problem.cells.empty()) return invalid("There is nothing that money could be spent on.");
  if (problem.cells.size() > kCellsMax || problem.limits.size() > kLimitsMax) {
    return refuse(ErrorCode::over_limit,
                  fmt::format("There are {} cells and {} limits; {} and {} are the most.",
                              problem.cells.size(), problem.limits.size(), kCellsMax, kLimitsMax));
  }
  TRY(check_chains(problem));
  double low = 0;
  for (std::size_t i = 0; i < problem.cells.size(); ++i) {
    if (!is_in_order(problem.cells[i])) TRY(check_cell(problem, i));
    low += problem.cells[i].low;
  }
  if (low > problem.budget + kSlackMoney) {
    std::vector<std::uint32_t> all(problem.cells.size());
    std::iota(all.begin(), all.end(), 0U);
    return invalid(
        fmt::format("The budget ({}) clashes with the floors and commitments ({} "
                    "together): {}.",
                    money_text(problem.budget), money_text(low), largest_floors(problem, all)));
  }
  for (const Limit& limit : problem.limits)
    TRY(check_limit(problem, limit));
  return {};
}

}  // namespace hustings::allocation
