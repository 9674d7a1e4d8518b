#include <algorithm>

#include <fmt/format.h>

#include "allocation/maximise.h"
#include "allocation/money_text.h"

namespace hustings::allocation {
namespace {

/// Prices of limits that can be kept stay near the slopes of the curves, which are about 1 here;
/// those of limits that clash rise to the highest.
constexpr double kPriceMax = 1e6;
constexpr double kClashes = 1e3;

}  // namespace

Error clash_of(const Problem& problem) {
  std::vector<Envelope> plain;
  for (const Cell& cell : problem.cells) {
    const double high = std::min(cell.high, cell.low + problem.budget);
    const double size = high > 0 ? high : 1;
    plain.push_back({.curve = {.kind = CurveKind::saturating, .size = size, .scale = size},
                     .low = cell.low,
                     .high = high,
                     .knee = cell.low});
  }
  const Relaxed relaxed = fill_limits(plain, problem, nullptr, kPriceMax);
  std::string names;
  const auto add = [&](const std::string& name) { names += names.empty() ? name : "; " + name; };
  if (relaxed.price > kClashes) add(fmt::format("the budget ({})", money_text(problem.budget)));
  for (std::size_t i = 0; i < problem.limits.size(); ++i) {
    const Limit& limit = problem.limits[i];
    if (relaxed.prices[i] > kClashes)
      add(fmt::format("{}: at most {}", limit.name, money_text(limit.cap)));
    if (relaxed.prices[i] < -kClashes)
      add(fmt::format("{}: at least {}", limit.name, money_text(limit.floor)));
  }
  if (names.empty()) names = "the floors and caps of single cells";
  return {ErrorCode::invalid,
          fmt::format("These limits clash, no spending keeps all of them: {}.", names)};
}

}  // namespace hustings::allocation
