#include "api/supervision.h"

#include <utility>

#include "access/access_service.h"
#include "api/phonebank_names.h"
#include "phonebank/phonebank_service.h"

namespace hustings::api {
namespace {

constexpr std::chrono::hours kHoursShown{24 * 14};

struct OfPhonebank {
  PhonebankId id;
  static Fields fields() { return {field("id", &OfPhonebank::id, "The phone bank.")}; }
};

struct HourShape {
  static constexpr std::string_view kName = "PhonebankHour";
  Instant at;
  std::int64_t calls = 0;
  std::int64_t conversations = 0;
  static Fields fields() {
    return {field("at", &HourShape::at, "The hour's begin."),
            field("calls", &HourShape::calls, "Calls handed in."),
            field("conversations", &HourShape::conversations, "Calls on which somebody spoke.")};
  }
};

struct ListHours {
  using Input = OfPhonebank;
  using Output = Page<HourShape>;
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
      output.items.push_back({row.at, row.calls.calls, row.calls.conversations});
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
  registrar.add<ListQuality>();
  registrar.add<SendMessage>();
  registrar.add<ReleaseCaller>();
  registrar.add<MoveCaller>();
}

}  // namespace hustings::api
