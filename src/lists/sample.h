#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "segments/segment_service.h"

/// Who is asked so that they stand for all: samples with known chances.
namespace hustings::lists {

enum class SampleMethod : std::uint8_t {
  simple,      ///< every set of voters alike
  stratified,  ///< so many of each stratum
  clustered,   ///< whole clusters, or so many voters of each cluster that was drawn
  by_size,     ///< clusters by how many voters they hold, or voters by a score
};
enum class Allocation : std::uint8_t {
  proportional,  ///< to the strata's sizes: everybody has nearly the same chance
  equal,         ///< so many of each stratum, as far as it goes: small ones can be seen too
};
std::string_view to_string(SampleMethod method);
std::string_view to_string(Allocation allocation);
std::optional<SampleMethod> sample_method_from(std::string_view text);
std::optional<Allocation> allocation_from(std::string_view text);

inline constexpr std::int64_t kSampleMax = 1'000'000;
inline constexpr std::string_view kByHousehold = "household";

struct SampleWish {
  SampleMethod method = SampleMethod::simple;
  std::int64_t size = 0;  ///< voters; with cluster_by, clusters
  Allocation allocation = Allocation::proportional;
  std::string cluster_by{};  ///< "household", or a category such as "precinct"; empty: none
  std::optional<std::int64_t> per_cluster{};  ///< voters of each; none: everybody
  std::string size_by{};  ///< by_size without clusters: a score; who has none or 0 counts as 1
  friend bool operator==(const SampleWish&, const SampleWish&) = default;
};

/// A member with the chance it had. The design weight is one over it.
struct Sampled {
  std::size_t member = 0;  ///< a place in Members::members
  double probability = 1;
  std::int32_t stratum = 0;        ///< numbered from 0
  std::int32_t cluster = 0;        ///< numbered from 0; without clusters each member is one
  double cluster_probability = 1;  ///< that its cluster was drawn
};
struct Sample {
  std::vector<Sampled> members;  ///< in a random order that the seed gives again
  std::int64_t frame = 0;        ///< how many voters could have been drawn
};

/// Whether the wish fits together. Refuses: invalid, over_limit.
Status check_sample(const SampleWish& wish, const std::vector<std::string>& stratify_by);

/// Draws from those who are neither protected nor suppressed; `members` carry as strata what
/// strata or clusters are made of. The same seed and voters give the same sample in whatever order
/// they stand (statistics/sampling.h). invalid: fewer are there than are wanted.
Result<Sample> draw_sample(const segments::Members& members, const SampleWish& wish,
                           std::uint64_t seed);

}  // namespace hustings::lists
