#pragma once

#include <string_view>
#include <utility>

#include "pg/connection.h"

namespace hustings::phonebank {

inline constexpr int kRacesMax = 10;

/// The database refused one of two transactions that met: the same may go through now. A unique
/// index or an exclusion constraint that another transaction got to first, a deadlock.
inline bool is_race(const pg::SqlFailure& failure) {
  const std::string_view state = failure.sqlstate();
  return state == "23505" || state == "23P01" || state == "40P01" || state == "40001";
}

/// Calls `work`, which does everything in one transaction, again after a lost race.
template <class Work>
auto retrying(Work&& work) {
  for (int race = 1;; ++race) {
    try {
      return work();
    } catch (const pg::SqlFailure& failure) {
      if (!is_race(failure) || race == kRacesMax) throw;
    }
  }
}

}  // namespace hustings::phonebank
