#include "api/caller.h"

#include <span>
#include <utility>
#include <vector>

#include "api/dialling_names.h"
#include "api/disposition_shape.h"
#include "api/joined_caller.h"
#include "api/phonebank_names.h"
#include "api/registrar.h"
#include "api/result_input.h"
#include "api/script_shape.h"
#include "dialling/dialling.h"
#include "model/phone.h"
#include "phonebank/phonebank_service.h"
#include "surveys/survey_service.h"

namespace hustings::api {
namespace {

struct EarlierShape {
  static constexpr std::string_view kName = "EarlierAttempt";
  Instant at;
  Disposition disposition = Disposition::no_answer;
  std::string note;
  bool other_number = false;
  static Fields fields() {
    return {field("at", &EarlierShape::at, "When the call ended."),
            field("disposition", &EarlierShape::disposition, "What came of it."),
            field("note", &EarlierShape::note, "What the caller noted."),
            field("other_number", &EarlierShape::other_number,
                  "It was another number of theirs, not the one that is shown now.")};
  }
};

struct LeaseVoterShape {
  static constexpr std::string_view kName = "LeaseVoter";
  VoterId id;
  std::string first_name;
  std::string last_name;
  std::optional<std::int64_t> age;
  std::optional<std::string> city;
  std::optional<std::string> party;
  std::optional<std::string> gender;
  std::vector<EarlierShape> earlier;
  static Fields fields() {
    return {field("id", &LeaseVoterShape::id, "The voter."),
            field("first_name", &LeaseVoterShape::first_name, "First name."),
            field("last_name", &LeaseVoterShape::last_name, "Last name."),
            field("age", &LeaseVoterShape::age, "In years."),
            field("city", &LeaseVoterShape::city, "Where they live."),
            field("party", &LeaseVoterShape::party, "As registered."),
            field("gender", &LeaseVoterShape::gender, "M, F or U."),
            field("earlier", &LeaseVoterShape::earlier, "Earlier tries, the newest first.")};
  }
};

struct LeaseShape {
  static constexpr std::string_view kName = "Lease";
  LeaseId id;
  std::int64_t epoch = 0;
  std::string number;
  std::string number_shown;
  Instant until;
  std::vector<LeaseVoterShape> voters;
  static Fields fields() {
    return {field("id", &LeaseShape::id, "Names the lease in the result."),
            field("epoch", &LeaseShape::epoch, "Goes with it."),
            field("number", &LeaseShape::number, "For a tel: link."),
            field("number_shown", &LeaseShape::number_shown, "For people."),
            field("until", &LeaseShape::until, "When the lease ends without a sign of life."),
            field("voters", &LeaseShape::voters, "Who may be reached at this number.")};
  }
};

LeaseShape shape_of(const phonebank::Lease& lease) {
  LeaseShape shape{.id = lease.id,
                   .epoch = lease.epoch,
                   .number = phone_e164(lease.number),
                   .number_shown = phone_shown(lease.number),
                   .until = lease.until,
                   .voters = {}};
  for (const phonebank::LeaseVoter& voter : lease.voters) {
    LeaseVoterShape person{.id = voter.id,
                           .first_name = voter.first_name,
                           .last_name = voter.last_name,
                           .age = voter.age,
                           .city = voter.city,
                           .party = voter.party,
                           .gender = voter.gender,
                           .earlier = {}};
    for (const phonebank::EarlierAttempt& earlier : voter.earlier) {
      person.earlier.push_back(
          {earlier.at, earlier.disposition, earlier.note, earlier.other_number});
    }
    shape.voters.push_back(std::move(person));
  }
  return shape;
}

struct CallerPhonebank {
  static constexpr std::string_view kName = "CallerPhonebank";
  PhonebankId id;
  std::string name;
  phonebank::PhonebankState state = phonebank::PhonebankState::paused;
  std::string opens;
  std::string closes;
  static Fields fields() {
    return {field("id", &CallerPhonebank::id, "The phone bank."),
            field("name", &CallerPhonebank::name, "What people call it."),
            field("state", &CallerPhonebank::state, "open, paused or closed."),
            field("opens", &CallerPhonebank::opens, "First minute of the voter's day: 09:00."),
            field("closes", &CallerPhonebank::closes, "The minute after the last: 21:00.")};
  }
};

struct OwnShape {
  static constexpr std::string_view kName = "OwnCalls";
  std::int64_t calls = 0;
  std::int64_t conversations = 0;
  std::optional<Instant> since;
  static Fields fields() {
    return {field("calls", &OwnShape::calls, "Calls handed in."),
            field("conversations", &OwnShape::conversations, "Those on which somebody spoke."),
            field("since", &OwnShape::since, "When the first number was asked for.")};
  }
};

struct GetCaller {
  using Input = Nothing;
  struct Output {
    static constexpr std::string_view kName = "CallerStart";
    std::string name;
    CallerPhonebank phonebank;
    ScriptShape script;
    OwnShape own;
    std::optional<LeaseShape> lease;
    std::vector<DispositionShape> dispositions;
    PersonId person;
    telephony::Driver dialling = telephony::Driver::manual;
    static Fields fields() {
      return {field("name", &Output::name, "The caller's name."),
              field("phonebank", &Output::phonebank, "What the caller calls for."),
              field("script", &Output::script, "What is said."),
              field("own", &Output::own, "What the caller has done here."),
              field("lease", &Output::lease, "The number held now, after a reload."),
              field("dispositions", &Output::dispositions, "What a call may come to."),
              field("person", &Output::person, "The caller: names their topic dial:<id>."),
              field("dialling", &Output::dialling,
                    "Who makes the calls: the caller's own phone, or a simulator that calls "
                    "nobody.")};
    }
  };
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/caller",
            .name = "get_caller",
            .summary = "Everything that the caller's page shows at its start.",
            .permission = Permission::caller};
  }
  static Result<Output> call(Context& context, const Input&) {
    const phonebank::Caller caller = TRY(caller_of(context));
    Services& services = context.services();
    const auto bank = TRY(services.phonebank.get(caller.phonebank, context.deadline()));
    const auto script = TRY(services.surveys.script(bank.script));
    const auto own = services.phonebank.own_calls(caller, context.deadline());
    const auto lease = services.phonebank.held(caller, context.deadline());
    return Output{
        .name = context.identity().name,
        .phonebank = {bank.id, bank.name, bank.state, time_of_day(bank.rules.window.opens),
                      time_of_day(bank.rules.window.closes)},
        .script = shown(script),
        .own = {own.calls.calls, own.calls.conversations, own.since},
        .lease = lease ? std::optional(shape_of(*lease)) : std::nullopt,
        .dispositions = all_dispositions_of(context),
        .person = caller.person,
        .dialling = services.dialling.driver()};
  }
};

