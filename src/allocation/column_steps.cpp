#include <algorithm>
#include <cmath>
#include <optional>

#include "allocation/carry_steps.h"
#include "allocation/water_filling.h"

namespace hustings::allocation {
namespace {

/// Everything that best_on_lines and the curves need of a problem, by cell, filled up to a multiple
/// of eight with cells that take nothing.
class ColumnSteps final : public CarrySteps {
 public:
  ColumnSteps(const Problem& problem, const CarryOver& carry, const Relaxed* start)
      : problem_(problem),
        on_(carry.passed_on()),
        cells_(problem.cells.size()),
        size_((cells_ + detail::kLanes - 1) / detail::kLanes * detail::kLanes),
        low_(size_),
        high_(size_),
        fading_(size_),
        steep_(size_),
        log_steep_(size_, 1),
        wide_(size_, 1),
        width_(size_, 1),
        start_(size_, kNeverBought) {
    double free = problem.budget;
    for (const Cell& cell : problem.cells)
      free -= cell.low;
    free = std::max(0.0, free);
    for (std::size_t i = 0; i < cells_; ++i) {
      low_[i] = problem.cells[i].low;
      high_[i] = std::max(low_[i], std::min(problem.cells[i].high, low_[i] + free));
    }
    if (start != nullptr && start->price > 0) log_price_ = std::log(start->price);
  }

  double look(const std::vector<double>& spend) override {
    last_ = spend;
    double before = 0;
    for (std::size_t i = 0; i < cells_; ++i) {
      before = spend[i] + (i > 0 ? on_[i - 1] * before : 0);
      fading_[i] = -before / problem_.cells[i].curve.scale;
    }
    detail::exps_of(fading_.data(), size_);
    double value = 0;
    for (std::size_t i = 0; i < cells_; ++i)
      value += problem_.cells[i].curve.size * (1 - fading_[i]);
    return value;
  }

  void touch() override {
    at_ = last_;
    double slope = 0;
    double bend = 0;
    for (std::size_t i = cells_; i-- > 0;) {
      const Curve& curve = problem_.cells[i].curve;
      const double own = curve.size / curve.scale * fading_[i];
      slope = own + on_[i] * slope;
      bend = -own / curve.scale + on_[i] * on_[i] * bend;
      steep_[i] = slope;
      wide_[i] = bend < 0 ? -slope / bend : kFlat * curve.scale;
      log_steep_[i] = std::max(slope, kSlopeMin);
    }
    detail::logs_of(log_steep_.data(), size_);
  }

  Result<Optimum> best(double sharpness) override {
    double most = 0;
    for (std::size_t i = 0; i < cells_; ++i) {
      const double scale = problem_.cells[i].curve.scale;
      width_[i] =
          std::clamp(wide_[i] / sharpness, std::max(at_[i] / kExponentMax, scale / kSharpestMost),
                     std::max(at_[i], kFlat * scale));
      start_[i] = steep_[i] >= kSlopeMin ? log_steep_[i] + at_[i] / width_[i] : kNeverBought;
      most += high_[i];
    }
    const detail::SaturatingColumns columns{width_.data(), start_.data(), low_.data(), high_.data(),
                                            size_};
    Optimum found;
    found.nodes = 1;
    found.spend.resize(size_);
    std::optional<double> met;
    if (most > problem_.budget)
      met = meeting_log_price(columns, problem_.budget, log_price_, found.rounds);
    constexpr double kAllBought = kNeverBought / 10;
    detail::spend_at(columns, met.value_or(kAllBought), found.spend.data());
    found.spend.resize(cells_);
    found.price = met ? std::exp(*met) : 0;
    if (met) log_price_ = met;
    price_ = found.price;
    return found;
  }

  double promise(const std::vector<double>& spend) const override {
    double sum = 0;
    for (std::size_t i = 0; i < cells_; ++i) {
      const double more = spend[i] - at_[i];
      if (more == 0) continue;
      // Between its ends a cell's slope has become the price.
      const bool inside = price_ > 0 && spend[i] > low_[i] && spend[i] < high_[i];
      sum += width_[i] * (inside ? steep_[i] - price_ : steep_[i] * -std::expm1(-more / width_[i]));
    }
    return sum;
  }

  Result<double> bound(const std::vector<double>& spend) override {
    double value = look(spend);
    double slope = 0;
    std::vector<double> slopes(cells_);
    for (std::size_t i = cells_; i-- > 0;) {
      const Curve& curve = problem_.cells[i].curve;
      slope = curve.size / curve.scale * fading_[i] + on_[i] * slope;
      slopes[i] = slope;
      value -= slope * spend[i];
    }
    return value + best_on_lines(problem_, slopes);
  }

 private:
  const Problem& problem_;
  const std::vector<double>& on_;
  std::size_t cells_;
  std::size_t size_;
  std::vector<double> low_, high_;
  std::vector<double> last_;    ///< the plan that was looked at last
  std::vector<double> fading_;  ///< e^(-stock / scale) there
  std::vector<double> at_;      ///< where the curves touch
  std::vector<double> steep_;   ///< slopes there
  std::vector<double> log_steep_;
  std::vector<double> wide_;   ///< slope over curvature: the scale of the touching curve
  std::vector<double> width_;  ///< the same, sharpened
  std::vector<double> start_;  ///< log price of the touching curve's first unit
  std::optional<double> log_price_;
  double price_ = 0;
};

}  // namespace

bool fits_columns(const Problem& problem) {
  return problem.limits.empty() &&
         std::all_of(problem.cells.begin(), problem.cells.end(), [](const Cell& cell) {
           return cell.curve.kind == CurveKind::saturating && cell.minimum <= cell.low;
         });
}

std::unique_ptr<CarrySteps> column_steps(const Problem& problem, const CarryOver& carry,
                                         const Relaxed* start) {
  return std::make_unique<ColumnSteps>(problem, carry, start);
}

}  // namespace hustings::allocation
