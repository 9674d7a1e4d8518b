#include "segments/testing/random_rule.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace hustings::segments::testing {
namespace {

using Texts = std::vector<std::string>;

constexpr Instant kStart = std::chrono::sys_days(std::chrono::year(2026) / 9 / 1);

Texts some_of(Rng& rng, const Texts& values) {
  Texts some;
  for (const std::string& value : values) {
    if (rng.chance(0.5)) some.push_back(value);
  }
  if (some.empty()) some.push_back(values[rng.below(values.size())]);
  return some;
}

Rule random_values(Rng& rng) {
  using Choice = std::pair<Field, Texts>;
  static const std::vector<Choice> kChoices = {
      {Field::county, {"WAKE", "DURHAM", "O'BRIEN", "TAB\tAND\\BACKSLASH", "NO \"SUCH\"\nCOUNTY"}},
      {Field::precinct, {"01-01", "01-02", "02-01", "13", "99"}},
      {Field::city, {"RALEIGH", "DURHAM", "NEW BERN", "CAFÉ"}},
      {Field::party, {"DEM", "REP", "UNA", "LIB", "and", "or"}},
      {Field::last_disposition, {"reached", "no_answer", "busy", "refused"}},
      {Field::voted,
       {"2022-11-06 general", "2024-05-08 primary", "1999-01-01 general", "2022", "2020 general",
        "2024-11-06", "2018 primary"}}};
  const auto& [field, values] = kChoices[rng.below(kChoices.size())];
  return Rule{ValueIn{.field = field, .values = some_of(rng, values), .is_not = rng.chance(0.3)}};
}

Rule random_number(Rng& rng) {
  constexpr std::array kFields = {Field::age, Field::support_score, Field::contact_count,
                                  Field::votes_count, Field::score};
  NumberIs is{.field = kFields[rng.below(kFields.size())], .least = {}, .most = {}, .of_last = {}};
  const bool is_count = is.field == Field::contact_count || is.field == Field::votes_count;
  const auto a = static_cast<std::int64_t>(rng.below(is_count ? 6 : 101));
  if (rng.chance(0.7)) is.least = a;
  if (!is.least || rng.chance(0.5)) {
    const auto more = static_cast<std::int64_t>(rng.below(is_count ? 3 : 40));
    is.most = std::min<std::int64_t>(a + more, 100);
  }
  if (is.field == Field::score) is.key = rng.chance(0.8) ? "climate" : "gun \"rights\"";
  if (is.field == Field::votes_count && rng.chance(0.6)) {
    is.of_last = 1 + static_cast<int>(rng.below(6));
    if (rng.chance(0.5)) is.of_kind = rng.chance(0.7) ? "general" : "primary";
  }
  return Rule{is};
}

/// Whole seconds, near things that happened.
Span random_span(Rng& rng, bool must_say) {
  const auto instant = [&] { return kStart + std::chrono::seconds(rng.below(3'000'000)); };
  Span span;
  if (rng.chance(0.3)) span.since = instant();
  if (rng.chance(0.3)) {
    span.until = instant();
    if (span.since && *span.until < *span.since) std::swap(*span.since, *span.until);
  }
  if (rng.chance(0.4) || (must_say && span.is_any())) {
    span.within = rng.chance(0.7) ? std::chrono::seconds(std::chrono::days(1 + rng.below(40)))
                                  : std::chrono::seconds(1 + rng.below(2'000'000));
  }
  return span;
}

Rule random_answered_number(Rng& rng) {
  constexpr std::array<std::int64_t, 6> kBounds = {-3, 0, 18, 30, 40, 1'000'000'000};
  NumberIs is{.field = rng.chance(0.6) ? Field::answer : Field::answered,
              .least = {},
              .most = {},
              .of_last = {},
              .key = rng.chance(0.9) ? "q4" : "q1"};
  const auto a = kBounds[rng.below(kBounds.size())];
  if (rng.chance(0.6)) is.least = a;
  if (!is.least || rng.chance(0.5)) is.most = std::max(a, kBounds[rng.below(kBounds.size())]);
  return Rule{is};
}

Rule random_answer(Rng& rng) {
  if (rng.chance(0.25)) return random_answered_number(rng);
  // q3 takes several choices; q4 a number, of which no choice holds.
  constexpr std::array<std::string_view, 7> kKeys = {"q1", "q1", "q2", "q2", "q3", "q3", "q4"};
  ChoiceIn in{.question = std::string(kKeys[rng.below(kKeys.size())]), .choices = {}};
  in.choices.push_back(1 + static_cast<int>(rng.below(3)));
  if (rng.chance(0.3)) in.choices.push_back(2);
  in.is_not = rng.chance(0.3);
  in.is_ever = rng.chance(0.4);
  if (rng.chance(0.6)) in.span = random_span(rng, false);
  return Rule{in};
}

Rule random_contacts(Rng& rng) {
  ContactsAre contacts;
  if (rng.chance(0.5)) {
    contacts.results = some_of(rng, {"reached", "no_answer", "busy", "refused", "moved"});
  }
  if (rng.chance(0.3)) contacts.results = {"reached"};
  if (rng.chance(0.3))
    contacts.phonebanks.emplace_back(1 + static_cast<std::int64_t>(rng.below(3)));
  if (rng.chance(0.2)) contacts.phonebanks.emplace_back(2);
  contacts.span = random_span(rng, false);
  if (rng.chance(0.5)) contacts.least = static_cast<std::int64_t>(rng.below(4));
  if (rng.chance(0.4)) {
    contacts.most = contacts.least.value_or(0) + static_cast<std::int64_t>(rng.below(3));
  }
  return Rule{contacts};
}

Rule random_consent(Rng& rng) {
  ConsentIn in;
  in.purpose = rng.chance(0.6) ? ConsentPurpose::campaign : ConsentPurpose::fundraising;
  in.channel = rng.chance(0.6) ? ConsentChannel::phone : ConsentChannel::email;
  in.states.push_back(rng.chance(0.5) ? ConsentState::given : ConsentState::withdrawn);
  if (rng.chance(0.2)) in.states.push_back(ConsentState::given);
  in.is_not = rng.chance(0.3);
  return Rule{in};
}

Rule random_list(Rng& rng) {
  constexpr std::array<std::string_view, 4> kArms = {"", "holdout", "treatment", "script_b"};
  return Rule{ListIs{.list = ListId(1 + static_cast<std::int64_t>(rng.below(3))),
                     .arm = std::string(kArms[rng.below(kArms.size())])}};
}

Rule random_flag(Rng& rng) {
  constexpr std::array kFields = {Field::has_phone, Field::is_protected, Field::contacted,
                                  Field::suppressed};
  return Rule{FlagIs{.field = kFields[rng.below(kFields.size())], .value = rng.chance(0.5)}};
}

}  // namespace

Rule random_statement(Rng& rng, std::uint64_t kind) {
  switch (kind % 8) {
    case 0:
      return random_values(rng);
    case 1:
      return random_number(rng);
    case 2:
      return Rule{TimeIs{.field = Field::last_contacted_at, .span = random_span(rng, true)}};
    case 3:
      return random_answer(rng);
    case 4:
      return random_contacts(rng);
    case 5:
      return random_consent(rng);
    case 6:
      return random_list(rng);
    default:
      return random_flag(rng);
  }
}

Rule random_rule(Rng& rng, int depth) {
  if (depth <= 0 || rng.chance(0.3)) return random_statement(rng, rng.below(8));
  std::vector<Rule> rules;
  const std::uint64_t count = rng.below(4);
  for (std::uint64_t i = 0; i < count; ++i)
    rules.push_back(random_rule(rng, depth - 1));
  switch (rng.below(3)) {
    case 0:
      return Rule{AllOf{std::move(rules)}};
    case 1:
      return Rule{AnyOf{std::move(rules)}};
    default:
      return Rule{NoneOf{{random_rule(rng, depth - 1)}}};
  }
}

}  // namespace hustings::segments::testing
