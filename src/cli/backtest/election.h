#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "allocation/poll_means.h"
#include "allocation/race.h"
#include "base/error.h"

namespace hustings::cli {

/// An election to replay: contests by name, what polls said, how it ended.
struct Election {
  std::vector<std::string> contests;
  std::vector<std::string> regions;  ///< by contest; empty names where unknown
  std::vector<int> weights;
  std::vector<double> votes;                    ///< cast for the two parties, the last known
  std::vector<std::optional<double>> previous;  ///< our two-party share of the election before
  std::vector<std::optional<double>> actual;    ///< … of this one
  std::vector<std::optional<double>> events;    ///< what a campaign did there, to compare with
  std::vector<allocation::Poll> polls;
  std::int64_t day = 0;  ///< election day, in days since 1970-01-01
  std::vector<std::string> notes;
};

struct ElectionFiles {
  std::filesystem::path polls;
  std::filesystem::path results;
  std::filesystem::path regions;  ///< contest, region; empty: the divisions of American states
  std::filesystem::path events;   ///< contest, number; empty: none
  std::string election_day;       ///< YYYY-MM-DD; empty: the Tuesday of November in the polls' year
};

/// invalid: what cannot be read, a file without a column that is needed, no contests.
Result<Election> read_election(const ElectionFiles& files);
/// The one that is part of the program.
Result<Election> election_2012();

/// Standard deviations of the shares' errors.
struct Sigma {
  double national = 0.012;
  double regional = 0.010;
  double contest = 0.014;
};
/// The race as its polls stood on a day.
Result<allocation::Race> race_on(const Election& election, std::int64_t day, const Sigma& sigma,
                                 const allocation::PollRule& rule);

/// "2012-11-06"
std::string date_text(std::int64_t day);
/// Reads 2012-11-06, 11/6/12, 11/6/2012.
std::optional<std::int64_t> read_date(std::string_view text);
/// The Tuesday after the first Monday of November.
std::int64_t american_election_day(int year);

}  // namespace hustings::cli
