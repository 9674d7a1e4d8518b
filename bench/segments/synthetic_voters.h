#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>

#include "segments/bitmap.h"

/// Synthetic voters for bench_segments: 23 columns, ordered by state, county, precinct.
namespace hustings::bench {

using Voter = std::size_t;  ///< a column's number
inline constexpr std::size_t kId = 0;
inline constexpr std::size_t kState = 1;
inline constexpr std::size_t kCounty = 2;
inline constexpr std::size_t kDma = 3;
inline constexpr std::size_t kPrecinct = 4;
inline constexpr std::size_t kAge = 5;
inline constexpr std::size_t kAgeBand = 6;
inline constexpr std::size_t kSex = 7;
inline constexpr std::size_t kRace = 8;
inline constexpr std::size_t kParty = 9;
inline constexpr std::size_t kEdu = 10;
inline constexpr std::size_t kVhist = 11;
inline constexpr std::size_t kSupport = 12;
inline constexpr std::size_t kTurnout = 13;
inline constexpr std::size_t kPersuade = 14;
inline constexpr std::size_t kPhone = 15;
inline constexpr std::size_t kCall = 16;
inline constexpr std::size_t kSms = 17;
inline constexpr std::size_t kEmail = 18;
inline constexpr std::size_t kContacted = 19;
inline constexpr std::size_t kLastContact = 20;
inline constexpr std::size_t kSurvey = 21;
inline constexpr std::size_t kSpend = 22;
inline constexpr std::size_t kVoterColumns = 23;
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
