#include "phonebank/result_writer.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "model/phone.h"
#include "phonebank/sql.h"
#include "registry/persons.h"

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
std::string answers_json(pg::Transaction& transaction, surveys::SurveyService& surveys,
                         const std::vector<surveys::Answer>& answers) {
  std::string text = "[";
  for (const surveys::Answer& answer : answers) {
    if (text.size() > 1) text += ',';
    text += fmt::format(R"({{"question":{}{}}})", answer.question.value(),
                        surveys.feed_members(transaction.connection(), answer));
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
                "voters");
}

std::unexpected<Error> refuse_unknown(pg::Transaction& transaction, LeaseId lease) {
  if (was_erased(transaction, lease)) return refuse_erased();
  return refuse(ErrorCode::lease_lost, "Nobody was given this number.", "lease");
}

}  // namespace

/// A result with its lease as the database knows it.
struct ResultWriter::Call {
  CallResult result;      ///< its voters are the persons of now
  std::size_t place = 0;  ///< of the result among all
  PhoneNumber number = 0;
  PhonebankId phonebank;
  PersonId caller;
  int epoch = 0;
  Instant shown_at;
  Instant at;
  Rules rules;
  int script_version = 0;
  /// Nobody is shown the number before, as the attempt stands; nothing: it was handed back.
  std::optional<Instant> barred_until;

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

  /// From a row of lock_attempts.sql.
  Call(const CallResult& of, std::size_t at_place, const pg::Row& row)
      : result(of), place(at_place) {
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
    barred_until = row.get<std::optional<Instant>>(13);
  }

  /// From a row of lock_lines.sql.
  void read_line(const pg::Row& row) {
    state = line_state_from(row.text(1));
    holds = row.get<std::optional<LeaseId>>(3) == result.lease;
    is_newest = row.get<int>(2) == epoch;
    const auto until = row.get<std::optional<Instant>>(4);
    late = !holds || (until && *until < at);
    attempts = row.get<int>(5);
    const auto reason = row.get<std::optional<std::string>>(6);
    used_up = state == LineState::done && reason == kAttempts;
    if (!barred_by && state != LineState::done) barred_by = reason;
  }

  NextOfLine next(int open_targets) const {
    const std::vector<Disposition> dispositions = dispositions_of(result);
    AfterCall after;
    after.results = dispositions;
    after.open_targets = open_targets;
    after.barred_by = barred_by;
    after.attempts = attempts;
    after.attempts_max = rules.attempts_max;
    after.times = rules.retry_times();
    after.shown_at = shown_at;
    after.at = at;
    after.callback_at = result.callback_at;
    if (result.callback_by == CallbackBy::me) after.callback_for = result.caller;
    return next_of_line(after);
  }
};

namespace {

/// The lines of calls, as two arrays for a statement.
struct Lines {
  std::vector<PhonebankId> phonebanks;
  std::vector<PhoneNumber> numbers;

  void add(PhonebankId phonebank, PhoneNumber number) {
    phonebanks.push_back(phonebank);
    numbers.push_back(number);
  }
  template <class Calls>
  static Lines of(const Calls& calls) {
    Lines lines;
    for (const auto& call : calls)
      lines.add(call.phonebank, call.number);
    return lines;
  }
};

/// The voters behind a line, by every id under which a page may know them.
class Behind {
 public:
  struct Voter {
    VoterId id;
    VoterId home;
  };
  /// From a row of targets_of_lines.sql.
  void add(const pg::Row& row) {
    const auto voter = row.get<VoterId>(1);
    now_.emplace(voter, Voter{voter, voter});
    for (const int column : {2, 3}) {
      if (row.is_null(column)) continue;
      auto& former = column == 2 ? homes_ : before_;
      former.emplace(row.get<VoterId>(column), Voter{voter, row.get<VoterId>(2)});
    }
  }
  /// An id that is a voter's now comes first.
  const Voter* find(VoterId id) const {
    for (const auto* known : {&now_, &homes_, &before_}) {
      const auto found = known->find(id);
      if (found != known->end()) return &found->second;
    }
    return nullptr;
  }

