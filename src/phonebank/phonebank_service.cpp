#include "phonebank/phonebank_service.h"

#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "feed/feed.h"
#include "phonebank/filling.h"
#include "phonebank/retrying.h"
#include "phonebank/sql.h"

namespace hustings::phonebank {

namespace {

/// Filling takes longer than a request may. A list of kLinesMax is filled well within it.
constexpr std::chrono::minutes kFillMax{10};

feed::Change saved(PhonebankId id, PhonebankState state, const std::string& actor) {
  return {.kind = ChangeKind::phonebank_saved,
          .subject = feed::subject_of("phonebank", id),
          .actor = actor,
          .payload = fmt::format(R"({{"state":"{}"}})", to_string(state))};
}

}  // namespace

PhonebankService::PhonebankService(pg::Pool& pool, registry::Registry& registry,
                                   surveys::SurveyService& surveys, const Clock& clock, Log& log,
                                   TimeSource source)
    : pool_(pool),
      registry_(registry),
      surveys_(surveys),
      log_(log),
      time_(source, clock),
      zone_sets_(rule_book_, log),
      effects_(rule_book_, zone_sets_, time_),
      claims_(pool, zone_sets_, time_, log),
      dial_orders_(pool, zone_sets_, time_, log),
      shared_calls_(pool, time_),
      orders_(pool, time_),
      writer_(registry, surveys, effects_, time_),
      changes_(pool, registry, surveys, time_),
      dispositions_(pool, time_),
      supervision_(pool, time_),
      following_(rule_book_, zone_sets_, time_),
      views_(pool, surveys, zone_sets_, time_),
      rescuer_(pool, time_, log) {
  registry_.set_suppression_listener(&effects_);
  registry_.set_removal_listener(&removal_effects_);
  registry_.set_person_listener(&person_effects_);
}

PhonebankService::~PhonebankService() {
  rescuer_.stop();
  registry_.set_suppression_listener(nullptr);
  registry_.set_removal_listener(nullptr);
  registry_.set_person_listener(nullptr);
}

Result<Phonebank> PhonebankService::create(const PhonebankDraft& draft, const std::string& actor,
                                           Deadline deadline) {
  TRY(check_draft(draft));
  if (!draft.rules.country.empty() && rule_book_.find(draft.rules.country) == nullptr) {
    return invalid("There are no calling rules of this country. GET /v1/calling-rules lists them.",
                   "country");
  }
  TRY(surveys_.script(draft.script));
  const auto id = TRY(fill(draft, actor, deadline));
  log_.info("phonebank_created", {{"phonebank", id.value()}, {"list", draft.list.value()}});
  auto made = views_.find(id, deadline);
  CHECK(made.has_value());
  return *std::move(made);
}

Result<PhonebankId> PhonebankService::fill(const PhonebankDraft& draft, const std::string& actor,
                                           Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  pg::Transaction transaction(*connection, Deadline::after(kFillMax));
  transaction.run(sql::kFillLock);
  transaction.run(sql::kHoldList, draft.list);
  const ListFacts facts = TRY(facts_of(transaction, draft.list));
  const int arm = TRY(arm_of(facts.arms, draft.arm));
  if (draft.follows) TRY(check_followed(facts));
  if (facts.with_phone > kLinesMax) {
    return refuse(ErrorCode::over_limit,
                  fmt::format("{} voters of this list have a phone, and a phone bank takes at most "
                              "{}. Freeze smaller lists, and make a phone bank from each.",
                              facts.with_phone, kLinesMax),
                  "list");
  }
  const Rules& rules = draft.rules;
  const CallingRules* country = rule_book_.find(rules.country);
  const auto at = transaction.run(sql::kMoment, time_.given()).only().get<Instant>(0);
  const auto id = transaction
                      .run(sql::kInsertPhonebank, trim(draft.name), draft.list, draft.script,
                           rules.retry.count(), rules.lease.count(), rules.attempts_max,
                           rules.window.opens.count(), rules.window.closes.count(), actor, at,
                           rules.country, rules.state_hours, to_string(rules.consent),
                           country == nullptr ? "" : country->mobile, rules.busy_retry.count(),
                           rules.message_retry.count(), rules.whole_passes, arm, draft.follows,
                           rules.next_at_once)
                      .only()
                      .get<PhonebankId>(0);
  fill_phonebank(transaction, zone_sets_, id, draft.list,
                 {rules.window, country, rules.state_hours}, at);
  feed::Change change = saved(id, PhonebankState::paused, actor);
  change.payload = fmt::format(R"({{"state":"{}","country":"{}","state_hours":{},"consent":"{}"}})",
                               to_string(PhonebankState::paused), rules.country, rules.state_hours,
                               to_string(rules.consent));
  feed::commit(transaction, {&change, 1});
  return id;
}

Result<Phonebank> PhonebankService::set_state(PhonebankId id, PhonebankState state,
                                              const std::string& actor, Deadline deadline) {
  {
    const auto connection = pool_.acquire(deadline);
    pg::Transaction transaction(*connection, deadline);
    if (transaction.run(sql::kSetState, id, to_string(state)).empty()) {
      return refuse(ErrorCode::not_found, "There is no such phone bank.");
    }
    const feed::Change change = saved(id, state, actor);
    feed::commit(transaction, {&change, 1});
  }
  views_.forget(id);
  log_.info("phonebank_state", {{"phonebank", id.value()}, {"state", to_string(state)}});
  return get(id, deadline);
}

Result<Phonebank> PhonebankService::get(PhonebankId id, Deadline deadline) {
  auto found = views_.find(id, deadline);
  if (!found) return refuse(ErrorCode::not_found, "There is no such phone bank.");
  return *std::move(found);
}

std::vector<Result<Stored>> PhonebankService::record(std::span<const CallResult> results,
                                                     Deadline deadline) {
  // Answers that their questions do not allow are refused before anything is written.
  std::vector<std::optional<Error>> refused(results.size());
  std::vector<CallResult> sound;
  for (std::size_t place = 0; place < results.size(); ++place) {
    if (const Status status = check_answers(results[place]); !status) {
      refused[place] = status.error();
    } else {
      sound.push_back(results[place]);
    }
  }
  auto stored = sound.empty() ? std::vector<Result<Stored>>() : retrying([&] {
    const auto connection = pool_.acquire(deadline);
    pg::Transaction transaction(*connection, deadline, pg::Transaction::Isolation::read_committed,
                                pg::Transaction::Plans::once);
    std::vector<feed::Change> changes;
    auto written = writer_.write(transaction, sound, changes);
    // What was refused or stored before has changed nothing: the transaction is left to roll back.
    if (!changes.empty()) feed::commit(transaction, changes);
    return written;
  });
  std::vector<Result<Stored>> answers;
  auto next = stored.begin();
  for (auto& error : refused) {
    if (error) {
      answers.emplace_back(std::unexpected(*std::move(error)));
    } else {
      answers.push_back(std::move(*next++));
    }
  }
  return answers;
}

Status PhonebankService::check_answers(const CallResult& result) {
  for (std::size_t i = 0; i < result.voters.size(); ++i) {
    for (std::size_t j = 0; j < result.voters[i].answers.size(); ++j) {
      TRY(surveys_.check(result.voters[i].answers[j], fmt::format("voters[{}].answers[{}]", i, j)));
    }
  }
  return {};
}

Totals PhonebankService::totals(Deadline deadline) {
  Totals totals;
  for (const Phonebank& phonebank : views_.all(deadline)) {
    auto view = views_.view(phonebank.id, deadline);
    if (!view) continue;
    totals.calls += view->tally.calls;
    totals.last_hour += view->last_hour;
    totals.answers += view->tally.answers_given();
    totals.phonebanks.push_back(*std::move(view));
  }
  return totals;
}

OwnCalls PhonebankService::own_calls(const Caller& caller, Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  const auto rows = connection->run(sql::kOwnCounts, caller.person, caller.phonebank);
  const pg::Row row = rows.only();
  return {{row.get<std::int64_t>(0), row.get<std::int64_t>(1)}, row.get<std::optional<Instant>>(2)};
}

std::vector<ShownAttempt> PhonebankService::attempts_of(VoterId voter, int limit,
                                                        Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  std::vector<ShownAttempt> attempts;
  for (const pg::Row row : connection->run(sql::kAttemptsOfVoter, bucket_of(voter), voter, limit)) {
    ShownAttempt attempt;
    attempt.id = row.get<AttemptId>(0);
    attempt.at = row.get<Instant>(1);
    attempt.phonebank = row.text(2);
    attempt.disposition = disposition_from(row.text(3)).value_or(Disposition::no_answer);
    attempt.caller = row.text(4);
    attempt.note = row.text(5);
    attempt.late = row.get<bool>(6);
    attempt.own = row.text(7);
    attempts.push_back(std::move(attempt));
  }
  return attempts;
}

std::vector<LeaseId> PhonebankService::barred_leases(Deadline deadline) {
  const auto connection = pool_.acquire(deadline);
  std::vector<LeaseId> out;
  for (const pg::Row row : connection->run(sql::kBarredLeases))
    out.push_back(row.get<LeaseId>(0));
  return out;
}

}  // namespace hustings::phonebank
