#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "model/ids.h"

/// Experiments as plain values.
namespace hustings::experiments {

/// What was drawn into an arm as one.
enum class Unit : std::uint8_t { voter, household, cluster };
/// Contacts go on and the hold-out is locked; contacts are over and everybody may be asked; nothing
/// counts any more.
enum class State : std::uint8_t { running, measuring, ended };

enum class OutcomeKind : std::uint8_t {
  answer,       ///< the newest answer to a question
  disposition,  ///< whether some call ended so
  vote,         ///< whether the voter voted in an election
  score,        ///< support, turnout or persuadability as it is now
};

/// What an experiment is judged by.
struct Outcome {
  OutcomeKind kind = OutcomeKind::answer;
  /// A question's key, a disposition, a score, or an election as rules name it ("2024-11-05
  /// general").
  std::string key;
  /// Answers that count as 1, the others as 0; none: the choice's number (scales).
  std::vector<int> choices;
  /// Only answers and calls from when contacts were over: where the control group is not contacted,
  /// only those can be compared.
  bool after_contacts = false;
  friend bool operator==(const Outcome&, const Outcome&) = default;
};

struct RegisteredOutcome {
  int number = 0;  ///< from 1
  bool is_primary = false;
  Outcome outcome;
  std::string reason;  ///< why it came after the start; empty: registered with the start
  std::string by;
  Instant at;
  std::optional<Instant> withdrawn_at;  ///< replaced as the primary one
};

/// The money of the ledger that contacting costs: a channel's, in weeks of the spending plan.
struct Flight {
  std::string channel;
  std::optional<int> from_week{};  ///< none: from the first
  std::optional<int> to_week{};    ///< none: to the last
  bool holds(std::string_view of, std::int64_t week) const {
    return of == channel && (!from_week || week >= *from_week) && (!to_week || week <= *to_week);
  }
};

/// What contacting costs: a sum, or what the ledger has booked.
struct Cost {
  std::optional<std::int64_t> cents{};
  std::optional<Flight> flight{};
};

struct Experiment {
  ExperimentId id;
  std::string name;
  std::string hypothesis;
  ListId list;
  std::string list_name;
  int control_arm = 0;  ///< a place in `arms`
  bool is_placebo = false;
  Unit unit = Unit::household;
  State state = State::running;
  std::int64_t planned_units = 0;
  std::optional<std::int64_t> cost_cents;  ///< of all arms that are contacted
  std::optional<Flight> flight{};          ///< where costs come from, in place of cost_cents
  std::map<int, Cost> arm_costs{};         ///< of single arms; the others share cost_cents
  Instant started_at;
  std::optional<Instant> measuring_at;
  std::optional<Instant> ended_at;
  std::string created_by;
  std::vector<std::string> arms;  ///< of the list, the hold-out first
  std::vector<RegisteredOutcome> outcomes;

  /// Until when contacts are the experiment's own, and its hold-out must not be contacted.
  std::optional<Instant> contacts_until() const { return measuring_at ? measuring_at : ended_at; }
  /// The outcome of this number; none: the primary one.
  const RegisteredOutcome* outcome(std::optional<int> number) const;
};

/// What contacting each arm but the control group has cost: its own cost; what is said of all of
/// them is shared by the others as their voters are, to the cent. `assigned`: voters by arm. Arms
/// of which nothing is known are left out; flights must have been looked up (cents).
std::map<int, std::int64_t> cost_by_arm(const Experiment& experiment,
                                        const std::map<int, std::int64_t>& assigned);

std::string_view to_string(Unit unit);
std::string_view to_string(State state);
std::string_view to_string(OutcomeKind kind);
std::optional<Unit> unit_from(std::string_view text);
std::optional<State> state_from(std::string_view text);
std::optional<OutcomeKind> outcome_kind_from(std::string_view text);

}  // namespace hustings::experiments