 private:
  std::map<VoterId, Voter> now_;
  std::map<VoterId, Voter> homes_;
  std::map<VoterId, Voter> before_;
};

/// Puts the persons of now into a call. Whoever is joined or split just now is waited for.
Status put_persons(pg::Transaction& transaction, const Behind& behind, bool all_held,
                   CallResult& result, std::vector<std::optional<VoterId>>& homes) {
  const auto is_unknown = [&](const VoterResult& one) { return behind.find(one.voter) == nullptr; };
  if (std::ranges::any_of(result.voters, is_unknown) && was_erased(transaction, result.lease)) {
    std::erase_if(result.voters, is_unknown);
    if (result.voters.empty()) return refuse_erased();
  }
  for (std::size_t i = 0; i < result.voters.size(); ++i) {
    VoterId& voter = result.voters[i].voter;
    const auto* known = behind.find(voter);
    if (known == nullptr) {
      return invalid("This voter is not behind the number that was called.",
                     fmt::format("voters[{}].voter", i));
    }
    voter = known->id;
    if (!all_held) voter = registry::hold_person(transaction, known->id).value_or(known->id);
    homes.push_back(voter == known->home ? std::nullopt : std::optional(known->home));
  }
  return {};
}

std::size_t place_of(const pg::Row& row) {
  return static_cast<std::size_t>(row.get<std::int64_t>(0));
}

}  // namespace

std::vector<Result<Stored>> ResultWriter::write(pg::Transaction& transaction,
                                                std::span<const CallResult> results,
                                                std::vector<feed::Change>& changes) {
  Answers answers(results.size());
  std::vector<std::size_t> waiting;
  for (std::size_t place = 0; place < results.size(); ++place) {
    if (is_result_key(results[place].key)) {
      waiting.push_back(place);
    } else {
      answers[place] = invalid("The key is a UUID.", "key");
    }
  }
  while (!waiting.empty()) {
    waiting = write_wave(transaction, results, waiting, answers, changes);
  }
  std::vector<Result<Stored>> all;
  all.reserve(answers.size());
  for (auto& answer : answers)
    all.push_back(*std::move(answer));
  return all;
}

/// Writes those that have nothing to do with each other; the places of the others come back.
std::vector<std::size_t> ResultWriter::write_wave(pg::Transaction& transaction,
                                                  std::span<const CallResult> results,
                                                  std::span<const std::size_t> places,
                                                  Answers& answers,
                                                  std::vector<feed::Change>& changes) {
  std::vector<std::size_t> later;
  std::set<std::string_view> keys;
  std::map<LeaseId, std::size_t> of_lease;
  std::vector<std::size_t> wave;
  for (const std::size_t place : places) {
    const CallResult& result = results[place];
    const bool alone = !keys.contains(result.key) && !of_lease.contains(result.lease);
    if (!alone) {
      later.push_back(place);
      continue;
    }
    keys.insert(result.key);
    of_lease[result.lease] = place;
    wave.push_back(place);
  }
  std::vector<LeaseId> leases;
  for (const std::size_t place : wave)
    leases.push_back(results[place].lease);
  const auto attempts = transaction.run(sql::kLockAttempts, leases, time_.given());
  answer_repeats(transaction, results, wave, answers);

  Calls calls;
  std::set<PhoneNumber> numbers;
  for (const pg::Row row : attempts) {
    const auto found = of_lease.extract(row.get<LeaseId>(12));
    const std::size_t place = found.mapped();
    if (answers[place]) continue;
    Call call(results[place], place, row);
    if (!numbers.insert(call.number).second) {
      later.push_back(place);
    } else if (call.caller != call.result.caller || call.epoch != call.result.epoch) {
      answers[place] =
          refuse(ErrorCode::lease_lost, "This number was given to another caller.", "lease");
    } else if (auto sound = check_result(call.result, call.at); !sound) {
      answers[place] = std::unexpected(std::move(sound).error());
    } else {
      calls.push_back(std::move(call));
    }
  }
  for (const auto& [lease, place] : of_lease) {
    if (!answers[place]) answers[place] = refuse_unknown(transaction, lease);
  }
  check_voters(transaction, calls, answers);
  std::ranges::sort(calls, {}, &Call::number);  // the order of locks
  for (Call& call : calls)
    bar(transaction, call, changes);
  if (calls.empty()) return later;
  lock_lines(transaction, calls);
  write_attempts(transaction, calls, changes);
  write_targets(transaction, calls);
  move_lines(transaction, calls);
  write_results(transaction, calls);
  for (const Call& call : calls)
    answers[call.place] = Stored{.late = call.late, .repeat = false};
  return later;
}

