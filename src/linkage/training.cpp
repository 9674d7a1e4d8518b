#include "linkage/training.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/rng.h"
#include "linkage/level_priors.h"
#include "linkage/parallel.h"
#include "linkage/pattern_map.h"
#include "linkage/weights.h"

namespace hustings::linkage {
namespace {

constexpr std::size_t kRandomPairs = 2'000'000;
constexpr std::size_t kRandomRows = 32'768;  ///< of each side: they fit the cache
constexpr std::size_t kTaskPairs = 1U << 16;
constexpr int kRoundsMax = 60;
constexpr int kRoundsMin = 8;
constexpr double kConverged = 2e-5;
/// Pseudo-counts of the priors.
constexpr double kFieldPrior = 10;
constexpr double kJointPrior = 10;
constexpr double kRandomPrior = 2;
constexpr double kHouseholdPrior = 20;
constexpr double kClassPrior = 20;
/// Enough pairs of two people to know how often they share a first name.
constexpr double kEnoughHouseholds = 200;
/// Of two people in a household: how many share the first name, and the birth date.
constexpr double kNamesakesStart = 0.02;
constexpr double kTwinsStart = 0.01;
constexpr double kFamiliesFrom = 0.2;  ///< pairs of two people in a household, for each match
constexpr double kSuspectBits = -20;   ///< log2 odds

std::vector<std::uint32_t> random_rows(std::size_t rows, std::uint64_t seed) {
  std::vector<std::uint32_t> chosen;
  Rng rng(seed);
  const std::size_t count = std::min(rows, kRandomRows);
  chosen.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    chosen.push_back(rows <= kRandomRows ? static_cast<std::uint32_t>(i)
                                         : static_cast<std::uint32_t>(rng.below(rows)));
  }
  return chosen;
}

/// Rows copied side by side, so that comparing them at random stays in the cache.
struct Sample {
  std::vector<Record> records;
  std::vector<WordId> extras;
  std::size_t width;

  Sample(const Records& from, const std::vector<std::uint32_t>& rows)
      : width(from.extra_kinds().size()) {
    for (const std::uint32_t row : rows) {
      records.push_back(from[row]);
      extras.insert(extras.end(), from.extras(row).begin(), from.extras(row).end());
    }
  }
  Comparer::Side side(std::size_t i) const {
    return {records[i], std::span(extras).subspan(i * width, width)};
  }
};

std::vector<PatternCount> sorted_counts(const std::vector<PatternMap<std::uint64_t>>& maps) {
  PatternMap<std::uint64_t> all;
  for (const auto& map : maps) {
    map.each([&](Pattern pattern, std::uint64_t count) { all[pattern] += count; });
  }
  std::vector<PatternCount> counts;
  all.each([&](Pattern pattern, std::uint64_t count) { counts.push_back({pattern, count}); });
  std::sort(counts.begin(), counts.end(),
            [](const PatternCount& a, const PatternCount& b) { return a.pattern < b.pattern; });
  return counts;
}

/// What one look at all patterns adds up.
struct Sums {
  double matches = 0;
  double swapped = 0;  ///< pairs of two people with each other's first name as last name
  std::vector<Levels> m;
  Levels joint_m = Levels(kJointLevels);
  Levels joint_u = Levels(kJointLevels);  ///< pairs of two people in a household's cells
  std::array<std::vector<Levels>, kNameClasses> u_household;
  Levels first_with_birth = Levels(kFirstLevels);  ///< of two people whose birth dates are known

  explicit Sums(std::size_t fields) {
    for (std::size_t f = 0; f < fields; ++f)
      m.emplace_back(levels_of(f));
    for (auto& tables : u_household) {
      for (std::size_t f = 0; f < fields; ++f)
        tables.emplace_back(levels_of(f));
    }
  }
};

class Trainer {
 public:
  Trainer(const Training& training, std::size_t extras)
      : training_(training), model_(extras), patterns_(training.blocked) {}

  Model run() {
    model_.lambda = training_.lambda_start;
    start_swapped();
    add_up_random();
    start_households();
    for (int round = 0; round < kRoundsMax; ++round) {
      const double before = model_.lambda;
      const Weights weights(model_);
      const Sums sums = add_up(weights);
      learn_matches(sums);
      learn_households(sums);
      swapped_ = sums.swapped;
      take_out_matches(weights);
      const double change = std::abs(model_.lambda - before);
      if (round >= kRoundsMin && change <= kConverged * before) break;
    }
    return model_;
  }

