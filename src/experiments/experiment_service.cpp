#include "experiments/experiment_service.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/text.h"
#include "base/uuid.h"
#include "experiments/live_trial.h"
#include "experiments/outcome_json.h"
#include "experiments/sql.h"
#include "model/disposition.h"

namespace hustings::experiments {
namespace {

constexpr std::int64_t kPlannedLeast = 100;
constexpr std::int64_t kPlannedShare = 4;  // the band is narrowest at a quarter of all members

std::string text_at(const boost::json::object& object, const char* name) {
  const boost::json::value* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
}

DrawnList drawn_of(const pg::Row& row) {
  DrawnList drawn{.arms = row.get<std::vector<std::string>>(0),
                  .sizes = row.get<std::vector<std::int64_t>>(1)};
  boost::system::error_code error;
  const std::string_view text = row.text(2);
  const boost::json::value draw = boost::json::parse({text.data(), text.size()}, error);
  if (error || !draw.is_object()) return drawn;
  const boost::json::object& object = draw.get_object();
  drawn.unit = unit_from(text_at(object, "unit")).value_or(Unit::household);
  drawn.cluster_by = text_at(object, "cluster_by");
  if (const auto* fields = object.if_contains("stratify_by"); fields && fields->is_array()) {
    for (const boost::json::value& field : fields->get_array()) {
      if (field.is_string()) drawn.stratify_by.emplace_back(field.get_string());
    }
  }
  return drawn;
}

Status check_words(const std::string& text, std::size_t bytes_max, const char* what,
                   const char* where) {
  const bool fits = !text.empty() && text.size() <= bytes_max && is_utf8(text);
  if (fits && trim(text) == text) return {};
  return invalid(fmt::format("{} has 1 to {} bytes, without blanks at its ends.", what, bytes_max),
                 where);
}

/// The place of the control arm, once it and another arm have voters.
Result<int> control_of(const DrawnList& drawn, const std::string& name) {
  const auto found = std::ranges::find(drawn.arms, name);
  if (found == drawn.arms.end()) {
    return invalid(
        fmt::format("The list has no arm \"{}\"; it has {}.", name, fmt::join(drawn.arms, ", ")),
        "control");
  }
  const auto place = static_cast<std::size_t>(found - drawn.arms.begin());
  std::int64_t others = 0;
  for (std::size_t arm = 0; arm < drawn.sizes.size(); ++arm)
    others += arm == place ? 0 : drawn.sizes[arm];
  if (place >= drawn.sizes.size() || drawn.sizes[place] < 2) {
    return invalid(
        fmt::format("The arm \"{}\" of this list has fewer than two voters. Freeze a list with a "
                    "hold-out or with arms to compare.",
                    name),
        "control");
  }
  if (others < 2) {
    return invalid("Nobody stands in another arm of this list, so there is nothing to compare.",
                   "list");
  }
  return static_cast<int>(place);
}

std::optional<Flight> flight_of(const pg::Row& row) {
  auto channel = row.get<std::optional<std::string>>(16);
  if (!channel) return std::nullopt;
  return Flight{.channel = *std::move(channel),
                .from_week = row.get<std::optional<int>>(17),
                .to_week = row.get<std::optional<int>>(18)};
}

Experiment experiment_of(const pg::Row& row) {
  return {.id = row.get<ExperimentId>(0),
          .name = row.get<std::string>(1),
          .hypothesis = row.get<std::string>(2),
          .list = row.get<ListId>(3),
          .list_name = row.get<std::string>(4),
          .control_arm = row.get<int>(5),
          .is_placebo = row.get<bool>(6),
          .unit = unit_from(row.text(7)).value_or(Unit::voter),
          .state = state_from(row.text(8)).value_or(State::ended),
          .planned_units = row.get<std::int64_t>(9),
          .cost_cents = row.get<std::optional<std::int64_t>>(10),
          .flight = flight_of(row),
          .started_at = row.get<Instant>(11),
          .measuring_at = row.get<std::optional<Instant>>(12),
          .ended_at = row.get<std::optional<Instant>>(13),
          .created_by = row.get<std::string>(14),
          .arms = row.get<std::vector<std::string>>(15)};
}

void add_outcomes(pg::Connection& connection, std::vector<Experiment>& experiments) {
  std::vector<ExperimentId> ids;
  for (const Experiment& one : experiments)
    ids.push_back(one.id);
  if (ids.empty()) return;
  for (const pg::Row row : connection.run(sql::kOutcomesOf, ids)) {
    const auto id = row.get<ExperimentId>(0);
    const auto of = std::ranges::find(experiments, id, &Experiment::id);
    of->outcomes.push_back({.number = row.get<int>(1),
                            .is_primary = row.get<bool>(2),
                            .outcome = outcome_from_json(row.text(3)),
                            .reason = row.get<std::string>(4),
                            .by = row.get<std::string>(5),
                            .at = row.get<Instant>(6),
                            .withdrawn_at = row.get<std::optional<Instant>>(7)});
  }
  for (const pg::Row row : connection.run(sql::kArmCostsOf, ids)) {
    const auto of = std::ranges::find(experiments, row.get<ExperimentId>(0), &Experiment::id);
    Cost& cost = of->arm_costs[row.get<int>(1)];
    cost.cents = row.get<std::optional<std::int64_t>>(2);
    if (row.is_null(3)) continue;
    cost.flight = Flight{.channel = row.get<std::string>(3),
                         .from_week = row.get<std::optional<int>>(4),
                         .to_week = row.get<std::optional<int>>(5)};
  }
}

Result<Experiment> find(pg::Connection& connection, ExperimentId id) {
  std::vector<Experiment> one;
  for (const pg::Row row : connection.run(sql::kExperimentById, id))
    one.push_back(experiment_of(row));
  if (one.empty()) return refuse(ErrorCode::not_found, "There is no such experiment.");
  add_outcomes(connection, one);
  return std::move(one.front());
}

Status check_cost(const Cost& cost) {
  if (cost.cents.has_value() == cost.flight.has_value()) {
    return invalid("Give what it has cost, or the ledger's channel that it is booked under.",
                   "cost_cents");
  }
  if (cost.cents && *cost.cents < 0) return invalid("Costs are not negative.", "cost_cents");
  const Flight flight = cost.flight.value_or(Flight{});
  if (flight.from_week && flight.to_week && *flight.to_week < *flight.from_week) {
    return invalid("The last week comes before the first.", "to_week");
  }
  return {};
}

feed::Change saved(ExperimentId id, std::string_view what, const std::string& actor) {
  return {.kind = ChangeKind::experiment_saved,
          .subject = feed::subject_of("experiment", id),
          .actor = actor,
          .payload = fmt::format(R"({{"state":"{}"}})", what)};
}

}  // namespace

ExperimentService::ExperimentService(pg::Pool& pool, HoldOutGuard& guard, const Clock& clock,
                                     Log& log)
    : pool_(pool), guard_(guard), clock_(clock), log_(log) {}

Status ExperimentService::check_outcome(pg::Connection& connection, const Outcome& outcome,
                                        const std::string& where) const {
  switch (outcome.kind) {
    case OutcomeKind::answer: {
      const auto rows = connection.run(sql::kQuestionByKey, outcome.key);
      if (rows.empty()) {
        return invalid(fmt::format("No script asks a question \"{}\".", outcome.key),
                       where + ".key");
      }
      if (rows[0].text(1) != "choice" && rows[0].text(1) != "scale") {
        return invalid(
            fmt::format("An experiment is judged by questions with one choice or a scale; this one "
                        "is of the kind {}.",
                        rows[0].text(1)),
            where + ".key");
      }
      const auto choices = static_cast<int>(rows[0].get<std::int64_t>(2));
      for (const int choice : outcome.choices) {
        if (choice >= 1 && choice <= choices) continue;
        return invalid(
            fmt::format("The question has the choices 1 to {}, not {}.", choices, choice),
            where + ".choices");
      }
      if (outcome.choices.empty() && rows[0].text(1) == "choice") {
        return invalid("Say which choices count as 1; the others count as 0.", where + ".choices");
      }
      return {};
    }
    case OutcomeKind::disposition:
      if (disposition_from(outcome.key)) return {};
      return invalid(fmt::format("\"{}\" is no disposition.", outcome.key), where + ".key");
    case OutcomeKind::vote:
      if (!connection.run(sql::kElectionKnown, outcome.key).empty()) return {};
      return invalid(
          fmt::format("There is no election \"{}\"; import its history first.", outcome.key),
          where + ".key");
    case OutcomeKind::score:
      if (outcome.key == "support" || outcome.key == "turnout" || outcome.key == "persuadability") {
        return {};
      }
      return invalid("A score is support, turnout or persuadability.", where + ".key");
  }
  return {};
}

Status ExperimentService::check_draft(pg::Connection& connection, const Draft& draft) const {
  TRY(check_words(draft.name, kNameBytesMax, "An experiment's name", "name"));
  TRY(check_words(draft.hypothesis, kHypothesisBytesMax, "What it is to find out", "hypothesis"));
  if (draft.outcomes.empty()) {
    return invalid("Say what the experiment is judged by: that is what makes its answer honest.",
                   "outcomes");
  }
  if (draft.outcomes.size() > kOutcomesMax) {
    return refuse(ErrorCode::over_limit,
                  fmt::format("An experiment has at most {} outcomes.", kOutcomesMax), "outcomes");
  }
  for (std::size_t i = 0; i < draft.outcomes.size(); ++i)
    TRY(check_outcome(connection, draft.outcomes[i], fmt::format("outcomes[{}]", i)));
  return {};
}

/// Who is in which arm, and what is known of them before.
void ExperimentService::add_members(pg::Transaction& transaction, ExperimentId id,
                                    const Draft& draft, const DrawnList& drawn) const {
  const Outcome& primary = draft.outcomes.front();
  std::optional<std::int64_t> question;
  if (primary.kind == OutcomeKind::answer) {
    question = transaction.run(sql::kQuestionByKey, primary.key).only().get<std::int64_t>(0);
  }
  const std::optional<int> held = drawn.sizes.front() > 0 ? std::optional(0) : std::nullopt;
  transaction.run(sql::kMembersAdd, id, draft.list, to_string(drawn.unit), drawn.stratify_by, held,
                  question, primary.choices, clock_.now(), drawn.cluster_by);
}

Result<std::optional<ExperimentId>> ExperimentService::begun_before(pg::Transaction& transaction,
                                                                    const Draft& draft) const {
  if (!draft.key) return std::optional<ExperimentId>();
  if (!is_uuid(*draft.key)) return invalid("The key is a uuid.", "key");
  const auto rows = transaction.run(sql::kExperimentByKey, *draft.key);
  if (rows.empty()) return std::optional<ExperimentId>();
  const pg::Row row = rows[0];
  if (row.get<ListId>(1) != draft.list || row.text(2) != draft.name ||
      row.text(3) != draft.hypothesis) {
    return refuse(ErrorCode::conflict, "Another experiment was begun under this key.", "key");
  }
  return std::optional(row.get<ExperimentId>(0));
}

Result<Experiment> ExperimentService::create(const Draft& draft) {
  const auto connection = pool_.acquire();
  pg::Transaction transaction(*connection);
  // Whoever begins one on the same list at the same moment waits here.
  const auto lists = transaction.run(sql::kListDrawn, draft.list);
  if (const auto before = TRY(begun_before(transaction, draft))) return find(*connection, *before);
  TRY(check_draft(*connection, draft));
  if (lists.empty()) return refuse(ErrorCode::not_found, "There is no such list.", "list");
  return find(*connection, TRY(begin(transaction, draft, drawn_of(lists[0]))));
}

Result<ExperimentId> ExperimentService::begin(pg::Transaction& transaction, const Draft& draft,
                                              const DrawnList& drawn) {
  const int control = TRY(control_of(drawn, draft.control));
  if (!transaction.run(sql::kRunning, draft.list).empty()) {
    return refuse(ErrorCode::conflict,
                  "An experiment on this list has not ended. End it, or freeze another list.",
                  "list");
  }
  const auto all = std::accumulate(drawn.sizes.begin(), drawn.sizes.end(), std::int64_t{0});
  const Instant now = clock_.now();
  const auto id =
      transaction
          .run(sql::kExperimentInsert, draft.name, draft.hypothesis, draft.list, control,
               draft.is_placebo, to_string(drawn.unit),
               draft.planned_units.value_or(std::max(kPlannedLeast, all / kPlannedShare)),
               draft.cost_cents, now, draft.actor, draft.key)
          .only()
          .get<ExperimentId>(0);
  for (const Outcome& outcome : draft.outcomes) {
    transaction.run(sql::kOutcomeAdd, id, &outcome == &draft.outcomes.front(),
                    pg::Json{to_json(outcome)}, "", draft.actor, now);
  }
  add_members(transaction, id, draft, drawn);
  guard_.on_locked(transaction, id, now);
  const feed::Change change = saved(id, "running", draft.actor);
  feed::commit(transaction, {&change, 1});
  log_.info("experiment_begun", {{"experiment", id.value()}, {"members", all}});
  return id;
}

Result<Experiment> ExperimentService::get(ExperimentId id) const {
  return find(*pool_.acquire(), id);
}

std::vector<Experiment> ExperimentService::page(std::optional<ExperimentId> before,
                                                int limit) const {
  const auto connection = pool_.acquire();
  std::vector<Experiment> out;
  const auto until = before ? before->value() : std::numeric_limits<std::int64_t>::max();
  for (const pg::Row row : connection->run(sql::kExperimentPage, until, limit))
    out.push_back(experiment_of(row));
  add_outcomes(*connection, out);
  return out;
}

Result<Experiment> ExperimentService::move_on(ExperimentId id, State state,
                                              const std::string& actor) {
  const auto connection = pool_.acquire();
  pg::Transaction transaction(*connection);
  const auto rows = transaction.run(sql::kExperimentLock, id);
  if (rows.empty()) return refuse(ErrorCode::not_found, "There is no such experiment.");
  const State now_is = state_from(rows[0].text(0)).value_or(State::ended);
  if (state <= now_is) {
    return refuse(
        ErrorCode::conflict,
        fmt::format("The experiment is {} already; there is no way back.", to_string(now_is)),
        "state");
  }
  const Instant now = clock_.now();
  if (now_is == State::running) {
    transaction.run(sql::kMembersUnlock, id);
    guard_.on_unlocked(transaction, id, now);
  }
  transaction.run(state == State::measuring ? sql::kExperimentMeasuring : sql::kExperimentEnd, id,
                  now);
  const feed::Change change = saved(id, to_string(state), actor);
  feed::commit(transaction, {&change, 1});
  forget(id);
  return find(*connection, id);
}

Result<Experiment> ExperimentService::register_outcome(const Registration& registration) {
  TRY(check_words(registration.reason, kHypothesisBytesMax, "The reason of a later outcome",
                  "reason"));
  const auto connection = pool_.acquire();
  TRY(check_outcome(*connection, registration.outcome, "outcome"));
  pg::Transaction transaction(*connection);
  const auto rows = transaction.run(sql::kExperimentLock, registration.id);
  if (rows.empty()) return refuse(ErrorCode::not_found, "There is no such experiment.");
  if (rows[0].text(0) == to_string(State::ended)) {
    return refuse(ErrorCode::conflict, "The experiment has ended; what it is judged by stays.");
  }
  const Experiment before = TRY(find(*connection, registration.id));
  if (before.outcomes.size() >= kOutcomesMax) {
    return refuse(ErrorCode::over_limit,
                  fmt::format("An experiment has at most {} outcomes.", kOutcomesMax));
  }
  const Instant now = clock_.now();
  if (registration.is_primary) transaction.run(sql::kOutcomeWithdraw, registration.id, now);
  transaction.run(sql::kOutcomeAdd, registration.id, registration.is_primary,
                  pg::Json{to_json(registration.outcome)}, registration.reason, registration.actor,
                  now);
  const feed::Change change = saved(registration.id, "judged_otherwise", registration.actor);
  feed::commit(transaction, {&change, 1});
  forget(registration.id);
  return find(*connection, registration.id);
}

Result<Experiment> ExperimentService::set_cost(ExperimentId id,
                                               const std::optional<std::string>& arm,
                                               const Cost& cost, const std::string& actor) {
  TRY(check_cost(cost));
  const Flight flight = cost.flight.value_or(Flight{});
  const std::optional<std::string> channel =
      cost.flight ? std::optional(flight.channel) : std::nullopt;
  const auto connection = pool_.acquire();
  pg::Transaction transaction(*connection);
  const Experiment experiment = TRY(find(*connection, id));
  if (arm) {
    const auto place = std::ranges::find(experiment.arms, *arm) - experiment.arms.begin();
    const bool is_contacted =
        place > 0 && place < std::ssize(experiment.arms) && place != experiment.control_arm;
    if (!is_contacted) {
      return invalid(fmt::format("\"{}\" is no arm that this experiment contacts.", *arm), "arm");
    }
    transaction.run(sql::kArmCostSet, id, static_cast<int>(place), cost.cents, channel,
                    flight.from_week, flight.to_week);
  } else {
    transaction.run(sql::kExperimentCost, id, cost.cents, channel, flight.from_week,
                    flight.to_week);
  }
  const feed::Change change = saved(id, "cost", actor);
  feed::commit(transaction, {&change, 1});
  forget(id);
  return find(*connection, id);
}

}  // namespace hustings::experiments
