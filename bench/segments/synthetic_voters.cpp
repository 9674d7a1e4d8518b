#include "segments/synthetic_voters.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>
#include <vector>

#include "base/rng.h"

namespace hustings::bench {
namespace {

struct StateShape {
  std::uint32_t people;  ///< thousands, census of 2020
  std::uint32_t counties;
};
// By name: Alabama … Wyoming, the District of Columbia after Delaware.
constexpr std::array<StateShape, kStates> kShapes = {{
    {5024, 67},  {733, 30},    {7152, 15},  {3012, 75},   {39538, 58}, {5774, 64},   {3606, 8},
    {990, 3},    {690, 1},     {21538, 67}, {10712, 159}, {1455, 5},   {1839, 44},   {12813, 102},
    {6786, 92},  {3190, 99},   {2938, 105}, {4506, 120},  {4658, 64},  {1362, 16},   {6177, 24},
    {7030, 14},  {10077, 83},  {5706, 87},  {2961, 82},   {6155, 115}, {1084, 56},   {1962, 93},
    {3105, 17},  {1378, 10},   {9289, 21},  {2118, 33},   {20201, 62}, {10439, 100}, {779, 53},
    {11799, 88}, {3959, 77},   {4237, 36},  {13003, 67},  {1097, 5},   {5118, 46},   {887, 66},
    {6911, 95},  {29146, 212}, {3272, 29},  {643, 14},    {8631, 132}, {7705, 39},   {1794, 55},
    {5894, 72},  {577, 23},
}};

struct Place {
  std::uint32_t state;
  std::uint32_t county;
  std::uint32_t dma;
  std::uint32_t precinct;
  std::uint32_t lean;  ///< percent of the two-party vote
  std::size_t rows;
};

/// Splits `total` by weights, exactly, each at least `least`.
std::vector<std::size_t> apportioned(std::size_t total, const std::vector<double>& weights,
                                     std::size_t least) {
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  std::vector<std::size_t> shares;
  double passed = 0;
  std::size_t given = 0;
  const std::size_t free = total - least * weights.size();
  for (const double weight : weights) {
    passed += weight;
    const auto up_to =
        static_cast<std::size_t>(std::llround(passed / sum * static_cast<double>(free)));
    shares.push_back(least + up_to - given);
    given = up_to;
  }
  return shares;
}

std::vector<Place> make_places(std::size_t rows) {
  Rng rng(20260101);
  std::vector<double> people;
  for (const StateShape& shape : kShapes)
    people.push_back(shape.people);
  std::vector<double> counties_of;
  for (const StateShape& shape : kShapes)
    counties_of.push_back(shape.counties);
  const auto counties = apportioned(kCounties, counties_of, 1);
  const auto dmas = apportioned(kDmas, people, 1);
  const auto voters = apportioned(rows, people, kCounties);
  const std::size_t precincts_all =
      std::min<std::size_t>(kPrecinctsMost, std::max<std::size_t>(rows / 56, kCounties));
  std::vector<Place> places;
  std::uint32_t county = 0;
  std::uint32_t precinct = 0;
  std::uint32_t dma = 0;
  for (std::uint32_t state = 0; state < kStates; ++state) {
    std::vector<double> sizes;
    for (std::size_t c = 0; c < counties[state]; ++c)
      sizes.push_back(1.0 / (1.0 + static_cast<double>(rng.below(40))));
    const auto county_rows = apportioned(voters[state], sizes, 1);
    for (const std::size_t own : county_rows) {
      const double share = static_cast<double>(own) / static_cast<double>(rows);
      const auto precincts = std::clamp<std::size_t>(
          static_cast<std::size_t>(share * static_cast<double>(precincts_all)), 1, own);
      std::vector<double> precinct_sizes;
      for (std::size_t p = 0; p < precincts; ++p)
        precinct_sizes.push_back(0.4 + rng.uniform());
      const auto own_dma = static_cast<std::uint32_t>(dma + rng.below(dmas[state]));
      const auto lean = static_cast<std::uint32_t>(20 + rng.below(61));
      for (const std::size_t size : apportioned(own, precinct_sizes, 0)) {
        if (size > 0) places.push_back({state, county, own_dma, precinct, lean, size});
        ++precinct;
      }
      ++county;
    }
    dma += static_cast<std::uint32_t>(dmas[state]);
  }
  return places;
}

/// Normal numbers by a table of quantiles.
class Normal {
 public:
  Normal() : table_(1 << 14) {
    // The inverse by bisection of the error function; made once.
    for (std::size_t i = 0; i < table_.size(); ++i) {
      const double share = (static_cast<double>(i) + 0.5) / static_cast<double>(table_.size());
      double lo = -6;
      double hi = 6;
      for (int step = 0; step < 40; ++step) {
        const double middle = (lo + hi) / 2;
        (0.5 * std::erfc(-middle / std::sqrt(2.0)) < share ? lo : hi) = middle;
      }
      table_[i] = static_cast<float>(lo);
    }
  }
  float draw(std::uint64_t bits) const { return table_[bits & (table_.size() - 1)]; }

