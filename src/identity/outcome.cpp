#include "identity/outcome.h"

#include <algorithm>
#include <optional>
#include <unordered_set>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/text.h"
#include "identity/evidence.h"
#include "identity/gain.h"
#include "identity/sql.h"
#include "registry/persons.h"
#include "registry/profiles.h"

namespace hustings::identity {
namespace {

/// More single changes than this are reckoned anew rather than looked at one by one.
constexpr int kTouchesMax = 10'000;
/// Joins handed over at once: 200 MB.
constexpr std::size_t kJoinsAtOnce = 500'000;
constexpr std::size_t kPieceBytes = 1 << 20;

using Touched = std::unordered_set<std::int64_t>;

void add_numbers(const boost::json::value& value, Touched& touched) {
  if (value.is_array()) {
    for (const boost::json::value& one : value.get_array())
      add_numbers(one, touched);
  } else if (value.is_object()) {
    for (const auto& member : value.get_object())
      add_numbers(member.value(), touched);
  } else if (value.is_int64()) {
    touched.insert(value.get_int64());
  }
}

/// The voters and identities that a join, a split or a decision has named since; nothing if they
/// cannot be told one by one.
std::optional<Touched> touched_since(pg::Transaction& transaction, feed::Position position) {
  const pg::Rows rows = transaction.run(sql::kFeedSince, position, kTouchesMax + 1);
  if (rows.size() > kTouchesMax) return std::nullopt;
  Touched touched;
  for (const pg::Row row : rows) {
    const std::string_view kind = row.text(0);
    const std::string_view subject = row.text(1);
    const std::string_view payload = row.text(2);
    const std::size_t colon = subject.find(':');
    if (kind == "import_undone" || kind == "persons_joined_many" ||
        colon == std::string_view::npos) {
      return std::nullopt;
    }
    touched.insert(parse_int(subject.substr(colon + 1)).value_or(0));
    add_numbers(boost::json::parse(boost::json::string_view(payload.data(), payload.size())),
                touched);
  }
  return touched;
}

class OutcomeWriter {
 public:
  OutcomeWriter(const ResolveTask& task, const Outcome& outcome, pg::Transaction& transaction,
                Touched touched)
      : task_(task), outcome_(outcome), transaction_(transaction), touched_(std::move(touched)) {}

  /// Returns how many persons joined another.
  Result<std::int64_t> join(std::vector<feed::Change>& changes) {
    std::vector<const PlannedPair*> pairs = still_there();
    std::int64_t joined = 0;
    for (std::size_t from = 0; from < pairs.size(); from += kJoinsAtOnce) {
      const std::size_t count = std::min(kJoinsAtOnce, pairs.size() - from);
      std::vector<registry::Joining> joins;
      joins.reserve(count);
      for (const PlannedPair* pair : std::span(pairs).subspan(from, count))
        joins.push_back(joining_of(*pair));
      joined += TRY(
          registry::join_persons(transaction_, joins, task_.listener, task_.clock.now(), changes));
    }
    return joined;
  }

  /// Returns how many pairs stand in the queue after it.
  std::int64_t queue(RunReport& report) {
    std::vector<const PlannedPair*> asks;
    for (const PlannedPair& pair : outcome_.plan.asks) {
      if (!is_touched(pair)) asks.push_back(&pair);
    }
    if (asks.size() > kQueueMax) {
      report.left_out = static_cast<std::int64_t>(asks.size() - kQueueMax);
      asks.resize(kQueueMax);  // likeliest first
    }
    stage_candidates(asks);
    std::vector<std::string> names;
    for (const Addition& addition : kAdditions)
      names.emplace_back(addition.name);
    const std::int64_t queued =
        transaction_.run(sql::kCandidatesUpsert, task_.run, addition_worths(), names).affected();
    if (task_.scope == RunScope::registry) {
      transaction_.run(sql::kCandidatesSuperseded, task_.run);
    }
    transaction_.run(sql::kCandidatesSweep);
    return queued;
  }

 private:
  const Identity& identity(std::uint32_t row) const { return outcome_.identities[row]; }
  bool is_touched(const PlannedPair& pair) const {
    return std::ranges::any_of(std::array{pair.one, pair.other}, [&](std::uint32_t row) {
      return touched_.contains(identity(row).voter.value()) ||
             touched_.contains(identity(row).home.value());
    });
  }

