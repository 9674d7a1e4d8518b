#include "access/access_service.h"
#include "api/persons.h"
#include "registry/registry.h"
#include "registry/survivorship.h"

namespace hustings::api {
namespace {

struct CorrectionShape {
  static constexpr std::string_view kName = "Correction";
  CorrectionId id;
  JsonText fields_by_name;
  std::string actor;
  std::string actor_name;
  Instant at;
  std::optional<Instant> ended_at;
  static Fields fields() {
    return {
        field("id", &CorrectionShape::id, "The correction."),
        field("fields", &CorrectionShape::fields_by_name, "The values by field; null: unknown."),
        field("actor", &CorrectionShape::actor, "Who made it: person:3."),
        field("actor_name", &CorrectionShape::actor_name, "Who made it, for people."),
        field("at", &CorrectionShape::at, "When."),
        field("ended_at", &CorrectionShape::ended_at,
              "Since when the records' values count again; null: it holds.")};
  }
};

struct CorrectionPage {
  static constexpr std::string_view kName = "Corrections";
  std::vector<CorrectionShape> items;
  static Fields fields() {
    return {field("items", &CorrectionPage::items, "The newest first, ended ones too.")};
  }
};

Result<CorrectionPage> page_of(Context& context, VoterId voter) {
  const auto profile = TRY(context.services().registry.profile(voter, context.deadline()));
  std::vector<std::string> actors;
  for (const registry::CorrectionShown& one : profile.corrections)
    actors.push_back(one.actor);
  const auto names = context.services().access.names_of(actors, context.deadline());
  CorrectionPage page;
  for (const registry::CorrectionShown& one : profile.corrections) {
    page.items.push_back({.id = one.id,
                          .fields_by_name = {one.fields},
                          .actor = one.actor,
                          .actor_name = names.at(one.actor),
                          .at = one.at,
                          .ended_at = one.ended_at});
  }
  return page;
}

struct ListCorrections {
  struct Input {
    VoterId id;
    static Fields fields() { return {field("id", &Input::id, "The voter.")}; }
  };
  using Output = CorrectionPage;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/voters/{id}/corrections",
            .name = "list_corrections",
            .summary = "What people have put right by hand on a voter's profile.",
            .permission = Permission::registry_read};
  }
  static Result<Output> call(Context& context, const Input& input) {
    return page_of(context, input.id);
  }
};

struct CorrectedFieldShape {
  static constexpr std::string_view kName = "CorrectedField";
  std::string name;
  std::optional<std::string> value;
  static Fields fields() {
    return {field("name", &CorrectedFieldShape::name, "The field, as in the list of fields.",
                  {.min_length = 1, .max_length = 60}),
            field("value", &CorrectedFieldShape::value, "What it is; null: it is not known.")};
  }
};

struct CorrectVoter {
  struct Input {
    VoterId id;
    std::vector<CorrectedFieldShape> corrected;
    static Fields fields() {
      return {field("id", &Input::id, "The voter."),
              field("fields", &Input::corrected, "What is to be put right.",
                    {.max_items = registry::kProfileFields.size()})};
    }
  };
  using Output = CorrectionPage;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/voters/{id}/corrections",
            .name = "correct_voter",
            .summary =
                "Puts values right by hand: they win over all files until the correction "
                "is ended.",
            .permission = Permission::registry_write,
            .status = 201};
  }
  static Result<Output> call(Context& context, const Input& input) {
    registry::Correction correction{.voter = input.id, .fields = {}, .actor = context.actor()};
    for (const CorrectedFieldShape& field : input.corrected)
      correction.fields.emplace_back(field.name, field.value);
    TRY(context.services().registry.correct(correction, context.deadline()));
    return page_of(context, input.id);
  }
};

struct EndCorrection {
  struct Input {
    CorrectionId id;
    static Fields fields() { return {field("id", &Input::id, "The correction.")}; }
  };
  struct Output {
    static constexpr std::string_view kName = "CorrectionEnded";
    CorrectionId id;
    static Fields fields() { return {field("id", &Output::id, "The correction.")}; }
  };
  static Spec spec() {
    return {.method = "DELETE",
            .path = "/v1/corrections/{id}",
            .name = "end_correction",
            .summary = "Ends a correction: what the records say counts again.",
            .permission = Permission::registry_write};
  }
  static Result<Output> call(Context& context, const Input& input) {
    TRY(context.services().registry.end_correction(input.id, context.actor(), context.deadline()));
    return Output{input.id};
  }
};

}  // namespace

void add_corrections(Registrar& registrar) {
  registrar.add<ListCorrections>();
  registrar.add<CorrectVoter>();
  registrar.add<EndCorrection>();
}

}  // namespace hustings::api
