#include "statistics/sampling.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <unordered_map>

#include <fmt/format.h>

#include "base/rng.h"

namespace hustings::statistics {
namespace {

std::uint64_t ticket(std::uint64_t seed, std::uint64_t key) { return mix64(mix64(seed) ^ key); }

Status check_wanted(std::size_t wanted, std::size_t there) {
  if (wanted <= there) return {};
  return invalid(fmt::format("{} are to be drawn, but there are only {}.", wanted, there));
}

/// Rows by their tickets; equal tickets (equal keys) by row.
void order_by_ticket(std::vector<std::size_t>& rows, std::span<const std::uint64_t> keys,
                     std::uint64_t seed) {
  std::sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) {
    const std::uint64_t of_a = ticket(seed, keys[a]);
    const std::uint64_t of_b = ticket(seed, keys[b]);
    return of_a != of_b ? of_a < of_b : a < b;
  });
}

void by_row(std::vector<Drawn>& drawn) {
  std::sort(drawn.begin(), drawn.end(),
            [](const Drawn& a, const Drawn& b) { return a.row < b.row; });
}

}  // namespace

Result<std::vector<Drawn>> draw_simple(std::span<const std::uint64_t> keys, std::size_t wanted,
                                       std::uint64_t seed) {
  const std::vector<std::uint32_t> one(keys.size());
  const std::size_t wanted_of[] = {wanted};
  return draw_stratified(keys, one, wanted_of, seed);
}

Result<std::vector<Drawn>> draw_stratified(std::span<const std::uint64_t> keys,
                                           std::span<const std::uint32_t> strata,
                                           std::span<const std::size_t> wanted,
                                           std::uint64_t seed) {
  CHECK(keys.size() == strata.size());
  std::vector<std::vector<std::size_t>> rows(wanted.size());
  for (std::size_t i = 0; i < keys.size(); ++i) {
    CHECK(strata[i] < wanted.size());
    rows[strata[i]].push_back(i);
  }
  std::vector<Drawn> out;
  for (std::size_t s = 0; s < wanted.size(); ++s) {
    TRY(check_wanted(wanted[s], rows[s].size()));
    order_by_ticket(rows[s], keys, seed);
    const double probability = static_cast<double>(wanted[s]) / static_cast<double>(rows[s].size());
    for (std::size_t i = 0; i < wanted[s]; ++i)
      out.push_back({.row = rows[s][i], .probability = probability});
  }
  by_row(out);
  return out;
}

std::vector<std::size_t> proportional(std::span<const std::size_t> sizes, std::size_t wanted) {
  const auto all = static_cast<double>(std::accumulate(sizes.begin(), sizes.end(), std::size_t{0}));
  std::vector<std::size_t> out(sizes.size());
  std::vector<std::pair<double, std::size_t>> rests;
  std::size_t given = 0;
  for (std::size_t s = 0; s < sizes.size(); ++s) {
    const double share = static_cast<double>(wanted) * static_cast<double>(sizes[s]) / all;
    out[s] = std::min(sizes[s], static_cast<std::size_t>(share));
    given += out[s];
    rests.emplace_back(static_cast<double>(out[s]) - share, s);
  }
  std::sort(rests.begin(), rests.end());
  while (given < wanted) {
    const std::size_t before = given;
    for (const auto& [rest, s] : rests) {
      if (given == wanted || out[s] == sizes[s]) continue;
      ++out[s];
      ++given;
    }
    if (given == before) break;
  }
  return out;
}

Result<std::vector<Drawn>> draw_clusters(std::span<const std::uint64_t> clusters,
                                         std::size_t wanted, std::uint64_t seed) {
  std::vector<std::uint64_t> keys(clusters.begin(), clusters.end());
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  const auto drawn = TRY(draw_simple(keys, wanted, seed));
  std::vector<bool> taken(keys.size());
  for (const Drawn& one : drawn)
    taken[one.row] = true;
  const double probability = static_cast<double>(wanted) / static_cast<double>(keys.size());
  std::vector<Drawn> out;
  for (std::size_t i = 0; i < clusters.size(); ++i) {
    const auto at = std::lower_bound(keys.begin(), keys.end(), clusters[i]) - keys.begin();
    if (taken[static_cast<std::size_t>(at)]) out.push_back({.row = i, .probability = probability});
  }
  return out;
}

