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
  std::vector<std::optional<double>> errors;     ///< … of the tracker: its standard error
};
PollPicture poll_picture(const Stored& stored, Instant now);

/// Days since 1970-01-01 of "2026-11-03".
std::int64_t day_number(const std::string& day);

/// How quickly opinion moves and how far houses read apart, in parts of the vote.
struct TrackerScales {
  double daily_sd = 0;
  double house_sd = 0;
};

struct ContestMeans {
  std::vector<double> shares;                 ///< our two-party share in each contest now
  std::vector<std::optional<double>> errors;  ///< of the tracker, where there are polls
  std::optional<TrackerScales> tracker;       ///< none: polls are weighted by their age
};
/// What else is known when polls become means.
struct PollContext {
  std::vector<double> moved = {};            ///< by poll: taken off its share; empty: nothing
  std::optional<TrackerScales> scales = {};  ///< as they were for the same polls
};
/// Where each contest stands, by the settings' method. invalid, naming contests that have neither
/// polls nor a previous result.
Result<ContestMeans> contest_means(const Stored& stored, Instant now,
                                   const PollContext& context = {});

/// What is not there yet and no plan can do without, a sentence for each.
std::vector<std::string> missing_of(const Stored& stored);

}  // namespace hustings::spending
