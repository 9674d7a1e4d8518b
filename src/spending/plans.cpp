#include "spending/plans.h"

#include <limits>
#include <mutex>

#include <fmt/format.h>

#include "base/periodic.h"
#include "feed/tail.h"
#include "spending/inputs.h"
#include "spending/plan_changes.h"
#include "spending/sql.h"

namespace hustings::spending {
namespace {

constexpr std::chrono::seconds kDayCheckEvery{30};
constexpr std::size_t kReasonsMax = 50;

/// The last plan that was made here, and what it was made from.
struct Made {
  Stored stored;
  Planned planned;
};

Plan plan_of(const pg::Row& row) {
  return {.id = row.get<PlanId>(0),
          .inputs = row.get<std::int64_t>(1),
          .made_at = row.get<Instant>(2),
          .budget_cents = row.get<std::int64_t>(3),
          .booked_cents = row.get<std::int64_t>(4),
          .planned_cents = row.get<std::int64_t>(5),
          .document = row.get<std::optional<std::string>>(6).value_or(""),
          .lines = row.get<std::int64_t>(7),
          .approved_lines = row.get<std::int64_t>(8),
          .rejected_lines = row.get<std::int64_t>(9),
          .approved_cents = row.get<std::int64_t>(10)};
}

void write_lines(pg::Connection& connection, PlanId plan, const Stored& stored,
                 const Planned& planned) {
  constexpr std::size_t kPiece = 64 * 1024;
  auto copy = connection.copy_in(sql::kPlanLinesCopy);
  std::string piece;
  int line = 0;
  for (const NewLine& one : planned.lines) {
    fmt::format_to(std::back_inserter(piece), "{}\t{}\t{}\t{}\t{}\t{}\t{}\n", plan.value(), ++line,
                   stored.markets[one.market].id, stored.channels[one.channel].id, one.week,
                   one.cents, one.marginal);
    if (piece.size() < kPiece) continue;
    copy.write(piece);
    piece.clear();
  }
  if (!piece.empty()) copy.write(piece);
  copy.finish();
}

bool makes_plans_old(ChangeKind kind) {
  return kind == ChangeKind::spending_inputs_changed || kind == ChangeKind::money_booked;
}

}  // namespace

struct Plans::State {
  State(pg::Pool& p, const Clock& c, Log& l) : pool(p), clock(c), log(l) {}

  void note_day();
  Result<Planned> compute(const Stored& stored);
  std::optional<PlanId> keep(pg::Connection& connection, const Stored& stored, Planned planned,
                             const std::vector<PlanReason>& reasons);
  std::optional<PlanId> plan_now(const std::vector<PlanReason>& reasons);

