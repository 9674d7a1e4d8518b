#include "phonebank/result_writer.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "model/phone.h"
#include "phonebank/sql.h"

namespace hustings::phonebank {

namespace {

std::vector<Disposition> dispositions_of(const CallResult& result) {
  std::vector<Disposition> all;
  for (const VoterResult& voter : result.voters)
    all.push_back(voter.disposition);
  return all;
}

bool is_spoken(const CallResult& result) {
  return std::ranges::any_of(
      result.voters, [](const VoterResult& voter) { return effect_of(voter.disposition).spoken; });
}

registry::SuppressionReason reason_of(Disposition disposition) {
  const auto reason = registry::suppression_reason_from(to_string(disposition));
  CHECK(reason.has_value());  // a disposition that bars is named as its reason is
  return *reason;
}

/// [{"question":7,"choice":2},{"question":8,"declined":true}]; free words stay out of the feed.
std::string answers_json(const std::vector<surveys::Answer>& answers) {
  std::string text = "[";
  for (const surveys::Answer& answer : answers) {
    if (text.size() > 1) text += ',';
    text += fmt::format(R"({{"question":{},)", answer.question.value());
    if (answer.choice) {
      text += fmt::format(R"("choice":{}}})", *answer.choice);
    } else {
      text += answer.declined ? R"("declined":true})" : R"("text":true})";
    }
  }
  return text + ']';
}

/// A voter of the call was erased while it was under way: what is said of them is not kept.
bool was_erased(pg::Transaction& transaction, LeaseId lease) {
  return !transaction.run(sql::kErasedLease, lease).empty();
}

std::unexpected<Error> refuse_erased() {
  return refuse(ErrorCode::lease_lost,
                "This voter was erased at the voter's own request or by law while you called; "
                "nothing of this call was kept.",
                "lease");
}

}  // namespace

/// A result's lease as the database knows it.
struct ResultWriter::Call {
  PhoneNumber number = 0;
  PhonebankId phonebank;
  PersonId caller;
  int epoch = 0;
  Instant shown_at;
  Instant at;
  Rules rules;
  int script_version = 0;

  // The line as it stands once it is locked.
  LineState state = LineState::done;
  bool holds = false;      ///< the line is still held by this lease
  bool is_newest = false;  ///< nobody has been shown the number on this phone bank since
  bool used_up = false;    ///< at its end only because it may not be tried again
  bool late = false;
  int attempts = 0;
  std::optional<std::string> barred_by;
  /// By the place of the voter: the id that the page showed, where it is another person's now.
  std::vector<std::optional<VoterId>> homes;

  explicit Call(const pg::Row& row) {
    number = row.get<PhoneNumber>(0);
    phonebank = row.get<PhonebankId>(1);
    caller = row.get<PersonId>(2);
    epoch = row.get<int>(3);
    shown_at = row.get<Instant>(4);
    at = row.get<Instant>(5);
    rules.retry = std::chrono::seconds(row.get<int>(6));
    rules.lease = std::chrono::seconds(row.get<int>(7));
    rules.attempts_max = row.get<int>(8);
    script_version = row.get<int>(9);
    rules.busy_retry = std::chrono::seconds(row.get<int>(10));
    rules.message_retry = std::chrono::seconds(row.get<int>(11));
  }

