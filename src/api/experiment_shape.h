#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "api/spec.h"
#include "experiments/experiment_service.h"

/// Experiments as the API shows them.
namespace hustings::api {

template <>
struct ChoiceNames<experiments::Unit> {
  static constexpr std::string_view kName = "ExperimentUnit";
  static constexpr std::array<std::string_view, 3> kNames = {"voter", "household", "cluster"};
};
template <>
struct ChoiceNames<experiments::State> {
  static constexpr std::string_view kName = "ExperimentState";
  static constexpr std::array<std::string_view, 3> kNames = {"running", "measuring", "ended"};
};
template <>
struct ChoiceNames<experiments::OutcomeKind> {
  static constexpr std::string_view kName = "OutcomeKind";
  static constexpr std::array<std::string_view, 4> kNames = {"answer", "disposition", "vote",
                                                             "score"};
};
template <>
struct ChoiceNames<experiments::Method> {
  static constexpr std::string_view kName = "EffectMethod";
  static constexpr std::array<std::string_view, 5> kNames = {"difference", "covariates", "cuped",
                                                             "contact", "placebo"};
};

/// What an experiment is judged by; also an input.
struct OutcomeShape {
  static constexpr std::string_view kName = "ExperimentOutcome";
  experiments::OutcomeKind kind = experiments::OutcomeKind::answer;
  std::string key;
  std::vector<std::int64_t> choices;
  bool after_contacts = false;
  static Fields fields();
};
experiments::Outcome outcome_from(const OutcomeShape& shape);

struct RegisteredShape {
  static constexpr std::string_view kName = "RegisteredOutcome";
  std::int64_t number = 0;
  bool is_primary = false;
  OutcomeShape outcome;
  std::string reason;
  Instant at;
  std::optional<Instant> withdrawn_at;
  static Fields fields();
};

/// What contacting one arm costs, where that was noted apart.
struct ArmCostShape {
  static constexpr std::string_view kName = "ExperimentArmCost";
  std::string arm;
  std::optional<std::int64_t> cost_cents;
  std::optional<std::string> channel;
  std::optional<std::int64_t> from_week;
  std::optional<std::int64_t> to_week;
  static Fields fields();
};

struct ExperimentShape {
  static constexpr std::string_view kName = "Experiment";
  ExperimentId id;
  std::string name;
  std::string hypothesis;
  ListId list;
  std::string list_name;
  std::vector<std::string> arms;
  std::string control;
  bool is_placebo = false;
  experiments::Unit unit = experiments::Unit::voter;
  experiments::State state = experiments::State::running;
  std::int64_t planned_units = 0;
  std::optional<std::int64_t> cost_cents;
  std::optional<std::string> cost_channel;
  std::optional<std::int64_t> cost_from_week;
  std::optional<std::int64_t> cost_to_week;
  std::vector<ArmCostShape> arm_costs;
  Instant started_at;
  std::optional<Instant> measuring_at;
  std::optional<Instant> ended_at;
  std::vector<RegisteredShape> outcomes;
  static Fields fields();
};
ExperimentShape shown(const experiments::Experiment& experiment);

}  // namespace hustings::api
