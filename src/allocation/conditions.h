#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "allocation/race.h"

namespace hustings::allocation {

/// How finely the shared errors are integrated.
struct Resolution {
  int national = 48;  ///< nodes of Gauss-Hermite quadrature
  int regional = 24;
  /// With a correlation matrix the shared errors have too many dimensions for a grid: they are
  /// integrated over this many points of a randomly shifted lattice.
  int points = 4096;
  std::uint64_t seed = 1;
};

/// A race as conditions under which its contests are independent of each other: given an outer
/// condition o and a lane l, contest s is won with chance
/// Φ((mean + o.shift + o.scale * shifts[shift_of[s]][l]) / (o.scale * deviation[s])).
struct Conditions {
  struct Outer {
    double shift;
    double scale;
    double weight;
  };
  std::vector<Outer> outer;          ///< weights add up to 1
  std::vector<double> lane_weights;  ///< add up to 1; a multiple of eight, filled up with zeros
  std::vector<std::vector<double>> shifts;  ///< of the lanes, as multiples of a scale
  std::vector<std::uint32_t> shift_of;      ///< by contest
  std::vector<double> deviation;            ///< by contest: its own, independent error
  /// Contests by region: their lanes are integrated region by region.
  std::vector<std::vector<std::uint32_t>> regions;
  bool exact = true;  ///< false with a correlation matrix: a sample of points
  std::string note;   ///< what was changed to make it so, for people to read; or empty
};

/// Of a race that has passed check_race and whose correlation matrix is in order.
Conditions conditions_of(const Race& race, const Resolution& resolution);

/// The standard deviation of a contest's whole error at scale 1.
double total_deviation(const Race& race, std::size_t contest);

}  // namespace hustings::allocation
