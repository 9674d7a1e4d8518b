#include "access/access_service.h"
#include "api/matches.h"
#include "identity/decisions.h"

namespace hustings::api {
namespace {

struct JoinVoters {
  struct Input {
    VoterId id;
    VoterId voter;
    static Fields fields() {
      return {field("id", &Input::id, "Who stays: the voter, or one of its identities."),
              field("voter", &Input::voter, "Who is the same person.")};
    }
  };
  struct Output {
    static constexpr std::string_view kName = "VotersJoined";
    VoterId voter;
    DecisionId decision;
    static Fields fields() {
      return {field("voter", &Output::voter, "The voter that both are now."),
              field("decision", &Output::decision, "The decision, which can be taken back.")};
    }
  };
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/voters/{id}/join",
            .name = "join_voters",
            .summary = "Says that two voters are one person: they become one, until split again.",
            .permission = Permission::registry_write};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const auto joined = TRY(context.services().decisions.join(
        {.stays = input.id, .joins = input.voter, .actor = context.actor()}, context.deadline()));
    return Output{joined.voter, joined.decision};
  }
};

struct SplitVoter {
  struct Input {
    VoterId id;
    std::vector<VoterId> homes;
    static Fields fields() {
      return {field("id", &Input::id, "The voter."),
              field("homes", &Input::homes, "The identities that are somebody else's.",
                    {.max_items = identity::Decisions::kIdentitiesMax})};
    }
  };
  struct Output {
    static constexpr std::string_view kName = "VoterSplit";
    VoterId voter;
    static Fields fields() {
      return {field("voter", &Output::voter, "The voter that the identities are now.")};
    }
  };
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/voters/{id}/split",
            .name = "split_voter",
            .summary =
                "Says that identities are of another person: they become a voter of their "
                "own, and are never joined again by themselves.",
            .permission = Permission::registry_write};
  }
  static Result<Output> call(Context& context, const Input& input) {
    return Output{TRY(context.services().decisions.split(
        {.voter = input.id, .homes = input.homes, .actor = context.actor()}, context.deadline()))};
  }
};

struct DecisionShape {
  static constexpr std::string_view kName = "Decision";
  DecisionId id;
  VoterId one;
  VoterId other;
  std::string kind;
  std::string actor;
  std::string actor_name;
  Instant at;
  std::optional<Instant> ended_at;
  std::optional<std::string> ended_by_name;
  static Fields fields() {
    return {
        field("id", &DecisionShape::id, "The decision."),
        field("one", &DecisionShape::one, "The one identity."),
        field("other", &DecisionShape::other, "The other."),
        field("kind", &DecisionShape::kind, "same or different."),
        field("actor", &DecisionShape::actor, "Who said so: person:3."),
        field("actor_name", &DecisionShape::actor_name, "Who said so, for people."),
        field("at", &DecisionShape::at, "When."),
        field("ended_at", &DecisionShape::ended_at, "Since when a later decision says otherwise."),
        field("ended_by_name", &DecisionShape::ended_by_name, "Who ended it.")};
  }
};

struct ListDecisions {
  struct Input {
    VoterId id;
    static Fields fields() { return {field("id", &Input::id, "The voter.")}; }
  };
  using Output = Page<DecisionShape>;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/voters/{id}/decisions",
            .name = "list_decisions",
            .summary = "What people have said about who this voter is, the newest first.",
            .permission = Permission::registry_read};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const auto decisions = context.services().decisions.of_voter(input.id, context.deadline());
    std::vector<std::string> actors;
    for (const identity::Decision& decision : decisions) {
      actors.push_back(decision.actor);
      if (decision.ended_by) actors.push_back(*decision.ended_by);
    }
    const auto names = context.services().access.names_of(actors, context.deadline());
    Output page;
    for (const identity::Decision& decision : decisions) {
      page.items.push_back({.id = decision.id,
                            .one = decision.home_a,
                            .other = decision.home_b,
                            .kind = std::string(to_string(decision.kind)),
                            .actor = decision.actor,
                            .actor_name = names.at(decision.actor),
                            .at = decision.at,
                            .ended_at = decision.ended_at,
                            .ended_by_name = std::nullopt});
      if (decision.ended_by) page.items.back().ended_by_name = names.at(*decision.ended_by);
    }
    return page;
  }
};

struct UndoDecision {
  struct Input {
    DecisionId id;
    static Fields fields() { return {field("id", &Input::id, "The decision.")}; }
  };
  using Output = Nothing;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/decisions/{id}/undo",
            .name = "undo_decision",
            .summary = "Takes a decision back, as if it had not been made.",
            .permission = Permission::registry_write};
  }
  static Result<Output> call(Context& context, const Input& input) {
    TRY(context.services().decisions.undo(input.id, context.actor(), context.deadline()));
    return Output{};
  }
};

}  // namespace

void add_voter_decisions(Registrar& registrar) {
  registrar.add<JoinVoters>();
  registrar.add<SplitVoter>();
  registrar.add<ListDecisions>();
  registrar.add<UndoDecision>();
}

}  // namespace hustings::api
