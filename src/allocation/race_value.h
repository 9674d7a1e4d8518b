#pragma once

#include <optional>
#include <string>
#include <vector>

#include "allocation/campaign.h"
#include "allocation/win_probability.h"

namespace hustings::allocation {

/// The objective as a function of the means, under each scenario (one, but for robust_win), with
/// coarse or fine quadrature.
class RaceValue {
 public:
  enum class Grid : std::uint8_t { coarse, fine };

  /// `known`: the resolution that was found for this campaign before. invalid as plan_race. The
  /// campaign must outlive it.
  static Result<RaceValue> make(const Campaign& campaign,
                                const std::optional<Resolution>& known = std::nullopt);
  const std::optional<Resolution>& resolution() const { return resolution_; }

  std::size_t scenarios() const { return shifts_.size(); }
  /// Values by scenario, and slopes by scenario and contest.
  struct At {
    std::vector<double> values;
    std::vector<std::vector<double>> slopes;
    double least() const;
  };
  At look(const std::vector<double>& means, Grid grid);
  /// The least of the values alone, on the fine grid: a third of the work.
  double least_at(const std::vector<double>& means);
  bool has_coarse() const { return coarse_.has_value(); }
  /// What was changed in the race to make it computable; or empty.
  std::string note() const { return fine_ ? fine_->note() : std::string(); }
  /// The objective at the race's own means: of spending nothing.
  double without();

 private:
  explicit RaceValue(const Campaign& campaign) : campaign_(&campaign) {}
  double one(const std::vector<double>& means, Grid grid, std::vector<double>& slopes);

  const Campaign* campaign_;
  std::vector<std::vector<double>> shifts_;
  std::optional<WinProbability> coarse_;
  std::optional<WinProbability> fine_;
  std::optional<Resolution> resolution_;
  std::optional<double> settled_;  ///< P(win) at the race's own means, where it is known already
};

}  // namespace hustings::allocation
