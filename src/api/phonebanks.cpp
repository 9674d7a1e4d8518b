#include "api/phonebanks.h"

#include <algorithm>
#include <map>
#include <utility>

#include "api/calls_at_shape.h"
#include "api/phonebank_names.h"
#include "api/priority_step.h"
#include "base/text.h"
#include "following/follower.h"
#include "following/priorities.h"
#include "phonebank/phonebank_service.h"

namespace hustings::api {
namespace {

constexpr std::chrono::minutes kProgress{120};

struct LineCountsShape {
  static constexpr std::string_view kName = "LineCounts";
  std::int64_t lines = 0;
  std::int64_t ready = 0;
  std::int64_t held = 0;
  std::int64_t done = 0;
  std::int64_t barred = 0;
  std::int64_t waiting = 0;
  std::int64_t callbacks = 0;
  std::int64_t outside_hours = 0;
  static Fields fields() {
    using L = LineCountsShape;
    return {field("lines", &L::lines, "All numbers."),
            field("ready", &L::ready, "Could be handed out now."),
            field("held", &L::held, "With callers."),
            field("done", &L::done, "Reached, or tried as often as allowed."),
            field("barred", &L::barred, "Must not be called."),
            field("waiting", &L::waiting, "Wait for their next attempt."),
            field("callbacks", &L::callbacks, "Promised; among those ready and waiting."),
            field("outside_hours", &L::outside_hours, "Ready, but it is too early or late there.")};
  }
};

struct DispositionCount {
  static constexpr std::string_view kName = "DispositionCount";
  Disposition disposition = Disposition::no_answer;
  std::int64_t count = 0;
  static Fields fields() {
    return {field("disposition", &DispositionCount::disposition, "What came of it."),
            field("count", &DispositionCount::count, "Of how many attempts.")};
  }
};

struct ReasonCount {
  static constexpr std::string_view kName = "ReasonCount";
  std::string reason;
  std::int64_t count = 0;
  static Fields fields() {
    return {field("reason", &ReasonCount::reason, "Why."),
            field("count", &ReasonCount::count, "How many.")};
  }
};

struct ChoiceCount {
  static constexpr std::string_view kName = "ChoiceCount";
  std::string text;
  std::int64_t count = 0;
  static Fields fields() {
    return {field("text", &ChoiceCount::text, "The choice's words."),
            field("count", &ChoiceCount::count, "How often it was given here.")};
  }
};

struct QuestionCountsShape {
  static constexpr std::string_view kName = "QuestionCounts";
  std::string question;
  std::string key;
  std::int64_t declined = 0;
  std::vector<ChoiceCount> choices;
  static Fields fields() {
    return {field("question", &QuestionCountsShape::question, "As it is asked."),
            field("key", &QuestionCountsShape::key, "Its key."),
            field("declined", &QuestionCountsShape::declined, "Who would not say."),
            field("choices", &QuestionCountsShape::choices, "In their order.")};
  }
};

struct FollowingShape {
  static constexpr std::string_view kName = "PhonebankFollowing";
  std::int64_t joined = 0;
  std::int64_t position = 0;
  std::int64_t age_ms = 0;
  bool has_segment = true;
  static Fields fields() {
    using F = FollowingShape;
    return {field("joined", &F::joined,
                  "Voters who have joined the list since it was frozen, all arms."),
            field("position", &F::position, "Of the feed: the queue follows up to it."),
            field("age_ms", &F::age_ms, "Milliseconds since the segment was last looked at."),
            field("has_segment", &F::has_segment,
                  "False: the segment was removed, and the queue stays as it is.")};
  }
};

struct PhonebankShape {
  static constexpr std::string_view kName = "Phonebank";
  PhonebankId id;
  std::string name;
  ListId list;
  std::string list_name;
  std::string arm;
  std::optional<FollowingShape> following;
  ScriptId script;
  std::string script_name;
  phonebank::PhonebankState state = phonebank::PhonebankState::paused;
  std::int64_t retry_minutes = 0;
  std::int64_t lease_seconds = 0;
  std::int64_t attempts_max = 0;
  std::string opens;
  std::string closes;
  std::optional<std::string> country;
  bool state_hours = true;
  phonebank::ConsentNeed consent = phonebank::ConsentNeed::none;
  Instant created_at;
  LineCountsShape counts;
  std::int64_t callers_active = 0;
  std::int64_t calls = 0;
  std::int64_t conversations = 0;
  std::int64_t calls_last_hour = 0;
  std::int64_t conversations_last_hour = 0;
  std::int64_t answers = 0;
  std::vector<DispositionCount> dispositions;
  std::vector<QuestionCountsShape> results;
  std::vector<ReasonCount> barred_reasons;
  std::vector<ReasonCount> dial_refusals;
  std::int64_t position = 0;
  std::int64_t age_ms = 0;
  static Fields fields() {
    using P = PhonebankShape;
    return {field("id", &P::id, "The phone bank."),
            field("name", &P::name, "What people call it."),
            field("list", &P::list, "Whom it calls."),
            field("list_name", &P::list_name, "The list's name."),
            field("arm", &P::arm, "The list's arm that it calls; never the hold-out."),
            field("following", &P::following,
                  "How it follows the list's segment: who leaves drops out, who joins is added. "
                  "Null: it calls the list as it was frozen."),
            field("script", &P::script, "What is said."),
            field("script_name", &P::script_name, "The script's name."),
            field("state", &P::state, "open, paused or closed."),
            field("retry_minutes", &P::retry_minutes, "Least time between two attempts."),
            field("lease_seconds", &P::lease_seconds, "How long a number is lent."),
            field("attempts_max", &P::attempts_max, "Attempts on a line that does not answer."),
            field("opens", &P::opens, "First minute of the voter's day: 09:00."),
            field("closes", &P::closes, "The minute after the last: 21:00."),
            field("country", &P::country, "Whose calling rules it keeps; null: its own hours."),
            field("state_hours", &P::state_hours, "Also those of the country's states."),
            field("consent", &P::consent, "Whose consent a number needs to be shown."),
            field("created_at", &P::created_at, "When it was made."),
            field("counts", &P::counts, "Its lines by state."),
            field("callers_active", &P::callers_active, "Callers seen within a minute."),
            field("calls", &P::calls, "Calls made."),
            field("conversations", &P::conversations, "Calls on which somebody spoke."),
            field("calls_last_hour", &P::calls_last_hour, "Of the last hour."),
            field("conversations_last_hour", &P::conversations_last_hour, "Of the last hour."),
            field("answers", &P::answers, "Answers recorded."),
            field("dispositions", &P::dispositions, "What came of the attempts, most first."),
            field("results", &P::results, "What was answered here, by question."),
            field("barred_reasons", &P::barred_reasons, "Why lines are barred, most first."),
            field("dial_refusals", &P::dial_refusals,
                  "Why numbers that were shown must not be called at the moment of dialling, once "
                  "for each time a number was shown, most first."),
            field("position", &P::position, "Of the feed, at which this is true."),
            field("age_ms", &P::age_ms, "How old it is, in milliseconds.")};
  }
};

std::optional<FollowingShape> following_of(const Context& context,
                                           const phonebank::Phonebank& bank) {
  if (!bank.follows) return {};
  const auto state = context.services().follower.state(bank.id);
  return FollowingShape{.joined = bank.joined,
                        .position = state ? state->position : 0,
                        .age_ms = state ? state->age.count() : 0,
                        .has_segment = !state || state->has_segment};
}

std::vector<ReasonCount> by_count(const std::map<std::string, std::int64_t>& reasons) {
  std::vector<ReasonCount> counts;
  for (const auto& [reason, count] : reasons)
    counts.push_back({reason, count});
  std::ranges::sort(counts, std::greater(), &ReasonCount::count);
  return counts;
}

PhonebankShape shown(const Context& context, const phonebank::LeadView& view) {
  const phonebank::Phonebank& bank = view.phonebank;
  PhonebankShape shape;
  shape.id = bank.id;
  shape.name = bank.name;
  shape.list = bank.list;
  shape.list_name = bank.list_name;
  shape.arm = bank.arm_name;
  shape.following = following_of(context, bank);
  shape.script = bank.script;
  shape.script_name = bank.script_name;
  shape.state = bank.state;
  shape.retry_minutes = std::chrono::ceil<std::chrono::minutes>(bank.rules.retry).count();
  shape.lease_seconds = bank.rules.lease.count();
  shape.attempts_max = bank.rules.attempts_max;
  shape.opens = time_of_day(bank.rules.window.opens);
  shape.closes = time_of_day(bank.rules.window.closes);
  if (!bank.rules.country.empty()) shape.country = bank.rules.country;
  shape.state_hours = bank.rules.state_hours;
  shape.consent = bank.rules.consent;
  shape.created_at = bank.created_at;
  const phonebank::LineCounts& lines = view.lines;
  shape.counts = {.lines = lines.lines,
                  .ready = lines.ready,
                  .held = lines.held,
                  .done = lines.done,
                  .barred = lines.barred,
                  .waiting = lines.waiting,
                  .callbacks = lines.callbacks,
                  .outside_hours = lines.outside_hours};
  shape.callers_active = view.callers_active;
  shape.calls = view.tally.calls.calls;
  shape.conversations = view.tally.calls.conversations;
  shape.calls_last_hour = view.last_hour.calls;
  shape.conversations_last_hour = view.last_hour.conversations;
  shape.answers = view.tally.answers_given();
  for (const auto& [name, count] : view.tally.dispositions) {
    if (const auto known = disposition_from(name)) shape.dispositions.push_back({*known, count});
  }
  std::ranges::sort(shape.dispositions, std::greater(), &DispositionCount::count);
  shape.barred_reasons = by_count(view.barred_reasons);
  shape.dial_refusals = by_count(view.dial_refusals);
  for (const phonebank::QuestionCounts& counts : view.results) {
    QuestionCountsShape question{counts.question.text, counts.question.key, counts.declined, {}};
    for (std::size_t i = 0; i < counts.choices.size(); ++i) {
      question.choices.push_back({counts.question.choices[i], counts.choices[i]});
    }
    shape.results.push_back(std::move(question));
  }
  shape.position = view.position;
  shape.age_ms = view.age.count();
  return shape;
}

Result<PhonebankShape> view_of(const Context& context, PhonebankId id) {
  const auto view = context.services().phonebank.views().view(id, context.deadline());
  if (!view) return refuse(ErrorCode::not_found, "There is no such phone bank.");
  return shown(context, *view);
}

struct ListPhonebanks {
  using Input = Nothing;
  using Output = Page<PhonebankShape>;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/phonebanks",
            .name = "list_phonebanks",
            .summary = "All phone banks, the newest first.",
            .permission = Permission::phonebank_read};
  }
  static Result<Output> call(Context& context, const Input&) {
    Output output;
    const auto totals = context.services().phonebank.totals(context.deadline());
    for (const phonebank::LeadView& view : totals.phonebanks)
      output.items.push_back(shown(context, view));
    return output;
  }
};

