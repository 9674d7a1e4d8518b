#include "segments/field.h"

#include <array>

namespace hustings::segments {
namespace {

using enum Field;
using Kind = FieldKind;

constexpr std::int64_t kAnswerMost = 1'000'000'000;
constexpr std::int64_t kCountMost = 250;  // columns of counts stop at 255

constexpr std::array kFields = {
    FieldInfo{state, "state", "State", Kind::category, "Where the voter is registered."},
    FieldInfo{county, "county", "County", Kind::category, "As the voter file names it."},
    FieldInfo{precinct, "precinct", "Precinct", Kind::category,
              "Its label; the same label may occur in several counties."},
    FieldInfo{municipality, "municipality", "Municipality", Kind::category, ""},
    FieldInfo{city, "city", "City", Kind::category, "Of the home address."},
    FieldInfo{zip5, "zip5", "ZIP code", Kind::category, "Five digits, of the home address."},
    FieldInfo{congressional_district, "congressional_district", "Congressional district",
              Kind::category, ""},
    FieldInfo{state_senate_district, "state_senate_district", "State senate district",
              Kind::category, ""},
    FieldInfo{state_house_district, "state_house_district", "State house district", Kind::category,
              ""},
    FieldInfo{party, "party", "Party", Kind::category, "Of the registration."},
    FieldInfo{gender, "gender", "Gender", Kind::category, "M, F or U as registered."},
    FieldInfo{race, "race", "Race", Kind::category, "As registered, where the state asks."},
    FieldInfo{ethnicity, "ethnicity", "Ethnicity", Kind::category,
              "As registered, where the state asks."},
    FieldInfo{status, "status", "Status", Kind::category, "Of the registration."},
    FieldInfo{last_disposition, "last_disposition", "Last result of a call", Kind::category,
              "Of the attempt that ended last."},
    FieldInfo{support_score, "support_score", "Support score", Kind::number,
              "0 to 100, from a model or a file.", 0, 100},
    FieldInfo{turnout_score, "turnout_score", "Turnout score", Kind::number,
              "0 to 100, from a model or a file.", 0, 100},
    FieldInfo{persuadability, "persuadability", "Persuadability", Kind::number,
              "0 to 100, from a model or a file.", 0, 100},
    FieldInfo{contact_count, "contact_count", "Contact attempts", Kind::number,
              "All attempts to reach the voter, whatever came of them.", 0, kCountMost},
    FieldInfo{votes_count, "votes_count", "Elections voted in", Kind::number,
              "Of all elections on record; with \"of_last\", of the last so many held in the "
              "voter's state up to today.",
              0, kCountMost},
    FieldInfo{age, "age", "Age", Kind::number,
              "In whole years on today's date (UTC). Where only the year of birth is known, the "
              "age at the end of this year. Births before 1880 or in the future are unknown.",
              0, 150},
    FieldInfo{has_phone, "has_phone", "Has a phone number", Kind::flag, ""},
    FieldInfo{is_protected, "protected", "Protected", Kind::flag,
              "Confidential by law: never shown, never contacted."},
    FieldInfo{contacted, "contacted", "Contacted", Kind::flag, "At least one contact attempt."},
    FieldInfo{suppressed, "suppressed", "Suppressed", Kind::flag,
              "A do-not-call or another bar on the voter or on the voter's number."},
    FieldInfo{voted, "voted", "Voted in", Kind::elections,
              "Elections as \"2022-11-08 general\"; in any of those named."},
    FieldInfo{answer, "answer", "Answer", Kind::answers,
              "The newest answer to the question whose key stands after the colon; of several "
              "choices one of them. Bounds are of questions that are answered by a number.",
              -kAnswerMost, kAnswerMost},
    FieldInfo{last_contacted_at, "last_contacted_at", "Last contacted", Kind::time,
              "When the last attempt ended; whole seconds."},
    FieldInfo{answered, "answered", "Ever answered", Kind::answers,
              "Any answer to the question whose key stands after the colon, also an earlier one.",
              -kAnswerMost, kAnswerMost},
    FieldInfo{score, "score", "Score", Kind::number,
              "0 to 100: a further score of a model or file, by the name after the colon.", 0, 100},
    FieldInfo{contacts, "contacts", "Contacts", Kind::contacts,
              "How many attempts to reach the voter, by result, phone bank and time."},
    FieldInfo{consent, "consent", "Consent", Kind::consents,
              "What counts today of the voter's words on a purpose and a channel."},
    FieldInfo{list, "list", "List", Kind::lists, "A member of a frozen list, or of an arm of it."},
    FieldInfo{segment, "segment", "Segment", Kind::segments,
              "The voters of another segment, as its rule is now."},
};

using Operators = std::span<const std::string_view>;
constexpr std::array<std::string_view, 2> kValueOperators = {"in", "none_of"};
constexpr std::array<std::string_view, 9> kAnswerOperators = {
    "in", "none_of", "between", "at_least", "at_most", "within_days", "within", "since", "until"};
constexpr std::array<std::string_view, 3> kNumberOperators = {"between", "at_least", "at_most"};
constexpr std::array<std::string_view, 5> kVotesOperators = {"between", "at_least", "at_most",
                                                             "of_last", "of_kind"};
constexpr std::array<std::string_view, 1> kFlagOperators = {"is"};
constexpr std::array<std::string_view, 5> kTimeOperators = {"between", "at_least", "at_most",
                                                            "within_days", "within"};
constexpr std::array<std::string_view, 8> kContactOperators = {
    "at_least", "at_most", "results", "phonebanks", "within_days", "within", "since", "until"};
constexpr std::array<std::string_view, 2> kListOperators = {"list", "arm"};
constexpr std::array<std::string_view, 1> kSegmentOperators = {"segment"};

}  // namespace

std::string_view to_string(FieldKind kind) {
  constexpr std::array<std::string_view, 10> kNames = {
      "category", "number",   "flag",     "elections", "answers",
      "time",     "contacts", "consents", "lists",     "segments"};
  return kNames.at(static_cast<std::size_t>(kind));
}

std::span<const FieldInfo> all_fields() { return kFields; }

const FieldInfo& info(Field field) { return kFields.at(static_cast<std::size_t>(field)); }

std::string_view name(Field field) { return info(field).name; }

bool takes_key(Field field) {
  return field == Field::answer || field == Field::answered || field == Field::score ||
         field == Field::consent;
}

std::optional<Field> field_from(std::string_view name) {
  const std::size_t colon = name.find(':');
  const bool has_key = colon != std::string_view::npos;
  for (const FieldInfo& one : kFields) {
    if (one.name == name.substr(0, colon) && takes_key(one.field) == has_key) return one.field;
  }
  return std::nullopt;
}

std::string_view key_of(std::string_view name) {
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? std::string_view() : name.substr(colon + 1);
}

Operators operators_of(Field field) {
  switch (info(field).kind) {
    case Kind::category:
    case Kind::elections:
    case Kind::consents:
      return kValueOperators;
    case Kind::answers:
      return kAnswerOperators;
    case Kind::number:
      return field == votes_count ? Operators(kVotesOperators) : Operators(kNumberOperators);
    case Kind::flag:
      return kFlagOperators;
    case Kind::time:
      return kTimeOperators;
    case Kind::contacts:
      return kContactOperators;
    case Kind::lists:
      return kListOperators;
    case Kind::segments:
      return kSegmentOperators;
  }
  return {};
}

}  // namespace hustings::segments
