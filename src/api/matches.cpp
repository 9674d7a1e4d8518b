#include "api/matches.h"

#include "api/match_shapes.h"
#include "api/paging.h"
#include "identity/review.h"
#include "model/phone.h"
#include "registry/person_name.h"
#include "registry/registry.h"

namespace hustings::api {
namespace {

using identity::MatchState;

struct MatchPersonShape {
  VoterId voter;
  VoterId home;
  std::string name;
  std::optional<std::int64_t> birth_year;
  std::optional<std::string> city;
  std::string source;
  static Fields fields() {
    return {field("voter", &MatchPersonShape::voter, "The voter."),
            field("home", &MatchPersonShape::home, "The identity of it that this is about."),
            field("name", &MatchPersonShape::name, "First, middle, last name and suffix."),
            field("birth_year", &MatchPersonShape::birth_year, "Year of birth."),
            field("city", &MatchPersonShape::city, "Where they live."),
            field("source", &MatchPersonShape::source, "Whose record it is: nc, l2, …")};
  }
};

struct MatchShape {
  static constexpr std::string_view kName = "Match";
  MatchId id;
  MatchPersonShape one;
  MatchPersonShape other;
  double probability = 0;
  double gain = 0;
  std::vector<std::string> adds;
  bool same_source = false;
  std::string state;
  static Fields fields() {
    return {field("id", &MatchShape::id, "The pair."),
            field("one", &MatchShape::one, "The one."),
            field("other", &MatchShape::other, "The other."),
            field("probability", &MatchShape::probability, "That they are one person."),
            field("gain", &MatchShape::gain, "What deciding is expected to be worth."),
            field("adds", &MatchShape::adds,
                  "What one has and the other lacks: phone, consent, email, vote_history, score, "
                  "birth_date."),
            field("same_source", &MatchShape::same_source,
                  "Both are of one source, which holds them apart itself."),
            field("state", &MatchShape::state, "open or later.")};
  }
};

MatchPersonShape shown(const identity::MatchPerson& person) {
  registry::VoterSummary summary;
  summary.last_name = person.last_name;
  summary.first_name = person.first_name;
  summary.middle_name = person.middle_name;
  summary.suffix = person.suffix;
  return {.voter = person.voter,
          .home = person.home,
          .name = registry::full_name(summary),
          .birth_year = person.birth_year,
          .city = person.city,
          .source = person.source};
}

MatchShape shown(const identity::MatchPair& pair) {
  return {.id = pair.id,
          .one = shown(pair.one),
          .other = shown(pair.other),
          .probability = pair.probability,
          .gain = pair.gain,
          .adds = pair.adds,
          .same_source = pair.same_source,
          .state = std::string(to_string(pair.state))};
}

struct ListMatches {
  struct Input {
    std::string state = "open";
    std::optional<std::string> source;
    double probability_min = 0;
    std::optional<bool> same_source;
    std::optional<std::string> cursor;
    std::int64_t limit = 50;
    static Fields fields() {
      return {
          field("state", &Input::state, "open, or later: put off.",
                {.max_length = 10, .has_default = true}),
          field("source", &Input::source, "One of the two is of this source.", {.max_length = 100}),
          field("probability_min", &Input::probability_min, "From this probability on.",
                {.min = 0, .max = 1, .has_default = true}),
          field("same_source", &Input::same_source, "Only pairs of one source, or of two."),
          field("cursor", &Input::cursor, "Of the page before.", {.max_length = 100}),
          field("limit", &Input::limit, "How many.", {.min = 1, .max = 200, .has_default = true})};
    }
  };
  using Output = Page<MatchShape>;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/matches",
            .name = "list_matches",
            .summary = "Pairs of voters who may be one person, the greatest gain first.",
            .permission = Permission::registry_write};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const auto state = identity::match_state_from(input.state);
    if (state != MatchState::open && state != MatchState::later) {
      return invalid("A list is open or later.", "state");
    }
    identity::MatchQuery query{.state = *state,
                               .source = input.source,
                               .probability_min = input.probability_min,
                               .same_source = input.same_source,
                               .after = std::nullopt,
                               .limit = static_cast<int>(input.limit) + 1};
    if (input.cursor) {
      query.after = MatchId::from_text(*input.cursor);
      if (!query.after) return invalid("This is no cursor of this list.", "cursor");
    }
    return cut_page<MatchShape>(input.limit,
                                context.services().review.list(query, context.deadline()),
                                [](const std::vector<identity::MatchPair>& items) {
                                  std::vector<MatchShape> out;
                                  for (const auto& item : items)
                                    out.push_back(shown(item));
                                  return out;
                                });
  }
};