  registry::Joining joining_of(const PlannedPair& pair) const {
    return {.stays = identity(pair.one).voter,
            .joins = identity(pair.other).voter,
            .decided_by = "system",
            .probability = static_cast<float>(pair.match.probability),
            .bits = to_link_json(evidence_of(outcome_.model, pair.match))};
  }

  /// The joins whose two persons are there and as they were when they were loaded.
  std::vector<const PlannedPair*> still_there() {
    std::vector<const PlannedPair*> pairs;
    for (const PlannedPair& pair : outcome_.plan.joins) {
      if (!is_touched(pair)) pairs.push_back(&pair);
    }
    transaction_.run(sql::kStageMake);
    auto copy = transaction_.connection().copy_in(sql::kStageCopy);
    std::string rows;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      const VoterId one = identity(pairs[i]->one).voter;
      const VoterId other = identity(pairs[i]->other).voter;
      fmt::format_to(std::back_inserter(rows), "{}\t{}\t{}\t{}\t{}\n", i, bucket_of(one),
                     one.value(), bucket_of(other), other.value());
      flush(copy, rows, kPieceBytes);
    }
    flush(copy, rows, 0);
    copy.finish();
    transaction_.run(sql::kStageAnalyze);
    std::unordered_set<std::int64_t> gone;
    for (const pg::Row row : transaction_.run(sql::kStageGone))
      gone.insert(row.get<std::int64_t>(0));
    std::vector<const PlannedPair*> there;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      if (!gone.contains(static_cast<std::int64_t>(i))) there.push_back(pairs[i]);
    }
    return there;
  }

  static void flush(pg::Connection::CopyIn& copy, std::string& rows, std::size_t least) {
    if (rows.size() <= least) return;
    copy.write(rows);
    rows.clear();
  }

  /// Nothing in the evidence is a sign that COPY would read.
  void stage_candidates(const std::vector<const PlannedPair*>& asks) {
    transaction_.run(sql::kCandidateStageMake);
    auto copy = transaction_.connection().copy_in(sql::kCandidateStageCopy);
    std::string rows;
    for (const PlannedPair* pair : asks) {
      VoterId a = identity(pair->one).home;
      VoterId b = identity(pair->other).home;
      if (b < a) std::swap(a, b);
      fmt::format_to(std::back_inserter(rows), "{}\t{}\t{}\t{}\t{:.6f}\t{}\t{}\n", a.value(),
                     b.value(), bucket_of(a), bucket_of(b), pair->match.probability,
                     to_json(evidence_of(outcome_.model, pair->match)),
                     pair->same_source ? 't' : 'f');
      flush(copy, rows, kPieceBytes);
    }
    flush(copy, rows, 0);
    copy.finish();
    transaction_.run(sql::kCandidateStageAnalyze);
  }

  const ResolveTask& task_;
  const Outcome& outcome_;
  pg::Transaction& transaction_;
  const Touched touched_;
};

}  // namespace

Result<bool> write_outcome(const ResolveTask& task, const Outcome& outcome, RunReport& report) {
  pg::Transaction transaction(task.connection);
  registry::lock_profiles(transaction);
  auto touched = touched_since(transaction, outcome.position);
  if (!touched) return false;
  OutcomeWriter writer(task, outcome, transaction, *std::move(touched));
  std::vector<feed::Change> changes;
  report.joined = TRY(writer.join(changes));
  report.queued = writer.queue(report);
  const Instant now = task.clock.now();
  if (report.is_trained) {
    transaction.run(sql::kModelPut, task.run, pg::Json{outcome.model.to_json()}, now);
  }
  outcome.note_time();
  transaction.run(sql::kRunDone, task.run, now, outcome.import_past, pg::Json{to_json(report)});
  if (task.progress.is_cancelled) {
    return refuse(ErrorCode::cancelled, "The run was stopped; nothing was changed.");
  }
  changes.push_back(
      {.kind = ChangeKind::matches_resolved,
       .subject = feed::subject_of("match_run", task.run),
       .actor = task.actor,
       .payload = fmt::format(R"({{"joined":{},"queued":{}}})", report.joined, report.queued)});
  feed::commit(transaction, changes);
  return true;
}

}  // namespace hustings::identity
