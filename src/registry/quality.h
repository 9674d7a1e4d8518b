#pragma once

#include <array>
#include <cstdint>
#include <string_view>

/// What was odd about a voter's row: bits of voter.quality. The value itself is null, the row as
/// received stays in the import.
namespace hustings::registry {

enum class Quality : std::uint8_t {
  registered_on_placeholder,  ///< 01/01/1900, ##/##/####, XX-XX-XXXX
  registered_on_implausible,  ///< in the future, or before 1900
  birth_year_implausible,     ///< before 1900 or in the future, or an age that is a filler
  birth_year_from_age,        ///< the file has no birth year: off by one at the most
  phone_unusable,             ///< seven digits, or a filler such as 0000000
  address_removed,            ///< the state has blanked it: REMOVED
  address_confidential,
  zip_unusable,
  first_name_missing,
  suffix_in_last_name,  ///< SMITH JR: moved to the suffix
  number_unusable,      ///< a score that is no number, or not from 0 to 100
  party_unknown,        ///< a code that the layout does not know: kept as it is
};
inline constexpr std::size_t kQualities = 12;

/// Bit of voter.quality.
constexpr std::int32_t bit(Quality quality) { return 1 << static_cast<int>(quality); }

struct QualityWords {
  std::string_view name;      ///< "phone_unusable"
  std::string_view sentence;  ///< behind a count: "phone numbers that cannot be called; left empty"
};
inline constexpr std::array<QualityWords, kQualities> kQualityWords = {{
    {"registered_on_placeholder", "registration dates that are fillers; left empty"},
    {"registered_on_implausible", "registration dates in the future or before 1900; left empty"},
    {"birth_year_implausible", "birth years or ages that cannot be true; left empty"},
    {"birth_year_from_age", "birth years reckoned from the age, off by one at the most"},
    {"phone_unusable", "phone numbers that cannot be called; left empty"},
    {"address_removed", "addresses that the state has removed"},
    {"address_confidential", "addresses that are confidential"},
    {"zip_unusable", "ZIP codes that are none; left empty"},
    {"first_name_missing", "rows without a first name"},
    {"suffix_in_last_name", "suffixes inside the last name; moved to the suffix"},
    {"number_unusable", "scores that are no numbers from 0 to 100; left empty"},
    {"party_unknown", "party codes that the layout does not know; kept as they are"},
}};

}  // namespace hustings::registry
