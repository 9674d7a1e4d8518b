#include "api/supervision.h"

#include <algorithm>
#include <utility>

#include "access/access_service.h"
#include "api/calls_at_shape.h"
#include "api/phonebank_names.h"
#include "phonebank/phonebank_service.h"
#include "segments/segment_service.h"

namespace hustings::api {
namespace {

constexpr std::chrono::hours kHoursShown{24 * 14};
constexpr std::chrono::minutes kWaitsShown{15};
constexpr std::size_t kSegmentsShown = 50;

struct OfPhonebank {
  PhonebankId id;
  static Fields fields() { return {field("id", &OfPhonebank::id, "The phone bank.")}; }
};

struct ListHours {
  using Input = OfPhonebank;
  using Output = Page<CallsAtShape>;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/phonebanks/{id}/hours",
            .name = "list_phonebank_hours",
            .summary = "Calls and conversations by the hour, of the last 14 days.",
            .permission = Permission::phonebank_read};
  }
  static Result<Output> call(Context& context, const Input& input) {
    phonebank::PhonebankService& service = context.services().phonebank;
    TRY(service.get(input.id, context.deadline()));
    Output output;
    const Instant since = context.services().clock.now() - kHoursShown;
    for (const auto& row : service.supervision().hours(input.id, since, context.deadline()))
      output.items.push_back(CallsAtShape::of(row));
    return output;
  }
};

struct GetWaits {
  using Input = OfPhonebank;
  struct Output {
    static constexpr std::string_view kName = "PhonebankWaits";
    std::int64_t counted = 0;
    double median_seconds = 0;
    double most_seconds = 0;
    double longest_seconds = 0;
    static Fields fields() {
      return {field("counted", &Output::counted, "Waits; breaks of ten minutes are none."),
              field("median_seconds", &Output::median_seconds, "Half were shorter."),
              field("most_seconds", &Output::most_seconds, "95 of 100 were shorter."),
              field("longest_seconds", &Output::longest_seconds, "The longest.")};
    }
  };
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/phonebanks/{id}/waits",
            .name = "get_phonebank_waits",
            .summary =
                "How long callers waited from a result to the next number they called, in the "
                "last 15 minutes.",
            .permission = Permission::phonebank_read};
  }
  static Result<Output> call(Context& context, const Input& input) {
    phonebank::PhonebankService& service = context.services().phonebank;
    TRY(service.get(input.id, context.deadline()));
    const Instant since = context.services().clock.now() - kWaitsShown;
    const auto waits = service.supervision().waits(input.id, since, context.deadline());
    return Output{.counted = waits.counted,
                  .median_seconds = waits.median_seconds,
                  .most_seconds = waits.most_seconds,
                  .longest_seconds = waits.longest_seconds};
  }
};

struct SegmentCallsShape {
  static constexpr std::string_view kName = "SegmentCalls";
  SegmentId segment;
  std::string name;
  std::int64_t voters = 0;
  std::int64_t calls = 0;
  std::int64_t conversations = 0;
  static Fields fields() {
    using S = SegmentCallsShape;
    return {field("segment", &S::segment, "The segment."), field("name", &S::name, "Its name."),
            field("voters", &S::voters, "Voters in it now who were called here."),
            field("calls", &S::calls, "Tries to reach them."),
            field("conversations", &S::conversations, "Those on which they spoke.")};
  }
};

/// Counts the voters called among the members of a segment.
SegmentCallsShape calls_in(const segments::Segment& segment,
                           const std::vector<segments::VoterState>& states,
                           const std::vector<phonebank::VoterCalls>& called) {
  SegmentCallsShape shape{.segment = segment.id, .name = segment.name};
  for (std::size_t i = 0; i < called.size(); ++i) {
    if (!states[i].matches) continue;
    ++shape.voters;
    shape.calls += called[i].calls.calls;
    shape.conversations += called[i].calls.conversations;
  }
  return shape;
}

struct ListSegmentCalls {
  using Input = OfPhonebank;
  using Output = Page<SegmentCallsShape>;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/phonebanks/{id}/segments",
            .name = "list_segment_calls",
            .summary =
                "Calls and conversations by saved segment, of the newest 100,000 tries: the 50 "
                "newest segments with a voter who was called.",
            .permission = Permission::segments_read};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const Services& services = context.services();
    TRY(services.phonebank.get(input.id, context.deadline()));
    const auto called =
        services.phonebank.supervision().calls_by_voter(input.id, context.deadline());
    std::vector<VoterId> voters;
    for (const phonebank::VoterCalls& one : called)
      voters.push_back(one.voter);
    Output output;
    std::vector<segments::Segment> saved;
    if (!voters.empty()) saved = services.segments.list();
    const std::size_t first = saved.size() - std::min(saved.size(), kSegmentsShown);
    for (std::size_t i = saved.size(); i > first; --i) {
      const segments::Segment& segment = saved[i - 1];
      // A segment that was removed or broken meanwhile has no numbers.
      const auto found = services.segments.states(segment.rule, voters);
      if (!found) continue;
      auto shape = calls_in(segment, found->states, called);
      if (shape.voters > 0) output.items.push_back(std::move(shape));
    }
    return output;
  }
};