 private:
  /// All random pairs as if they were of two people each; train() takes out those that are not.
  void add_up_random() {
    for (auto& tables : random_.fields) {
      for (std::size_t f = 0; f < model_.fields.size(); ++f)
        tables.emplace_back(levels_of(f));
    }
    for (const PatternCount& count : training_.random)
      add_random(count.pattern, static_cast<double>(count.pairs), random_);
    learn_strangers(random_);
    // Only a pattern that is likely to be of one person already can turn out to be.
    const Weights weights(model_);
    for (const PatternCount& count : training_.random) {
      if (weights.log_odds(count.pattern) > kSuspectBits) suspects_.push_back(count);
    }
  }

  struct RandomSums {
    std::array<std::vector<Levels>, kNameClasses> fields;
    JointMarginals joint{};
  };

  static void add_random(Pattern pattern, double pairs, RandomSums& sums) {
    auto& tables = sums.fields[static_cast<std::size_t>(class_of(pattern.first()))];
    for (std::size_t f = 0; f < tables.size(); ++f)
      tables[f][level_of(pattern, f)] += pairs;
    sums.joint.last[static_cast<std::size_t>(pattern.last())] += pairs;
    sums.joint.address[static_cast<std::size_t>(pattern.address())] += pairs;
  }

  void take_out_matches(const Weights& weights) {
    RandomSums sums = random_;
    for (const PatternCount& count : suspects_) {
      const double match = probability_of(weights.log_odds(count.pattern));
      add_random(count.pattern, -static_cast<double>(count.pairs) * match, sums);
    }
    learn_strangers(sums);
  }

  /// u of single fields, and the cells of the joint comparison in which nothing is shared.
  void learn_strangers(const RandomSums& sums) {
    for (std::size_t f = 0; f < model_.fields.size(); ++f) {
      Levels all = scaled(prior_u(f), kRandomPrior);
      for (const auto& tables : sums.fields)
        add_to(all, tables[f]);
      normalise_groups(f, all);
      for (std::size_t name = 0; name < kNameClasses; ++name) {
        Levels& u = model_.fields[f].u[name];
        u = all;
        // Elsewhere the few matches among random pairs of one name would outweigh what is learned.
        if (f != static_cast<std::size_t>(Field::sex)) continue;
        u = scaled(all, kClassPrior);
        add_to(u, sums.fields[name][f]);
        normalise_groups(f, u);
      }
    }
    learn_stranger_cells(sums.joint);
    set_swapped(swapped_);
  }

  /// Names in each other's place are too rare for random pairs; the rules bring them together.
  void set_swapped(double pairs_of_two) {
    constexpr auto kSwapped = static_cast<std::size_t>(FirstLevel::swapped);
    const double expected = (pairs_of_two + 0.5) / training_.all_pairs / last_exact_;
    for (Levels& u : model_.fields[0].u)
      u[kSwapped] = std::max(u[kSwapped], std::min(expected, 0.01));
  }

  void learn_stranger_cells(JointMarginals joint) {
    const JointMarginals prior = prior_joint_u();
    const auto finish = [](auto& sums, const auto& expected, std::size_t from, std::size_t to) {
      double total = 0;
      for (std::size_t i = from; i < to; ++i)
        total += sums[i] += kRandomPrior * expected[i];
      for (std::size_t i = from; i < to; ++i)
        sums[i] /= total;
    };
    constexpr auto kZipOnly = static_cast<std::size_t>(AddressLevel::only_zip_same);
    finish(joint.last, prior.last, 1, kLastLevels);
    finish(joint.address, prior.address, 1, kZipOnly);
    finish(joint.address, prior.address, kZipOnly, kAddressLevels);
    joint.last[0] = joint.address[0] = 1;
    last_exact_ = joint.last[static_cast<std::size_t>(LastLevel::exact)];
    joint.phone = {1, 0, 1};
    joint.email = {1, 0, 1};
    for (std::size_t i = 0; i < kJointLevels; ++i) {
      const JointCell cell = joint_cell(i);
      chance_[i] = joint.product(cell);
      if (!cell.is_household()) model_.joint_u[i] = chance_[i];
    }
  }

