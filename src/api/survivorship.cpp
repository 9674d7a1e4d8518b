#include "api/persons.h"
#include "registry/registry.h"

namespace hustings::api {

template <>
struct ChoiceNames<registry::Policy> {
  static constexpr std::string_view kName = "SurvivorshipPolicy";
  static constexpr std::array<std::string_view, 2> kNames = {"official_first", "newest_first"};
};

namespace {

struct GroupShape {
  static constexpr std::string_view kName = "FieldGroup";
  std::string group;
  std::vector<std::string> fields_of_group;
  registry::Policy policy{};
  registry::Policy usual{};
  static Fields fields() {
    return {field("group", &GroupShape::group, "Its name."),
            field("fields", &GroupShape::fields_of_group, "What belongs to it."),
            field("policy", &GroupShape::policy,
                  "official_first: the roll of the voter's own state before all others, of "
                  "several the newest; newest_first: the newest record."),
            field("usual", &GroupShape::usual, "The policy if nobody has said another.")};
  }
};

struct SurvivorshipShape {
  static constexpr std::string_view kName = "Survivorship";
  std::vector<GroupShape> groups;
  std::optional<std::int64_t> persons;
  static Fields fields() {
    return {field("groups", &SurvivorshipShape::groups,
                  "Groups of fields that come from one record together."),
            field("persons", &SurvivorshipShape::persons,
                  "After a change: how many people have several records; null: nothing changed.")};
  }
};

SurvivorshipShape shown(Context& context) {
  SurvivorshipShape out;
  for (const registry::GroupPolicy& one :
       context.services().registry.policies(context.deadline())) {
    GroupShape shape{.group = std::string(one.group),
                     .fields_of_group = {},
                     .policy = one.policy,
                     .usual = one.usual};
    for (const registry::ProfileField& field : registry::kProfileFields) {
      if (field.group == one.group) shape.fields_of_group.emplace_back(field.name);
    }
    out.groups.push_back(std::move(shape));
  }
  return out;
}

struct GetSurvivorship {
  struct Input {
    static Fields fields() { return {}; }
  };
  using Output = SurvivorshipShape;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/survivorship",
            .name = "get_survivorship",
            .summary =
                "Which record each group of fields is taken from, where a person has "
                "several.",
            .permission = Permission::registry_read};
  }
  static Result<Output> call(Context& context, const Input& /*input*/) { return shown(context); }
};

struct SetSurvivorship {
  struct Input {
    std::string group;
    registry::Policy policy{};
    static Fields fields() {
      return {field("group", &Input::group, "The group.", {.min_length = 1, .max_length = 60}),
              field("policy", &Input::policy, "official_first or newest_first.")};
    }
  };
  using Output = SurvivorshipShape;
  static Spec spec() {
    return {.method = "PUT",
            .path = "/v1/survivorship",
            .name = "set_survivorship",
            .summary =
                "Changes the policy of a group; all profiles with several records are "
                "written anew before the answer comes.",
            .permission = Permission::registry_write};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const std::int64_t persons = TRY(context.services().registry.set_policy(
        input.group, input.policy, context.actor(), context.deadline()));
    Output out = shown(context);
    out.persons = persons;
    return out;
  }
};

}  // namespace

void add_survivorship(Registrar& registrar) {
  registrar.add<GetSurvivorship>();
  registrar.add<SetSurvivorship>();
}

}  // namespace hustings::api