Result<std::vector<Drawn>> draw_by_size(std::span<const std::uint64_t> keys,
                                        std::span<const double> sizes, std::size_t wanted,
                                        std::uint64_t seed) {
  CHECK(keys.size() == sizes.size());
  TRY(check_wanted(wanted, keys.size()));
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    if (!(sizes[i] > 0) || !std::isfinite(sizes[i]))
      return invalid(fmt::format("Row {} has the size {}; sizes are above 0.", i + 1, sizes[i]));
  }
  std::vector<std::size_t> rows(keys.size());
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  order_by_ticket(rows, keys, seed);
  std::vector<double> probability(keys.size());
  std::vector<bool> certain(keys.size());
  std::size_t left = wanted;
  for (bool changed = true; changed && left > 0;) {
    changed = false;
    double sum = 0;
    for (std::size_t i = 0; i < sizes.size(); ++i)
      sum += certain[i] ? 0 : sizes[i];
    const auto draws = static_cast<double>(left);
    for (std::size_t i = 0; i < sizes.size(); ++i) {
      if (certain[i]) continue;
      probability[i] = std::min(1.0, draws * sizes[i] / sum);
      if (draws * sizes[i] < sum) continue;
      certain[i] = changed = true;
      --left;
    }
  }
  Rng rng(ticket(seed, 0x5157));
  double next = rng.uniform();
  double reached = 0;
  std::vector<Drawn> out;
  for (const std::size_t row : rows) {
    if (certain[row]) {
      out.push_back({.row = row, .probability = 1});
      continue;
    }
    if (left == 0) continue;
    reached += probability[row];
    // The last step may fall short of a whole number by rounding.
    if (reached > next) {
      out.push_back({.row = row, .probability = probability[row]});
      ++next;
    }
  }
  by_row(out);
  return out;
}

Result<std::vector<std::uint32_t>> assign_arms(const AssignmentPlan& plan) {
  double sum = 0;
  for (const double share : plan.shares) {
    if (!(share >= 0)) return invalid("The shares of arms are 0 or more.");
    sum += share;
  }
  if (plan.shares.size() < 2 || std::abs(sum - 1) > 1e-9)
    return invalid(fmt::format("The arms' shares add up to {}, not to 1.", sum));
  std::map<std::uint32_t, std::vector<std::uint64_t>> blocks;
  std::unordered_map<std::uint64_t, std::uint32_t> block_of;
  for (std::size_t i = 0; i < plan.clusters.size(); ++i) {
    const std::uint32_t block = plan.blocks.empty() ? 0 : plan.blocks[i];
    const auto [at, fresh] = block_of.try_emplace(plan.clusters[i], block);
    if (fresh) blocks[block].push_back(plan.clusters[i]);
    if (at->second != block) {
      return invalid(
          fmt::format("Row {}: its cluster (household) lies in two blocks; assign by a "
                      "block that holds whole clusters.",
                      i + 1));
    }
  }
  std::unordered_map<std::uint64_t, std::uint32_t> arm_of;
  for (auto& [block, clusters] : blocks) {
    const std::uint64_t seed = ticket(plan.seed, block);
    std::vector<std::size_t> order(clusters.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    order_by_ticket(order, clusters, seed);
    // A random start decides which arm gets the one too many, block by block.
    const double start = Rng(seed).uniform();
    double bound = start;
    std::size_t from = 0;
    for (std::uint32_t arm = 0; arm < plan.shares.size(); ++arm) {
      bound += plan.shares[arm] * static_cast<double>(clusters.size());
      const bool last = arm + 1 == plan.shares.size();
      const std::size_t to =
          last ? clusters.size()
               : std::min(clusters.size(), static_cast<std::size_t>(std::floor(bound + 1e-9)));
      for (; from < to; ++from)
        arm_of[clusters[order[from]]] = arm;
    }
  }
  std::vector<std::uint32_t> out;
  out.reserve(plan.clusters.size());
  for (const std::uint64_t cluster : plan.clusters)
    out.push_back(arm_of[cluster]);
  return out;
}

}  // namespace hustings::statistics
