#include "segments/field.h"

#include <array>

namespace hustings::segments {
namespace {

using enum Field;
using Kind = FieldKind;

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
              "The newest answer to the question whose key stands after the colon."},
    FieldInfo{last_contacted_at, "last_contacted_at", "Last contacted", Kind::time,
              "When the last attempt ended; whole seconds."},
};

}  // namespace

std::string_view to_string(FieldKind kind) {
  constexpr std::array<std::string_view, 6> kNames = {"category",  "number",  "flag",
                                                      "elections", "answers", "time"};
  return kNames.at(static_cast<std::size_t>(kind));
}

std::span<const FieldInfo> all_fields() { return kFields; }

const FieldInfo& info(Field field) { return kFields.at(static_cast<std::size_t>(field)); }

std::string_view name(Field field) { return info(field).name; }

std::optional<Field> field_from(std::string_view name) {
  if (name.starts_with(kAnswerPrefix)) return Field::answer;
  for (const FieldInfo& one : kFields) {
    if (one.name == name && one.field != Field::answer) return one.field;
  }
  return std::nullopt;
}

}  // namespace hustings::segments