 private:
  std::vector<float> table_;
};

std::uint32_t clamped(float value, float least, float most) {
  return static_cast<std::uint32_t>(std::clamp(value, least, most));
}

std::uint32_t band_of(std::uint32_t age) {
  return age < 25 ? 0 : age < 35 ? 1 : age < 45 ? 2 : age < 55 ? 3 : age < 65 ? 4 : 5;
}

class Maker {
 public:
  void fill(VoterBlock& block, std::size_t i, const Place& place, std::size_t row,
            std::size_t rows) {
    rng_ = Rng(mix64(row ^ 0x5eed));
    const auto put = [&](Voter column, std::uint32_t value) { block[column][i] = value; };
    // A permutation of the rows, so that ids do not lie in the order of places.
    put(kId, static_cast<std::uint32_t>((row * 2'654'435'761ULL) % rows + 1));
    put(kState, place.state);
    put(kCounty, place.county);
    put(kDma, place.dma);
    put(kPrecinct, place.precinct);
    const std::uint32_t age = clamped(49 + 17.5F * normal(), 18, 100);
    put(kAge, age);
    put(kAgeBand, band_of(age));
    put(kSex, pick({515, 470, 15}));
    put(kRace, pick({600, 130, 180, 60, 10, 20}));
    put(kEdu, pick({90, 280, 290, 210, 130}));
    std::uint32_t party = pick({690, 0, 280, 30});
    if (party == 0 && rng_.below(100) >= place.lean) party = 1;
    put(kParty, party);
    fill_scores(block, i, age, party, place);
    fill_contact(block, i);
  }

 private:
  void fill_scores(VoterBlock& block, std::size_t i, std::uint32_t age, std::uint32_t party,
                   const Place& place) {
    const auto old = static_cast<float>(age);
    const float by_party = party == 0 ? 22.0F : party == 1 ? -22.0F : 0.0F;
    const float lean = (static_cast<float>(place.lean) - 50) * 0.35F;
    const float turnout = 28 + old * 0.5F + 20 * normal();
    block[kSupport][i] = clamped(50 + by_party + lean - (old - 49) * 0.1F + 14 * normal(), 0, 100);
    block[kTurnout][i] = clamped(turnout, 0, 100);
    block[kPersuade][i] =
        clamped((party >= 2 ? 52.0F : 40.0F) - (old - 49) * 0.12F + 19 * normal(), 0, 100);
    std::uint32_t votes = 0;
    for (unsigned election = 0; election < 10; ++election) {
      const float chance = turnout + (election % 2 == 0 ? 10.0F : -20.0F);
      votes |= static_cast<float>(rng_.below(100)) < chance ? 1U << election : 0U;
    }
    block[kVhist][i] = votes;
  }

  void fill_contact(VoterBlock& block, std::size_t i) {
    const bool has_phone = rng_.below(100) < 62;
    block[kPhone][i] = has_phone ? 1 : 0;
    block[kCall][i] = has_phone && rng_.below(100) < 70 ? 1 : 0;
    block[kSms][i] = has_phone && rng_.below(100) < 35 ? 1 : 0;
    block[kEmail][i] = rng_.below(100) < 30 ? 1 : 0;
    std::uint32_t contacted = 0;
    if (rng_.below(100) >= 45) {
      contacted = 1;
      while (contacted < 15 && rng_.below(100) < 45)
        ++contacted;
    }
    block[kContacted][i] = contacted;
    block[kLastContact][i] =
        contacted == 0
            ? 0
            : 20'035 - static_cast<std::uint32_t>(std::min(rng_.below(180), rng_.below(180)));
    block[kSurvey][i] =
        contacted > 0 && rng_.below(100) < 35 ? 1 + static_cast<std::uint32_t>(rng_.below(5)) : 0;
    block[kSpend][i] = contacted * (20 + static_cast<std::uint32_t>(rng_.below(181)));
  }

  float normal() { return normal_.draw(rng_()); }
  std::uint32_t pick(std::initializer_list<std::uint32_t> thousandths) {
    auto at = static_cast<std::uint32_t>(rng_.below(1000));
    std::uint32_t value = 0;
    for (const std::uint32_t share : thousandths) {
      if (at < share) return value;
      at -= share;
      ++value;
    }
    return 0;
  }

  Normal normal_;
  Rng rng_{0};
};

}  // namespace

std::uint32_t make_voters(std::size_t rows,
                          const std::function<void(std::size_t, const VoterBlock&)>& take) {
  const std::vector<Place> places = make_places(rows);
  Maker maker;
  const auto block = std::make_unique<VoterBlock>();
  std::size_t row = 0;
  for (const Place& place : places) {
    for (std::size_t end = row + place.rows; row < end; ++row) {
      const std::size_t i = row % segments::kBlockRows;
      if (i == 0) {
        for (auto& column : *block)
          column.fill(0);
      }
      maker.fill(*block, i, place, row, rows);
      if (i + 1 == segments::kBlockRows || row + 1 == rows)
        take(row / segments::kBlockRows, *block);
    }
  }
  return places.back().precinct + 1;
}

}  // namespace hustings::bench