struct AddPhonebank {
  struct Input {
    std::string name;
    ListId list;
    ScriptId script;
    std::int64_t retry_minutes = 240;
    std::int64_t lease_seconds = 600;
    std::int32_t attempts_max = 3;
    std::string opens = "09:00";
    std::string closes = "21:00";
    std::optional<std::string> country;
    std::optional<bool> state_hours;
    std::optional<phonebank::ConsentNeed> consent;
    std::string arm;
    bool follows = false;
    std::vector<PriorityStepInput> priorities;
    static Fields fields() {
      return {
          field("name", &Input::name, "What people call it.", {.min_length = 1, .max_length = 200}),
          field("list", &Input::list, "Whom it calls."),
          field("arm", &Input::arm, "The arm of the list that it calls; left out: the first.",
                {.max_length = 60, .has_default = true}),
          field("follows", &Input::follows,
                "Whether it follows the list's segment: who leaves drops out within a second, who "
                "joins is added.",
                {.has_default = true}),
          field("script", &Input::script, "What is said."),
          field("retry_minutes", &Input::retry_minutes, "Least time between two attempts.",
                {.min = 0, .max = 20'160, .has_default = true}),
          field("lease_seconds", &Input::lease_seconds, "How long a number is lent.",
                {.min = 30, .max = 7200, .has_default = true}),
          field("attempts_max", &Input::attempts_max, "Attempts on a line that does not answer.",
                {.min = 1, .max = 20, .has_default = true}),
          field("opens", &Input::opens, "First minute of the voter's day.",
                {.min_length = 5, .max_length = 5, .has_default = true}),
          field("closes", &Input::closes, "The minute after the last; 24:00 ends the day.",
                {.min_length = 5, .max_length = 5, .has_default = true}),
          field("country", &Input::country,
                "Whose calling rules it keeps; the campaign's if left out, none if empty.",
                {.max_length = 10}),
          field("state_hours", &Input::state_hours,
                "Also the narrower hours of its states; as the campaign chose if left out."),
          field("consent", &Input::consent,
                "Whose consent a number needs; as the country's rules say if left out."),
          field("priorities", &Input::priorities,
                "Who comes first: the first step decides, among equals the next.",
                {.max_items = kPriorityStepsMax, .has_default = true})};
    }
  };
  using Output = PhonebankShape;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/phonebanks",
            .name = "add_phonebank",
            .summary = "Makes a phone bank from a list; it is paused until it is opened.",
            .permission = Permission::phonebank_write,
            .longest = std::chrono::minutes(10)};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const auto opens = minutes_from(input.opens);
    if (!opens) return invalid("Write the time as 09:00.", "opens");
    const auto closes = minutes_from(input.closes);
    if (!closes) return invalid("Write the time as 21:00.", "closes");
    phonebank::PhonebankService& service = context.services().phonebank;
    const auto choice = service.calling_choice(context.deadline());
    phonebank::Rules rules{.retry = std::chrono::minutes(input.retry_minutes),
                           .lease = std::chrono::seconds(input.lease_seconds),
                           .attempts_max = input.attempts_max,
                           .window = {*opens, *closes},
                           .country = input.country.value_or(choice.country),
                           .state_hours = input.state_hours.value_or(choice.state_hours)};
    const auto* country = service.rule_book().find(rules.country);
    const auto usual = country == nullptr ? phonebank::ConsentNeed::none : country->consent();
    rules.consent = input.consent.value_or(usual);
    const auto steps = steps_of(input.priorities);
    TRY(context.services().priorities.check(steps));
    const auto made = TRY(service.create({.name = input.name,
                                          .list = input.list,
                                          .script = input.script,
                                          .rules = rules,
                                          .arm = input.arm,
                                          .follows = input.follows},
                                         context.actor(), context.deadline()));
    if (!steps.empty()) {
      TRY(context.services().priorities.set(made.id, steps, context.actor(), context.deadline()));
    }
    return view_of(context, made.id);
  }
};

