#pragma once

#include <array>
#include <vector>

#include "linkage/model.h"

namespace hustings::linkage {

/// A model as bits by level, for many patterns; the same sums as Model::log_odds. Immutable.
class Weights {
 public:
  explicit Weights(const Model& model);

  double log_odds(Pattern pattern) const {
    double sum = prior_ + joint_[pattern.joint()];
    const std::size_t kind = static_cast<std::size_t>(class_of(pattern.first())) +
                             (pattern.is_household() ? kNameClasses : 0);
    const auto& tables = fields_[kind];
    for (std::size_t f = 0; f < tables.size(); ++f)
      sum += tables[f][level_of(pattern, f)];
    return sum;
  }

 private:
  using Table = std::array<double, 16>;
  double prior_;
  std::vector<double> joint_;
  std::array<std::vector<Table>, 2 * kNameClasses> fields_;  ///< strangers first
};

}  // namespace hustings::linkage
