#include "allocation/envelope.h"

#include <algorithm>
#include <cmath>

namespace hustings::allocation {
namespace {

/// The point t in [from, high] where the chord from `low` touches the curve: slope(t) (t - low) =
/// value(t) - value(low). The curve is concave on it. `high` if it does not come to touch.
double tangent_point(const Curve& curve, double low, double from, double high) {
  const double base = curve.value(low);
  const auto above = [&](double t) {  // positive left of the touching point
    return curve.slope(t) * (t - low) - (curve.value(t) - base);
  };
  if (above(from) <= 0) return from;
  double left = from;
  double right = high;
  if (!std::isfinite(right)) {
    right = std::max(2 * from, curve.scale);
    while (above(right) > 0)
      right *= 2;
  }
  if (above(right) > 0) return high;
  for (int i = 0; i < 200 && right - left > 1e-15 * right; ++i) {
    const double middle = (left + right) / 2;
    (above(middle) > 0 ? left : right) = middle;
  }
  return right;
}

}  // namespace

Envelope Envelope::of(const Cell& cell, double low, double high) {
  Envelope envelope{.curve = cell.curve, .low = low, .high = high, .knee = low};
  if (cell.curve.kind == CurveKind::linear) {
    envelope.knee = high;
    envelope.jumps = cell.minimum > low && cell.minimum <= high;
    envelope.chord = cell.curve.size / cell.curve.scale;
    return envelope;
  }
  const double inflection = cell.curve.inflection();
  if (inflection > low)
    envelope.knee = tangent_point(cell.curve, low, std::min(inflection, high), high);
  if (cell.minimum > low) envelope.knee = std::max(envelope.knee, std::min(cell.minimum, high));
  if (envelope.knee > low) {
    envelope.jumps = true;
    envelope.chord =
        (cell.curve.value(envelope.knee) - cell.curve.value(low)) / (envelope.knee - low);
  }
  return envelope;
}

double Envelope::value(double x) const {
  if (x >= knee || knee <= low) return curve.value(x);
  return curve.value(low) + chord * (x - low);
}

double Envelope::demand(double price) const {
  if (knee > low) {
    if (price > chord) return low;
    if (curve.kind == CurveKind::linear) return high;
    return std::clamp(curve.spend_at(price), knee, high);
  }
  return std::clamp(curve.spend_at(price), low, high);
}

}  // namespace hustings::allocation
