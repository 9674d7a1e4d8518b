#include "api/consents.h"

#include "base/text.h"
#include "registry/registry.h"

namespace hustings::api {

template <>
struct ChoiceNames<ConsentPurpose> {
  static constexpr std::string_view kName = "ConsentPurpose";
  static constexpr std::array<std::string_view, 4> kNames = {"campaign", "fundraising",
                                                             "volunteering", "research"};
};
template <>
struct ChoiceNames<ConsentChannel> {
  static constexpr std::string_view kName = "ConsentChannel";
  static constexpr std::array<std::string_view, 6> kNames = {
      "phone", "automated_phone", "text", "email", "mail", "door"};
};
template <>
struct ChoiceNames<ConsentState> {
  static constexpr std::string_view kName = "ConsentState";
  static constexpr std::array<std::string_view, 2> kNames = {"given", "withdrawn"};
};

namespace {

struct ConsentShape {
  static constexpr std::string_view kName = "Consent";
  ConsentPurpose purpose{};
  ConsentChannel channel{};
  ConsentState state{};
  std::string source;
  std::optional<std::string> evidence;
  std::string actor;
  Instant at;
  Instant recorded_at;
  bool counts = false;
  static Fields fields() {
    return {field("purpose", &ConsentShape::purpose, "What for."),
            field("channel", &ConsentShape::channel, "By what."),
            field("state", &ConsentShape::state, "given or withdrawn."),
            field("source", &ConsentShape::source, "How the campaign knows."),
            field("evidence", &ConsentShape::evidence, "Where the proof is."),
            field("actor", &ConsentShape::actor, "Who recorded it."),
            field("at", &ConsentShape::at, "When it was said."),
            field("recorded_at", &ConsentShape::recorded_at, "When it was recorded."),
            field("counts", &ConsentShape::counts,
                  "The newest word on this purpose and channel: what is obeyed.")};
  }
};

struct ConsentPage {
  static constexpr std::string_view kName = "Consents";
  std::vector<ConsentShape> items;
  static Fields fields() {
    return {field("items", &ConsentPage::items, "Every word on consent, newest first.")};
  }
};

ConsentPage page_of(Context& context, VoterId voter) {
  ConsentPage page;
  for (registry::ConsentShown& shown :
       context.services().registry.consents(voter, context.deadline())) {
    page.items.push_back({.purpose = shown.consent.purpose,
                          .channel = shown.consent.channel,
                          .state = shown.consent.state,
                          .source = std::move(shown.consent.source),
                          .evidence = std::move(shown.consent.evidence),
                          .actor = std::move(shown.consent.actor),
                          .at = shown.consent.at.value_or(shown.recorded_at),
                          .recorded_at = shown.recorded_at,
                          .counts = shown.counts});
  }
  return page;
}

struct ListConsents {
  struct Input {
    VoterId id;
    static Fields fields() { return {field("id", &Input::id, "The voter.")}; }
  };
  using Output = ConsentPage;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/voters/{id}/consents",
            .name = "list_consents",
            .summary = "What a voter allows the campaign to do, with its whole history.",
            .permission = Permission::registry_read};
  }
  static Result<Output> call(Context& context, const Input& input) {
    return page_of(context, input.id);
  }
};

struct RecordConsent {
  struct Input {
    VoterId id;
    ConsentPurpose purpose{};
    ConsentChannel channel{};
    ConsentState state{};
    std::string source;
    std::optional<std::string> evidence;
    std::optional<Instant> at;
    static Fields fields() {
      return {field("id", &Input::id, "The voter."),
              field("purpose", &Input::purpose, "What for."),
              field("channel", &Input::channel, "By what."),
              field("state", &Input::state, "given or withdrawn."),
              field("source", &Input::source, "How the campaign knows.",
                    {.min_length = 1, .max_length = 200}),
              field("evidence", &Input::evidence, "Where the proof is.", {.max_length = 2000}),
              field("at", &Input::at, "When it was said; now if left out.")};
    }
  };
  using Output = ConsentPage;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/voters/{id}/consents",
            .name = "record_consent",
            .summary = "Records a word on consent; a withdrawal holds everywhere at once.",
            .permission = Permission::suppress,
            .status = 201};
  }
  static Result<Output> call(Context& context, const Input& input) {
    TRY(context.services().registry.record_consent(input.id,
                                                   {.purpose = input.purpose,
                                                    .channel = input.channel,
                                                    .state = input.state,
                                                    .source = std::string(trim(input.source)),
                                                    .evidence = input.evidence,
                                                    .at = input.at,
                                                    .actor = context.actor()},
                                                   context.deadline()));
    return page_of(context, input.id);
  }
};

}  // namespace

void add_consents(Registrar& registrar) {
  registrar.add<ListConsents>();
  registrar.add<RecordConsent>();
}

}  // namespace hustings::api
