#include "allocation/simulation.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <string>

#include "allocation/correlation.h"

namespace hustings::allocation {
namespace {

/// Standard normal numbers in pairs (Box, Muller 1958).
class Normals {
 public:
  explicit Normals(Rng& rng) : rng_(rng) {}
  double next() {
    if (has_second_) {
      has_second_ = false;
      return second_;
    }
    const double radius = std::sqrt(-2 * std::log(1 - rng_.uniform()));
    const double angle = 2 * std::numbers::pi * rng_.uniform();
    second_ = radius * std::sin(angle);
    has_second_ = true;
    return radius * std::cos(angle);
  }

 private:
  Rng& rng_;
  double second_ = 0;
  bool has_second_ = false;
};

class Draws {
 public:
  Draws(const Race& race, Rng& rng) : race_(race), rng_(rng), normals_(rng) {
    const std::size_t n = race.contests.size();
    std::map<std::string, std::size_t> regions;
    std::size_t next = 0;
    for (const Contest& contest : race.contests) {
      const auto [at, is_new] = regions.try_emplace(contest.region, next);
      if (is_new || contest.region.empty()) at->second = next++;
      region_of_.push_back(at->second);
    }
    regional_.resize(next);
    own_.resize(n);
    if (!race.errors.correlation.empty()) factor_ = cholesky_of(race.errors.correlation, n);
  }

  /// Our lead over one half in each contest of one election.
  void draw(std::vector<double>& leads) {
    const Errors& errors = race_.errors;
    const double scale = draw_scale();
    const double national = errors.national * normals_.next();
    for (double& value : regional_)
      value = errors.regional * normals_.next();
    for (double& value : own_)
      value = normals_.next();
    for (std::size_t i = 0; i < leads.size(); ++i) {
      leads[i] = race_.contests[i].mean +
                 scale * (national + regional_[region_of_[i]] + errors.contest[i] * own_error(i));
    }
  }

 private:
  double draw_scale() {
    const Errors& errors = race_.errors;
    if (errors.scales.empty()) return 1;
    double at = rng_.uniform();
    for (std::size_t i = 0; i + 1 < errors.scales.size(); ++i) {
      if (at < errors.chances[i]) return errors.scales[i];
      at -= errors.chances[i];
    }
    return errors.scales.back();
  }

  double own_error(std::size_t contest) const {
    if (factor_.empty()) return own_[contest];
    double sum = 0;
    for (std::size_t k = 0; k <= contest; ++k)
      sum += factor_[contest * own_.size() + k] * own_[k];
    return sum;
  }

  const Race& race_;
  Rng& rng_;
  Normals normals_;
  std::vector<std::size_t> region_of_;
  std::vector<double> regional_;
  std::vector<double> own_;
  std::vector<double> factor_;
};

/// The contest that brings the side with `won` (else the other) to its threshold: of those that it
/// won by most. Candidates are all contests; `order` is scratch.
std::size_t tipping_contest(const Race& race, const std::vector<double>& leads, bool won,
                            int needed, std::vector<std::size_t>& order) {
  const auto by_lead = [&](std::size_t left, std::size_t right) {
    return won ? leads[left] > leads[right] : leads[left] < leads[right];
  };
  for (std::size_t i = 0; i < order.size(); ++i)
    order[i] = i;
  std::sort(order.begin(), order.end(), by_lead);
  int sum = 0;
  for (const std::size_t contest : order) {
    sum += race.contests[contest].weight;
    if (sum >= needed) return contest;
  }
  return order.back();
}

Estimate share_of(std::int64_t count, std::int64_t draws) {
  const double p = static_cast<double>(count) / static_cast<double>(draws);
  return {p, std::sqrt(p * (1 - p) / static_cast<double>(draws))};
}

}  // namespace

Simulated simulate(const Race& race, std::int64_t draws, Rng& rng) {
  CHECK(draws > 0);
  const std::size_t n = race.contests.size();
  const int needed = race.threshold();
  const int total = race.total_weight();
  Draws source(race, rng);
  std::vector<double> leads(n);
  std::vector<std::size_t> order(n);
  std::vector<std::int64_t> tipped(n);
  std::int64_t wins = 0;
  double weight_sum = 0;
  double weight_squares = 0;
  for (std::int64_t i = 0; i < draws; ++i) {
    source.draw(leads);
    int weight = 0;
    for (std::size_t s = 0; s < n; ++s)
      weight += leads[s] > 0 ? race.contests[s].weight : 0;
    const bool won = weight >= needed;
    const bool lost = !won && total - weight >= needed;
    wins += won ? 1 : 0;
    weight_sum += weight;
    weight_squares += static_cast<double>(weight) * weight;
    ++tipped[tipping_contest(race, leads, !lost, needed, order)];
  }
  const auto count = static_cast<double>(draws);
  Simulated result;
  result.win = share_of(wins, draws);
  const double mean = weight_sum / count;
  result.expected_weight = {mean,
                            std::sqrt(std::max(0.0, weight_squares / count - mean * mean) / count)};
  for (const std::int64_t tips : tipped)
    result.tipping.push_back(share_of(tips, draws));
  return result;
}

}  // namespace hustings::allocation