  void start_swapped() {
    for (const PatternCount& count : patterns_) {
      if (count.pattern.first() == FirstLevel::swapped) {
        swapped_ += static_cast<double>(count.pairs) / 2;
      }
    }
  }

  /// Half of what the blocks hold is taken for households, to begin with.
  void start_households() {
    Levels pairs(kJointLevels);
    for (const PatternCount& count : patterns_)
      pairs[count.pattern.joint()] += static_cast<double>(count.pairs);
    for (std::size_t i = 0; i < kJointLevels; ++i)
      set_household_cell(i, pairs[i] / 2);
    for (FieldTable& table : model_.fields)
      table.u_household = table.u;
    // Namesakes and twins are thought of from the beginning: who is once taken for a match teaches
    // the model that matches look like that.
    constexpr auto kExact = static_cast<std::size_t>(FirstLevel::exact);
    for (Levels& levels : model_.fields[0].u_household)
      levels[kExact] = std::max(levels[kExact], kNamesakesStart);
    constexpr auto kSame = static_cast<std::size_t>(BirthLevel::same);
    Levels& births = model_.fields[static_cast<std::size_t>(Field::birth)]
                         .u_household[static_cast<std::size_t>(NameClass::other)];
    births[kSame] = std::max(births[kSame], kTwinsStart);
  }

  void set_household_cell(std::size_t index, double pairs) {
    const JointCell cell = joint_cell(index);
    if (!cell.is_household()) return;
    const double all = std::max(training_.group_pairs[cell.group()], 1.0);
    const double counted = std::min((pairs + 0.5) / all, 0.5);
    // Not every pair of nearly equal addresses is brought together: no less than chance gives.
    model_.joint_u[index] =
        cell.address == AddressLevel::partly ? std::max(counted, chance_[index]) : counted;
  }

  Sums add_up(const Weights& weights) const {
    Sums sums(model_.fields.size());
    for (const PatternCount& count : patterns_) {
      const Pattern pattern = count.pattern;
      const auto pairs = static_cast<double>(count.pairs);
      const double match = pairs * probability_of(weights.log_odds(pattern));
      sums.matches += match;
      for (std::size_t f = 0; f < sums.m.size(); ++f)
        sums.m[f][level_of(pattern, f)] += match;
      sums.joint_m[pattern.joint()] += match;
      const double two = pairs - match;
      if (pattern.first() == FirstLevel::swapped) sums.swapped += two;
      if (!pattern.is_household()) continue;
      sums.joint_u[pattern.joint()] += two;
      auto& tables = sums.u_household[static_cast<std::size_t>(class_of(pattern.first()))];
      for (std::size_t f = 0; f < tables.size(); ++f)
        tables[f][level_of(pattern, f)] += two;
      if (pattern.birth() != BirthLevel::missing) {
        sums.first_with_birth[static_cast<std::size_t>(pattern.first())] += two;
      }
    }
    return sums;
  }

  void learn_matches(const Sums& sums) {
    model_.lambda = std::clamp(sums.matches, 1e-3, training_.matches_max) / training_.all_pairs;
    for (std::size_t f = 0; f < model_.fields.size(); ++f) {
      Levels& m = model_.fields[f].m;
      m = scaled(prior_m(f), kFieldPrior);
      for (std::size_t level = 0; level < m.size(); ++level)
        m[level] += sums.m[f][level];
      normalise_groups(f, m);
      const bool families = has_families(sums);
      for (std::size_t level = 0; level < m.size(); ++level)
        m[level] = std::min(m[level], highest_m(f, level, families));
    }
    learn_joint_matches(sums.joint_m);
  }

  /// Whether people who share an address or phone are often two: else a first name or birth date
  /// that differs at one address is no relative, but a mistake in the data.
  static bool has_families(const Sums& sums) {
    double two = 0;
    for (const double pairs : sums.joint_u)
      two += pairs;
    return two > kFamiliesFrom * sums.matches;
  }

