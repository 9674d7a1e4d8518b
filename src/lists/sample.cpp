#include "lists/sample.h"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <unordered_map>

#include <fmt/format.h>

#include "base/rng.h"
#include "base/text.h"
#include "lists/draw.h"
#include "statistics/sampling.h"

namespace hustings::lists {
namespace {

using segments::Member;

constexpr std::array<std::string_view, 4> kMethods = {"simple", "stratified", "clustered",
                                                      "by_size"};
constexpr std::array<std::string_view, 2> kAllocations = {"proportional", "equal"};
constexpr std::uint64_t kForSecondStage = 0x7365636f6e640000;
constexpr std::uint64_t kForOrder = 0x73616d6f72640000;

template <class Enum, std::size_t N>
std::optional<Enum> from(const std::array<std::string_view, N>& names, std::string_view text) {
  const auto found = std::ranges::find(names, text);
  if (found == names.end()) return std::nullopt;
  return static_cast<Enum>(found - names.begin());
}

/// Equal shares, and what a small stratum cannot give is divided among the others.
std::vector<std::size_t> equal_shares(const std::vector<std::size_t>& sizes, std::size_t wanted) {
  std::vector<std::size_t> out(sizes.size());
  std::size_t left = std::min(wanted, std::accumulate(sizes.begin(), sizes.end(), std::size_t{0}));
  while (left > 0) {
    std::size_t open = 0;
    for (std::size_t s = 0; s < sizes.size(); ++s)
      open += out[s] < sizes[s] ? 1 : 0;
    const std::size_t each = std::max<std::size_t>(left / open, 1);
    for (std::size_t s = 0; s < sizes.size() && left > 0; ++s) {
      const std::size_t more = std::min({each, sizes[s] - out[s], left});
      out[s] += more;
      left -= more;
    }
  }
  return out;
}

/// Nobody is without a chance: each stratum gives one at least, at the cost of the largest share.
std::vector<std::size_t> shares_of(const std::vector<std::size_t>& sizes, std::size_t wanted,
                                   Allocation allocation) {
  auto shares = allocation == Allocation::equal ? equal_shares(sizes, wanted)
                                                : statistics::proportional(sizes, wanted);
  for (std::size_t& share : shares) {
    if (share > 0) continue;
    --*std::ranges::max_element(shares);
    share = 1;
  }
  return shares;
}

class SampleDraw {
 public:
  SampleDraw(const segments::Members& members, const SampleWish& wish, std::uint64_t seed)
      : members_(members), wish_(wish), seed_(seed) {
    for (const auto& values : members.strata)
      group_keys_.push_back(key_of(values));
    for (std::size_t i = 0; i < members.members.size(); ++i) {
      const Member& member = members.members[i];
      if (member.is_protected || member.is_suppressed) continue;
      frame_.push_back(i);
      keys_.push_back(static_cast<std::uint64_t>(member.voter.value()));
    }
  }

  Result<Sample> draw() {
    Sample out;
    out.frame = static_cast<std::int64_t>(frame_.size());
    if (wish_.cluster_by.empty()) {
      out.members = TRY(draw_voters());
    } else {
      out.members = TRY(draw_clusters());
    }
    std::ranges::sort(out.members, {}, [&](const Sampled& one) {
      const auto voter = static_cast<std::uint64_t>(members_.members[one.member].voter.value());
      return std::pair(mix64(mix64(seed_ ^ kForOrder) ^ voter), voter);
    });
    return out;
  }

 private:
  std::uint64_t group_of(const Member& member) const {
    return member.stratum < group_keys_.size() ? group_keys_[member.stratum] : 0;
  }

  Result<std::vector<Sampled>> draw_voters() {
    const auto wanted = static_cast<std::size_t>(wish_.size);
    std::vector<statistics::Drawn> drawn;
    std::vector<std::uint32_t> strata(frame_.size());
    if (wish_.method == SampleMethod::by_size) {
      std::vector<double> sizes;
      for (const std::size_t place : frame_)
        sizes.push_back(std::max(members_.members[place].score.value_or(1), 1));
      drawn = TRY(statistics::draw_by_size(keys_, sizes, wanted, seed_));
    } else if (wish_.method == SampleMethod::stratified) {
      std::vector<std::size_t> sizes;
      number_strata(strata, sizes);
      if (wanted > frame_.size()) TRY(too_few(wanted, frame_.size(), "voters"));
      if (wanted < sizes.size()) {
        return invalid(fmt::format("There are {} strata; a sample needs a voter of each at least.",
                                   sizes.size()),
                       "sample.size");
      }
      drawn = TRY(statistics::draw_stratified(keys_, strata,
                                              shares_of(sizes, wanted, wish_.allocation), seed_));
    } else {
      if (wanted > frame_.size()) TRY(too_few(wanted, frame_.size(), "voters"));
      drawn = TRY(statistics::draw_simple(keys_, wanted, seed_));
    }
    std::vector<Sampled> out;
    for (const statistics::Drawn& one : drawn) {
      out.push_back({.member = frame_[one.row],
                     .probability = one.probability,
                     .stratum = static_cast<std::int32_t>(strata[one.row]),
                     .cluster = static_cast<std::int32_t>(out.size()),
                     .cluster_probability = one.probability});
    }
    return out;
  }

  static Status too_few(std::size_t wanted, std::size_t there, std::string_view what) {
    return invalid(fmt::format("{} {} are to be drawn, but only {} can be: ask for fewer, or widen "
                               "the segment.",
                               with_thousands(static_cast<std::int64_t>(wanted)), what,
                               with_thousands(static_cast<std::int64_t>(there))),
                   "sample.size");
  }