/// Results whose key is known get their first answer again.
void ResultWriter::answer_repeats(pg::Transaction& transaction, std::span<const CallResult> results,
                                  std::span<const std::size_t> places, Answers& answers) {
  std::vector<std::string> keys;
  std::map<std::string, std::size_t> of_key;
  for (const std::size_t place : places) {
    keys.push_back(results[place].key);
    of_key[to_lower(results[place].key)] = place;  // as PostgreSQL writes a UUID
  }
  for (const pg::Row row : transaction.run(sql::kFindResults, keys)) {
    const std::size_t place = of_key.at(std::string(row.text(0)));
    const CallResult& result = results[place];
    if (row.get<LeaseId>(1) != result.lease || row.get<PersonId>(2) != result.caller) {
      answers[place] = refuse(ErrorCode::conflict, "This key belongs to another result.", "key");
    } else {
      answers[place] = Stored{.late = row.get<bool>(3), .repeat = true};
    }
  }
}

/// The voters must be those behind the number that was shown. A page may know them by the ids that
/// they had before a join or split; the result is then written for the person of now.
void ResultWriter::check_voters(pg::Transaction& transaction, Calls& calls, Answers& answers) {
  if (calls.empty()) return;
  const Lines lines = Lines::of(calls);
  const bool all_held = registry::hold_all_persons(transaction);  // before they are read
  std::vector<Behind> behind(calls.size());
  for (const pg::Row row : transaction.run(sql::kTargetsOfLines, lines.phonebanks, lines.numbers)) {
    behind[place_of(row)].add(row);
  }
  for (std::size_t i = 0; i < calls.size(); ++i) {
    Call& call = calls[i];
    if (auto put = put_persons(transaction, behind[i], all_held, call.result, call.homes); !put) {
      answers[call.place] = std::unexpected(std::move(put).error());
    }
  }
  std::erase_if(calls, [&](const Call& call) { return answers[call.place].has_value(); });
}

