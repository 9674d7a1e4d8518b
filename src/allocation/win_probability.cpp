#include "allocation/win_probability.h"

#include <algorithm>
#include <cmath>

#include "allocation/correlation.h"
#include "allocation/detail/lanes.h"
#include "allocation/normal.h"

namespace hustings::allocation {

using detail::kLanes;
using detail::Lanes;

struct WinProbability::Engine {
  struct Region {
    std::vector<std::uint32_t> contests;
    std::vector<int> weights;
    std::vector<std::size_t> reached;
    std::vector<std::size_t> begins;
    std::size_t before = 0;                   ///< weight of the regions before it
    std::vector<double> votes;                ///< given the outer condition: chance of each number
    std::vector<double> votes_back;           ///< the same, last first
    std::vector<double> worth;                ///< P(win | votes of this region)
    std::vector<std::vector<Lanes>> chances;  ///< by block of lanes, by contest
    std::vector<std::vector<Lanes>> tilts;    ///< d chance / d mean

    detail::RegionShape shape() const { return {weights, reached, begins}; }
    std::size_t weight() const { return reached.back(); }
  };

  Engine(const Race& of_race, const Resolution& resolution);
  void set_chances(const Conditions::Outer& outer, std::span<const double> means, bool tilts);
  void convolve_lanes(Region& region);
  double sweep_regions();
  void add_slopes(double weight, std::span<double> slopes);
  double run(std::span<const double> means, std::span<double> slopes);