  void read_line(const pg::Row& row, LeaseId lease) {
    state = line_state_from(row.text(0));
    holds = row.get<std::optional<LeaseId>>(2) == lease;
    is_newest = row.get<int>(1) == epoch;
    const auto until = row.get<std::optional<Instant>>(3);
    late = !holds || (until && *until < at);
    attempts = row.get<int>(4);
    const auto reason = row.get<std::optional<std::string>>(5);
    used_up = state == LineState::done && reason == kAttempts;
    if (!barred_by && state != LineState::done) barred_by = reason;
  }
};

std::vector<Result<Stored>> ResultWriter::write(pg::Transaction& transaction,
                                                std::span<const CallResult> results,
                                                std::vector<feed::Change>& changes) {
  std::vector<Result<Stored>> answers;
  answers.reserve(results.size());
  for (const CallResult& result : results) {
    answers.push_back(write_one(transaction, result, changes));
  }
  return answers;
}

Result<Stored> ResultWriter::write_one(pg::Transaction& transaction, const CallResult& given,
                                       std::vector<feed::Change>& changes) {
  if (!is_result_key(given.key)) return invalid("The key is a UUID.", "key");
  const auto attempt = transaction.run(sql::kLockAttempt, given.lease, time_.given());
  const auto before = transaction.run(sql::kFindResult, given.key);
  if (!before.empty()) {
    if (before[0].get<LeaseId>(0) != given.lease || before[0].get<PersonId>(1) != given.caller) {
      return refuse(ErrorCode::conflict, "This key belongs to another result.", "key");
    }
    return Stored{.late = before[0].get<bool>(2), .repeat = true};
  }
  if (attempt.empty()) {
    if (was_erased(transaction, given.lease)) return refuse_erased();
    return refuse(ErrorCode::lease_lost, "Nobody was given this number.", "lease");
  }
  Call call(attempt[0]);
  if (call.caller != given.caller || call.epoch != given.epoch) {
    return refuse(ErrorCode::lease_lost, "This number was given to another caller.", "lease");
  }
  TRY(check_result(given, call.at));
  const CallResult result = TRY(behind_line(transaction, call, given));

  bar(transaction, call, result, changes);
  const auto line = transaction.run(sql::kLockLine, call.phonebank, call.number);
  if (!line.empty()) call.read_line(line[0], result.lease);
  write_attempts(transaction, call, result, changes);
  write_targets(transaction, call, result);
  move_line(transaction, call, result);
  const pg::Json response{fmt::format(R"({{"stored":true,"late":{}}})", call.late)};
  transaction.run(sql::kInsertResult, result.key, result.lease, call.phonebank, result.caller,
                  is_spoken(result), response, call.at);
  return Stored{.late = call.late, .repeat = false};
}

/// The voters must be those behind the number that was shown. A page may know them by the ids that
/// they had before a join or split; the result is then written for the person of now.
Result<CallResult> ResultWriter::behind_line(pg::Transaction& transaction, Call& call,
                                             const CallResult& given) {
  struct Behind {
    VoterId voter;
    VoterId home;
  };
  std::map<VoterId, Behind> known;  // an id that is a voter's now comes first
  const pg::Rows targets = transaction.run(sql::kTargetsOfLine, call.phonebank, call.number);
  for (const pg::Row row : targets)
    known.emplace(row.get<VoterId>(0), Behind{row.get<VoterId>(0), row.get<VoterId>(0)});
  for (const int column : {1, 2}) {
    for (const pg::Row row : targets) {
      if (row.is_null(column)) continue;
      known.emplace(row.get<VoterId>(column), Behind{row.get<VoterId>(0), row.get<VoterId>(1)});
    }
  }
  CallResult result = given;
  const auto is_unknown = [&](const VoterResult& one) { return !known.contains(one.voter); };
  if (std::ranges::any_of(given.voters, is_unknown) && was_erased(transaction, given.lease)) {
    std::erase_if(result.voters, is_unknown);
    if (result.voters.empty()) return refuse_erased();
  }
  for (std::size_t i = 0; i < result.voters.size(); ++i) {
    VoterId& voter = result.voters[i].voter;
    const auto found = known.find(voter);
    if (found == known.end()) {
      return invalid("This voter is not behind the number that was called.",
                     fmt::format("voters[{}].voter", i));
    }
    const auto& [person, home] = found->second;
    // Whoever is joined or split just now is waited for.
    voter = registry::hold_person(transaction, person).value_or(person);
    call.homes.push_back(voter == home ? std::nullopt : std::optional(home));
  }
  return result;
}

void ResultWriter::bar(pg::Transaction& transaction, Call& call, const CallResult& result,
                       std::vector<feed::Change>& changes) {
  for (const VoterResult& voter : result.voters) {
    const Bars bars = effect_of(voter.disposition).bars;
    if (bars == Bars::nobody) continue;
    registry::Suppression suppression;
    suppression.reason = reason_of(voter.disposition);
    suppression.source = "call";
    suppression.actor = feed::subject_of("person", result.caller);
    if (bars == Bars::number) {
      suppression.number = call.number;
      call.barred_by = std::string(to_string(voter.disposition));
    } else {
      suppression.voter = voter.voter;
    }
    const std::size_t before = changes.size();
    const auto added = registry_.add_suppression(transaction, suppression, changes);
    // The voter of a call has been read from the registry; if it went meanwhile, nothing is left
    // to bar. The same bar known before tells nobody, so the queue is told here.
    if (added && changes.size() == before) {
      effects_.on_suppressed(transaction, suppression.number, suppression.voter,
                             suppression.reason);
    }
  }
}

void ResultWriter::write_attempts(pg::Transaction& transaction, const Call& call,
                                  const CallResult& result, std::vector<feed::Change>& changes) {
  std::vector<std::int16_t> buckets;
  std::vector<VoterId> voters;
  std::vector<std::string> dispositions;
  std::vector<std::optional<std::string>> notes;
  for (const VoterResult& voter : result.voters) {
    buckets.push_back(bucket_of(voter.voter));
    voters.push_back(voter.voter);
    dispositions.emplace_back(to_string(voter.disposition));
    notes.push_back(voter.note.empty() ? std::nullopt : std::optional(voter.note));
  }
  std::map<VoterId, AttemptId> attempts;
  for (const pg::Row row : transaction.run(
           sql::kInsertAttempts, buckets, voters, dispositions, notes, call.phonebank, result.lease,
           result.caller, call.number, call.shown_at, call.at, call.late, call.homes)) {
    attempts[row.get<VoterId>(0)] = row.get<AttemptId>(1);
  }
  const std::string actor = feed::subject_of("person", result.caller);
  std::vector<surveys::VoterAnswer> answers;
  for (std::size_t i = 0; i < result.voters.size(); ++i) {
    const VoterResult& voter = result.voters[i];
    const AttemptId attempt = attempts.at(call.homes[i].value_or(voter.voter));
    for (const surveys::Answer& answer : voter.answers) {
      answers.push_back({voter.voter, attempt, answer, call.homes[i]});
    }
    changes.push_back(
        {.kind = ChangeKind::attempt_recorded,
         .subject = feed::subject_of("voter", voter.voter),
         .actor = actor,
         .payload = fmt::format(
             R"({{"attempt":{},"phonebank":{},"disposition":"{}","at":"{}","answers":{}}})",
             attempt.value(), call.phonebank.value(), to_string(voter.disposition), to_iso(call.at),
             answers_json(voter.answers))});
  }
  surveys_.record(transaction, {call.script_version, call.phonebank, actor, call.at}, answers);
}

void ResultWriter::write_targets(pg::Transaction& transaction, const Call& call,
                                 const CallResult& result) {
  std::vector<VoterId> voters;
  std::vector<std::string> dispositions;
  std::vector<bool> ends;
  for (const VoterResult& voter : result.voters) {
    const DispositionEffect effect = effect_of(voter.disposition);
    voters.push_back(voter.voter);
    dispositions.emplace_back(to_string(voter.disposition));
    // What ends by a bar stays open behind it: when the bar is ended, the voter is there again.
    ends.push_back(effect.ends_target && effect.bars == Bars::nobody);
  }
  transaction.run(sql::kSetTargets, call.phonebank, call.number, voters, dispositions, ends);
}

/// A late result moves the line too, unless somebody else has been shown the number since, or the
/// line has come to its end. A line that was at its end because the lease of its last attempt ran
/// out is not: the caller may have promised to call back.
void ResultWriter::move_line(pg::Transaction& transaction, const Call& call,
                             const CallResult& result) {
  const bool rests = call.state == LineState::ready || call.state == LineState::waiting;
  const bool moves = call.holds || (call.is_newest && (rests || call.used_up));
  const auto open =
      transaction.run(sql::kCountOpen, call.phonebank, call.number).only().get<std::int64_t>(0);
  if (!moves) {
    if (rests && open == 0) {
      transaction.run(sql::kFinishLine, call.phonebank, call.number, kComplete);
    }
    return;
  }
  const std::vector<Disposition> dispositions = dispositions_of(result);
  AfterCall after;
  after.results = dispositions;
  after.open_targets = static_cast<int>(open);
  after.barred_by = call.barred_by;
  after.attempts = call.attempts;
  after.attempts_max = call.rules.attempts_max;
  after.times = call.rules.retry_times();
  after.at = call.at;
  after.callback_at = result.callback_at;
  if (result.callback_by == CallbackBy::me) after.callback_for = result.caller;
  const NextOfLine next = next_of_line(after);
  transaction.run(sql::kEndLine, call.phonebank, call.number, to_string(next.state), next.reason,
                  next.not_before, next.promised, next.callback_for);
  transaction.run(sql::kSetAttemptRange, result.lease, next.not_before);
}

}  // namespace hustings::phonebank
