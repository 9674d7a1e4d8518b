#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>

#include "segments/bitmap.h"

/// Synthetic voters for bench_segments: 23 columns, ordered by state, county, precinct.
namespace hustings::bench {

enum Voter : std::size_t {
  kId,
  kState,
  kCounty,
  kDma,
  kPrecinct,
  kAge,
  kAgeBand,
  kSex,
  kRace,
  kParty,
  kEdu,
  kVhist,
  kSupport,
  kTurnout,
  kPersuade,
  kPhone,
  kCall,
  kSms,
  kEmail,
  kContacted,
  kLastContact,
  kSurvey,
  kSpend,
  kVoterColumns,
};
inline constexpr std::array<std::string_view, kVoterColumns> kVoterNames = {
    "id",     "state", "county",  "dma",       "precinct",     "age",     "age_band", "sex",
    "race",   "party", "edu",     "vhist",     "support",      "turnout", "persuade", "phone",
    "c_call", "c_sms", "c_email", "contacted", "last_contact", "survey",  "spend"};

inline constexpr std::uint32_t kStates = 51;
inline constexpr std::uint32_t kCounties = 3100;
inline constexpr std::uint32_t kDmas = 210;
inline constexpr std::uint32_t kAgeBands = 6;
inline constexpr std::uint32_t kParties = 4;
inline constexpr std::uint32_t kPrecinctsMost = 178'000;
/// last_contact is the second at which a day begins, 0 for never; the engine keeps the day.
inline constexpr std::uint32_t kDaySeconds = 86'400;

/// One block of voters: by column, by row; rows beyond the last are 0. last_contact in days.
using VoterBlock = std::array<std::array<std::uint32_t, segments::kBlockRows>, kVoterColumns>;

/// Makes `rows` voters, always the same, and hands them over block by block. Answers with the
/// number of precincts.
std::uint32_t make_voters(std::size_t rows,
                          const std::function<void(std::size_t block, const VoterBlock&)>& take);

}  // namespace hustings::bench
