#include "linkage/linkage.h"

#include <algorithm>
#include <cmath>

#include "linkage/parallel.h"
#include "linkage/pattern_map.h"
#include "linkage/training.h"
#include "linkage/weights.h"

namespace hustings::linkage {
namespace {

/// A name that stands here only once is taken for one that stands so often: it may be misspelt.
constexpr double kCountLeast = 3;
constexpr float kRarityBitsMax = 8;
constexpr int kLambdaRounds = 12;
/// Sums of probabilities in whole numbers, so that the order of adding does not matter.
constexpr double kFixedPoint = 1e9;

/// What is kept of a pair until lambda is settled.
struct Scored {
  RowPair rows;
  Pattern pattern;
  float frequency_bits = 0;
  float bits = 0;  ///< without lambda
};

/// Scores pairs; those that cannot reach `keep_at` whatever lambda turns out to be are left out.
class Scorer {
 public:
  Scorer(const Files& files, const Model& model, double bits_least)
      : files_(files),
        weights_(model),
        prior_(model.prior_bits()),
        frequencies_(model, files.counts),
        is_used_(model.term_frequencies),
        bits_least_(bits_least) {}

  void score(const ComparedPair& pair, std::vector<Scored>& scored) const {
    const double bits = weights_.log_odds(pair.pattern) - prior_;
    if (bits < bits_least_) return;
    Scored one{.rows = pair.rows, .pattern = pair.pattern, .bits = static_cast<float>(bits)};
    if (is_used_) {
      one.frequency_bits = frequencies_.bits(
          pair.pattern, {files_.left[pair.rows.left], files_.left.extras(pair.rows.left)},
          {files_.other()[pair.rows.right], files_.other().extras(pair.rows.right)});
      one.bits += one.frequency_bits;
    }
    scored.push_back(one);
  }