struct QualityShape {
  static constexpr std::string_view kName = "CallerQuality";
  PersonId person;
  std::string name;
  std::int64_t calls = 0;
  std::int64_t conversations = 0;
  double median_seconds = 0;
  std::int64_t hasty = 0;
  std::int64_t unspoken = 0;
  std::int64_t barring = 0;
  std::int64_t late = 0;
  std::int64_t changed = 0;
  static Fields fields() {
    using S = QualityShape;
    return {field("person", &S::person, "The caller."),
            field("name", &S::name, "Their name."),
            field("calls", &S::calls, "Calls handed in."),
            field("conversations", &S::conversations, "Calls on which somebody spoke."),
            field("median_seconds", &S::median_seconds, "From the number's showing to the result."),
            field("hasty", &S::hasty, "Nobody reached within 15 seconds: it hardly rang."),
            field("unspoken", &S::unspoken, "Calls on which nobody spoke."),
            field("barring", &S::barring, "Calls that barred the number."),
            field("late", &S::late, "Results that came after the number had gone back."),
            field("changed", &S::changed, "Results that were changed or taken back.")};
  }
};

struct ListQuality {
  using Input = OfPhonebank;
  using Output = Page<QualityShape>;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/phonebanks/{id}/quality",
            .name = "list_caller_quality",
            .summary = "Signs of how each caller's calls went; signs, no verdicts.",
            .permission = Permission::phonebank_read};
  }
  static Result<Output> call(Context& context, const Input& input) {
    phonebank::PhonebankService& service = context.services().phonebank;
    TRY(service.get(input.id, context.deadline()));
    Output output;
    for (const auto& row : service.supervision().quality(input.id, context.deadline())) {
      output.items.push_back({.person = row.person,
                              .name = row.name,
                              .calls = row.calls.calls,
                              .conversations = row.calls.conversations,
                              .median_seconds = row.median_seconds,
                              .hasty = row.hasty,
                              .unspoken = row.unspoken,
                              .barring = row.barring,
                              .late = row.late,
                              .changed = row.changed});
    }
    return output;
  }
};

struct SendMessage {
  struct Input {
    PhonebankId id;
    std::string text;
    std::optional<PersonId> person;
    std::int64_t minutes = 30;
    static Fields fields() {
      return {field("id", &Input::id, "The phone bank."),
              field("text", &Input::text, "What callers read.",
                    {.min_length = 1, .max_length = phonebank::Supervision::kMessageMax}),
              field("person", &Input::person, "For this caller alone."),
              field("minutes", &Input::minutes, "How long it is shown.",
                    {.min = 1, .max = 1440, .has_default = true})};
    }
  };
  using Output = Nothing;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/phonebanks/{id}/messages",
            .name = "send_message",
            .summary = "Words for the callers; they see them within seconds.",
            .permission = Permission::phonebank_write};
  }
  static Result<Output> call(Context& context, const Input& input) {
    TRY(context.services().phonebank.supervision().send(input.id, input.person, input.text,
                                                        std::chrono::minutes(input.minutes),
                                                        context.actor(), context.deadline()));
    return Output{};
  }
};

struct OfCaller {
  PhonebankId id;
  PersonId person;
  static Fields fields() {
    return {field("id", &OfCaller::id, "The phone bank."),
            field("person", &OfCaller::person, "The caller.")};
  }
};

struct ReleaseCaller {
  using Input = OfCaller;
  using Output = Nothing;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/phonebanks/{id}/callers/{person}/release",
            .name = "release_caller",
            .summary = "Takes back the number that a caller holds; it waits as if it was dialled.",
            .permission = Permission::phonebank_write};
  }
  static Result<Output> call(Context& context, const Input& input) {
    TRY(context.services().phonebank.get(input.id, context.deadline()));
    context.services().phonebank.leave(input.person, context.deadline());
    return Output{};
  }
};

struct MoveCaller {
  struct Input {
    PhonebankId id;
    PersonId person;
    PhonebankId to;
    static Fields fields() {
      return {field("id", &Input::id, "The phone bank."),
              field("person", &Input::person, "The caller."),
              field("to", &Input::to, "Where they call from now on.")};
    }
  };
  using Output = Nothing;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/phonebanks/{id}/callers/{person}/move",
            .name = "move_caller",
            .summary = "Sends a caller to another phone bank; the number they hold goes back.",
            .permission = Permission::phonebank_write};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const Services& services = context.services();
    TRY(services.phonebank.get(input.id, context.deadline()));
    const auto to = TRY(services.phonebank.get(input.to, context.deadline()));
    if (to.state == phonebank::PhonebankState::closed) {
      return refuse(ErrorCode::conflict, "That phone bank is closed. Open it first.", "to");
    }
    services.phonebank.leave(input.person, context.deadline());
    TRY(services.access.move_caller(input.person, input.to, context.actor()));
    return Output{};
  }
};

}  // namespace

void add_supervision(Registrar& registrar) {
  registrar.add<ListHours>();
  registrar.add<GetWaits>();
  registrar.add<ListSegmentCalls>();
  registrar.add<ListQuality>();
  registrar.add<SendMessage>();
  registrar.add<ReleaseCaller>();
  registrar.add<MoveCaller>();
}

}  // namespace hustings::api