struct NothingShape {
  static constexpr std::string_view kName = "NothingReady";
  phonebank::NothingReason reason = phonebank::NothingReason::none_ready;
  std::string sentence;
  std::optional<Instant> next_at;
  static Fields fields() {
    return {field("reason", &NothingShape::reason, "Why there is no number."),
            field("sentence", &NothingShape::sentence, "The same for the caller."),
            field("next_at", &NothingShape::next_at, "When it is worth asking again.")};
  }
};

struct ClaimLine {
  using Input = Nothing;
  struct Output {
    static constexpr std::string_view kName = "Claim";
    std::optional<LeaseShape> lease;
    std::optional<NothingShape> nothing;
    static Fields fields() {
      return {field("lease", &Output::lease, "The next number; the same one if one is held."),
              field("nothing", &Output::nothing, "Or why there is none.")};
    }
  };
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/caller/claim",
            .name = "claim_line",
            .summary = "The next number to call.",
            .permission = Permission::caller};
  }
  static Output shape(const phonebank::Claim& claim) {
    Output output;
    if (claim.lease) output.lease = shape_of(*claim.lease);
    if (claim.nothing) {
      output.nothing = {claim.nothing->reason, claim.nothing->sentence, claim.nothing->next_at};
    }
    return output;
  }
  static std::vector<Result<Output>> call_many(std::span<Context* const> contexts,
                                               std::span<const Input>) {
    std::vector<Result<phonebank::Caller>> callers;
    std::vector<phonebank::Caller> joined;
    for (const Context* context : contexts) {
      if (callers.emplace_back(caller_of(*context))) joined.push_back(*callers.back());
    }
    std::vector<Result<phonebank::Claim>> claims;
    if (!joined.empty()) {
      Context& first = *contexts.front();
      claims = first.services().phonebank.claim(joined, first.deadline());
    }
    std::vector<Result<Output>> outputs;
    auto next = claims.begin();
    for (const auto& caller : callers) {
      if (!caller) {
        outputs.emplace_back(std::unexpected(caller.error()));
      } else if (*next) {
        outputs.emplace_back(shape(**next++));
      } else {
        outputs.emplace_back(std::unexpected((*next++).error()));
      }
    }
    return outputs;
  }
};

