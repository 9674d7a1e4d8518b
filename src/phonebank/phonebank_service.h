#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "base/log.h"
#include "campaign/calling_choice.h"
#include "pg/pool.h"
#include "phonebank/calling_rules.h"
#include "phonebank/claim.h"
#include "phonebank/claims.h"
#include "phonebank/dial_orders.h"
#include "phonebank/dispositions.h"
#include "phonebank/lead_view.h"
#include "phonebank/line_order.h"
#include "phonebank/person_effects.h"
#include "phonebank/phonebank.h"
#include "phonebank/queue_following.h"
#include "phonebank/removal_effects.h"
#include "phonebank/rescuer.h"
#include "phonebank/result.h"
#include "phonebank/result_changes.h"
#include "phonebank/result_writer.h"
#include "phonebank/shared_calls.h"
#include "phonebank/supervision.h"
#include "phonebank/suppression_effects.h"
#include "phonebank/zone_sets.h"
#include "registry/registry.h"
#include "surveys/survey_service.h"

namespace hustings::phonebank {

/// Sums over all phone banks, for the home page.
struct Totals {
  std::vector<LeadView> phonebanks;  ///< the newest first
  Calls calls;
  Calls last_hour;
  std::int64_t answers = 0;
};

/// A try to reach a voter, as the profile shows it.
struct ShownAttempt {
  AttemptId id;
  Instant at;
  std::string phonebank;
  Disposition disposition = Disposition::no_answer;
  std::string own;  ///< title of the campaign's own disposition; empty: a built-in one
  std::string caller;
  std::string note;
  bool late = false;
};

/// Lines that were tried this often, and how many of them are still to be called.
struct PassRow {
  int attempts = 0;
  std::int64_t lines = 0;
  std::int64_t left = 0;
};

struct OwnCalls {
  Calls calls;
  std::optional<Instant> since;
};

/// Phone banks: their queues, callers and results. The only writer of phonebank, zone_set,
/// queue_line, call_target, line_attempt, contact_attempt, call_result, caller_shift, dial_order.
/// Calls may come from several threads. README.md has the state diagram of a line and the promises.
class PhonebankService {
 public:
  /// Registers with the registry for suppressions, removals, joins and splits. `clock` is asked
  /// only with TimeSource::clock.
  PhonebankService(pg::Pool& pool, registry::Registry& registry, surveys::SurveyService& surveys,
                   const Clock& clock, Log& log, TimeSource source = TimeSource::database);
  ~PhonebankService();

  /// Starts and stops the rescuer's thread.
  void start() { rescuer_.start(); }
  void stop() { rescuer_.stop(); }
  int rescue_expired() { return rescuer_.rescue(); }

  /// Voters with a phone in the list of one phone bank.
  static constexpr std::int64_t kLinesMax = 2'000'000;

  /// Makes a phone bank from a list and fills its queue, beyond `deadline` if need be. It is paused
  /// until it is opened. Refuses: invalid, not_found, over_limit (kLinesMax).
  Result<Phonebank> create(const PhonebankDraft& draft, const std::string& actor,
                           Deadline deadline = Deadline::never());
  Result<Phonebank> set_state(PhonebankId id, PhonebankState state, const std::string& actor,
                              Deadline deadline = Deadline::never());
  Result<Phonebank> get(PhonebankId id, Deadline deadline = Deadline::never());

  std::vector<Result<Claim>> claim(std::span<const Caller> callers,
                                   Deadline deadline = Deadline::never()) {
    return claims_.claim(callers, deadline);
  }
  Result<Claim> claim(const Caller& caller, Deadline deadline = Deadline::never()) {
    return std::move(claims_.claim({&caller, 1}, deadline).front());
  }
  std::optional<Lease> held(const Caller& caller, Deadline deadline = Deadline::never()) {
    return claims_.held(caller, deadline);
  }
  Status release(PersonId caller, LeaseId lease, int epoch, ReleaseReason reason,
                 Deadline deadline = Deadline::never()) {
    return claims_.release(caller, lease, epoch, reason, deadline);
  }
  std::optional<std::string> heartbeat(const Caller& caller, Deadline deadline = Deadline::never(),
                                       bool resting = false) {
    return claims_.heartbeat(caller, deadline, resting);
  }
  /// The leases, of all phone banks, whose number was barred after it had been shown.
  std::vector<LeaseId> barred_leases(Deadline deadline = Deadline::never());
  void leave(PersonId caller, Deadline deadline = Deadline::never()) {
    claims_.leave(caller, deadline);
  }
  /// Durable when it returns. The same key again gets the first answer again. Many results share a
  /// transaction; one that is refused has written nothing, and the others stand.
  std::vector<Result<Stored>> record(std::span<const CallResult> results,
                                     Deadline deadline = Deadline::never());
  Result<Stored> record(const CallResult& result, Deadline deadline = Deadline::never()) {
    return std::move(record({&result, 1}, deadline).front());
  }

