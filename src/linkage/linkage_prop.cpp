#include "linkage/linkage.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "linkage/clusters.h"

namespace hustings::linkage {
namespace {

constexpr std::array<std::string_view, 6> kFirst = {"ANNA", "BOB", "ROBERT", "ANN", "A", ""};
constexpr std::array<std::string_view, 5> kLast = {"BAUER", "BAUERX", "SMITH", "SMITH-BAUER", ""};
constexpr std::array<std::string_view, 3> kZip = {"27601", "27610", ""};
constexpr std::array<std::string_view, 3> kStreet = {"MAIN ST", "OAK AVE", ""};
constexpr std::array<std::string_view, 3> kHouse = {"1", "2", ""};

template <class Values>
auto one_of(const Values& values) {
  return *rc::gen::elementOf(values);
}

/// People out of few values, so that they often agree.
Person random_person() {
  Person person;
  person.first = one_of(kFirst);
  person.last = one_of(kLast);
  person.zip = one_of(kZip);
  person.street = one_of(kStreet);
  person.house = one_of(kHouse);
  person.birth = {.year = one_of(std::array<std::uint16_t, 3>{0, 1980, 1981}),
                  .month = one_of(std::array<std::uint8_t, 2>{0, 6}),
                  .day = one_of(std::array<std::uint8_t, 3>{0, 2, 6})};
  person.phone = one_of(std::array<std::uint64_t, 3>{0, 12025550100, 12025550101});
  return person;
}

Records random_records(Words& words, int rows) {
  Records records(words);
  for (int i = 0; i < rows; ++i)
    records.append(random_person());
  return records;
}

std::map<RowPair, Pattern> found_by(const PairScan& scan) {
  std::map<RowPair, Pattern> found;
  for (const PairList& list : scan.lists) {
    for (const auto& block : list.blocks()) {
      for (const ComparedPair& pair : block)
        RC_ASSERT(found.emplace(pair.rows, pair.pattern).second);  // each pair once
    }
  }
  return found;
}

/// Blocks above their limit are skipped whole.
std::map<std::uint64_t, std::uint64_t> block_pairs(const Files& files, const Rule& rule) {
  std::map<std::uint64_t, std::pair<std::uint64_t, std::uint64_t>> rows;
  for (std::size_t i = 0; i < files.left.size(); ++i)
    ++rows[key_of(rule, files.left[i], {})].first;
  for (std::size_t i = 0; i < files.other().size(); ++i)
    ++rows[key_of(rule, files.other()[i], {})].second;
  std::map<std::uint64_t, std::uint64_t> pairs;
  for (const auto& [key, count] : rows) {
    pairs[key] =
        files.right == nullptr ? count.first * (count.first - 1) / 2 : count.first * count.second;
  }
  return pairs;
}

std::set<RowPair> expected_pairs(const Files& files, const std::vector<Rule>& rules) {
  std::set<RowPair> expected;
  for (const Rule& rule : rules) {
    const auto blocks = block_pairs(files, rule);
    for (std::uint32_t a = 0; a < files.left.size(); ++a) {
      for (std::uint32_t b = files.right == nullptr ? a + 1 : 0; b < files.other().size(); ++b) {
        const std::uint64_t key = key_of(rule, files.left[a], {});
        if (key == 0 || key != key_of(rule, files.other()[b], {})) continue;
        if (blocks.at(key) <= rule.pairs_max) expected.insert({a, b});
      }
    }
  }
  return expected;
}

std::vector<Rule> random_limits(std::vector<Rule> rules) {
  for (Rule& rule : rules)
    rule.pairs_max = *rc::gen::element<std::uint64_t>(3, 20, 2500);
  return rules;
}

RC_GTEST_PROP(Blocking, FindsEveryPairOfEveryRuleOnce, ()) {
  Words words;
  const Records left = random_records(words, *rc::gen::inRange(0, 60));
  const Records right = random_records(words, *rc::gen::inRange(0, 60));
  const bool within = *rc::gen::arbitrary<bool>();
  const WordCounts counts = count_words(left, &right);
  const Files files{.left = left, .right = within ? nullptr : &right, .counts = counts};
  const auto rules = random_limits(voter_rules());
  const auto scan = scan_pairs(files, rules, 1'000'000, *rc::gen::inRange(1, 4));
  RC_ASSERT(scan.has_value());
  const auto found = found_by(*scan);
  std::set<RowPair> pairs;
  for (const auto& [rows, pattern] : found)
    pairs.insert(rows);
  RC_ASSERT(pairs == expected_pairs(files, rules));
  std::map<Pattern, std::uint64_t> by_pattern;
  for (const auto& [rows, pattern] : found)
    ++by_pattern[pattern];
  RC_ASSERT(by_pattern.size() == scan->counts.size());
  for (const PatternCount& count : scan->counts)
    RC_ASSERT(by_pattern[count.pattern] == count.pairs);
}

RC_GTEST_PROP(Linkage, IsTheSameForAnyNumberOfThreads, ()) {
  Words words;
  const Records left = random_records(words, 80);
  const Records right = random_records(words, 80);
  const bool one_to_one = *rc::gen::arbitrary<bool>();
  const auto run = [&](int threads) {
    return link(left, right, {.threads = threads, .keep_at = 0.001, .one_to_one = one_to_one});
  };
  const auto one = run(1);
  const auto several = run(*rc::gen::inRange(2, 7));
  RC_ASSERT(one.has_value() && several.has_value());
  RC_ASSERT(one->model.to_json() == several->model.to_json());
  RC_ASSERT(one->matches.size() == several->matches.size());
  for (std::size_t i = 0; i < one->matches.size(); ++i) {
    RC_ASSERT(one->matches[i].rows == several->matches[i].rows);
    RC_ASSERT(one->matches[i].probability == several->matches[i].probability);
  }
}

RC_GTEST_PROP(Assignment, GivesEachRecordOnePartner, ()) {
  std::vector<Match> matches;
  std::set<RowPair> used;
  for (int i = 0; i < 40; ++i) {
    const RowPair rows = {*rc::gen::inRange(0U, 8U), *rc::gen::inRange(0U, 8U)};
    if (!used.insert(rows).second) continue;
    const auto odds = static_cast<float>(*rc::gen::inRange(-8, 12));
    matches.push_back({.rows = rows, .log_odds = odds, .probability = probability_of(odds)});
  }
  const auto before = matches;
  const double expected = assign_one_to_one(matches);
  std::set<std::uint32_t> left;
  std::set<std::uint32_t> right;
  for (const Match& match : matches) {
    RC_ASSERT(left.insert(match.rows.left).second);
    RC_ASSERT(right.insert(match.rows.right).second);
    RC_ASSERT(match.probability <= probability_of(static_cast<double>(match.log_odds)) + 1e-12);
  }
  RC_ASSERT(expected <= 8.0 + 1e-9);  // no more than there are records
  // The best of all is always kept.
  if (before.empty()) return;
  const auto best = std::max_element(before.begin(), before.end(), [](auto& a, auto& b) {
    return a.log_odds != b.log_odds ? a.log_odds < b.log_odds : a.rows > b.rows;
  });
  RC_ASSERT(std::any_of(matches.begin(), matches.end(),
                        [&](const Match& match) { return match.rows == best->rows; }));
}

RowPair random_pair(std::uint32_t rows) {
  const auto a = *rc::gen::inRange(0U, rows);
  const auto b = *rc::gen::inRange(0U, rows);
  return {std::min(a, b), std::max(a, b)};
}

RC_GTEST_PROP(Clusters, ObeyLinksAndAntiLinks, ()) {
  constexpr std::uint32_t kRows = 12;
  Decisions decisions;
  std::vector<LikelyPair> pairs;
  for (int i = *rc::gen::inRange(0, 5); i > 0; --i)
    decisions.links.push_back(random_pair(kRows));
  for (int i = *rc::gen::inRange(0, 5); i > 0; --i) {
    const RowPair pair = random_pair(kRows);
    if (pair.left != pair.right) decisions.anti_links.push_back(pair);
  }
  for (int i = *rc::gen::inRange(0, 25); i > 0; --i)
    pairs.push_back({random_pair(kRows), *rc::gen::element(0.5, 0.7, 0.9)});
  const auto only_links = find_clusters(kRows, {}, {.links = decisions.links});
  RC_ASSERT(only_links.has_value());
  const bool contradicted =
      std::any_of(decisions.anti_links.begin(), decisions.anti_links.end(), [&](RowPair pair) {
        return only_links->of_row[pair.left] == only_links->of_row[pair.right];
      });
  const auto clusters = find_clusters(kRows, pairs, decisions);
  RC_ASSERT(clusters.has_value() == !contradicted);
  if (!clusters) return;
  for (const RowPair link : decisions.links)
    RC_ASSERT(clusters->of_row[link.left] == clusters->of_row[link.right]);
  for (const RowPair apart : decisions.anti_links)
    RC_ASSERT(clusters->of_row[apart.left] != clusters->of_row[apart.right]);
  std::size_t apart = 0;
  for (const LikelyPair& pair : pairs)
    apart += clusters->of_row[pair.rows.left] != clusters->of_row[pair.rows.right] ? 1 : 0;
  RC_ASSERT(apart == clusters->refused);
  RC_ASSERT(!decisions.anti_links.empty() || clusters->refused == 0);
}

}  // namespace
}  // namespace hustings::linkage