  void learn_joint_matches(const Levels& matches) {
    const JointMarginals expected = joint_marginals(matches);
    std::array<double, kJointGroups> totals{};
    for (std::size_t i = 0; i < kJointLevels; ++i)
      totals[joint_cell(i).group()] += matches[i];
    for (std::size_t i = 0; i < kJointLevels; ++i) {
      const JointCell cell = joint_cell(i);
      model_.joint_m[i] = (matches[i] + kJointPrior * expected.product(cell)) /
                          (totals[cell.group()] + kJointPrior);
    }
  }

  /// The parts' own distributions, over all cells.
  static JointMarginals joint_marginals(const Levels& matches) {
    JointMarginals sums = prior_joint_m();
    const auto scale = [](auto& values) {
      for (double& value : values)
        value *= kFieldPrior;
    };
    scale(sums.last);
    scale(sums.address);
    scale(sums.phone);
    scale(sums.email);
    for (std::size_t i = 0; i < kJointLevels; ++i) {
      const JointCell cell = joint_cell(i);
      sums.last[static_cast<std::size_t>(cell.last)] += matches[i];
      sums.address[static_cast<std::size_t>(cell.address)] += matches[i];
      sums.phone[static_cast<std::size_t>(cell.phone)] += matches[i];
      sums.email[static_cast<std::size_t>(cell.email)] += matches[i];
    }
    const auto finish = [](auto& values, std::size_t from, std::size_t to) {
      double total = 0;
      for (std::size_t i = from; i < to; ++i)
        total += values[i];
      for (std::size_t i = from; i < to; ++i)
        values[i] /= total;
      values[0] = 1;
    };
    constexpr auto kZipOnly = static_cast<std::size_t>(AddressLevel::only_zip_same);
    finish(sums.last, 1, kLastLevels);
    finish(sums.address, 1, kZipOnly);
    finish(sums.address, kZipOnly, kAddressLevels);
    finish(sums.phone, 1, kPhoneLevels);
    finish(sums.email, 1, kEmailLevels);
    return sums;
  }

  void learn_households(const Sums& sums) {
    for (std::size_t i = 0; i < kJointLevels; ++i)
      set_household_cell(i, sums.joint_u[i]);
    for (std::size_t f = 1; f < model_.fields.size(); ++f) {
      for (std::size_t name = 0; name < kNameClasses; ++name) {
        model_.fields[f].u_household[name] = with_prior(f, name, sums.u_household[name][f]);
      }
    }
    learn_shared_first_names(sums);
  }

  /// How often two people of a household have the same first name. Where birth dates are known
  /// that is seen; where they are missing it is not, and the one is taken for the other.
  void learn_shared_first_names(const Sums& sums) {
    double known = 0;
    for (std::size_t level = 1; level < kFirstLevels; ++level)
      known += sums.first_with_birth[level];
    Levels counts = sums.first_with_birth;
    if (known < kEnoughHouseholds) {
      for (auto& count : counts)
        count = 0;
      for (const auto& tables : sums.u_household) {
        for (std::size_t level = 0; level < kFirstLevels; ++level)
          counts[level] += tables[0][level];
      }
    }
    model_.fields[0].u_household.fill(with_prior(0, 0, counts));
  }

  Levels with_prior(std::size_t field, std::size_t name, const Levels& counts) const {
    Levels levels = scaled(model_.fields[field].u[name], kHouseholdPrior);
    add_to(levels, counts);
    normalise_groups(field, levels);
    return levels;
  }

  static void add_to(Levels& levels, const Levels& more) {
    for (std::size_t i = 0; i < levels.size(); ++i)
      levels[i] += std::max(more[i], 0.0);
  }

  static Levels scaled(Levels levels, double by) {
    for (double& level : levels)
      level *= by;
    return levels;
  }