struct GetPhonebank {
  struct Input {
    PhonebankId id;
    static Fields fields() { return {field("id", &Input::id, "The phone bank.")}; }
  };
  using Output = PhonebankShape;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/phonebanks/{id}",
            .name = "get_phonebank",
            .summary = "A phone bank with its live counters.",
            .permission = Permission::phonebank_read,
            .topic = "phonebank"};
  }
  static Result<Output> call(Context& context, const Input& input) {
    return view_of(context, input.id);
  }
};

struct SetPhonebankState {
  struct Input {
    PhonebankId id;
    phonebank::PhonebankState state = phonebank::PhonebankState::open;
    static Fields fields() {
      return {field("id", &Input::id, "The phone bank."),
              field("state", &Input::state, "open, paused or closed.")};
    }
  };
  using Output = PhonebankShape;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/phonebanks/{id}/state",
            .name = "set_phonebank_state",
            .summary = "Opens, pauses or closes it; results are taken in every state.",
            .permission = Permission::phonebank_write};
  }
  static Result<Output> call(Context& context, const Input& input) {
    TRY(context.services().phonebank.set_state(input.id, input.state, context.actor(),
                                               context.deadline()));
    return view_of(context, input.id);
  }
};

enum class Presence : std::uint8_t { on_call, ready, resting, away };

}  // namespace