  const RuleBook& rule_book() const { return rule_book_; }
  /// New times between tries, tries, window and order; its country stays. Refuses: invalid,
  /// not_found.
  Result<Phonebank> set_pace(PhonebankId id, const Rules& rules, const std::string& actor,
                             Deadline deadline = Deadline::never());
  /// Its lines by how often they were tried, the least first.
  std::vector<PassRow> passes(PhonebankId id, Deadline deadline = Deadline::never());
  /// Asked before a number that is shown is called.
  DialOrders& dial_orders() { return dial_orders_; }
  /// How calls stand that this or another process makes.
  SharedCalls& shared_calls() { return shared_calls_; }
  /// Who comes first; following::Priorities reckons it.
  LineOrders& orders() { return orders_; }
  Dispositions& dispositions() { return dispositions_; }
  Supervision& supervision() { return supervision_; }
  QueueFollowing& following() { return following_; }
  /// Whether it follows the segment of its list from now on. Who has left or joined by then stays
  /// out or in when it does no longer. Refuses: not_found, invalid for a list that cannot be
  /// followed.
  Result<Phonebank> set_follows(PhonebankId id, bool follows, const std::string& actor,
                                Deadline deadline = Deadline::never());
  /// What a caller makes of a stored result.
  Result<Changed> change_result(const ResultChange& change, Deadline deadline = Deadline::never()) {
    return changes_.change(change, deadline);
  }
  /// Whose rules the campaign has chosen for its new phone banks.
  campaign::CallingChoice calling_choice(Deadline deadline = Deadline::never());
  /// Refuses: invalid.
  Status choose_calling_rules(const std::string& country, bool state_hours,
                              const std::string& actor, Deadline deadline = Deadline::never());
  LeadViews& views() { return views_; }
  Totals totals(Deadline deadline = Deadline::never());
  OwnCalls own_calls(const Caller& caller, Deadline deadline = Deadline::never());
  /// Newest first, at most `limit`.
  std::vector<ShownAttempt> attempts_of(VoterId voter, int limit,
                                        Deadline deadline = Deadline::never());

 private:
  struct ListFacts {
    std::int64_t with_phone = 0;
    std::vector<std::string> arms;  ///< by number, the hold-out first
    bool has_segment = false;
    bool is_limited = false;  ///< in its size, or a sample
  };
  static Result<ListFacts> facts_of(pg::Transaction& transaction, ListId list);
  /// The number of a list's arm; the first if none is named.
  static Result<int> arm_of(const std::vector<std::string>& arms, const std::string& name);
  static Status check_followed(const ListFacts& facts);
  Status check_answers(const CallResult& result);
  Result<PhonebankId> fill(const PhonebankDraft& draft, const std::string& actor,
                           Deadline deadline);

  pg::Pool& pool_;
  registry::Registry& registry_;
  surveys::SurveyService& surveys_;
  Log& log_;
  QueueTime time_;
  RuleBook rule_book_;
  ZoneSets zone_sets_;
  SuppressionEffects effects_;
  RemovalEffects removal_effects_;
  PersonEffects person_effects_;
  Claims claims_;
  DialOrders dial_orders_;
  SharedCalls shared_calls_;
  LineOrders orders_;
  ResultWriter writer_;
  ResultChanges changes_;
  Dispositions dispositions_;
  Supervision supervision_;
  QueueFollowing following_;
  LeadViews views_;
  Rescuer rescuer_;
};

}  // namespace hustings::phonebank