  Race race;
  Conditions conditions;
  std::size_t total;
  std::size_t threshold;
  std::vector<Region> regions;
  std::vector<Lanes> triangle;
  std::vector<Lanes> scratch;
  std::vector<Lanes> slope_lanes;
  /// prefix[r][total + k]: chance of k votes before region r; zeros around.
  std::vector<std::vector<double>> prefix;
  /// ahead[r][k]: P(win | k votes up to and with region r - 1).
  std::vector<std::vector<double>> ahead;
};

WinProbability::Engine::Engine(const Race& of_race, const Resolution& resolution)
    : race(of_race),
      conditions(conditions_of(race, resolution)),
      total(static_cast<std::size_t>(race.total_weight())),
      threshold(static_cast<std::size_t>(race.threshold())) {
  const std::size_t blocks = conditions.lane_weights.size() / kLanes;
  std::size_t before = 0;
  std::size_t largest = 0;
  std::size_t widest = 0;
  for (const std::vector<std::uint32_t>& contests : conditions.regions) {
    Region region;
    region.contests = contests;
    region.before = before;
    region.reached.push_back(0);
    region.begins.push_back(0);
    for (const std::uint32_t contest : contests) {
      region.weights.push_back(race.contests[contest].weight);
      region.begins.push_back(region.begins.back() + region.reached.back() + 1);
      region.reached.push_back(region.reached.back() +
                               static_cast<std::size_t>(region.weights.back()));
    }
    region.chances.assign(blocks, std::vector<Lanes>(contests.size()));
    region.tilts = region.chances;
    before += region.weight();
    largest = std::max(largest, region.begins.back() + region.weight() + 1);
    widest = std::max({widest, region.weight() + 1, contests.size()});
    regions.push_back(std::move(region));
  }
  triangle.resize(largest);
  scratch.resize(widest);
  slope_lanes.resize(widest);
  prefix.assign(regions.size() + 1, std::vector<double>(3 * total + 8));
  ahead.assign(regions.size() + 1, std::vector<double>(2 * total + 8));
}

void WinProbability::Engine::set_chances(const Conditions::Outer& outer,
                                         std::span<const double> means, bool tilts) {
  const std::size_t blocks = conditions.lane_weights.size() / kLanes;
  for (Region& region : regions) {
    for (std::size_t j = 0; j < region.contests.size(); ++j) {
      const std::uint32_t contest = region.contests[j];
      const double* shift = conditions.shifts[conditions.shift_of[contest]].data();
      const double inverse = 1 / (outer.scale * conditions.deviation[contest]);
      for (std::size_t block = 0; block < blocks; ++block) {
        for (std::size_t lane = 0; lane < kLanes; ++lane) {
          const double z =
              (means[contest] + outer.shift + outer.scale * shift[block * kLanes + lane]) * inverse;
          region.chances[block][j][lane] = normal_cdf(z);
          if (tilts) region.tilts[block][j][lane] = normal_density(z) * inverse;
        }
      }
    }
  }
}

void WinProbability::Engine::convolve_lanes(Region& region) {
  region.votes.assign(region.weight() + 1, 0);
  for (std::size_t block = 0; block < region.chances.size(); ++block) {
    detail::forward(region.shape(), region.chances[block].data(), triangle.data());
    const Lanes* last = triangle.data() + region.begins.back();
    const double* weights = conditions.lane_weights.data() + block * kLanes;
    for (std::size_t k = 0; k <= region.weight(); ++k) {
      double sum = 0;
      for (std::size_t lane = 0; lane < kLanes; ++lane)
        sum += weights[lane] * last[k][lane];
      region.votes[k] += sum;
    }
  }
  region.votes_back.assign(region.votes.rbegin(), region.votes.rend());
}

/// Fills `worth` of every region, given its `votes`; returns P(win). Only counts that still leave
/// the race open are followed: the others are won or lost whatever comes.
double WinProbability::Engine::sweep_regions() {
  const auto open_from = [&](std::size_t before) {
    return threshold > total - before ? threshold - (total - before) : 0;
  };
  const auto open_end = [&](std::size_t before) { return std::min(before + 1, threshold); };
  std::vector<double>& end = ahead.back();
  std::fill(end.begin(), end.end(), 0.0);
  std::fill(end.begin() + static_cast<std::ptrdiff_t>(threshold), end.end(), 1.0);
  for (std::size_t r = regions.size(); r-- > 0;) {
    const Region& region = regions[r];
    std::vector<double>& to = ahead[r];
    std::fill(to.begin(), to.end(), 0.0);
    std::fill(to.begin() + static_cast<std::ptrdiff_t>(threshold), to.end(), 1.0);
    const std::size_t from = open_from(region.before);
    const std::size_t stop = open_end(region.before);
    if (from < stop) {
      detail::correlate_add({region.votes.data(), region.votes.size(), &ahead[r + 1][from]},
                            &to[from], stop - from);
    }
  }
  std::fill(prefix[0].begin(), prefix[0].end(), 0.0);
  prefix[0][total] = 1;
  for (std::size_t r = 0; r < regions.size(); ++r) {
    Region& region = regions[r];
    const std::size_t from = open_from(region.before);
    const std::size_t stop = open_end(region.before);
    region.worth.assign(region.weight() + 1, 0);
    if (from < stop) {
      detail::correlate_add({&prefix[r][total + from], stop - from, &ahead[r + 1][from]},
                            region.worth.data(), region.worth.size());
    }
    std::vector<double>& next = prefix[r + 1];
    std::fill(next.begin(), next.end(), 0.0);
    const std::size_t next_from = open_from(region.before + region.weight());
    const std::size_t next_stop = open_end(region.before + region.weight());
    if (next_from >= next_stop) continue;
    detail::correlate_add({region.votes_back.data(), region.votes_back.size(),
                           &prefix[r][total + next_from - region.weight()]},
                          &next[total + next_from], next_stop - next_from);
  }
  return ahead[0][0];
}

void WinProbability::Engine::add_slopes(double weight, std::span<double> slopes) {
  for (Region& region : regions) {
    for (std::size_t block = 0; block < region.chances.size(); ++block) {
      const Lanes* chances = region.chances[block].data();
      detail::forward(region.shape(), chances, triangle.data());
      detail::backward(region.shape(), chances, triangle.data(), region.worth.data(),
                       scratch.data(), slope_lanes.data());
      const double* weights = conditions.lane_weights.data() + block * kLanes;
      for (std::size_t j = 0; j < region.contests.size(); ++j) {
        double sum = 0;
        for (std::size_t lane = 0; lane < kLanes; ++lane)
          sum += weights[lane] * slope_lanes[j][lane] * region.tilts[block][j][lane];
        slopes[region.contests[j]] += weight * sum;
      }
    }
  }
}

double WinProbability::Engine::run(std::span<const double> means, std::span<double> slopes) {
  CHECK(means.size() == race.contests.size());
  std::fill(slopes.begin(), slopes.end(), 0.0);
  double win = 0;
  for (const Conditions::Outer& outer : conditions.outer) {
    set_chances(outer, means, !slopes.empty());
    for (Region& region : regions)
      convolve_lanes(region);
    win += outer.weight * sweep_regions();
    if (!slopes.empty()) add_slopes(outer.weight, slopes);
  }
  return win;
}

WinProbability::WinProbability(std::unique_ptr<Engine> engine) : engine_(std::move(engine)) {}
WinProbability::WinProbability(WinProbability&&) noexcept = default;
WinProbability& WinProbability::operator=(WinProbability&&) noexcept = default;
WinProbability::~WinProbability() = default;

Result<WinProbability> WinProbability::make(const Race& race, const Resolution& resolution) {
  TRY(check_race(race));
  if (!race.errors.correlation.empty())
    TRY(check_correlation(race.errors.correlation, race.contests.size()));
  return WinProbability(std::make_unique<Engine>(race, resolution));
}

double WinProbability::value(std::span<const double> means) { return engine_->run(means, {}); }

double WinProbability::value_and_slopes(std::span<const double> means, std::span<double> slopes) {
  CHECK(slopes.size() == means.size());
  return engine_->run(means, slopes);
}

std::vector<double> WinProbability::distribution(std::span<const double> means) {
  Engine& engine = *engine_;
  std::vector<double> all(engine.total + 1);
  std::vector<double> padded;
  for (const Conditions::Outer& outer : engine.conditions.outer) {
    engine.set_chances(outer, means, false);
    std::vector<double> sum{1};
    for (Engine::Region& region : engine.regions) {
      engine.convolve_lanes(region);
      padded.assign(2 * region.weight() + sum.size(), 0);
      std::copy(sum.begin(), sum.end(),
                padded.begin() + static_cast<std::ptrdiff_t>(region.weight()));
      sum.assign(sum.size() + region.weight(), 0);
      detail::correlate_add({region.votes_back.data(), region.votes_back.size(), padded.data()},
                            sum.data(), sum.size());
    }
    for (std::size_t k = 0; k < all.size(); ++k)
      all[k] += outer.weight * sum[k];
  }
  return all;
}

const Race& WinProbability::race() const { return engine_->race; }
bool WinProbability::exact() const { return engine_->conditions.exact; }
const std::string& WinProbability::note() const { return engine_->conditions.note; }

}  // namespace hustings::allocation