 private:
  const Files& files_;
  const Weights weights_;
  const double prior_;
  const NameFrequencies frequencies_;
  const bool is_used_;
  const double bits_least_;
};

std::vector<Scored> score_all(const Files& files, const Model& model, PairScan& scan,
                              const LinkOptions& options) {
  // Room for lambda to grow and for rare names.
  const double log_odds_least = std::log2(options.keep_at / (1 - options.keep_at));
  const Scorer scorer(files, model, log_odds_least - model.prior_bits() - 2 * kRarityBitsMax);
  std::vector<std::vector<ComparedPair>*> blocks;
  for (PairList& list : scan.lists) {
    for (auto& block : list.blocks())
      blocks.push_back(&block);
  }
  const int threads = threads_for(options.threads);
  std::vector<std::vector<Scored>> parts(static_cast<std::size_t>(threads));
  for_each_task(threads, blocks.size(), [&](int thread, std::size_t task) {
    for (const ComparedPair& pair : *blocks[task])
      scorer.score(pair, parts[static_cast<std::size_t>(thread)]);
    *blocks[task] = {};  // no longer needed
  });
  std::vector<Scored> all;
  std::size_t size = 0;
  for (const auto& part : parts)
    size += part.size();
  all.reserve(size);
  for (auto& part : parts) {
    all.insert(all.end(), part.begin(), part.end());
    part = {};
  }
  return all;
}

double sum_of_probabilities(const std::vector<Scored>& scored, double prior, int threads) {
  constexpr std::size_t kTaskPairs = 1U << 16;
  const std::size_t tasks = (scored.size() + kTaskPairs - 1) / kTaskPairs;
  std::vector<std::uint64_t> sums(tasks);
  for_each_task(threads, tasks, [&](int, std::size_t task) {
    const std::size_t end = std::min(scored.size(), (task + 1) * kTaskPairs);
    for (std::size_t i = task * kTaskPairs; i < end; ++i) {
      const double p = probability_of(prior + static_cast<double>(scored[i].bits));
      sums[task] += static_cast<std::uint64_t>(p * kFixedPoint);
    }
  });
  std::uint64_t total = 0;
  for (const std::uint64_t sum : sums)
    total += sum;
  return static_cast<double>(total) / kFixedPoint;
}

/// Lambda with the names' rarity, which training left out.
double settle_lambda(Model& model, const std::vector<Scored>& scored, double all_pairs,
                     int threads) {
  double matches = 0;
  for (int round = 0; round < kLambdaRounds; ++round) {
    matches = sum_of_probabilities(scored, model.prior_bits(), threads);
    const double lambda = std::max(matches, 1e-3) / all_pairs;
    const bool settled = std::abs(lambda - model.lambda) < 1e-5 * lambda;
    model.lambda = lambda;
    if (settled) break;
  }
  return matches;
}

std::vector<Match> matches_of(const std::vector<Scored>& scored, const Model& model,
                              const LinkOptions& options) {
  std::vector<Match> matches;
  const double prior = model.prior_bits();
  for (const Scored& one : scored) {
    const double log_odds = prior + static_cast<double>(one.bits);
    const double probability = probability_of(log_odds);
    if (probability < options.keep_at) continue;
    matches.push_back({.rows = one.rows,
                       .pattern = one.pattern,
                       .frequency_bits = one.frequency_bits,
                       .log_odds = static_cast<float>(log_odds),
                       .probability = probability});
  }
  // No two matches are of the same rows.
  sort_in_parallel(matches, threads_for(options.threads),
                   [](const Match& a, const Match& b) { return a.rows < b.rows; });
  return matches;
}

double lambda_start(const Files& files) {
  const auto fewer = static_cast<double>(std::min(files.left.size(), files.other().size()));
  const double expected = files.right == nullptr ? 0.1 * fewer : 0.5 * fewer;
  return std::max(expected, 1.0) / std::max(files.all_pairs(), 2.0);
}

/// Every record of the smaller file has one partner; in one file, a few copies of each.
double matches_max(const Files& files) {
  constexpr double kCopiesMax = 3;
  const auto fewer = static_cast<double>(std::min(files.left.size(), files.other().size()));
  return std::max(files.right == nullptr ? kCopiesMax * fewer : fewer, 1.0);
}

Model fit(const Files& files, const PairScan& scan, const LinkOptions& options) {
  if (options.model != nullptr) {
    Model model = *options.model;
    model.lambda = lambda_start(files);
    return model;
  }
  const auto random = random_patterns(files, options.seed, options.threads);
  const auto groups = joint_group_pairs(files);
  return train({.blocked = scan.counts,
                .random = random,
                .group_pairs = groups,
                .all_pairs = std::max(files.all_pairs(), 1.0),
                .lambda_start = lambda_start(files),
                .matches_max = matches_max(files)},
               files.left.extra_kinds().size());
}

Result<Linkage> run(const Files& files, const LinkOptions& options) {
  const std::size_t extras = files.left.extra_kinds().size();
  if (options.model != nullptr && options.model->extras() != extras) {
    return invalid("The model was trained on files with other columns.");
  }
  const std::vector<Rule> rules = options.rules.empty() ? voter_rules() : options.rules;
  PairScan scan = TRY(scan_pairs(files, rules, options.pairs_max, options.threads));
  Linkage linkage{.model = fit(files, scan, options)};
  linkage.rules = std::move(scan.yields);
  linkage.pairs_compared = scan.pairs;
  const auto scored = score_all(files, linkage.model, scan, options);
  linkage.estimated_matches = settle_lambda(linkage.model, scored, std::max(files.all_pairs(), 1.0),
                                            threads_for(options.threads));
  linkage.matches = matches_of(scored, linkage.model, options);
  if (options.one_to_one) linkage.estimated_matches = assign_one_to_one(linkage.matches);
  return linkage;
}

}  // namespace

NameFrequencies::NameFrequencies(const Model& model, const WordCounts& counts)
    : counts_(counts),
      first_(model.fields[0].u[0][static_cast<std::size_t>(FirstLevel::exact)]),
      last_(0) {
  constexpr auto kExactLast = static_cast<std::size_t>(LastLevel::exact);
  double all = 0;
  for (std::size_t i = 0; i < kJointLevels; ++i) {
    // Strangers at different full addresses: what is left varies with the last name alone.
    const JointCell cell = joint_cell(i);
    const bool plain = cell.address == AddressLevel::missing && cell.phone == PhoneLevel::missing &&
                       cell.email == EmailLevel::missing;
    if (!plain || cell.last == LastLevel::missing) continue;
    all += model.joint_u[i];
    if (static_cast<std::size_t>(cell.last) == kExactLast) last_ = model.joint_u[i];
  }
  last_ = all > 0 ? last_ / all : 0;
  constexpr auto kExact = static_cast<std::size_t>(ExtraLevel::exact);
  for (std::size_t i = 0; i < model.extras(); ++i)
    extras_.push_back(
        model.fields[kFixedFields + i].u[static_cast<std::size_t>(NameClass::other)][kExact]);
}

float NameFrequencies::rarity(const std::vector<std::uint32_t>& column, WordId word,
                              double average) const {
  const double count = std::max<double>(WordCounts::of(column, word), kCountLeast);
  const double share = count / static_cast<double>(std::max<std::uint64_t>(counts_.records, 1));
  return std::clamp(static_cast<float>(std::log2(std::max(average, 1e-12) / share)),
                    -kRarityBitsMax, kRarityBitsMax);
}

float NameFrequencies::bits(Pattern pattern, Comparer::Side left, Comparer::Side) const {
  float sum = 0;
  if (!pattern.is_household()) {
    if (pattern.first() == FirstLevel::exact) {
      sum += rarity(counts_.first, left.record.first, first_);
    }
    if (pattern.last() == LastLevel::exact && pattern.first() != FirstLevel::swapped) {
      sum += rarity(counts_.last, left.record.last, last_);
    }
  }
  for (std::size_t i = 0; i < extras_.size(); ++i) {
    if (pattern.extra(i) == ExtraLevel::exact) {
      sum += rarity(counts_.extras[i], left.extras[i], extras_[i]);
    }
  }
  return std::clamp(sum, -2 * kRarityBitsMax, 2 * kRarityBitsMax);
}

std::vector<Evidence> explain(const Model& model, const Match& match,
                              const std::vector<std::string>& extra_names) {
  auto evidence = model.explain(match.pattern, extra_names);
  if (match.frequency_bits != 0) {
    evidence.push_back({.field = "rarity of names",
                        .level = match.frequency_bits > 0 ? "rare" : "common",
                        .bits = static_cast<double>(match.frequency_bits)});
  }
  return evidence;
}

Result<Linkage> link(const Records& left, const Records& right, const LinkOptions& options) {
  if (&left.words() != &right.words() || left.extra_kinds() != right.extra_kinds()) {
    return invalid("Both files need the same words and the same other columns.");
  }
  const WordCounts counts = count_words(left, &right);
  return run({.left = left, .right = &right, .counts = counts}, options);
}

Result<Linkage> dedupe(const Records& records, const LinkOptions& options) {
  const WordCounts counts = count_words(records, nullptr);
  return run({.left = records, .right = nullptr, .counts = counts}, options);
}

}  // namespace hustings::linkage
