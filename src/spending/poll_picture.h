#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "spending/stored.h"

/// Where the contests stand by their polls, and what a plan still lacks. Pure functions.
namespace hustings::spending {

struct PollPicture {
  std::vector<std::int64_t> polls;               ///< by contest, all there are
  std::vector<std::optional<std::string>> last;  ///< by contest, the newest one's last day
  std::vector<std::optional<double>> shares;     ///< by contest, two-party, ours; if known
};
PollPicture poll_picture(const Stored& stored, Instant now);

/// Days since 1970-01-01 of "2026-11-03".
std::int64_t day_number(const std::string& day);

/// Our two-party share in each contest now. invalid, naming contests that have neither polls nor a
/// previous result.
Result<std::vector<double>> contest_shares(const Stored& stored, Instant now);

/// What is not there yet and no plan can do without, a sentence for each.
std::vector<std::string> missing_of(const Stored& stored);

}  // namespace hustings::spending
