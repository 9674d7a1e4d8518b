#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "experiments/experiment.h"

/// What an experiment shows, as a pure function of its members and their outcomes. What cannot be
/// said is said in a sentence, beside the numbers that can.
namespace hustings::experiments {

/// What was known of a member before: age, elections voted in, support and turnout score, and the
/// primary outcome's answer from before the start. NaN: not known.
inline constexpr std::size_t kBaselines = 5;
inline constexpr std::array<std::string_view, kBaselines> kBaselineNames = {
    "age", "votes_count", "support_score", "turnout_score", "prior_answer"};
/// Categories by which effects are shown, registered for every experiment alike.
inline constexpr std::size_t kTraits = 4;
inline constexpr std::array<std::string_view, kTraits> kTraitNames = {"party", "gender", "age",
                                                                      "county"};
inline constexpr double kAlpha = 0.05;  ///< of all intervals

struct Member {
  std::uint8_t arm = 0;       ///< a place in Subjects::arms
  std::uint32_t cluster = 0;  ///< what was drawn as one, numbered from 0
  std::uint32_t block = 0;    ///< the stratum, numbered from 0
  /// By chance and for ever the same for all of a cluster: the order of those without a time.
  std::uint64_t lot = 0;
  std::array<float, kBaselines> baseline{};
  std::array<std::uint16_t, kTraits> traits{};  ///< places in Subjects::trait_values
  float value = 0;                              ///< the outcome; NaN: not known
  Instant at;                                   ///< of the outcome; the epoch: no time of its own
  bool contacted = false;                       ///< spoken with by a phone bank of the list
  bool tried = false;                           ///< called by one, reached or not
  bool leaked = false;                          ///< held out, and yet called while that was locked
};

struct Subjects {
  std::vector<std::string> arms;  ///< the control group first, then the others; none is left out
  Unit unit = Unit::voter;
  bool is_placebo = false;
  double planned_units = 1000;
  std::vector<Member> members;
  std::array<std::vector<std::string>, kTraits> trait_values;
};

/// A number with its 95 % interval; what is missing could not be found.
struct Figure {
  double value = 0;
  std::optional<double> se;
  std::optional<double> lower;
  std::optional<double> upper;
  std::optional<double> p;
};

struct ArmFacts {
  std::string name;
  bool is_control = false;
  std::int64_t assigned = 0;
  std::int64_t clusters = 0;
  std::int64_t tried = 0;
  std::int64_t contacted = 0;
  std::int64_t answered = 0;  ///< whose outcome is known
  std::optional<Figure> mean;
};

enum class Method : std::uint8_t {
  difference,  ///< intention to treat, within blocks where there are some
  covariates,  ///< Lin's adjustment; within blocks, covariates beside the arms
  cuped,
  contact,  ///< CACE, assignment as instrument
  placebo,  ///< those who were reached in both arms
};
struct EffectRow {
  std::string arm;
  Method method{};
  Figure effect;
  std::int64_t n = 0;
  std::string errors;                        ///< "hc2", "cr1", "cr2"
  std::optional<double> reached;             ///< contact: the share that assignment reached
  std::optional<double> variance_explained;  ///< cuped: of the outcome's variance
};

/// How the effect stood when so many units had answered.
struct TrackPoint {
  Instant at;
  std::int64_t units = 0;
  double value = 0;
  double lower = 0;  ///< always valid
  double upper = 0;
  double fixed_lower = 0;
  double fixed_upper = 0;
};
struct Track {
  std::string arm;
  std::vector<TrackPoint> points;              ///< oldest first, at most kTrackPoints
  std::optional<std::int64_t> known_at_units;  ///< when the always-valid interval first left 0 out
  std::optional<Instant> known_at;
  std::optional<double> more_units;  ///< until a fixed interval leaves 0 out, if the effect stays
};
inline constexpr std::size_t kTrackPoints = 120;

struct BalanceRow {
  std::string name;
  std::string arm;
  double control = 0;
  double treated = 0;
  double difference = 0;  ///< in standard deviations of the control group
};
struct GroupRow {
  std::string trait;
  std::string value;
  std::string arm;
  std::int64_t n = 0;
  std::optional<double> control_mean;
  Figure effect;
  std::optional<double> holm;
  std::optional<double> benjamini_hochberg;
};
struct GroupTest {
  std::string trait;
  std::string arm;
  std::optional<double> p;  ///< whether the groups' effects differ at all
};

struct Findings {
  std::vector<ArmFacts> arms;
  std::vector<EffectRow> effects;
  std::vector<Track> tracks;
  std::vector<BalanceRow> balance;
  std::optional<double> balance_p;  ///< the least of the arms'
  std::vector<GroupRow> groups;
  std::vector<GroupTest> group_tests;
  std::int64_t leaked = 0;
  std::vector<std::string> sentences;  ///< what is wrong, or cannot be said
};

Findings analyse(const Subjects& subjects);

}  // namespace hustings::experiments
