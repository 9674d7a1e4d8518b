#include "api/dialling.h"

#include <optional>
#include <string>

#include "api/dialling_names.h"
#include "api/joined_caller.h"
#include "api/phonebank_names.h"
#include "dialling/dialling.h"

namespace hustings::api {
namespace {

struct CallShape {
  static constexpr std::string_view kName = "LiveCall";
  LeaseId lease;
  telephony::CallState state = telephony::CallState::asked;
  std::optional<telephony::CallEnd> end;
  Instant at;
  std::optional<Disposition> proposed;
  static Fields fields() {
    return {field("lease", &CallShape::lease, "The lease whose number is called."),
            field("state", &CallShape::state, "How the call stands."),
            field("end", &CallShape::end, "How it ended, once it has."),
            field("at", &CallShape::at, "Since when it stands so."),
            field("proposed", &CallShape::proposed,
                  "The result that its end speaks for; the caller says whether it is so.")};
  }
};

std::optional<CallShape> shape_of(const std::optional<dialling::LiveCall>& call) {
  if (!call) return std::nullopt;
  return CallShape{.lease = call->lease,
                   .state = call->state,
                   .end = call->end,
                   .at = call->at,
                   .proposed = call->end ? dialling::proposed_by(*call->end) : std::nullopt};
}

struct Dial {
  struct Input {
    LeaseId lease;
    std::int32_t epoch = 0;
    static Fields fields() {
      return {field("lease", &Input::lease, "The lease."),
              field("epoch", &Input::epoch, "Its epoch.", {.min = 1})};
    }
  };
  struct Output {
    static constexpr std::string_view kName = "Dialled";
    std::optional<std::string> link;
    std::optional<CallShape> call;
    static Fields fields() {
      return {field("link", &Output::link, "For the caller's own phone: tel:+19195550123."),
              field("call", &Output::call, "The call, if the program makes it.")};
    }
  };
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/caller/dial",
            .name = "dial",
            .summary =
                "Whether the number may be called at this very moment, and the call; sent again, "
                "it rings nobody a second time.",
            .permission = Permission::caller};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const phonebank::Caller caller = TRY(caller_of(context));
    auto dialled =
        TRY(context.services().dialling.dial(caller, input.lease, input.epoch, context.deadline()));
    return Output{.link = std::move(dialled.link), .call = shape_of(dialled.call)};
  }
};

struct HangUp {
  struct Input {
    LeaseId lease;
    static Fields fields() { return {field("lease", &Input::lease, "The lease.")}; }
  };
  using Output = Nothing;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/caller/hang-up",
            .name = "hang_up",
            .summary = "Ends the call that the program makes for the caller.",
            .permission = Permission::caller};
  }
  static Result<Output> call(Context& context, const Input& input) {
    TRY(context.services().dialling.hang_up(context.identity().person, input.lease));
    return Output{};
  }
};

struct GetCall {
  struct Input {
    PersonId id;
    static Fields fields() { return {field("id", &Input::id, "The caller.")}; }
  };
  struct Output {
    static constexpr std::string_view kName = "CallNow";
    std::optional<CallShape> call;
    static Fields fields() { return {field("call", &Output::call, "The caller's newest call.")}; }
  };
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/caller/calls/{id}",
            .name = "get_call",
            .summary = "How the caller's newest call stands; live.",
            .permission = Permission::caller,
            .topic = "dial",
            .topic_of_self = true};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const access::Identity& who = context.identity();
    if (who.role == access::Role::caller && who.person != input.id) {
      return refuse(ErrorCode::not_found, "There is no such call.", "id");
    }
    return Output{.call = shape_of(context.services().dialling.call_of(input.id))};
  }
};

}  // namespace

void add_dialling(Registrar& registrar) {
  registrar.add<Dial>();
  registrar.add<HangUp>();
  registrar.add<GetCall>();
}

}  // namespace hustings::api
