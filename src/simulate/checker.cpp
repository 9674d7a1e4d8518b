#include "simulate/checker.h"

#include <algorithm>
#include <unordered_map>
#include <vector>

#include <fmt/format.h>

#include "simulate/electorate.h"
#include "simulate/sql.h"

namespace hustings::simulate {
namespace {

constexpr std::size_t kPieceBytes = 1 << 20;

bool was_stored(const Showing& showing) {
  return showing.end == Showing::Ended::stored || showing.end == Showing::Ended::stored_late;
}

/// Until when the caller was entitled to the number, as far as the caller knows: a result or a
/// hand-back ends it, and the lease's own end.
Moment held_until(const Showing& showing) {
  const bool was_told = showing.told != Moment{};
  return was_told ? std::min(showing.told, showing.lease_end) : showing.lease_end;
}

/// When a number was barred for everybody, by the earliest word that was acknowledged.
std::unordered_map<std::int64_t, Moment> bars_of(const History& history) {
  std::unordered_map<std::int64_t, Moment> barred_at;
  const auto add = [&](std::int64_t number, Moment at) {
    const auto [place, is_new] = barred_at.try_emplace(number, at);
    if (!is_new) place->second = std::min(place->second, at);
  };
  for (const Barred& barred : history.barred)
    add(barred.number, barred.acknowledged);
  for (const Showing& showing : history.showings) {
    const bool bars = showing.is_do_not_call || showing.is_wrong_number;
    if (bars && was_stored(showing)) add(showing.number, showing.ended);
  }
  return barred_at;
}

/// The showings of one number, in their order.
void check_line(const std::vector<const Showing*>& showings, Verdict& verdict) {
  for (std::size_t i = 1; i < showings.size(); ++i) {
    const Showing& before = *showings[i - 1];
    const Showing& after = *showings[i];
    if (after.shown < held_until(before)) ++verdict.doubled;
    if (after.phonebank == before.phonebank && after.epoch <= before.epoch) ++verdict.epochs;
  }
}

void copy_said(pg::Connection& connection, const History& history) {
  connection.run(sql::kMakeSaid);
  auto into = connection.copy_in(sql::kCopySaid);
  std::string rows;
  for (const Showing& showing : history.showings) {
    if (showing.told == Moment{} || showing.voters == 0) continue;
    rows += fmt::format("{:016x}{:016x}\t{}\t{}\t{}\t{}\n", showing.key.high, showing.key.low,
                        showing.lease.value(), showing.voters, showing.answers,
                        was_stored(showing) ? 't' : 'f');
    if (rows.size() < kPieceBytes) continue;
    into.write(rows);
    rows.clear();
  }
  into.write(rows);
  into.finish();
  connection.run(sql::kAnalyzeSaid);
}

std::int64_t count(pg::Transaction& transaction, const pg::Statement& statement) {
  return transaction.run(statement).only().get<std::int64_t>(0);
}

}  // namespace

std::string Verdict::text() const {
  return fmt::format("{} doubled, {} lost, {} forbidden, {} too soon, {} wrong epochs, {} left out",
                     doubled, lost, forbidden, too_soon, epochs, left_out);
}

Verdict check_history(const History& history) {
  Verdict verdict;
  const auto bars = bars_of(history);
  std::unordered_map<std::int64_t, std::vector<const Showing*>> lines;
  for (const Showing& showing : history.showings) {
    lines[showing.number].push_back(&showing);
    const auto bar = bars.find(showing.number);
    const bool is_late = bar != bars.end() && showing.asked > bar->second;
    if (is_late || !forbidden(line_of(showing.number)).empty()) ++verdict.forbidden;
  }
  for (const auto& [number, showings] : lines)
    check_line(showings, verdict);
  return verdict;
}

Verdict check(pg::Connection& connection, const History& history) {
  Verdict verdict = check_history(history);
  pg::Transaction transaction(connection);
  copy_said(connection, history);
  verdict.lost += count(transaction, sql::kCountLost);
  verdict.doubled += count(transaction, sql::kCountDoubled);
  verdict.too_soon += count(transaction, sql::kCountTooSoon);
  verdict.epochs += count(transaction, sql::kCountWrongEpochs);
  verdict.forbidden += count(transaction, sql::kCountForbidden);
  verdict.left_out += count(transaction, sql::kCountLeftOut);
  return verdict;
}

}  // namespace hustings::simulate
