#include "api/calling_rules.h"

#include <utility>

#include "api/phonebank_names.h"
#include "phonebank/phonebank_service.h"

namespace hustings::api {
namespace {

struct DayHours {
  static constexpr std::string_view kName = "DayHours";
  std::string opens;
  std::string closes;
  static Fields fields() {
    return {field("opens", &DayHours::opens, "The first minute: 09:00."),
            field("closes", &DayHours::closes, "The minute after the last; as opens: no calls.")};
  }
};

std::vector<DayHours> shown(const CallingWeek& week) {
  std::vector<DayHours> days;
  for (const CallingWindow& day : week)
    days.push_back({time_of_day(day.opens), time_of_day(day.closes)});
  return days;
}

struct StateHoursShape {
  static constexpr std::string_view kName = "StateHours";
  std::string code;
  std::vector<DayHours> hours;
  std::string source;
  static Fields fields() {
    using S = StateHoursShape;
    return {field("code", &S::code, "The state of the voter's address."),
            field("hours", &S::hours, "Monday first."),
            field("source", &S::source, "Where it stands.")};
  }
};

struct ModeRuleShape {
  static constexpr std::string_view kName = "ModeRule";
  phonebank::DiallingMode mode = phonebank::DiallingMode::preview;
  bool offered = false;
  bool mobile_needs_consent = false;
  bool landline_needs_consent = false;
  std::string source;
  static Fields fields() {
    using S = ModeRuleShape;
    return {field("mode", &S::mode, "How numbers are dialled."),
            field("offered", &S::offered, "Whether a phone bank may dial so."),
            field("mobile_needs_consent", &S::mobile_needs_consent, "Consent for mobile numbers."),
            field("landline_needs_consent", &S::landline_needs_consent, "And for landlines."),
            field("source", &S::source, "Where it stands.")};
  }
};

struct RuleNoteShape {
  static constexpr std::string_view kName = "RuleNote";
  std::string text;
  std::string source;
  static Fields fields() {
    return {field("text", &RuleNoteShape::text, "What people must know."),
            field("source", &RuleNoteShape::source, "Where it stands.")};
  }
};

struct CallingRulesShape {
  static constexpr std::string_view kName = "CallingRules";
  std::string code;
  std::string name;
  std::string opens;
  std::string closes;
  phonebank::ConsentNeed consent = phonebank::ConsentNeed::none;
  std::vector<DayHours> hours;
  std::string hours_source;
  std::vector<StateHoursShape> states;
  std::vector<ModeRuleShape> modes;
  std::vector<RuleNoteShape> notes;
  static Fields fields() {
    using S = CallingRulesShape;
    return {field("code", &S::code, "The country: us."),
            field("name", &S::name, "Its name."),
            field("opens", &S::opens, "What a new phone bank starts with."),
            field("closes", &S::closes, "What a new phone bank starts with."),
            field("consent", &S::consent, "Whose consent preview dialling needs."),
            field("hours", &S::hours, "What no phone bank can leave, Monday first."),
            field("hours_source", &S::hours_source, "Where it stands."),
            field("states", &S::states, "States whose hours are narrower."),
            field("modes", &S::modes, "Ways to dial."),
            field("notes", &S::notes, "What else people must know.")};
  }
};

CallingRulesShape shown(const phonebank::CallingRules& rules) {
  CallingRulesShape shape;
  shape.code = rules.code;
  shape.name = rules.name;
  shape.opens = time_of_day(rules.usual_hours.opens);
  shape.closes = time_of_day(rules.usual_hours.closes);
  shape.consent = rules.consent();
  shape.hours = shown(rules.hours);
  shape.hours_source = rules.hours_source;
  for (const phonebank::StateHours& state : rules.states)
    shape.states.push_back({state.code, shown(state.hours), state.source});
  for (const phonebank::ModeRule& mode : rules.modes) {
    shape.modes.push_back({mode.mode, mode.offered, mode.mobile_needs_consent,
                           mode.landline_needs_consent, mode.source});
  }
  for (const phonebank::RuleNote& note : rules.notes)
    shape.notes.push_back({note.text, note.source});
  return shape;
}

struct RuleBookShape {
  static constexpr std::string_view kName = "CallingRuleBook";
  std::vector<CallingRulesShape> countries;
  std::optional<std::string> chosen;
  bool state_hours = true;
  std::optional<Instant> chosen_at;
  static Fields fields() {
    using S = RuleBookShape;
    return {field("countries", &S::countries, "Those that the program knows, by name."),
            field("chosen", &S::chosen, "The campaign's country; null: not chosen yet."),
            field("state_hours", &S::state_hours, "Also the narrower hours of its states."),
            field("chosen_at", &S::chosen_at, "Since when.")};
  }
};

RuleBookShape book_of(const Context& context) {
  phonebank::PhonebankService& service = context.services().phonebank;
  RuleBookShape shape;
  for (const phonebank::CallingRules& rules : service.rule_book().all())
    shape.countries.push_back(shown(rules));
  const campaign::CallingChoice choice = service.calling_choice(context.deadline());
  if (!choice.country.empty()) shape.chosen = choice.country;
  shape.state_hours = choice.state_hours;
  shape.chosen_at = choice.chosen_at;
  return shape;
}

struct GetCallingRules {
  using Input = Nothing;
  using Output = RuleBookShape;
  static Spec spec() {
    return {
        .method = "GET",
        .path = "/v1/calling-rules",
        .name = "get_calling_rules",
        .summary = "The rules of each country with their sources, and which the campaign keeps.",
        .permission = Permission::phonebank_read};
  }
  static Result<Output> call(Context& context, const Input&) { return book_of(context); }
};

struct ChooseCallingRules {
  struct Input {
    std::string country;
    bool state_hours = true;
    static Fields fields() {
      return {field("country", &Input::country, "The country's code.",
                    {.min_length = 1, .max_length = 10}),
              field("state_hours", &Input::state_hours, "Also the narrower hours of its states.",
                    {.has_default = true})};
    }
  };
  using Output = RuleBookShape;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/calling-rules/choice",
            .name = "choose_calling_rules",
            .summary = "Whose rules new phone banks start with; those that are there keep theirs.",
            .permission = Permission::administer};
  }
  static Result<Output> call(Context& context, const Input& input) {
    TRY(context.services().phonebank.choose_calling_rules(input.country, input.state_hours,
                                                          context.actor(), context.deadline()));
    return book_of(context);
  }
};

}  // namespace

void add_calling_rules(Registrar& registrar) {
  registrar.add<GetCallingRules>();
  registrar.add<ChooseCallingRules>();
}

}  // namespace hustings::api
