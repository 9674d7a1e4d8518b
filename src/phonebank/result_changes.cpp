#include "phonebank/result_changes.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "phonebank/line_outcome.h"
#include "phonebank/retrying.h"
#include "phonebank/sql.h"

namespace hustings::phonebank {

namespace {

/// One voter's stored result, and what it is to be.
struct Attempt {
  std::int16_t bucket = 0;
  AttemptId id;
  VoterId voter;
  std::optional<VoterId> home;
  Disposition before = Disposition::no_answer;
  Disposition after = Disposition::no_answer;
  const VoterResult* result = nullptr;  ///< null: it stays, or is taken back
};

registry::SuppressionReason reason_of(Disposition disposition) {
  const auto reason = registry::suppression_reason_from(to_string(disposition));
  CHECK(reason.has_value());  // a disposition that bars is named as its reason is
  return *reason;
}

/// [{"question":7,"choice":2}]; as the feed has it for a new result.
std::string answers_json(pg::Transaction& transaction, surveys::SurveyService& surveys,
                         const VoterResult* result) {
  std::string text = "[";
  if (result == nullptr) return text + ']';
  for (const surveys::Answer& answer : result->answers) {
    if (text.size() > 1) text += ',';
    text += fmt::format(R"({{"question":{}{}}})", answer.question.value(),
                        surveys.feed_members(transaction.connection(), answer));
  }
  return text + ']';
}

}  // namespace

struct ResultChanges::Call {
  LeaseId lease;
  PersonId caller;
  PhonebankId phonebank;
  Instant at;  ///< when the first result was stored
  PhoneNumber number = 0;
  int epoch = 0;
  Instant shown_at;
  int script_version = 0;
  Instant moment;
  RetryTimes times;
  int attempts_max = 0;
  bool is_repeat = false;

  bool taken_back = false;
  std::vector<Attempt> attempts;
  std::vector<feed::Change> changes;

  explicit Call(const pg::Row& row)
      : lease(row.get<LeaseId>(0)),
        caller(row.get<PersonId>(1)),
        phonebank(row.get<PhonebankId>(2)),
        at(row.get<Instant>(3)),
        number(row.get<PhoneNumber>(4)),
        epoch(row.get<int>(5)),
        shown_at(row.get<Instant>(6)),
        script_version(row.get<int>(7)),
        moment(row.get<Instant>(8)),
        times{std::chrono::seconds(row.get<int>(9)), std::chrono::seconds(row.get<int>(10)),
              std::chrono::seconds(row.get<int>(11))},
        attempts_max(row.get<int>(12)),
        is_repeat(row.get<bool>(13)) {}

