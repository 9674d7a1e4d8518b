#include "experiments/experiment.h"

#include <algorithm>
#include <array>

namespace hustings::experiments {
namespace {

constexpr std::array<std::string_view, 3> kUnits = {"voter", "household", "cluster"};
constexpr std::array<std::string_view, 3> kStates = {"running", "measuring", "ended"};
constexpr std::array<std::string_view, 4> kKinds = {"answer", "disposition", "vote", "score"};

template <class Enum, std::size_t N>
std::optional<Enum> read(const std::array<std::string_view, N>& names, std::string_view text) {
  const auto found = std::ranges::find(names, text);
  if (found == names.end()) return std::nullopt;
  return static_cast<Enum>(found - names.begin());
}

}  // namespace

const RegisteredOutcome* Experiment::outcome(std::optional<int> number) const {
  const auto found = std::ranges::find_if(outcomes, [&](const RegisteredOutcome& one) {
    return number ? one.number == *number : one.is_primary && !one.withdrawn_at;
  });
  return found == outcomes.end() ? nullptr : &*found;
}

std::string_view to_string(Unit unit) { return kUnits.at(static_cast<std::size_t>(unit)); }
std::string_view to_string(State state) { return kStates.at(static_cast<std::size_t>(state)); }
std::string_view to_string(OutcomeKind kind) { return kKinds.at(static_cast<std::size_t>(kind)); }
std::optional<Unit> unit_from(std::string_view text) { return read<Unit>(kUnits, text); }
std::optional<State> state_from(std::string_view text) { return read<State>(kStates, text); }
std::optional<OutcomeKind> outcome_kind_from(std::string_view text) {
  return read<OutcomeKind>(kKinds, text);
}

std::map<int, std::int64_t> cost_by_arm(const Experiment& experiment,
                                        const std::map<int, std::int64_t>& assigned) {
  std::map<int, std::int64_t> costs;
  std::int64_t sharing = 0;  // voters of the arms without a cost of their own
  for (const auto& [arm, voters] : assigned) {
    if (arm == experiment.control_arm) continue;
    const auto own = experiment.arm_costs.find(arm);
    if (own == experiment.arm_costs.end()) {
      sharing += voters;
    } else if (own->second.cents) {
      costs[arm] = *own->second.cents;
    }
  }
  if (!experiment.cost_cents || sharing == 0) return costs;
  // The sum up to an arm is rounded down, so that no cent is lost or made.
  std::int64_t before = 0;
  std::int64_t given = 0;
  for (const auto& [arm, voters] : assigned) {
    if (arm == experiment.control_arm || experiment.arm_costs.contains(arm)) continue;
    before += voters;
    const auto until =
        static_cast<std::int64_t>(static_cast<__int128>(*experiment.cost_cents) * before / sharing);
    costs[arm] = until - given;
    given = until;
  }
  return costs;
}

}  // namespace hustings::experiments
