#include "allocation/curve.h"

#include <cmath>
#include <limits>

#include <fmt/format.h>

namespace hustings::allocation {
namespace {

constexpr double kInfinite = std::numeric_limits<double>::infinity();
constexpr double kShapeMax = 50;

/// (x/k)^shape, and from it the share of the whole effect.
double power_of(const Curve& curve, double x) { return std::pow(x / curve.scale, curve.shape); }

/// Newton on log slope(e^τ k) - log price, which is concave in τ: from the asymptote, which lies
/// to the right, it moves down to the root without passing it.
double hill_spend_at(const Curve& curve, double price) {
  const double a = curve.shape;
  const double c = std::log(a * curve.size / curve.scale) - std::log(price);
  double tau = c / (a + 1);
  const double top = a > 1 ? std::log((a - 1) / (a + 1)) / a : -kInfinite;
  for (int i = 0; i < 60; ++i) {
    if (tau <= top) return 0;
    const double e = std::exp(-a * tau);
    // 2 log(1 + e^{aτ}), written so that it neither overflows nor cancels.
    const double log_sum = a * tau > 0 ? a * tau + std::log1p(e) : std::log1p(1 / e);
    const double height = c + (a - 1) * tau - 2 * log_sum;
    const double fall = (a - 1) - 2 * a / (1 + e);
    if (fall >= 0) return 0;
    const double step = height / fall;
    tau -= step;
    if (std::abs(step) <= 1e-15 * (1 + std::abs(tau))) break;
  }
  return tau <= top ? 0 : curve.scale * std::exp(tau);
}

}  // namespace

std::string_view to_string(CurveKind kind) {
  switch (kind) {
    case CurveKind::saturating:
      return "saturating";
    case CurveKind::hill:
      return "hill";
    case CurveKind::logarithmic:
      return "logarithmic";
    case CurveKind::linear:
      return "linear";
  }
  return "";
}

std::optional<CurveKind> curve_kind_from(std::string_view text) {
  if (text == "saturating" || text == "exp" || text == "exponential") return CurveKind::saturating;
  if (text == "hill" || text == "s_curve" || text == "s-curve") return CurveKind::hill;
  if (text == "logarithmic" || text == "log") return CurveKind::logarithmic;
  if (text == "linear") return CurveKind::linear;
  return std::nullopt;
}

double Curve::value(double x) const {
  switch (kind) {
    case CurveKind::saturating:
      return -size * std::expm1(-x / scale);
    case CurveKind::hill: {
      if (x <= 0) return 0;
      const double power = power_of(*this, x);
      return power > 1 ? size / (1 + 1 / power) : size * power / (1 + power);
    }
    case CurveKind::logarithmic:
      return size * std::log1p(x / scale);
    case CurveKind::linear:
      return size * x / scale;
  }
  return 0;
}

double Curve::slope(double x) const {
  switch (kind) {
    case CurveKind::saturating:
      return size / scale * std::exp(-x / scale);
    case CurveKind::hill: {
      if (x <= 0) return shape > 1 || size <= 0 ? 0 : shape < 1 ? kInfinite : size / scale;
      const double share = value(x) / (size > 0 ? size : 1);
      return size * shape * share * (1 - share) / x;
    }
    case CurveKind::logarithmic:
      return size / (scale + x);
    case CurveKind::linear:
      return size / scale;
  }
  return 0;
}

double Curve::bend(double x) const {
  switch (kind) {
    case CurveKind::saturating:
      return -slope(x) / scale;
    case CurveKind::hill: {
      if (x <= 0) return 0;
      const double share = size > 0 ? value(x) / size : 0;
      return slope(x) * (shape * (1 - 2 * share) - 1) / x;
    }
    case CurveKind::logarithmic:
      return -slope(x) / (scale + x);
    case CurveKind::linear:
      return 0;
  }
  return 0;
}

double Curve::inflection() const {
  if (kind != CurveKind::hill || shape <= 1) return 0;
  return scale * std::pow((shape - 1) / (shape + 1), 1 / shape);
}

double Curve::spend_at(double price) const {
  if (size <= 0) return price > 0 ? 0 : kInfinite;
  if (price <= 0) return kInfinite;
  switch (kind) {
    case CurveKind::saturating:
      return std::fmax(0, scale * std::log(size / scale / price));
    case CurveKind::hill:
      return hill_spend_at(*this, price);
    case CurveKind::logarithmic:
      return std::fmax(0, size / price - scale);
    case CurveKind::linear:
      return size / scale >= price ? kInfinite : 0;
  }
  return 0;
}

Status check_curve(const Curve& curve) {
  if (!(curve.size >= 0 && std::isfinite(curve.size))) {
    return invalid(
        fmt::format("The curve does not rise: its size is {}; it must be 0 or more.", curve.size));
  }
  if (!(curve.scale > 0 && std::isfinite(curve.scale))) {
    return invalid(
        fmt::format("The curve's scale is {}; it must be an amount above 0.", curve.scale));
  }
  if (!(curve.shape > 0 && curve.shape <= kShapeMax)) {
    return invalid(fmt::format("The curve's shape is {}; it must be above 0 and at most {}.",
                               curve.shape, kShapeMax));
  }
  return {};
}

}  // namespace hustings::allocation