  std::string actor() const { return feed::subject_of("person", caller); }
  bool changes_result(const Attempt& attempt) const {
    return taken_back || attempt.result != nullptr;
  }
  /// Whether another voter of the call, or the changed result, still asks for this bar.
  bool still_bars(Disposition disposition, VoterId voter) const {
    if (taken_back) return false;
    return std::ranges::any_of(attempts, [&](const Attempt& attempt) {
      const bool same = effect_of(disposition).bars == Bars::number || attempt.voter == voter;
      return same && attempt.after == disposition;
    });
  }
  std::string before_json() const {
    std::string text = "[";
    for (const Attempt& attempt : attempts) {
      if (!changes_result(attempt)) continue;
      if (text.size() > 1) text += ',';
      text += fmt::format(R"({{"attempt":{},"disposition":"{}"}})", attempt.id.value(),
                          to_string(attempt.before));
    }
    return text + ']';
  }
};

Result<Changed> ResultChanges::change(const ResultChange& change, Deadline deadline) {
  if (!is_result_key(change.key) || !is_result_key(change.of)) {
    return invalid("A key is a UUID that the caller's page makes.", "key");
  }
  for (std::size_t i = 0; i < change.voters.size(); ++i) {
    for (std::size_t j = 0; j < change.voters[i].answers.size(); ++j) {
      TRY(surveys_.check(change.voters[i].answers[j], fmt::format("voters[{}].answers[{}]", i, j)));
    }
  }
  return retrying([&] { return change_once(change, deadline); });
}

Result<Changed> ResultChanges::change_once(const ResultChange& change, Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  pg::Transaction transaction(*connection, deadline);
  const auto rows = transaction.run(sql::kSavedResult, change.of, time_.given(), change.key);
  if (rows.empty() || rows[0].get<PersonId>(1) != change.caller) {
    return refuse(ErrorCode::not_found, "You have stored no result under this key.", "of");
  }
  Call call(rows[0]);
  if (call.is_repeat) return Changed{.lease = call.lease, .repeat = true};
  if (call.moment > call.at + kChangeMax) {
    return refuse(ErrorCode::conflict,
                  fmt::format("A result can be changed for {} minutes. Tell the phone-bank lead.",
                              kChangeMax.count()),
                  "of");
  }
  call.taken_back = change.voters.empty();
  if (!call.taken_back) {
    const CallResult like{.key = change.key,
                          .caller = change.caller,
                          .lease = call.lease,
                          .epoch = call.epoch,
                          .voters = change.voters,
                          .callback_at = change.callback_at,
                          .callback_by = change.callback_by};
    TRY(check_result(like, call.moment));
  }
  TRY(match(transaction, call, change));
  end_bars(transaction, call);
  write_attempts(transaction, call, change);
  write_targets(transaction, call);
  add_bars(transaction, call);
  move_line(transaction, call, change);
  transaction.run(sql::kInsertResultChange, change.key, change.of, change.caller,
                  pg::Json{call.before_json()}, call.taken_back, call.moment);
  feed::commit(transaction, call.changes);
  return Changed{.lease = call.lease, .repeat = false};
}

/// Finds the stored result of each voter that the change names.
Status ResultChanges::match(pg::Transaction& transaction, Call& call, const ResultChange& change) {
  for (const pg::Row row :
       transaction.run(sql::kAttemptsOfCall, call.phonebank, call.number, call.lease)) {
    const auto before = disposition_from(row.text(4)).value_or(Disposition::no_answer);
    call.attempts.push_back({.bucket = row.get<std::int16_t>(0),
                             .id = row.get<AttemptId>(1),
                             .voter = row.get<VoterId>(2),
                             .home = row.get<std::optional<VoterId>>(3),
                             .before = before,
                             .after = before});
  }
  for (std::size_t i = 0; i < change.voters.size(); ++i) {
    const VoterResult& result = change.voters[i];
    const auto found = std::ranges::find_if(call.attempts, [&](const Attempt& attempt) {
      return attempt.voter == result.voter || attempt.home == result.voter;
    });
    if (found == call.attempts.end()) {
      return invalid("Nothing was stored of this voter on this call.",
                     fmt::format("voters[{}].voter", i));
    }
    found->result = &result;
    found->after = result.disposition;
  }
  if (call.attempts.empty()) {
    return refuse(ErrorCode::conflict, "This result was taken back.", "of");
  }
  // Whoever is joined or split just now is waited for.
  for (const Attempt& attempt : call.attempts)
    registry::hold_person(transaction, attempt.voter);
  return {};
}

void ResultChanges::end_bars(pg::Transaction& transaction, Call& call) {
  for (const Attempt& attempt : call.attempts) {
    const Bars bars = effect_of(attempt.before).bars;
    if (bars == Bars::nobody || !call.changes_result(attempt)) continue;
    if (call.still_bars(attempt.before, attempt.voter)) continue;
    const std::optional<PhoneNumber> number =
        bars == Bars::number ? std::optional(call.number) : std::nullopt;
    const std::optional<VoterId> voter =
        bars == Bars::voter ? std::optional(attempt.voter) : std::nullopt;
    for (const pg::Row row : transaction.run(sql::kBarsOfCall, number, voter, call.actor(),
                                             to_string(reason_of(attempt.before)))) {
      // One that another has ended since is no bar any more, which is what is wanted.
      (void)registry_.end_suppression(transaction, row.get<SuppressionId>(0), call.actor(),
                                      call.changes);
    }
  }
}

void ResultChanges::write_attempts(pg::Transaction& transaction, Call& call,
                                   const ResultChange& change) {
  std::vector<std::int16_t> buckets;
  std::vector<AttemptId> ids;
  std::vector<VoterId> voters;
  std::vector<std::string> dispositions;
  std::vector<std::optional<std::string>> notes;
  std::vector<std::optional<std::string>> owns;
  std::vector<surveys::VoterAnswer> answers;
  for (const Attempt& attempt : call.attempts) {
    if (!call.changes_result(attempt)) continue;
    buckets.push_back(attempt.bucket);
    ids.push_back(attempt.id);
    voters.push_back(attempt.voter);
    dispositions.emplace_back(to_string(attempt.after));
    const bool has_note = attempt.result != nullptr && !attempt.result->note.empty();
    notes.push_back(has_note ? std::optional(attempt.result->note) : std::nullopt);
    owns.push_back(attempt.result != nullptr ? attempt.result->own : std::nullopt);
    if (attempt.result != nullptr) {
      for (const surveys::Answer& answer : attempt.result->answers)
        answers.push_back({attempt.voter, attempt.id, answer, attempt.home});
    }
    call.changes.push_back(
        {.kind = ChangeKind::result_changed,
         .subject = feed::subject_of("voter", attempt.voter),
         .actor = call.actor(),
         .payload =
             fmt::format(R"({{"attempt":{},"phonebank":{},"from":"{}","disposition":{},"at":"{}",)"
                         R"("answers":{}}})",
                         attempt.id.value(), call.phonebank.value(), to_string(attempt.before),
                         call.taken_back ? "null" : fmt::format("\"{}\"", to_string(attempt.after)),
                         to_iso(call.at), answers_json(transaction, surveys_, attempt.result))});
  }
  surveys_.retract(transaction, buckets, voters, ids);
  if (call.taken_back) {
    transaction.run(sql::kTakeBackAttempts, buckets, ids);
  } else {
    transaction.run(sql::kChangeAttempts, buckets, ids, dispositions, notes, owns);
    const surveys::Occasion occasion{.script_version = call.script_version,
                                     .phonebank = call.phonebank,
                                     .actor = call.actor(),
                                     .at = call.at,
                                     .answers = std::move(answers)};
    surveys_.record(transaction, {&occasion, 1});
  }
  const bool spoken =
      !call.taken_back && std::ranges::any_of(call.attempts, [](const Attempt& attempt) {
        return effect_of(attempt.after).spoken;
      });
  transaction.run(sql::kChangeSpoken, change.of, spoken);
}

void ResultChanges::write_targets(pg::Transaction& transaction, const Call& call) {
  std::vector<VoterId> voters;
  std::vector<std::optional<std::string>> dispositions;
  std::vector<bool> ends;
  for (const Attempt& attempt : call.attempts) {
    if (!call.changes_result(attempt)) continue;
    const DispositionEffect effect = effect_of(attempt.after);
    voters.push_back(attempt.voter);
    dispositions.push_back(call.taken_back ? std::nullopt
                                           : std::optional(std::string(to_string(attempt.after))));
    ends.push_back(!call.taken_back && effect.ends_target && effect.bars == Bars::nobody);
  }
  transaction.run(sql::kChangeTargets, call.phonebank, call.number, voters, dispositions, ends);
}

void ResultChanges::add_bars(pg::Transaction& transaction, Call& call) {
  for (const Attempt& attempt : call.attempts) {
    const Bars bars = effect_of(attempt.after).bars;
    if (bars == Bars::nobody || attempt.result == nullptr) continue;
    registry::Suppression suppression;
    suppression.reason = reason_of(attempt.after);
    suppression.source = "call";
    suppression.actor = call.actor();
    if (bars == Bars::number) suppression.number = call.number;
    if (bars == Bars::voter) suppression.voter = attempt.voter;
    // If the voter went meanwhile, nothing is left to bar; a bar known before stands as it is.
    (void)registry_.add_suppression(transaction, suppression, call.changes);
  }
}

/// The line follows, unless somebody has been shown the number since, or it is barred.
void ResultChanges::move_line(pg::Transaction& transaction, const Call& call,
                              const ResultChange& change) {
  const auto rows = transaction.run(sql::kChangedLine, call.phonebank, call.number);
  if (rows.empty()) return;
  const pg::Row line = rows[0];
  const LineState state = line_state_from(line.text(0));
  if (state == LineState::held || state == LineState::barred) return;
  if (line.get<int>(1) != call.epoch) return;
  std::vector<Disposition> results;
  bool is_promised = false;
  for (const Attempt& attempt : call.attempts) {
    if (call.taken_back) break;
    results.push_back(attempt.after);
    is_promised = is_promised || attempt.after == Disposition::callback;
  }
  AfterCall after;
  after.results = results;
  after.open_targets = static_cast<int>(line.get<std::int64_t>(7));
  after.attempts = line.get<int>(2);
  after.attempts_max = call.attempts_max;
  after.times = call.times;
  after.shown_at = call.shown_at;
  after.at = call.at;
  after.callback_at = change.callback_at;
  if (change.callback_by == CallbackBy::me) after.callback_for = change.caller;
  if (is_promised && !change.callback_at && line.get<bool>(4)) {  // another voter's, as it was
    after.callback_at = line.get<Instant>(5);
    after.callback_for = line.get<std::optional<PersonId>>(6);
  }
  const NextOfLine next = next_of_line(after);
  transaction.run(sql::kMoveChangedLine, call.phonebank, call.number, to_string(next.state),
                  next.reason, next.not_before, next.promised, next.callback_for);
  transaction.run(sql::kMoveChangedAttempt, call.lease, next.not_before);
}

}  // namespace hustings::phonebank
