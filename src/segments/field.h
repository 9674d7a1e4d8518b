#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

/// What a rule can speak of. The names are the API's and the rule language's; never rename one.
namespace hustings::segments {

enum class FieldKind : std::uint8_t {
  category,
  number,
  flag,
  elections,
  answers,
  time,
  contacts,
  consents,
  lists,
  segments,
};
std::string_view to_string(FieldKind kind);

/// The categories come first: their number is their place among the category columns.
enum class Field : std::uint8_t {
  state,
  county,
  precinct,
  municipality,
  city,
  zip5,
  congressional_district,
  state_senate_district,
  state_house_district,
  party,
  gender,
  race,
  ethnicity,
  status,
  last_disposition,
  support_score,
  turnout_score,
  persuadability,
  contact_count,
  votes_count,
  age,
  has_phone,
  is_protected,
  contacted,
  suppressed,
  voted,
  answer,  ///< in rules "answer:" and the question's key
  last_contacted_at,
  answered,  ///< "answered:" and the question's key
  score,     ///< "score:" and its name
  contacts,
  consent,  ///< "consent:" purpose ":" channel
  list,
  segment,
};
inline constexpr std::size_t kCategories = 15;  ///< state … last_disposition
inline constexpr std::size_t kNumbers = 5;      ///< support_score … votes_count; age has no column
inline constexpr std::size_t kFlags = 4;        ///< has_phone … suppressed

struct FieldInfo {
  Field field;
  std::string_view name;
  std::string_view title;
  FieldKind kind;
  std::string_view sentence;  ///< its definition, where the name leaves a doubt
  std::int64_t least = 0;     ///< of a number: what a rule may say
  std::int64_t most = 0;
};

std::span<const FieldInfo> all_fields();
const FieldInfo& info(Field field);
std::string_view name(Field field);
/// Also "answer" for "answer:support"; what stands before a colon must be a field that takes it.
std::optional<Field> field_from(std::string_view name);
/// What stands after the colon: "support" of "answer:support"; empty for other fields.
std::string_view key_of(std::string_view name);
/// Whether a colon and a key follow the field's name in rules.
bool takes_key(Field field);
/// What rules may say of a field, as the operators of its JSON.
std::span<const std::string_view> operators_of(Field field);

inline constexpr std::string_view kAnswerPrefix = "answer:";

/// The column of a category, number or flag among those of its kind.
constexpr std::size_t category_column(Field field) { return static_cast<std::size_t>(field); }
constexpr std::size_t number_column(Field field) {
  return static_cast<std::size_t>(field) - static_cast<std::size_t>(Field::support_score);
}
constexpr std::size_t flag_column(Field field) {
  return static_cast<std::size_t>(field) - static_cast<std::size_t>(Field::has_phone);
}

}  // namespace hustings::segments