template <>
struct ChoiceNames<Presence> {
  static constexpr std::string_view kName = "Presence";
  static constexpr std::array<std::string_view, 4> kNames = {"on_call", "ready", "resting", "away"};
};

namespace {

struct CallerShape {
  static constexpr std::string_view kName = "Caller";
  PersonId id;
  std::string name;
  Instant joined_at;
  Instant last_seen_at;
  Presence state = Presence::ready;
  std::int64_t calls = 0;
  std::int64_t conversations = 0;
  static Fields fields() {
    return {field("id", &CallerShape::id, "The caller."),
            field("name", &CallerShape::name, "Their name."),
            field("joined_at", &CallerShape::joined_at, "When they first asked for a number."),
            field("last_seen_at", &CallerShape::last_seen_at, "Their last sign of life."),
            field("state", &CallerShape::state,
                  "away: has left, or gave no sign of life for a minute."),
            field("calls", &CallerShape::calls, "Calls handed in."),
            field("conversations", &CallerShape::conversations, "Calls on which somebody spoke.")};
  }
};

struct SetFollowing {
  struct Input {
    PhonebankId id;
    bool follows = true;
    static Fields fields() {
      return {field("id", &Input::id, "The phone bank."),
              field("follows", &Input::follows, "Whether it follows from now on.")};
    }
  };
  using Output = PhonebankShape;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/phonebanks/{id}/following",
            .name = "set_phonebank_following",
            .summary = "Follows the list's segment from now on, or leaves the queue as it is.",
            .permission = Permission::phonebank_write};
  }
  static Result<Output> call(Context& context, const Input& input) {
    TRY(context.services().phonebank.set_follows(input.id, input.follows, context.actor(),
                                                 context.deadline()));
    return view_of(context, input.id);
  }
};

