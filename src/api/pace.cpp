#include "api/pace.h"

#include <utility>

#include "api/phonebank_names.h"
#include "phonebank/phonebank_service.h"

namespace hustings::api {
namespace {

constexpr std::string_view kNextWords =
    "After a wrong or dead number the voter's next one is called at once, not only when the time "
    "between two attempts is over.";

struct PaceShape {
  static constexpr std::string_view kName = "Pace";
  std::int64_t retry_minutes = 0;
  std::int64_t busy_minutes = 0;
  std::int64_t message_minutes = 0;
  std::int64_t lease_seconds = 0;
  std::int64_t attempts_max = 0;
  std::string opens;
  std::string closes;
  bool whole_passes = false;
  bool next_at_once = false;
  static Fields fields() {
    using S = PaceShape;
    return {field("retry_minutes", &S::retry_minutes, "Least time between two attempts."),
            field("busy_minutes", &S::busy_minutes, "After busy."),
            field("message_minutes", &S::message_minutes, "After a message was left."),
            field("lease_seconds", &S::lease_seconds, "How long a number is lent."),
            field("attempts_max", &S::attempts_max, "Attempts on a line that does not answer."),
            field("opens", &S::opens, "First minute of the voter's day."),
            field("closes", &S::closes, "The minute after the last."),
            field("whole_passes", &S::whole_passes, "Lines tried less often come first."),
            field("next_at_once", &S::next_at_once, kNextWords)};
  }
};

PaceShape shown(const phonebank::Rules& rules) {
  const auto minutes = [](std::chrono::seconds time) {
    return std::chrono::ceil<std::chrono::minutes>(time).count();
  };
  return {.retry_minutes = minutes(rules.retry),
          .busy_minutes = minutes(rules.busy_retry),
          .message_minutes = minutes(rules.message_retry),
          .lease_seconds = rules.lease.count(),
          .attempts_max = rules.attempts_max,
          .opens = time_of_day(rules.window.opens),
          .closes = time_of_day(rules.window.closes),
          .whole_passes = rules.whole_passes,
          .next_at_once = rules.next_at_once};
}

struct GetPace {
  struct Input {
    PhonebankId id;
    static Fields fields() { return {field("id", &Input::id, "The phone bank.")}; }
  };
  using Output = PaceShape;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/phonebanks/{id}/pace",
            .name = "get_phonebank_pace",
            .summary = "The times between passes, and the hours.",
            .permission = Permission::phonebank_read};
  }
  static Result<Output> call(Context& context, const Input& input) {
    return shown(TRY(context.services().phonebank.get(input.id, context.deadline())).rules);
  }
};

struct SetPace {
  struct Input {
    PhonebankId id;
    std::optional<std::int64_t> retry_minutes;
    std::optional<std::int64_t> busy_minutes;
    std::optional<std::int64_t> message_minutes;
    std::optional<std::int64_t> lease_seconds;
    std::optional<std::int32_t> attempts_max;
    std::optional<std::string> opens;
    std::optional<std::string> closes;
    std::optional<bool> whole_passes;
    std::optional<bool> next_at_once;
    static Fields fields() {
      return {
          field("id", &Input::id, "The phone bank."),
          field("retry_minutes", &Input::retry_minutes, "Least time between two attempts.",
                {.min = 0, .max = 20'160}),
          field("busy_minutes", &Input::busy_minutes, "After busy.", {.min = 1, .max = 20'160}),
          field("message_minutes", &Input::message_minutes, "After a message was left.",
                {.min = 0, .max = 20'160}),
          field("lease_seconds", &Input::lease_seconds, "How long a number is lent.",
                {.min = 30, .max = 7200}),
          field("attempts_max", &Input::attempts_max, "Attempts on a line.", {.min = 1, .max = 20}),
          field("opens", &Input::opens, "First minute of the voter's day.",
                {.min_length = 5, .max_length = 5}),
          field("closes", &Input::closes, "The minute after the last.",
                {.min_length = 5, .max_length = 5}),
          field("whole_passes", &Input::whole_passes, "Lines tried less often come first."),
          field("next_at_once", &Input::next_at_once, kNextWords)};
    }
  };
  using Output = PaceShape;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/phonebanks/{id}/pace",
            .name = "set_phonebank_pace",
            .summary = "New times, also while it runs; what is left out stays.",
            .permission = Permission::phonebank_write};
  }
  static Result<Output> call(Context& context, const Input& input) {
    phonebank::PhonebankService& service = context.services().phonebank;
    phonebank::Rules rules = TRY(service.get(input.id, context.deadline())).rules;
    if (input.retry_minutes) rules.retry = std::chrono::minutes(*input.retry_minutes);
    if (input.busy_minutes) rules.busy_retry = std::chrono::minutes(*input.busy_minutes);
    if (input.message_minutes) rules.message_retry = std::chrono::minutes(*input.message_minutes);
    if (input.lease_seconds) rules.lease = std::chrono::seconds(*input.lease_seconds);
    rules.attempts_max = input.attempts_max.value_or(rules.attempts_max);
    rules.whole_passes = input.whole_passes.value_or(rules.whole_passes);
    rules.next_at_once = input.next_at_once.value_or(rules.next_at_once);
    for (const auto& [text, minutes, where] :
         {std::tuple(input.opens, &rules.window.opens, "opens"),
          std::tuple(input.closes, &rules.window.closes, "closes")}) {
      if (!text) continue;
      const auto time = minutes_from(*text);
      if (!time) return invalid("Write the time as 09:00.", where);
      *minutes = *time;
    }
    return shown(TRY(service.set_pace(input.id, rules, context.actor(), context.deadline())).rules);
  }
};

struct PassShape {
  static constexpr std::string_view kName = "PhonebankPass";
  std::int64_t attempts = 0;
  std::int64_t lines = 0;
  std::int64_t left = 0;
  static Fields fields() {
    return {field("attempts", &PassShape::attempts, "How often these lines were tried."),
            field("lines", &PassShape::lines, "How many there are."),
            field("left", &PassShape::left, "How many of them are still to be called.")};
  }
};

struct ListPasses {
  struct Input {
    PhonebankId id;
    static Fields fields() { return {field("id", &Input::id, "The phone bank.")}; }
  };
  using Output = Page<PassShape>;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/phonebanks/{id}/passes",
            .name = "list_passes",
            .summary = "The lines by how often they were tried.",
            .permission = Permission::phonebank_read};
  }
  static Result<Output> call(Context& context, const Input& input) {
    TRY(context.services().phonebank.get(input.id, context.deadline()));
    Output output;
    for (const auto& row : context.services().phonebank.passes(input.id, context.deadline()))
      output.items.push_back({row.attempts, row.lines, row.left});
    return output;
  }
};

}  // namespace

void add_pace(Registrar& registrar) {
  registrar.add<GetPace>();
  registrar.add<SetPace>();
  registrar.add<ListPasses>();
}

}  // namespace hustings::api
