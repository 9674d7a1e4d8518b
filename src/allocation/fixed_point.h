#pragma once

#include <vector>

namespace hustings::allocation {

/// Anderson's acceleration (1965) of a fixed point q = g(q): from the last few q and g(q), a q that
/// is nearer to it than g of the last one.
class FixedPoint {
 public:
  void remember(const std::vector<double>& q, const std::vector<double>& g);
  void forget() { past_.clear(); }
  bool empty() const { return past_.empty(); }
  /// The q of the last pair, or an empty list.
  const std::vector<double>& last() const;
  /// At least one pair is remembered. No entry is below 0.
  std::vector<double> next() const;

 private:
  struct Pair {
    std::vector<double> q;
    std::vector<double> rest;  ///< g - q
  };
  std::vector<Pair> past_;  ///< the newest last
};

}  // namespace hustings::allocation