struct CountMatches {
  using Input = Nothing;
  struct Output {
    static constexpr std::string_view kName = "MatchCounts";
    std::int64_t open = 0;
    std::int64_t later = 0;
    static Fields fields() {
      return {field("open", &Output::open, "Pairs that wait."),
              field("later", &Output::later, "Pairs that somebody put off.")};
    }
  };
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/matches/count",
            .name = "count_matches",
            .summary = "How many pairs wait for a decision.",
            .permission = Permission::registry_write};
  }
  static Result<Output> call(Context& context, const Input&) {
    const auto counts = context.services().review.count(context.deadline());
    return Output{counts.open, counts.later};
  }
};

struct MatchFieldShape {
  std::string name;
  std::optional<std::string> one;
  std::optional<std::string> other;
  bool differs = false;
  static Fields fields() {
    return {field("name", &MatchFieldShape::name, "The field: \"street\"."),
            field("one", &MatchFieldShape::one, "What the one's record says."),
            field("other", &MatchFieldShape::other, "What the other's record says."),
            field("differs", &MatchFieldShape::differs,
                  "Both say something, and not the same; never of the source's own ids.")};
  }
};

struct MatchDetailShape {
  static constexpr std::string_view kName = "MatchDetail";
  MatchShape match;
  std::vector<MatchFieldShape> values;
  std::vector<EvidenceShape> evidence;
  static Fields fields() {
    return {field("match", &MatchDetailShape::match, "The pair."),
            field("values", &MatchDetailShape::values, "Both records side by side."),
            field("evidence", &MatchDetailShape::evidence,
                  "What speaks for and against one person, the most telling first.")};
  }
};

/// As people read it: names with small letters, numbers as (919) 555-0123.
std::optional<std::string> readable(const std::string& field,
                                    const std::optional<std::string>& value) {
  if (!value) return std::nullopt;
  if (field == "last_name" || field == "first_name" || field == "middle_name" ||
      field == "suffix") {
    return registry::shown_name(*value);
  }
  if (field == "phone") return "+" + *value;
  return value;
}

struct MatchPath {
  MatchId id;
  static Fields fields() { return {field("id", &MatchPath::id, "The pair.")}; }
};

struct GetMatch {
  using Input = MatchPath;
  using Output = MatchDetailShape;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/matches/{id}",
            .name = "get_match",
            .summary = "A pair with both records side by side, and why it may be one person.",
            .permission = Permission::registry_write};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const auto detail = TRY(context.services().review.find(input.id, context.deadline()));
    Output out{
        .match = shown(detail.pair), .values = {}, .evidence = shown_evidence(detail.evidence)};
    for (const identity::MatchField& one : detail.fields) {
      out.values.push_back({.name = one.name,
                            .one = readable(one.name, one.one),
                            .other = readable(one.name, one.other),
                            .differs = one.differs});
    }
    return out;
  }
};

struct DecideMatch {
  struct Input {
    MatchId id;
    std::string decision;
    static Fields fields() {
      return {
          field("id", &Input::id, "The pair."),
          field("decision", &Input::decision, "same, different, later, or open: look at it again.",
                {.min_length = 1, .max_length = 20})};
    }
  };
  struct Output {
    static constexpr std::string_view kName = "MatchDecided";
    std::optional<DecisionId> decision;
    static Fields fields() {
      return {field("decision", &Output::decision,
                    "The decision, which can be taken back; null where nothing was decided.")};
    }
  };
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/matches/{id}/decide",
            .name = "decide_match",
            .summary = "Says of a pair that it is one person, or two, or that it shall wait.",
            .permission = Permission::registry_write};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const auto said = identity::match_state_from(input.decision);
    if (!said || *said == MatchState::gone) {
      return invalid("Say same, different, later or open.", "decision");
    }
    identity::Review& review = context.services().review;
    if (*said == MatchState::open) {
      TRY(review.bring_back(input.id, context.deadline()));
      return Output{};
    }
    return Output{TRY(review.decide(input.id, *said, context.actor(), context.deadline()))};
  }
};

}  // namespace

void add_matches(Registrar& registrar) {
  registrar.add<ListMatches>();
  registrar.add<CountMatches>();
  registrar.add<GetMatch>();
  registrar.add<DecideMatch>();
}

}  // namespace hustings::api
