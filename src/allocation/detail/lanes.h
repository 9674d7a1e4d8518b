#pragma once

#include <cstddef>
#include <span>

/// Loops of the exact win probability over eight conditions at a time. The same bits come out on
/// every processor: lanes never mix, and nothing is contracted into fused operations.
namespace hustings::allocation::detail {

constexpr std::size_t kLanes = 8;
using Lanes = double __attribute__((ext_vector_type(8)));

/// The contests of a region: their weights, and how many votes the first j of them have together.
struct RegionShape {
  std::span<const int> weights;
  std::span<const std::size_t> reached;  ///< weights.size() + 1 sums, from 0
  /// Where the distribution over the first j contests begins in a triangle of all of them.
  std::span<const std::size_t> begins;
};

/// The distribution of votes over the first j contests for every j, from their chances: triangle
/// [begins[j] + votes].
void forward(const RegionShape& shape, const Lanes* chances, Lanes* triangle);

/// d(expected value)/d(chance) of each contest, where `value` is the value of each number of votes
/// of the region; `scratch` has as many places as `value`.
void backward(const RegionShape& shape, const Lanes* chances, const Lanes* triangle,
              const double* value, Lanes* scratch, Lanes* slopes);

/// out[k] += sum over j < taps of f[j] * b[k + j], for k < n.
struct Correlation {
  const double* f;
  std::size_t taps;
  const double* b;
};
void correlate_add(const Correlation& of, double* out, std::size_t n);

/// Natural logarithms of n normal positive numbers, n a multiple of kLanes, in their own place; the
/// method and the error (below 1 ulp) of fdlibm's log.
void logs_of(double* values, std::size_t n);

/// e to the power of n numbers, n a multiple of kLanes, in their own place; what lies below -708 is
/// taken as that, above 709 likewise. The method and the error (below 1 ulp) of fdlibm's exp.
void exps_of(double* values, std::size_t n);

/// Saturating cells as columns, filled up to a multiple of eight with cells that take nothing.
struct SaturatingColumns {
  const double* scale;  ///< money
  const double* start;  ///< log price at which the first unit is bought
  const double* low;
  const double* high;
  std::size_t size;  ///< a multiple of kLanes
};
/// What all cells together take at a log price, and how fast that falls as it rises.
struct Usage {
  double sum;
  double fall;
};
Usage usage_at(const SaturatingColumns& cells, double log_price);
/// Writes what each cell takes.
void spend_at(const SaturatingColumns& cells, double log_price, double* spend);

}  // namespace hustings::allocation::detail
