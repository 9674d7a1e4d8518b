#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "api/context.h"
#include "api/spec.h"
#include "segments/analysis.h"

/// How numbers of segments are shown, with what is small kept from roles that must not see
/// individuals (docs/reference/small-cells.md).
namespace hustings::api {

/// Below so many voters nothing is shown to whoever asks; 0 for who may open voters anyway.
std::uint64_t small_cell_least(const Context& context);

/// The rule of whoever asks for numbers: of a saved segment, or for who may build segments a rule
/// as JSON. Exactly one must be given.
struct RuleSource {
  std::optional<SegmentId> segment;
  std::optional<JsonText> rule;
  std::string where = "rule";
};
Result<segments::Rule> rule_of(const Context& context, const RuleSource& source);

/// A count, or nothing where it is hidden.
using Shown = std::optional<std::int64_t>;

struct CellShape {
  static constexpr std::string_view kName = "SegmentCell";
  std::string value;
  std::string state;
  Shown count;
  std::optional<double> support_mean;
  static Fields fields();
};
struct BreakdownShape {
  static constexpr std::string_view kName = "SegmentBreakdown";
  std::string by;
  std::vector<CellShape> cells;
  static Fields fields();
};
struct DistributionShape {
  static constexpr std::string_view kName = "ScoreDistribution";
  std::string score;
  Shown known;
  std::optional<double> mean;
  std::vector<Shown> bins;
  std::vector<std::optional<std::int64_t>> quantiles;
  static Fields fields();
};
struct PortraitShape {
  static constexpr std::string_view kName = "SegmentPortrait";
  Shown count;
  Shown households;
  Shown with_phone;
  Shown callable;
  std::int64_t total = 0;
  std::vector<BreakdownShape> breakdowns;
  std::vector<DistributionShape> distributions;
  std::int64_t hidden_below = 0;
  std::int64_t position = 0;
  std::int64_t age_ms = 0;
  std::int64_t took_us = 0;
  std::vector<std::string> warnings;
  static Fields fields();
};
PortraitShape shown(const segments::Portrait& portrait, std::uint64_t least);
/// The same for two that stand beside each other: a cell is hidden in both where the difference of
/// the two is small, since it tells of those who are in one only.
struct TwoPortraits {
  PortraitShape a;
  PortraitShape b;
};
TwoPortraits shown(const segments::Comparison& comparison, std::uint64_t least);

}  // namespace hustings::api
