#include "api/match_shapes.h"
#include "api/matches.h"
#include "identity/finder.h"
#include "normalise/phone.h"
#include "registry/registry.h"

namespace hustings::api {
namespace {

/// The first question waits so long for the index to be loaded.
constexpr std::chrono::seconds kLoadWait{8};

struct FoundShape {
  VoterId voter;
  std::string name;
  std::optional<std::int64_t> birth_year;
  std::optional<std::string> city;
  double probability = 0;
  std::vector<EvidenceShape> evidence;
  static Fields fields() {
    return {field("voter", &FoundShape::voter, "The voter."),
            field("name", &FoundShape::name, "First, middle, last name and suffix."),
            field("birth_year", &FoundShape::birth_year, "Year of birth."),
            field("city", &FoundShape::city, "Where they live."),
            field("probability", &FoundShape::probability,
                  "That it is this person, where one in two that is asked for is known at all."),
            field("evidence", &FoundShape::evidence, "Why, the most telling first.")};
  }
};

struct FindMatch {
  struct Input {
    std::optional<std::string> first_name;
    std::optional<std::string> middle_name;
    std::optional<std::string> last_name;
    std::optional<std::string> suffix;
    std::optional<std::string> gender;
    std::optional<std::int64_t> birth_year;
    std::optional<std::int64_t> birth_month;
    std::optional<std::int64_t> birth_day;
    std::optional<std::string> street;
    std::optional<std::string> city;
    std::optional<std::string> zip;
    std::optional<std::string> phone;
    std::optional<std::string> email;
    std::int64_t limit = 5;
    double probability_min = 0.1;
    static Fields fields() {
      constexpr Limits kName{.max_length = 200};
      return {field("first_name", &Input::first_name, "First name.", kName),
              field("middle_name", &Input::middle_name, "Middle name or initial.", kName),
              field("last_name", &Input::last_name, "Last name.", kName),
              field("suffix", &Input::suffix, "Jr, III.", {.max_length = 20}),
              field("gender", &Input::gender, "F or M.", {.max_length = 10}),
              field("birth_year", &Input::birth_year, "Year of birth.", {.min = 1850, .max = 2100}),
              field("birth_month", &Input::birth_month, "Month of birth.", {.min = 1, .max = 12}),
              field("birth_day", &Input::birth_day, "Day of birth.", {.min = 1, .max = 31}),
              field("street", &Input::street, "House number, street and unit.", kName),
              field("city", &Input::city, "City.", kName),
              field("zip", &Input::zip, "ZIP code.", {.max_length = 20}),
              field("phone", &Input::phone, "A telephone number, as people write it.",
                    {.max_length = 60}),
              field("email", &Input::email, "An e-mail address.", {.max_length = 320}),
              field("limit", &Input::limit, "How many candidates.",
                    {.min = 1, .max = identity::Finder::kCandidatesMax, .has_default = true}),
              field("probability_min", &Input::probability_min, "From this probability on.",
                    {.min = 0.01, .max = 1, .has_default = true})};
    }
  };
  struct Output {
    static constexpr std::string_view kName = "MatchFound";
    std::vector<FoundShape> voters;
    std::int64_t records = 0;
    std::int64_t position = 0;
    std::int64_t age_ms = 0;
    std::int64_t took_us = 0;
    static Fields fields() {
      return {field("voters", &Output::voters, "Who it may be, the likeliest first."),
              field("records", &Output::records, "How many records were searched."),
              field("position", &Output::position, "The feed position of the answer."),
              field("age_ms", &Output::age_ms,
                    "Milliseconds since it was certain that nothing newer was there."),
              field("took_us", &Output::took_us, "Microseconds that the search took.")};
    }
  };
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/matches/find",
            .name = "find_match",
            .summary = "Whether a person is known: the voters it may be, with the evidence.",
            .permission = Permission::registry_read};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const auto deadline = Deadline::after(
        std::min<std::chrono::milliseconds>(kLoadWait, context.deadline().remaining()));
    const auto question = TRY(question_of(input));
    const auto answer = TRY(context.services().finder.find(question, deadline));
    Output out{.voters = {},
               .records = answer.identities,
               .position = answer.position,
               .age_ms = answer.age.count(),
               .took_us = answer.took.count()};
    for (const identity::FoundVoter& found : answer.voters) {
      const auto profile = context.services().registry.profile(found.voter, context.deadline());
      if (!profile) continue;  // gone this very moment
      out.voters.push_back({.voter = found.voter,
                            .name = registry::full_name(profile->summary),
                            .birth_year = profile->summary.birth_year,
                            .city = profile->summary.city,
                            .probability = found.probability,
                            .evidence = shown_evidence(found.evidence)});
    }
    return out;
  }

 private:
  static std::string_view text(const std::optional<std::string>& value) {
    return value ? std::string_view(*value) : std::string_view();
  }

  /// The views are the Input's.
  static Result<identity::Finder::Question> question_of(const Input& input) {
    identity::Finder::Question question;
    identity::PersonFields& fields = question.fields;
    fields.first = text(input.first_name);
    fields.middle = text(input.middle_name);
    fields.last = text(input.last_name);
    fields.suffix = text(input.suffix);
    fields.gender = text(input.gender).substr(0, 1);
    fields.birth = {.year = static_cast<std::uint16_t>(input.birth_year.value_or(0)),
                    .month = static_cast<std::uint8_t>(input.birth_month.value_or(0)),
                    .day = static_cast<std::uint8_t>(input.birth_day.value_or(0))};
    fields.street = text(input.street);
    fields.city = text(input.city);
    fields.zip = text(input.zip);
    fields.email = text(input.email);
    if (input.phone && !input.phone->empty()) {
      const auto phone = normalise::callable_phone(*input.phone);
      if (!phone) return invalid("This is no telephone number that can be called.", "phone");
      fields.phone = static_cast<std::uint64_t>(*phone);
    }
    question.limit = static_cast<std::size_t>(input.limit);
    question.probability_min = input.probability_min;
    return question;
  }
};

}  // namespace

void add_match_find(Registrar& registrar) { registrar.add<FindMatch>(); }

}  // namespace hustings::api