  /// Strata by their values, so that their numbers do not depend on the order of voters.
  void number_strata(std::vector<std::uint32_t>& strata, std::vector<std::size_t>& sizes) const {
    std::map<std::uint64_t, std::uint32_t> numbers;
    for (const std::size_t place : frame_)
      numbers.try_emplace(group_of(members_.members[place]));
    std::uint32_t next = 0;
    for (auto& [key, number] : numbers)
      number = next++;
    sizes.resize(next);
    for (std::size_t i = 0; i < frame_.size(); ++i) {
      strata[i] = numbers.at(group_of(members_.members[frame_[i]]));
      ++sizes[strata[i]];
    }
  }

  Result<std::vector<Sampled>> draw_clusters() {
    const bool is_household = wish_.cluster_by == kByHousehold;
    std::map<std::uint64_t, std::vector<std::size_t>> clusters;  // rows of the frame
    for (std::size_t i = 0; i < frame_.size(); ++i) {
      const Member& member = members_.members[frame_[i]];
      const std::uint64_t key =
          is_household ? static_cast<std::uint64_t>(member.household) : group_of(member);
      clusters[key].push_back(i);
    }
    const auto wanted = static_cast<std::size_t>(wish_.size);
    if (wanted > clusters.size()) TRY(too_few(wanted, clusters.size(), "clusters"));
    std::vector<std::uint64_t> keys;
    std::vector<double> sizes;
    for (const auto& [key, rows] : clusters) {
      keys.push_back(key);
      sizes.push_back(static_cast<double>(rows.size()));
    }
    const auto drawn = wish_.method == SampleMethod::by_size
                           ? TRY(statistics::draw_by_size(keys, sizes, wanted, seed_))
                           : TRY(statistics::draw_simple(keys, wanted, seed_));
    std::vector<Sampled> out;
    for (std::size_t c = 0; c < drawn.size(); ++c)
      TRY(add_cluster(clusters.at(keys[drawn[c].row]), drawn[c].probability, c, out));
    return out;
  }

  Status add_cluster(const std::vector<std::size_t>& rows, double probability, std::size_t number,
                     std::vector<Sampled>& out) const {
    std::vector<std::uint64_t> keys;
    for (const std::size_t row : rows)
      keys.push_back(keys_[row]);
    const std::size_t take =
        wish_.per_cluster ? std::min(rows.size(), static_cast<std::size_t>(*wish_.per_cluster))
                          : rows.size();
    const auto drawn = TRY(statistics::draw_simple(keys, take, seed_ ^ kForSecondStage));
    for (const statistics::Drawn& one : drawn) {
      out.push_back({.member = frame_[rows[one.row]],
                     .probability = probability * one.probability,
                     .stratum = 0,
                     .cluster = static_cast<std::int32_t>(number),
                     .cluster_probability = probability});
    }
    return {};
  }

  const segments::Members& members_;
  const SampleWish& wish_;
  std::uint64_t seed_;
  std::vector<std::uint64_t> group_keys_;
  std::vector<std::size_t> frame_;  ///< places in members_
  std::vector<std::uint64_t> keys_;
};

Status check_clusters(const SampleWish& wish) {
  if (wish.method == SampleMethod::clustered && wish.cluster_by.empty()) {
    return invalid("What is drawn as one? \"household\", or a category such as \"precinct\".",
                   "sample.cluster_by");
  }
  const bool may = wish.method == SampleMethod::clustered || wish.method == SampleMethod::by_size;
  if (!may && !wish.cluster_by.empty()) {
    return invalid("Clusters are drawn by the methods clustered and by_size.", "sample.cluster_by");
  }
  if (wish.per_cluster && wish.cluster_by.empty()) {
    return invalid("So many of each of what? Give cluster_by too.", "sample.per_cluster");
  }
  if (wish.per_cluster && (*wish.per_cluster < 1 || *wish.per_cluster > kSampleMax)) {
    return invalid("At least one voter of each cluster.", "sample.per_cluster");
  }
  return {};
}

}  // namespace

std::string_view to_string(SampleMethod method) {
  return kMethods[static_cast<std::size_t>(method)];
}
std::string_view to_string(Allocation allocation) {
  return kAllocations[static_cast<std::size_t>(allocation)];
}
std::optional<SampleMethod> sample_method_from(std::string_view text) {
  return from<SampleMethod>(kMethods, text);
}
std::optional<Allocation> allocation_from(std::string_view text) {
  return from<Allocation>(kAllocations, text);
}

Status check_sample(const SampleWish& wish, const std::vector<std::string>& stratify_by) {
  if (wish.size < 1 || wish.size > kSampleMax) {
    return refuse(
        ErrorCode::over_limit,
        fmt::format("A sample has 1 to {} voters or clusters.", with_thousands(kSampleMax)),
        "sample.size");
  }
  const bool is_stratified = wish.method == SampleMethod::stratified;
  if (is_stratified && stratify_by.empty()) {
    return invalid("Stratified by what? Name categories such as \"county\".", "stratify_by");
  }
  if (!is_stratified && !stratify_by.empty()) {
    return invalid("Strata are of the method stratified.", "stratify_by");
  }
  TRY(check_clusters(wish));
  const bool needs_score = wish.method == SampleMethod::by_size && wish.cluster_by.empty();
  if (needs_score && wish.size_by.empty()) {
    return invalid(
        "By the size of what? Clusters (cluster_by), or a score such as \"turnout_score\" "
        "(size_by).",
        "sample.size_by");
  }
  if (!needs_score && !wish.size_by.empty()) {
    return invalid("A score is the size of voters that are drawn by_size without clusters.",
                   "sample.size_by");
  }
  return {};
}

Result<Sample> draw_sample(const segments::Members& members, const SampleWish& wish,
                           std::uint64_t seed) {
  return SampleDraw(members, wish, seed).draw();
}

}  // namespace hustings::lists