  const Training& training_;
  Model model_;
  const std::vector<PatternCount>& patterns_;
  RandomSums random_;
  std::vector<PatternCount> suspects_;    ///< of the random pairs: those that may be of one person
  Levels chance_ = Levels(kJointLevels);  ///< the joint comparison if its parts were independent
  double last_exact_ = 1;
  double swapped_ = 0;
};

/// By records: last name known x address base x phone x e-mail, as JointCell::group counts them.
std::array<double, kJointGroups> known_parts(const Records& records) {
  std::array<double, kJointGroups> counts{};
  for (const Record& record : records.all()) {
    std::size_t address = 0;
    if (record.zip != 0) address = record.street != 0 ? 2 : 1;
    if (record.zip == 0 && record.street != 0 && record.house != 0) address = 2;
    const std::size_t group = ((record.last != 0 ? 3U : 0U) + address) * 4 +
                              (record.phone != 0 ? 2U : 0U) + (record.email != 0 ? 1U : 0U);
    ++counts[group];
  }
  return counts;
}

std::size_t common_group(std::size_t a, std::size_t b) {
  const std::size_t last = std::min(a / 12, b / 12);
  const std::size_t address = std::min(a / 4 % 3, b / 4 % 3);
  return (last * 3 + address) * 4 + (a & b & 3);
}

}  // namespace

std::vector<PatternCount> random_patterns(const Files& files, std::uint64_t seed, int threads) {
  threads = threads_for(threads);
  const auto left_rows = random_rows(files.left.size(), seed);
  const auto right_rows =
      files.right == nullptr ? left_rows : random_rows(files.right->size(), mix64(seed));
  const Sample left(files.left, left_rows);
  const Sample right(files.other(), right_rows);
  const std::size_t all = left_rows.size() * right_rows.size();
  const bool every = all <= kRandomPairs * 2;
  const std::size_t pairs = every ? all : kRandomPairs;
  std::vector<PatternMap<std::uint64_t>> maps(static_cast<std::size_t>(threads));
  std::vector<Comparer> comparers;
  for (int i = 0; i < threads; ++i)
    comparers.emplace_back(files.left.words(), files.counts, files.left.extra_kinds());
  const std::size_t tasks = (pairs + kTaskPairs - 1) / kTaskPairs;
  for_each_task(threads, tasks, [&](int thread, std::size_t task) {
    Rng rng(mix64(seed ^ mix64(task)));
    const std::size_t end = std::min(pairs, (task + 1) * kTaskPairs);
    for (std::size_t i = task * kTaskPairs; i < end; ++i) {
      const std::size_t at = every ? i : rng.below(all);
      const std::size_t a = at / right_rows.size();
      const std::size_t b = at % right_rows.size();
      if (files.right == nullptr && left_rows[a] >= right_rows[b]) continue;
      const auto index = static_cast<std::size_t>(thread);
      ++maps[index][comparers[index].compare(left.side(a), right.side(b))];
    }
  });
  return sorted_counts(maps);
}

std::vector<double> joint_group_pairs(const Files& files) {
  const auto left = known_parts(files.left);
  const auto right = files.right == nullptr ? left : known_parts(*files.right);
  std::vector<double> pairs(kJointGroups);
  for (std::size_t a = 0; a < kJointGroups; ++a) {
    for (std::size_t b = 0; b < kJointGroups; ++b)
      pairs[common_group(a, b)] += left[a] * right[b] * (files.right == nullptr ? 0.5 : 1);
  }
  return pairs;
}

Result<Model> model_for_questions(const Records& records, int threads) {
  constexpr std::uint64_t kPairsMax = 100'000'000;
  const WordCounts counts = count_words(records, nullptr);
  const Files files{.left = records, .right = nullptr, .counts = counts};
  const std::vector<Rule> rules = household_rules();
  const PairScan scan = TRY(scan_pairs(files, rules, kPairsMax, threads));
  const auto random = random_patterns(files, 1, threads);
  const auto groups = joint_group_pairs(files);
  const auto rows = static_cast<double>(std::max<std::size_t>(records.size(), 1));
  Model model = train({.blocked = scan.counts,
                       .random = random,
                       .group_pairs = groups,
                       .all_pairs = std::max(files.all_pairs(), 1.0),
                       .lambda_start = 0.01 / rows,
                       .matches_max = rows},
                      records.extra_kinds().size());
  const Model expected(model.extras());
  for (std::size_t f = 0; f < model.fields.size(); ++f)
    model.fields[f].m = expected.fields[f].m;
  model.joint_m = expected.joint_m;
  model.lambda = 0.5 / rows;
  return model;
}

Model train(const Training& training, std::size_t extras) {
  return Trainer(training, extras).run();
}

}  // namespace hustings::linkage
