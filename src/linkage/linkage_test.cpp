#include "linkage/linkage.h"

#include <cmath>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/rng.h"
#include "linkage/clusters.h"
#include "linkage/index.h"
#include "linkage/training.h"

namespace hustings::linkage {
namespace {

using testing::HasSubstr;

/// An invented name of the n-th kind: pronounceable, and unlike its neighbours.
std::string name_of(std::uint64_t n) {
  constexpr std::string_view kLetters = "BDFGKLMNPRST";
  constexpr std::string_view kVowels = "AEIOU";
  std::string name;
  for (std::uint64_t bits = mix64(n), i = 0; i < 3; ++i, bits >>= 8) {
    name += kLetters[bits % kLetters.size()];
    name += kVowels[(bits >> 4) % kVowels.size()];
  }
  return name;
}

struct Someone {
  std::string first, last, house, street, zip;
  BirthDate birth;
  std::uint64_t phone = 0;

  Person person() const {
    return {.first = first,
            .last = last,
            .birth = birth,
            .house = house,
            .street = street,
            .zip = zip,
            .phone = phone};
  }
};

Someone someone(std::uint64_t seed) {
  Rng rng(seed);
  Someone one;
  one.first = name_of(rng.below(150));
  one.last = name_of(1000 + rng.below(700));
  one.birth = {.year = static_cast<std::uint16_t>(1940 + rng.below(60)),
               .month = static_cast<std::uint8_t>(1 + rng.below(12)),
               .day = static_cast<std::uint8_t>(1 + rng.below(28))};
  one.house = std::to_string(1 + rng.below(900));
  one.street = name_of(5000 + rng.below(60)) + " ST";
  one.zip = std::to_string(27000 + rng.below(5));
  one.phone = 12020000000ULL + rng.below(1'000'000'000);
  return one;
}

/// 1,500 families of two with one address, last name and phone; and the same people again, later.
class FamiliesTest : public testing::Test {
 protected:
  static constexpr std::uint64_t kFamilies = 1500;

  FamiliesTest() : left_(words_), right_(words_) {
    for (std::uint64_t family = 0; family < kFamilies; ++family) {
      Someone a = someone(2 * family + 1);
      Someone b = a;
      const Someone other = someone(2 * family + 2);
      b.first = other.first == a.first ? "GERLINDE" : other.first;
      b.birth = other.birth;
      if (family % 50 == 0) b.birth = a.birth;  // twins
      if (family % 50 == 1) {                   // father and son
        b.first = a.first;
        b.birth.year = static_cast<std::uint16_t>(a.birth.year + 27);
      }
      left_.append(a.person());
      left_.append(b.person());
      if (family % 3 == 0) continue;
      if (family % 10 == 5) a.last = someone(family + 90'000).last;  // married
      if (family % 10 == 6) b.house = "7", b.street = "FAR ST", b.phone = 0;
      right_.append(a.person());
      right_.append(b.person());
    }
  }
  /// By row of the right file, the row of the left.
  static std::uint32_t true_row(std::uint32_t right) {
    const std::uint32_t family = right / 2;
    return (family / 2 * 3 + family % 2 + 1) * 2 + right % 2;
  }

  Words words_;
  Records left_;
  Records right_;
};

TEST_F(FamiliesTest, AreToldApartWithoutAnyLabel) {
  const auto linkage = link(left_, right_, {.threads = 2});
  ASSERT_TRUE(linkage) << linkage.error().text();
  std::size_t right_ones = 0;
  std::size_t wrong = 0;
  for (const Match& match : linkage->matches) {
    if (match.probability < 0.9) continue;
    ++(match.rows.left == true_row(match.rows.right) ? right_ones : wrong);
  }
  EXPECT_LE(wrong, 3U);
  EXPECT_GE(right_ones, right_.size() * 99 / 100);
  const auto truth = static_cast<double>(right_.size());
  EXPECT_NEAR(linkage->estimated_matches / truth, 1, 0.02);
}

TEST_F(FamiliesTest, TwinsAndNamesakesOfOneHouseholdStayTwoPeople) {
  const auto linkage = link(left_, right_, {.threads = 1, .keep_at = 0.0001});
  ASSERT_TRUE(linkage);
  for (const Match& match : linkage->matches) {
    const bool is_relative = match.rows.left / 2 == true_row(match.rows.right) / 2 &&
                             match.rows.left != true_row(match.rows.right);
    if (is_relative) {
      EXPECT_LT(match.probability, 0.5) << match.rows.left << " " << match.rows.right;
    }
  }
}

TEST_F(FamiliesTest, DoNotBecomeDuplicatesOfEachOther) {
  const auto linkage = dedupe(left_, {.threads = 1});
  ASSERT_TRUE(linkage);
  EXPECT_LT(linkage->estimated_matches, 5) << "there is no duplicate in the file";
}

TEST_F(FamiliesTest, AnExplanationSumsToTheOdds) {
  const auto linkage = link(left_, right_, {.threads = 1});
  ASSERT_TRUE(linkage);
  ASSERT_FALSE(linkage->matches.empty());
  for (const Match& match : linkage->matches) {
    double bits = linkage->model.prior_bits();
    for (const Evidence& evidence : explain(linkage->model, match, {}))
      bits += evidence.bits;
    EXPECT_NEAR(bits, static_cast<double>(match.log_odds), 1e-3);
    EXPECT_NEAR(match.probability, 1 / (1 + std::exp2(-bits)), 1e-3);
  }
}

TEST_F(FamiliesTest, AModelCanBeKeptAndUsedAgain) {
  const auto first = link(left_, right_, {.threads = 1});
  ASSERT_TRUE(first);
  const auto kept = Model::from_json(first->model.to_json());
  ASSERT_TRUE(kept) << kept.error().text();
  for (std::size_t i = 0; i < kJointLevels; ++i)
    EXPECT_NEAR(kept->joint_u[i], first->model.joint_u[i], 1e-15);
  const auto again = link(left_, right_, {.threads = 1, .model = &*kept});
  ASSERT_TRUE(again);
  EXPECT_EQ(again->matches.size(), first->matches.size());
  EXPECT_NEAR(again->estimated_matches, first->estimated_matches, 1);
}

TEST_F(FamiliesTest, LimitsAndMismatchesAreRefused) {
  const auto many = link(left_, right_, {.threads = 1, .pairs_max = 100});
  ASSERT_FALSE(many);
  EXPECT_EQ(many.error().code, ErrorCode::over_limit);
  Words others;
  const Records elsewhere(others);
  EXPECT_FALSE(link(left_, elsewhere, {}));
  const Model other_columns(3);
  EXPECT_FALSE(link(left_, right_, {.model = &other_columns}));
}

TEST_F(FamiliesTest, AnIndexFindsOnePerson) {
  auto model = model_for_questions(left_, 1);
  ASSERT_TRUE(model) << model.error().text();
  const std::size_t rows = left_.size();
  Index index(left_, std::move(*model), {}, 1);
  std::size_t found = 0;
  for (std::uint64_t family = 0; family < kFamilies; family += 7) {
    Someone asked = someone(2 * family + 1);
    asked.first += "X";  // a slip
    asked.phone = 0;
    const auto matches = index.find(asked.person(), 5);
    if (!matches.empty() && matches.front().rows.left == family * 2) ++found;
  }
  EXPECT_GE(found, kFamilies / 7 * 98 / 100);
  const Someone stranger = someone(777'777);
  EXPECT_TRUE(index.find(stranger.person(), 5, 0.5).empty());
  index.add(stranger.person());
  const auto matches = index.find(stranger.person(), 5, 0.5);
  ASSERT_EQ(matches.size(), 1U);
  EXPECT_EQ(matches.front().rows.left, rows);
  EXPECT_GT(matches.front().probability, 0.99);
}

TEST_F(FamiliesTest, RulesAreChosenWithinTheBudget) {
  EXPECT_THAT(choose_rules(left_, &right_, {.pairs = 0, .every_pair = 100'000'000}, 1),
              testing::SizeIs(1))
      << "every pair";
  const auto few = choose_rules(left_, &right_, {.pairs = 0, .every_pair = 0}, 1);
  const auto many = choose_rules(left_, &right_, {.pairs = 500'000, .every_pair = 0}, 2);
  EXPECT_GT(many.size(), few.size());
  const WordCounts counts = count_words(left_, &right_);
  const Files files{.left = left_, .right = &right_, .counts = counts};
  const auto scan = scan_pairs(files, many, 500'000, 1);
  EXPECT_TRUE(scan) << "the budget holds for all of them together";
  ASSERT_TRUE(scan_pairs(files, few, 500'000, 1));
  EXPECT_GT(scan->pairs, scan_pairs(files, few, 500'000, 1)->pairs);
}

TEST(Training, DoesNotInventMatchesAmongStrangers) {
  Words words;
  Records left(words);
  Records right(words);
  for (std::uint64_t i = 0; i < 3000; ++i) {
    left.append(someone(i * 2 + 1).person());
    right.append(someone(i * 2 + 1'000'000).person());
  }
  const auto linkage = link(left, right, {.threads = 1});
  ASSERT_TRUE(linkage);
  EXPECT_LT(linkage->estimated_matches, 5);
}

TEST(Training, HandlesNextToNothing) {
  Words words;
  Records none(words);
  const auto empty = dedupe(none, {.threads = 2});
  ASSERT_TRUE(empty);
  EXPECT_TRUE(empty->matches.empty());
  Records two(words);
  two.append(someone(1).person());
  two.append(someone(1).person());
  const auto same = dedupe(two, {.threads = 2});
  ASSERT_TRUE(same);
  ASSERT_EQ(same->matches.size(), 1U);
  EXPECT_GT(same->matches[0].probability, 0.5);
}

TEST(Model, RefusesWhatIsNone) {
  EXPECT_FALSE(Model::from_json(""));
  EXPECT_FALSE(Model::from_json("{}"));
  EXPECT_FALSE(Model::from_json(R"({"format":1})"));
  std::string damaged = Model(2).to_json();
  EXPECT_TRUE(Model::from_json(damaged));
  damaged.replace(damaged.find("\"joint_u\":["), 11, "\"joint_u\":[7,");
  EXPECT_FALSE(Model::from_json(damaged));
}

TEST(Clusters, AContradictionNamesItsChain) {
  const std::vector<std::string> names = {"A", "B", "C", "D"};
  const auto clusters =
      find_clusters(4, {}, {.links = {{0, 1}, {1, 2}, {2, 3}}, .anti_links = {{0, 2}}}, &names);
  ASSERT_FALSE(clusters);
  EXPECT_EQ(clusters.error().code, ErrorCode::conflict);
  EXPECT_THAT(clusters.error().sentence, HasSubstr("A = B = C"));
}

TEST(Clusters, TheLikelierPairWinsOverAnAntiLink) {
  // 0-1 and 1-2 cannot both hold.
  const auto clusters =
      find_clusters(3, {{{0, 1}, 0.7}, {{1, 2}, 0.9}}, {.links = {}, .anti_links = {{0, 2}}});
  ASSERT_TRUE(clusters);
  EXPECT_EQ(clusters->of_row[1], clusters->of_row[2]);
  EXPECT_NE(clusters->of_row[0], clusters->of_row[1]);
  EXPECT_EQ(clusters->count, 2U);
  EXPECT_EQ(clusters->refused, 1U);
}

TEST(Words, KnowShortForms) {
  Words words;
  const WordId bob = words.add("BOB");
  EXPECT_EQ(words.add("BOB"), bob);
  EXPECT_EQ(words.text(words.canonical(bob)), "ROBERT");
  EXPECT_EQ(words.canonical(words.add("ROBERT")), words.find("ROBERT"));
  EXPECT_FALSE(words.are_nicknames(bob, words.add("WILLIAM")));
  EXPECT_EQ(words.find("NEVER ADDED"), 0U);
  EXPECT_EQ(words.add(""), 0U);
}

}  // namespace
}  // namespace hustings::linkage
