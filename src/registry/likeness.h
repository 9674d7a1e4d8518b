#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "pg/connection.h"
#include "registry/voter_row.h"

/// Which new rows of a file that is only tried are probably of voters who are known. duplicates.h
/// sees equal names, births and ZIP codes; this also sees who has moved, married or is spelled
/// otherwise.
namespace hustings::registry {

/// From this probability on somebody should look.
inline constexpr double kAlikeAt = 0.5;

struct Likeness {
  VoterId voter;
  double probability = 0;
};

/// Whoever reads files does not know how people are compared, so that it asks this
/// (identity/finder.h).
class LikenessFinder {
 public:
  virtual ~LikenessFinder() = default;
  /// For each row the likeliest voter from kAlikeAt on; never one who is protected. May have to
  /// read everybody first, over `connection`: a cancel of it ends that with a Failure. Asks
  /// `goes_on` now and then and gives up, with what it has, where it says no.
  virtual std::vector<std::optional<Likeness>> find_alike(pg::Connection& connection,
                                                          std::span<const VoterRow> rows,
                                                          const std::function<bool()>& goes_on) = 0;
};

struct AlikeRows {
  std::int64_t compared = 0;  ///< new rows that were looked at: of many only a part
  std::int64_t found = 0;     ///< of these, that look like a known voter
  struct Sample {
    std::int64_t line = 0;
    std::string external_id;
    VoterId voter;
    double probability = 0;
  };
  std::vector<Sample> samples;  ///< at most 20; none of protected voters
};

}  // namespace hustings::registry