struct ListCallers {
  struct Input {
    PhonebankId id;
    static Fields fields() { return {field("id", &Input::id, "The phone bank.")}; }
  };
  using Output = Page<CallerShape>;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/phonebanks/{id}/callers",
            .name = "list_callers",
            .summary = "Who calls here, the last seen first; who is away comes last.",
            .permission = Permission::phonebank_read};
  }
  static Result<Output> call(Context& context, const Input& input) {
    TRY(context.services().phonebank.get(input.id, context.deadline()));
    Output output;
    for (const phonebank::CallerRow& row :
         context.services().phonebank.views().callers(input.id, context.deadline())) {
      const Presence idle = row.resting ? Presence::resting : Presence::ready;
      const Presence here = row.on_call ? Presence::on_call : idle;
      output.items.push_back({.id = row.person,
                              .name = row.name,
                              .joined_at = row.joined_at,
                              .last_seen_at = row.last_seen_at,
                              .state = row.away ? Presence::away : here,
                              .calls = row.calls.calls,
                              .conversations = row.calls.conversations});
    }
    return output;
  }
};

struct GetProgress {
  struct Input {
    PhonebankId id;
    static Fields fields() { return {field("id", &Input::id, "The phone bank.")}; }
  };
  struct Output {
    static constexpr std::string_view kName = "PhonebankProgress";
    std::vector<CallsAtShape> minutes;
    static Fields fields() {
      return {field("minutes", &Output::minutes, "The minutes that had calls, oldest first.")};
    }
  };
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/phonebanks/{id}/progress",
            .name = "get_phonebank_progress",
            .summary = "Calls and conversations of the last 120 minutes.",
            .permission = Permission::phonebank_read};
  }
  static Result<Output> call(Context& context, const Input& input) {
    TRY(context.services().phonebank.get(input.id, context.deadline()));
    Output output;
    for (const phonebank::CallsAt& row :
         context.services().phonebank.views().progress(input.id, kProgress, context.deadline())) {
      output.minutes.push_back(CallsAtShape::of(row));
    }
    return output;
  }
};

}  // namespace

void add_phonebanks(Registrar& registrar) {
  registrar.add<ListPhonebanks>();
  registrar.add<AddPhonebank>();
  registrar.add<GetPhonebank>();
  registrar.add<SetPhonebankState>();
  registrar.add<SetFollowing>();
  registrar.add<ListCallers>();
  registrar.add<GetProgress>();
}

}  // namespace hustings::api