struct RecordResult {
  struct Input {
    std::string key;
    LeaseId lease;
    std::int32_t epoch = 0;
    std::vector<VoterResultInput> voters;
    std::optional<Instant> callback_at;
    std::optional<phonebank::CallbackBy> callback_by;
    static Fields fields() {
      return {field("key", &Input::key,
                    "A UUID that the page makes for each result: sent again, it is stored once.",
                    {.min_length = 36, .max_length = 36}),
              field("lease", &Input::lease, "The lease."),
              field("epoch", &Input::epoch, "Its epoch.", {.min = 1}),
              field("voters", &Input::voters, "Those whom the call was about.",
                    {.max_items = phonebank::kResultVotersMax}),
              field("callback_at", &Input::callback_at, "When to call back; with callback only."),
              field("callback_by", &Input::callback_by, "Who calls back; anyone if left out.")};
    }
  };
  struct Output {
    static constexpr std::string_view kName = "StoredResult";
    bool stored = true;
    bool late = false;
    bool repeat = false;
    static Fields fields() {
      return {field("stored", &Output::stored, "It is durable."),
              field("late", &Output::late, "The lease had ended; kept all the same."),
              field("repeat", &Output::repeat, "It was stored before.")};
    }
  };
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/caller/results",
            .name = "record_result",
            .summary = "What came of a call. Answered once it is durable; may be sent again.",
            .permission = Permission::caller};
  }
  static phonebank::CallResult result_of(const Context& context, const Input& input) {
    phonebank::CallResult result{
        .key = input.key,
        .caller = context.identity().person,
        .lease = input.lease,
        .epoch = input.epoch,
        .voters = {},
        .callback_at = input.callback_at,
        .callback_by = input.callback_by.value_or(phonebank::CallbackBy::anyone)};
    return result;
  }
  /// Those that read well are stored together.
  static std::vector<Result<Output>> call_many(std::span<Context* const> contexts,
                                               std::span<const Input> inputs) {
    std::vector<Status> read;
    std::vector<phonebank::CallResult> results;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      phonebank::CallResult result = result_of(*contexts[i], inputs[i]);
      read.push_back(read_results(*contexts[i], inputs[i].voters, result.voters));
      if (read.back()) results.push_back(std::move(result));
    }
    std::vector<Result<phonebank::Stored>> all;
    if (!results.empty()) {
      Context& first = *contexts.front();
      all = first.services().phonebank.record(results, first.deadline());
    }
    std::vector<Result<Output>> outputs;
    auto next = all.begin();
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      if (read[i]) {
        outputs.push_back(shape(*next++));
      } else {
        outputs.emplace_back(std::unexpected(read[i].error()));
      }
    }
    return outputs;
  }
  static Result<Output> shape(const Result<phonebank::Stored>& stored) {
    if (!stored) return std::unexpected(stored.error());
    return Output{.stored = true, .late = stored->late, .repeat = stored->repeat};
  }
};

struct ReleaseLine {
  struct Input {
    LeaseId lease;
    std::int32_t epoch = 0;
    phonebank::ReleaseReason reason = phonebank::ReleaseReason::skipped;
    static Fields fields() {
      return {field("lease", &Input::lease, "The lease."),
              field("epoch", &Input::epoch, "Its epoch."),
              field("reason", &Input::reason, "skipped, break or technical.")};
    }
  };
  using Output = Nothing;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/caller/release",
            .name = "release_line",
            .summary = "The number was not dialled: it goes back at once.",
            .permission = Permission::caller};
  }
  static Result<Output> call(Context& context, const Input& input) {
    TRY(context.services().phonebank.release(context.identity().person, input.lease, input.epoch,
                                             input.reason, context.deadline()));
    return Output{};
  }
};

struct GetBars {
  using Input = Nothing;
  struct Output {
    static constexpr std::string_view kName = "Bars";
    std::vector<LeaseId> leases;
    static Fields fields() {
      return {field("leases", &Output::leases,
                    "Leases whose number must not be called any more, of all callers.")};
    }
  };
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/caller/bars",
            .name = "get_bars",
            .summary = "What was barred after it had been shown; live, so that no caller dials it.",
            .permission = Permission::caller,
            .topic = "bars"};
  }
  static Result<Output> call(Context& context, const Input&) {
    return Output{.leases = context.services().phonebank.barred_leases(context.deadline())};
  }
};

struct Heartbeat {
  struct Input {
    bool resting = false;
    static Fields fields() {
      return {
          field("resting", &Input::resting, "The caller is on a break.", {.has_default = true})};
    }
  };
  struct Output {
    static constexpr std::string_view kName = "HeartbeatAnswer";
    std::optional<std::string> message;
    bool barred = false;
    PhonebankId phonebank;
    static Fields fields() {
      return {field("message", &Output::message, "Something to show the caller at once."),
              field("barred", &Output::barred,
                    "The message says that the number shown must not be called any more."),
              field("phonebank", &Output::phonebank,
                    "Where the caller calls now: a lead may have moved them.")};
    }
  };
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/caller/heartbeat",
            .name = "heartbeat",
            .summary = "A sign of life, every 30 seconds: a long call keeps its number.",
            .permission = Permission::caller};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const phonebank::Caller caller = TRY(caller_of(context));
    phonebank::PhonebankService& service = context.services().phonebank;
    auto message = service.heartbeat(caller, context.deadline(), input.resting);
    const bool is_barred = message.has_value();
    if (!message) message = service.supervision().message_for(caller, context.deadline());
    return Output{
        .message = std::move(message), .barred = is_barred, .phonebank = caller.phonebank};
  }
};

}  // namespace

void add_caller(Registrar& registrar) {
  registrar.add<GetCaller>();
  registrar.add<ClaimLine>();
  registrar.add<RecordResult>();
  registrar.add<ReleaseLine>();
  registrar.add<GetBars>();
  registrar.add<Heartbeat>();
}

}  // namespace hustings::api
