#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/error.h"

namespace hustings::allocation {

enum class CurveKind : std::uint8_t {
  saturating,   ///< size (1 - exp(-x / scale))
  hill,         ///< size x^shape / (x^shape + scale^shape); S-shaped where shape > 1
  logarithmic,  ///< size log(1 + x / scale)
  linear,       ///< size x / scale
};
std::string_view to_string(CurveKind kind);
std::optional<CurveKind> curve_kind_from(std::string_view text);

/// What money does: the effect of spending x >= 0, rising from 0. Money in the budget's unit, the
/// effect in whatever the objective counts.
struct Curve {
  CurveKind kind = CurveKind::saturating;
  double size = 0;   ///< >= 0
  double scale = 1;  ///< > 0, money
  double shape = 1;  ///< hill only, > 0

  double value(double x) const;
  /// The marginal effect; infinite at 0 where shape < 1.
  double slope(double x) const;
  /// d slope / dx.
  double bend(double x) const;
  /// Where it turns from convex to concave; 0 for a curve that is concave throughout.
  double inflection() const;
  /// The largest x with slope(x) >= price, on the concave part: 0 if there is none, infinite at a
  /// price of 0 or below.
  double spend_at(double price) const;
};

/// invalid: a size that is negative (the curve would not rise), a scale or shape that is not above
/// 0, anything that is no number.
Status check_curve(const Curve& curve);

}  // namespace hustings::allocation
