#include "api/suppressions.h"

#include "base/text.h"
#include "registry/registry.h"

namespace hustings::api {

Fields SuppressionShape::fields() {
  return {field("id", &SuppressionShape::id, "The suppression."),
          field("number", &SuppressionShape::number, "Acts on this number, whoever has it."),
          field("voter", &SuppressionShape::voter, "Acts on this voter."),
          field("reason", &SuppressionShape::reason,
                "do_not_call, wrong_number, disconnected, deceased or moved."),
          field("source", &SuppressionShape::source, "Where it comes from."),
          field("at", &SuppressionShape::at, "Since when."),
          field("ended_at", &SuppressionShape::ended_at, "Until when; null: it is in force.")};
}

SuppressionShape shown(const registry::SuppressionShown& suppression) {
  SuppressionShape out{.id = suppression.id,
                       .number = std::nullopt,
                       .voter = suppression.voter,
                       .reason = std::string(to_string(suppression.reason)),
                       .source = suppression.source,
                       .at = suppression.at,
                       .ended_at = suppression.ended_at};
  if (suppression.number) out.number = phone_e164(*suppression.number);
  return out;
}

namespace {

struct AddSuppression {
  struct Input {
    std::optional<std::string> number;
    std::optional<VoterId> voter;
    std::string reason;
    std::string source;
    static Fields fields() {
      return {field("number", &Input::number, "A telephone number.", {.max_length = 40}),
              field("voter", &Input::voter, "A voter."),
              field("reason", &Input::reason,
                    "do_not_call, wrong_number, disconnected, deceased or moved.",
                    {.min_length = 1, .max_length = 40}),
              field("source", &Input::source, "Where this comes from.",
                    {.min_length = 1, .max_length = 200})};
    }
  };
  using Output = SuppressionShape;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/suppressions",
            .name = "add_suppression",
            .summary = "Bars a number or a voter from being contacted, everywhere at once.",
            .permission = Permission::suppress,
            .status = 201};
  }
  static Result<Output> call(Context& context, const Input& input) {
    registry::Suppression suppression{.number = std::nullopt,
                                      .voter = input.voter,
                                      .reason = {},
                                      .source = std::string(trim(input.source)),
                                      .actor = context.actor()};
    const auto reason = registry::suppression_reason_from(input.reason);
    if (!reason) {
      return invalid("A reason is do_not_call, wrong_number, disconnected, deceased or moved.",
                     "reason");
    }
    suppression.reason = *reason;
    if (input.number) {
      suppression.number = parse_phone(*input.number);
      if (!suppression.number) {
        return invalid("This is no number of the North American plan, such as (919) 555-0123.",
                       "number");
      }
    }
    return shown(TRY(context.services().registry.suppress(suppression, context.deadline())));
  }
};

struct EndSuppression {
  struct Input {
    SuppressionId id;
    static Fields fields() { return {field("id", &Input::id, "The suppression.")}; }
  };
  using Output = SuppressionShape;
  static Spec spec() {
    return {.method = "DELETE",
            .path = "/v1/suppressions/{id}",
            .name = "end_suppression",
            .summary = "Ends a bar on contact; that it was in force stays on record.",
            .permission = Permission::suppress};
  }
  static Result<Output> call(Context& context, const Input& input) {
    return shown(TRY(context.services().registry.end_suppression(input.id, context.actor(),
                                                                 context.deadline())));
  }
};

}  // namespace

void add_suppressions(Registrar& registrar) {
  registrar.add<AddSuppression>();
  registrar.add<EndSuppression>();
}

}  // namespace hustings::api