  pg::Pool& pool;
  const Clock& clock;
  Log& log;
  std::mutex planning;                        ///< one plan at a time
  Guarded<std::shared_ptr<const Made>> last;  // shared: a page tries something out meanwhile
  std::vector<PlanReason> waiting;            ///< of the tail's thread only
  std::unique_ptr<feed::Tail> tail;
  std::unique_ptr<Periodic> days;  // last: its thread uses all of the above
};

/// Polls grow older: with each day the inputs are others.
void Plans::State::note_day() {
  const auto connection = pool.acquire();
  pg::Transaction transaction(*connection);
  transaction.run(sql::kMoneyRows);
  const std::string today = to_iso(clock.now()).substr(0, 10);
  if (transaction.run(sql::kPlanningDay, today).affected() == 0) return;
  transaction.run(sql::kInputsRaise, "system", clock.now());
  const feed::Change change{.kind = ChangeKind::spending_inputs_changed,
                            .subject = "spending:day",
                            .actor = "system",
                            .payload = R"({"rows":0})"};
  feed::commit(transaction, {&change, 1});
}

Result<Planned> Plans::State::compute(const Stored& stored) {
  const std::shared_ptr<const Made> before = *last.lock();
  return make_plan(stored, clock.now(), {}, before ? &before->planned : nullptr);
}

/// Writes a plan, unless another process has for the same inputs.
std::optional<PlanId> Plans::State::keep(pg::Connection& connection, const Stored& stored,
                                         Planned planned, const std::vector<PlanReason>& reasons) {
  pg::Transaction transaction(connection);
  const auto newest = transaction.run(sql::kPlanNewest);
  std::string before;
  if (!newest.empty()) before = newest[0].get<std::string>(0);
  const auto rows = transaction.run(
      sql::kPlanAdd, stored.settings.inputs, feed::head(connection), clock.now(),
      planned.problem.budget_cents, stored.settings.booked_cents, planned.planned_cents(),
      pg::Json{with_changes(plan_json(stored, planned), before, reasons)});
  if (rows.empty()) return std::nullopt;
  const auto id = rows[0].get<PlanId>(0);
  write_lines(connection, id, stored, planned);
  transaction.run(sql::kPlanningTried, stored.settings.inputs, std::nullopt, clock.now());
  const feed::Change change{.kind = ChangeKind::plan_made,
                            .subject = feed::subject_of("plan", id),
                            .actor = "system",
                            .payload = fmt::format(R"({{"inputs":{}}})", stored.settings.inputs)};
  feed::commit(transaction, {&change, 1});
  log.info("plan_made", {{"plan", id.value()},
                         {"inputs", stored.settings.inputs},
                         {"lines", planned.lines.size()},
                         {"seconds", planned.seconds}});
  *last.lock() = std::make_shared<const Made>(Made{stored, std::move(planned)});
  return id;
}

std::optional<PlanId> Plans::State::plan_now(const std::vector<PlanReason>& reasons) {
  const std::lock_guard lock(planning);
  const auto connection = pool.acquire();
  Stored stored;
  {
    pg::Transaction transaction(*connection, Deadline::never(),
                                pg::Transaction::Isolation::repeatable_read);
    const auto tried = connection->run(sql::kPlanningState);
    if (tried.only().get<std::int64_t>(1) == tried.only().get<std::int64_t>(0)) return {};
    stored = Inputs::load(*connection);
  }
  auto planned = compute(stored);
  if (planned) return keep(*connection, stored, *std::move(planned), reasons);
  connection->run(sql::kPlanningTried, stored.settings.inputs, planned.error().text(), clock.now());
  log.info("plan_impossible", {{"inputs", stored.settings.inputs}});
  return {};
}

Plans::Plans(pg::Pool& pool, const Clock& clock, Log& log)
    : pool_(pool), clock_(clock), log_(log), state_(std::make_unique<State>(pool, clock, log)) {}
Plans::~Plans() = default;

void Plans::start() {
  State* state = state_.get();
  state->note_day();
  const feed::Position head = feed::head(*state->pool.acquire());
  state->tail = std::make_unique<feed::Tail>(
      state->pool.options(), head,
      [state](std::span<const feed::Entry> entries) {
        for (const feed::Entry& entry : entries) {
          if (!makes_plans_old(entry.kind)) continue;
          if (state->waiting.size() == kReasonsMax) state->waiting.erase(state->waiting.begin());
          state->waiting.push_back(
              {std::string(to_string(entry.kind)), entry.subject, entry.payload});
        }
        if (state->waiting.empty()) return;
        state->plan_now(state->waiting);
        state->waiting.clear();
      },
      state->log);
  state->days = std::make_unique<Periodic>(kDayCheckEvery, [state] {
    try {
      state->note_day();
      state->plan_now({});
    } catch (const Failure& failure) {
      state->log.warning("planning_failed", {{"reason", failure.what()}});
    }
  });
}

std::optional<PlanId> Plans::plan_now(const std::vector<PlanReason>& reasons) {
  return state_->plan_now(reasons);
}

PlanningState Plans::state() const {
  const auto rows = pool_.acquire()->run(sql::kPlanningState);
  const pg::Row row = rows.only();
  return {.inputs = row.get<std::int64_t>(0),
          .tried_inputs = row.get<std::int64_t>(1),
          .problem = row.get<std::optional<std::string>>(2),
          .newest = row.get<std::optional<PlanId>>(3)};
}

std::vector<Plan> Plans::page(std::optional<PlanId> before, int limit) const {
  const PlanId from = before.value_or(PlanId(std::numeric_limits<std::int64_t>::max()));
  const auto rows = pool_.acquire()->run(sql::kPlansPage, from, limit);
  std::vector<Plan> all;
  for (const pg::Row row : rows)
    all.push_back(plan_of(row));
  return all;
}

Result<Plan> Plans::get(PlanId id) const {
  const auto rows = pool_.acquire()->run(sql::kPlanGet, id);
  if (rows.empty()) return refuse(ErrorCode::not_found, "There is no such plan.");
  return plan_of(rows[0]);
}

std::vector<PlanLine> Plans::lines(PlanId id, int after_line, int limit) const {
  std::vector<PlanLine> all;
  const auto rows = pool_.acquire()->run(sql::kPlanLines, id, after_line, limit);
  for (const pg::Row row : rows) {
    all.push_back({.line = row.get<std::int32_t>(0),
                   .market = row.get<std::string>(1),
                   .channel = row.get<std::string>(2),
                   .week = row.get<std::int64_t>(3),
                   .cents = row.get<std::int64_t>(4),
                   .marginal = row.get<double>(5),
                   .state = row.get<std::string>(6),
                   .decided_by = row.get<std::optional<std::string>>(7),
                   .commitment = row.get<std::optional<CommitmentId>>(8)});
  }
  return all;
}

Result<std::vector<PlanDifference>> Plans::difference(PlanId older, PlanId newer) const {
  const Plan from = TRY(get(older));
  const Plan to = TRY(get(newer));
  return differences(from.document, to.document);
}

Result<std::string> Plans::try_out(const WhatIf& what_if) {
  std::shared_ptr<const Made> made = *state_->last.lock();
  if (!made || made->stored.settings.inputs != state().inputs) {
    const auto connection = pool_.acquire();
    pg::Transaction transaction(*connection, Deadline::never(),
                                pg::Transaction::Isolation::repeatable_read);
    Stored stored = Inputs::load(*connection);
    Planned planned = TRY(make_plan(stored, clock_.now()));
    made = std::make_shared<const Made>(Made{std::move(stored), std::move(planned)});
    *state_->last.lock() = made;
  }
  const Planned planned = TRY(make_plan(made->stored, clock_.now(), what_if, &made->planned));
  return plan_json(made->stored, planned);
}

}  // namespace hustings::spending
