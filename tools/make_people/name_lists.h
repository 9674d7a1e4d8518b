// The word lists behind the names, as one string each: words separated by blanks, most frequent
// first. Names (names.h) splits them once and owns the frequency law.
#pragma once

#include <array>
#include <string_view>

namespace hustings::people {

// Cohorts of birth years: before 1946, to 1964, to 1980, to 1996, later.
inline constexpr int kCohorts = 5;
using CohortLists = std::array<std::string_view, kCohorts>;

extern const std::string_view kSurnamesCommon;
extern const std::string_view kSurnamesBlack;
extern const std::string_view kSurnamesHispanic;
extern const std::string_view kSurnamesAsian;
extern const std::string_view kSurnamesNative;

extern const CohortLists kFirstNamesWomen;
extern const std::string_view kMiddleNamesWomen;  // of all cohorts
extern const std::string_view kFirstNamesWomenBlack;
extern const std::string_view kFirstNamesWomenHispanic;
extern const std::string_view kFirstNamesWomenAsian;

extern const CohortLists kFirstNamesMen;
extern const std::string_view kMiddleNamesMen;
extern const std::string_view kFirstNamesMenBlack;
extern const std::string_view kFirstNamesMenHispanic;
extern const std::string_view kFirstNamesMenAsian;

extern const std::string_view kStreetWords;
extern const std::string_view kStreetSeconds;
extern const std::string_view kStreetTypes;

}  // namespace hustings::people
