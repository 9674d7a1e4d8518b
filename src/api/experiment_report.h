#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "api/experiment_shape.h"
#include "api/services.h"

/// What an experiment shows, as the API has it.
namespace hustings::api {

struct FigureShape {
  static constexpr std::string_view kName = "Figure";
  double value = 0;
  std::optional<double> se;
  std::optional<double> lower;
  std::optional<double> upper;
  std::optional<double> p;
  static Fields fields();
};
FigureShape shown(const experiments::Figure& figure);

/// Money for each vote or supporter more; both ends may be open.
struct CostShape {
  static constexpr std::string_view kName = "CostPerEffect";
  double gained = 0;
  std::optional<double> cents;
  std::optional<double> lower_cents;
  std::optional<double> upper_cents;
  static Fields fields();
};

struct EffectShape {
  static constexpr std::string_view kName = "ExperimentEffect";
  std::string arm;
  experiments::Method method{};
  FigureShape effect;
  std::int64_t n = 0;
  std::string errors;
  std::optional<double> reached;
  std::optional<double> variance_explained;
  static Fields fields();
};
EffectShape shown(const experiments::EffectRow& row);

/// Where costs come from the ledger: puts what is booked there now into report.experiment,
/// of all arms and of single ones.
void add_ledger_cost(const Services& services, experiments::Report& report);

/// What contacting an arm has cost; none: not known.
std::optional<std::int64_t> spent_on(const experiments::Report& report, const std::string& arm);
/// Of the arm of this name: its cost over its effect times its voters.
std::optional<CostShape> cost_of(const experiments::Report& report, const std::string& name);

}  // namespace hustings::api
