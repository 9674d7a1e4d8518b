#pragma once

#include <array>
#include <string_view>

/// Which value a profile shows where records differ. Within one identity the newest version counts;
/// between the identities of a person each group of fields comes whole from one of them, so that no
/// profile has one file's street in another file's city. Numbers and e-mail addresses come from the
/// newest record, everything else from the official one first; rows of the table survivorship
/// change that for a group. official_first: the roll of the voter's own state (its source is the
/// state's code in lower case) before vendors and sign-ups, of several the newest; newest_first:
/// the newest of all. How it is done: sql/resolve_records.sql.
namespace hustings::registry {

enum class FieldKind : unsigned char { text, number, date, flag, object };

struct ProfileField {
  std::string_view name;   ///< the column of voter
  std::string_view group;  ///< survivorship.field_group
  FieldKind kind = FieldKind::text;
  bool may_be_blank = true;
  bool is_correctable = true;  ///< by hand
};

/// The columns of voter that a file or a person gives.
inline constexpr std::array<ProfileField, 36> kProfileFields = {{
    {"source", "roll", FieldKind::text, false, false},
    {"external_id", "roll", FieldKind::text, false, false},
    {"status", "roll", FieldKind::text, false},
    {"status_reason", "roll"},
    {"registered_on", "roll", FieldKind::date},
    {"protected", "roll", FieldKind::flag, false},
    {"last_name", "name", FieldKind::text, false},
    {"first_name", "name", FieldKind::text, false},
    {"middle_name", "name"},
    {"suffix", "name"},
    {"gender", "person"},
    {"race", "person"},
    {"ethnicity", "person"},
    {"party", "party"},
    {"birth_year", "birth", FieldKind::number},
    {"birth_month", "birth", FieldKind::number},
    {"birth_date", "birth", FieldKind::date},
    {"birth_place", "birth"},
    {"state", "address", FieldKind::text, false},
    {"county", "address", FieldKind::text, false},
    {"street", "address"},
    {"city", "address"},
    {"zip5", "address"},
    {"zip4", "address"},
    {"mail_address", "mail_address"},
    {"phone", "phone", FieldKind::number},
    {"email", "email"},
    {"precinct", "districts"},
    {"municipality", "districts"},
    {"ward", "districts"},
    {"congressional_district", "districts"},
    {"state_senate_district", "districts"},
    {"state_house_district", "districts"},
    {"school_district", "districts"},
    {"county_commission_district", "districts"},
    {"districts", "districts", FieldKind::object, true, false},
}};

/// Null if there is no such field.
constexpr const ProfileField* profile_field(std::string_view name) {
  for (const ProfileField& field : kProfileFields) {
    if (field.name == name) return &field;
  }
  return nullptr;
}

/// Of whom the law protects, what leads to the door stays inside.
constexpr bool leads_to_the_door(const ProfileField& field) {
  if (field.name == "state" || field.name == "county") return false;
  return field.group == "address" || field.group == "mail_address" || field.group == "phone" ||
         field.group == "email" || field.group == "districts";
}

}  // namespace hustings::registry
