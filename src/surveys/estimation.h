#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "statistics/calibration.h"

/// What a question's answers say of the population: raw and weighted, with intervals, as a pure
/// function of respondents and margins.
namespace hustings::surveys {

struct AnswerRow {
  int choice = 0;                  ///< from 1; 0: would not say, counted apart; 1 with what follows
  int day = 0;                     ///< counted from any day
  std::uint32_t set = 0;           ///< where several may be chosen: bit n for choice n
  std::optional<double> number{};  ///< where a number was asked for
};

/// How a respondent came onto the sample.
struct RowChance {
  double probability = 1;  ///< above 0
  std::uint32_t stratum = 0;
  std::uint32_t cluster = 0;
  /// That the cluster was drawn; without clusters the same as probability. 0: not known.
  double cluster_probability = 0;
  std::int64_t clusters_drawn = 0;  ///< in the stratum, whoever answered
  std::int64_t members_drawn = 0;   ///< in the cluster
};

struct EstimationInput {
  std::vector<AnswerRow> rows;
  /// Of a sample, by row: the design weight is one over the chance. Where the chances of clusters
  /// are known, variances have finite population corrections at both stages (Cochran 1977, 2.6 and
  /// 11.4; chances that differ: Brewer 2002, 9.3), those who answered being taken as drawn at
  /// random from those who were: of a stratum of which a tenth was drawn and half answered, a
  /// twentieth. Else clusters count as drawn with replacement: too much variance rather than too
  /// little. Empty: no sample.
  std::vector<RowChance> chances{};
  int choices = 0;
  std::vector<int> yes;  ///< choices whose share is followed over time
  /// What to weight to; a category for each row. None: nothing is weighted.
  std::vector<statistics::Margin> margins;
  std::vector<bool> domain;  ///< whose answers count; empty: all. Others keep their weights.
  double trim = 0;           ///< no weight above so many times the mean; 0: none is trimmed
};

struct ShareEstimate {
  double value = 0;
  std::optional<double> lower;
  std::optional<double> upper;
};
struct ChoiceEstimate {
  int choice = 0;
  std::int64_t count = 0;
  ShareEstimate raw;                      ///< Wilson's interval
  std::optional<ShareEstimate> weighted;  ///< linearised, on the logit scale
  std::optional<double> design_effect;    ///< of this estimate
};

struct MarginRow {
  std::string category;
  double population = 0;  ///< share
  double sample = 0;
  std::optional<double> weighted;
};
struct MarginTable {
  std::string name;
  std::vector<MarginRow> rows;
};

struct TrendPoint {
  int day = 0;
  std::optional<std::int64_t> n;  ///< answers of the day; none: no answers
  std::optional<double> value;
  std::optional<ShareEstimate> rolling;  ///< of the last seven days
  ShareEstimate smooth;                  ///< Kalman smoother
};
inline constexpr int kRollingDays = 7;

struct Estimation {
  std::int64_t n = 0;  ///< respondents in the domain with a choice
  std::int64_t declined = 0;
  std::vector<ChoiceEstimate> choices;
  std::optional<ShareEstimate> yes;   ///< weighted where there are weights
  std::optional<ShareEstimate> mean;  ///< of numbers, weighted where there are weights
  bool is_weighted = false;
  bool is_sample = false;               ///< weighted by the chances of a sample
  bool is_finite = false;               ///< with the sample's finite population corrections
  std::optional<double> design_effect;  ///< Kish's, of the weights
  std::optional<double> effective_n;
  std::optional<double> weight_least;  ///< over the mean
  std::optional<double> weight_most;
  int rounds = 0;  ///< of raking
  std::int64_t trimmed = 0;
  std::vector<MarginTable> margins;
  std::vector<TrendPoint> trend;
  std::vector<std::string> sentences;  ///< why there are no weights, and other trouble
};

Estimation estimate(const EstimationInput& input);

}  // namespace hustings::surveys