void ResultWriter::bar(pg::Transaction& transaction, Call& call,
                       std::vector<feed::Change>& changes) {
  for (const VoterResult& voter : call.result.voters) {
    const Bars bars = effect_of(voter.disposition).bars;
    if (bars == Bars::nobody) continue;
    registry::Suppression suppression;
    suppression.reason = reason_of(voter.disposition);
    suppression.source = "call";
    suppression.actor = feed::subject_of("person", call.caller);
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

void ResultWriter::lock_lines(pg::Transaction& transaction, Calls& calls) {
  const Lines lines = Lines::of(calls);
  for (const pg::Row row : transaction.run(sql::kLockLines, lines.phonebanks, lines.numbers)) {
    calls[place_of(row)].read_line(row);
  }
}

void ResultWriter::write_attempts(pg::Transaction& transaction, const Calls& calls,
                                  std::vector<feed::Change>& changes) {
  std::vector<std::int16_t> buckets;
  std::vector<VoterId> voters;
  std::vector<std::string> dispositions;
  std::vector<std::optional<std::string>> notes;
  std::vector<std::optional<std::string>> owns;
  std::vector<PhonebankId> phonebanks;
  std::vector<LeaseId> leases;
  std::vector<PersonId> callers;
  std::vector<PhoneNumber> numbers;
  std::vector<Instant> starts;
  std::vector<Instant> ends;
  std::vector<bool> late;
  std::vector<std::optional<VoterId>> homes;
  for (const Call& call : calls) {
    homes.insert(homes.end(), call.homes.begin(), call.homes.end());
    for (const VoterResult& voter : call.result.voters) {
      buckets.push_back(bucket_of(voter.voter));
      voters.push_back(voter.voter);
      dispositions.emplace_back(to_string(voter.disposition));
      notes.push_back(voter.note.empty() ? std::nullopt : std::optional(voter.note));
      owns.push_back(voter.own);
      phonebanks.push_back(call.phonebank);
      leases.push_back(call.result.lease);
      callers.push_back(call.caller);
      numbers.push_back(call.number);
      starts.push_back(call.shown_at);
      ends.push_back(call.at);
      late.push_back(call.late);
    }
  }
  std::map<std::pair<LeaseId, VoterId>, AttemptId> attempts;
  for (const pg::Row row :
       transaction.run(sql::kInsertAttempts, buckets, voters, dispositions, notes, phonebanks,
                       leases, callers, numbers, starts, ends, late, homes, owns)) {
    attempts[{row.get<LeaseId>(0), row.get<VoterId>(1)}] = row.get<AttemptId>(2);
  }
  std::vector<surveys::Occasion> occasions;
  for (const Call& call : calls) {
    const std::string actor = feed::subject_of("person", call.caller);
    surveys::Occasion occasion{call.script_version, call.phonebank, actor, call.at, {}};
    for (std::size_t i = 0; i < call.result.voters.size(); ++i) {
      const VoterResult& voter = call.result.voters[i];
      const VoterId home = call.homes[i].value_or(voter.voter);
      const AttemptId attempt = attempts.at({call.result.lease, home});
      for (const surveys::Answer& answer : voter.answers)
        occasion.answers.push_back({voter.voter, attempt, answer, call.homes[i]});
      changes.push_back(
          {.kind = ChangeKind::attempt_recorded,
           .subject = feed::subject_of("voter", voter.voter),
           .actor = actor,
           .payload = fmt::format(
               R"({{"attempt":{},"phonebank":{},"disposition":"{}","at":"{}","answers":{}}})",
               attempt.value(), call.phonebank.value(), to_string(voter.disposition),
               to_iso(call.at), answers_json(transaction, surveys_, voter.answers))});
    }
    occasions.push_back(std::move(occasion));
  }
  surveys_.record(transaction, occasions);
}

void ResultWriter::write_targets(pg::Transaction& transaction, const Calls& calls) {
  Lines lines;
  std::vector<VoterId> voters;
  std::vector<std::string> dispositions;
  std::vector<bool> ends;
  for (const Call& call : calls) {
    for (const VoterResult& voter : call.result.voters) {
      const DispositionEffect effect = effect_of(voter.disposition);
      lines.add(call.phonebank, call.number);
      voters.push_back(voter.voter);
      dispositions.emplace_back(to_string(voter.disposition));
      // What ends by a bar stays open behind it: when the bar is ended, the voter is there again.
      ends.push_back(effect.ends_target && effect.bars == Bars::nobody);
    }
  }
  transaction.run(sql::kSetTargets, lines.phonebanks, lines.numbers, voters, dispositions, ends);
}

/// A late result moves the line too, unless somebody else has been shown the number since, or the
/// line has come to its end. A line that was at its end because the lease of its last attempt ran
/// out is not: the caller may have promised to call back.
void ResultWriter::move_lines(pg::Transaction& transaction, const Calls& calls) {
  const Lines all = Lines::of(calls);
  std::vector<int> open(calls.size());
  for (const pg::Row row : transaction.run(sql::kCountOpenTargets, all.phonebanks, all.numbers)) {
    open[place_of(row)] = row.get<int>(1);
  }
  Lines finished;
  Lines moved;
  std::vector<LeaseId> leases;  // whose attempts do not end as they were written
  std::vector<Instant> untils;
  std::vector<std::string> states;
  std::vector<std::optional<std::string>> reasons;
  std::vector<Instant> not_before;
  std::vector<bool> promised;
  std::vector<std::optional<PersonId>> callback_for;
  for (std::size_t i = 0; i < calls.size(); ++i) {
    const Call& call = calls[i];
    const bool rests = call.state == LineState::ready || call.state == LineState::waiting;
    const bool moves = call.holds || (call.is_newest && (rests || call.used_up));
    if (!moves) {
      if (rests && open[i] == 0) finished.add(call.phonebank, call.number);
      continue;
    }
    const NextOfLine next = call.next(open[i]);
    moved.add(call.phonebank, call.number);
    states.emplace_back(to_string(next.state));
    reasons.push_back(next.reason);
    not_before.push_back(next.not_before);
    promised.push_back(next.promised);
    callback_for.push_back(next.callback_for);
    if (next.not_before != call.barred_until) {
      leases.push_back(call.result.lease);
      untils.push_back(next.not_before);
    }
  }
  if (!finished.numbers.empty()) {
    transaction.run(sql::kFinishLines, finished.phonebanks, finished.numbers, kComplete);
  }
  if (!states.empty()) {
    transaction.run(sql::kEndLines, moved.phonebanks, moved.numbers, states, reasons, not_before,
                    promised, callback_for);
  }
  if (!leases.empty()) transaction.run(sql::kSetAttemptRanges, leases, untils);
}

void ResultWriter::write_results(pg::Transaction& transaction, const Calls& calls) {
  std::vector<std::string> keys;
  std::vector<LeaseId> leases;
  std::vector<PhonebankId> phonebanks;
  std::vector<PersonId> callers;
  std::vector<bool> spoken;
  std::vector<std::string> responses;
  std::vector<Instant> times;
  for (const Call& call : calls) {
    keys.push_back(call.result.key);
    leases.push_back(call.result.lease);
    phonebanks.push_back(call.phonebank);
    callers.push_back(call.caller);
    spoken.push_back(is_spoken(call.result));
    responses.push_back(fmt::format(R"({{"stored":true,"late":{}}})", call.late));
    times.push_back(call.at);
  }
  transaction.run(sql::kInsertResults, keys, leases, phonebanks, callers, spoken, responses, times);
}

}  // namespace hustings::phonebank
