#include "lists/sample.h"

#include <cmath>
#include <map>
#include <set>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace hustings::lists {
namespace {

using segments::Members;

/// Voters in households and in precincts of uneven sizes, none of which is empty; every 31st may
/// not be contacted.
Members electorate(int voters, int precincts) {
  Members out;
  for (int p = 0; p < precincts; ++p)
    out.strata.push_back({"P" + std::to_string(p)});
  for (int i = 1; i <= voters; ++i) {
    out.members.push_back(
        {.voter = VoterId(i),
         .household = i / 2,
         .has_phone = true,
         .is_protected = i % 31 == 0,
         .is_suppressed = false,
         .stratum = static_cast<std::uint32_t>((i % 2 == 0 ? i / 2 : i * i) % precincts),
         .score = i % 7 == 0 ? std::nullopt : std::optional(i % 100)});
  }
  return out;
}

double weights_of(const Sample& sample) {
  double sum = 0;
  for (const Sampled& one : sample.members)
    sum += 1 / one.probability;
  return sum;
}

std::set<std::int64_t> voters_of(const Members& members, const Sample& sample) {
  std::set<std::int64_t> out;
  for (const Sampled& one : sample.members)
    out.insert(members.members[one.member].voter.value());
  return out;
}

SampleWish any_wish() {
  SampleWish wish{.method = *rc::gen::element(SampleMethod::simple, SampleMethod::stratified,
                                              SampleMethod::clustered, SampleMethod::by_size),
                  .size = *rc::gen::inRange<std::int64_t>(1, 8),
                  .allocation = *rc::gen::element(Allocation::proportional, Allocation::equal)};
  if (wish.method == SampleMethod::clustered) {
    wish.cluster_by = *rc::gen::element<std::string>("household", "precinct");
    if (*rc::gen::arbitrary<bool>()) wish.per_cluster = *rc::gen::inRange<std::int64_t>(1, 5);
  }
  if (wish.method == SampleMethod::by_size) wish.size_by = "turnout_score";
  if (wish.cluster_by.empty()) wish.size = 20 + wish.size * 10;
  return wish;
}

RC_GTEST_PROP(SampleProp, TheSameSeedDrawsTheSameInWhateverOrder, ()) {
  const SampleWish wish = any_wish();
  const auto seed = *rc::gen::arbitrary<std::uint64_t>();
  Members members = electorate(*rc::gen::inRange(100, 400), *rc::gen::inRange(8, 20));
  const auto first = draw_sample(members, wish, seed);
  RC_ASSERT(first.has_value());
  const auto voters = voters_of(members, *first);
  RC_ASSERT(voters.size() == first->members.size());
  for (const Sampled& one : first->members) {
    RC_ASSERT(one.probability > 0 && one.probability <= 1);
    RC_ASSERT(!members.members[one.member].is_protected);
  }
  std::ranges::reverse(members.members);
  RC_ASSERT(voters == voters_of(members, *draw_sample(members, wish, seed)));
}

RC_GTEST_PROP(SampleProp, WeightsOfVotersAddUpToTheFrame, ()) {
  const Members members = electorate(*rc::gen::inRange(100, 400), *rc::gen::inRange(2, 8));
  const bool is_stratified = *rc::gen::arbitrary<bool>();
  const SampleWish wish{
      .method = is_stratified ? SampleMethod::stratified : SampleMethod::simple,
      .size = *rc::gen::inRange<std::int64_t>(20, 80),
      .allocation = *rc::gen::element(Allocation::proportional, Allocation::equal)};
  const auto sample = draw_sample(members, wish, *rc::gen::arbitrary<std::uint64_t>());
  RC_ASSERT(sample.has_value());
  RC_ASSERT(std::ssize(sample->members) == wish.size);
  RC_ASSERT(std::abs(weights_of(*sample) - static_cast<double>(sample->frame)) < 1e-6);
}

RC_GTEST_PROP(SampleProp, ClustersAreWholeOrHaveTheirShare, ()) {
  const Members members = electorate(300, 20);
  SampleWish wish{.method = *rc::gen::element(SampleMethod::clustered, SampleMethod::by_size),
                  .size = *rc::gen::inRange<std::int64_t>(1, 8),
                  .cluster_by = "precinct"};
  if (*rc::gen::arbitrary<bool>()) wish.per_cluster = *rc::gen::inRange<std::int64_t>(1, 6);
  const auto sample = draw_sample(members, wish, *rc::gen::arbitrary<std::uint64_t>());
  RC_ASSERT(sample.has_value());
  std::map<std::uint32_t, std::int64_t> there;
  for (const auto& member : members.members)
    there[member.stratum] += member.is_protected ? 0 : 1;
  std::map<std::uint32_t, std::int64_t> taken;
  std::map<std::uint32_t, std::int32_t> number;
  for (const Sampled& one : sample->members) {
    const std::uint32_t precinct = members.members[one.member].stratum;
    ++taken[precinct];
    RC_ASSERT(number.try_emplace(precinct, one.cluster).first->second == one.cluster);
  }
  RC_ASSERT(std::ssize(taken) == wish.size);
  for (const auto& [precinct, count] : taken)
    RC_ASSERT(count == std::min(there[precinct], wish.per_cluster.value_or(there[precinct])));
}

/// How often each voter is drawn over many seeds is the chance that the sample states, and the
/// total that the weights estimate is right on average.
void check_frequencies(const SampleWish& wish) {
  constexpr int kDraws = 3000;
  const Members members = electorate(120, 10);
  std::vector<int> drawn(members.members.size());
  std::vector<double> stated(members.members.size());
  double total = 0;
  std::int64_t frame = 0;
  for (int seed = 0; seed < kDraws; ++seed) {
    const auto sample = draw_sample(members, wish, static_cast<std::uint64_t>(seed));
    ASSERT_TRUE(sample) << sample.error().text();
    frame = sample->frame;
    total += weights_of(*sample) / kDraws;
    for (const Sampled& one : sample->members) {
      ++drawn[one.member];
      if (stated[one.member] != 0) EXPECT_NEAR(stated[one.member], one.probability, 1e-12);
      stated[one.member] = one.probability;
    }
  }
  EXPECT_NEAR(total, static_cast<double>(frame), 0.03 * static_cast<double>(frame));
  for (std::size_t i = 0; i < drawn.size(); ++i) {
    const double p = stated[i];
    if (members.members[i].is_protected) {
      EXPECT_EQ(drawn[i], 0);
      continue;
    }
    ASSERT_GT(p, 0) << "everybody else can be drawn";
    // 4.5 standard errors, for 120 voters at once; seeds are fixed, so this never flickers.
    EXPECT_NEAR(drawn[i], kDraws * p, 4.5 * std::sqrt(kDraws * p * (1 - p)) + 1e-9) << i;
  }
}

TEST(SampleFrequencies, Simple) { check_frequencies({.size = 30}); }
TEST(SampleFrequencies, StratifiedInProportion) {
  check_frequencies({.method = SampleMethod::stratified, .size = 40});
}
TEST(SampleFrequencies, StratifiedEqually) {
  check_frequencies(
      {.method = SampleMethod::stratified, .size = 12, .allocation = Allocation::equal});
}
TEST(SampleFrequencies, Households) {
  check_frequencies(
      {.method = SampleMethod::clustered, .size = 15, .cluster_by = std::string(kByHousehold)});
}
TEST(SampleFrequencies, SomeOfEachPrecinct) {
  check_frequencies(
      {.method = SampleMethod::clustered, .size = 3, .cluster_by = "precinct", .per_cluster = 4});
}
TEST(SampleFrequencies, PrecinctsByTheirSize) {
  check_frequencies(
      {.method = SampleMethod::by_size, .size = 3, .cluster_by = "precinct", .per_cluster = 2});
}
TEST(SampleFrequencies, VotersByTheirScore) {
  check_frequencies({.method = SampleMethod::by_size, .size = 25, .size_by = "turnout_score"});
}

TEST(SampleWishes, WhatDoesNotFitTogetherIsRefusedAtItsPlace) {
  const auto where = [](const SampleWish& wish, const std::vector<std::string>& strata = {}) {
    const Status checked = check_sample(wish, strata);
    return checked ? std::string("fine") : checked.error().where;
  };
  EXPECT_EQ(where({.size = 10}), "fine");
  EXPECT_EQ(where({.size = 0}), "sample.size");
  EXPECT_EQ(where({.size = 10}, {"county"}), "stratify_by");
  EXPECT_EQ(where({.method = SampleMethod::stratified, .size = 10}), "stratify_by");
  EXPECT_EQ(where({.method = SampleMethod::clustered, .size = 10}), "sample.cluster_by");
  EXPECT_EQ(where({.size = 10, .cluster_by = "precinct"}), "sample.cluster_by");
  EXPECT_EQ(where({.size = 10, .per_cluster = 2}), "sample.per_cluster");
  EXPECT_EQ(where({.method = SampleMethod::by_size, .size = 10}), "sample.size_by");
  EXPECT_EQ(where({.size = 10, .size_by = "turnout_score"}), "sample.size_by");
  const auto few = draw_sample(electorate(50, 5), {.size = 60}, 1);
  ASSERT_FALSE(few);
  EXPECT_EQ(few.error().where, "sample.size");
}

}  // namespace
}  // namespace hustings::lists
