#include <algorithm>

#include "linkage/blocking.h"
#include "linkage/parallel.h"

namespace hustings::linkage {
namespace {

struct Candidate {
  Rule rule;
  std::uint64_t pairs = 0;
};

std::uint64_t pairs_of(const Records& left, const Records* right, const Rule& rule, int threads) {
  const int bits = partition_bits_for(std::max(left.size(), right == nullptr ? 0 : right->size()));
  const KeyTable table(left, rule, bits, threads);
  if (right == nullptr) return count_pairs(table, nullptr, rule.pairs_max);
  const KeyTable other(*right, rule, bits, threads);
  return count_pairs(table, &other, rule.pairs_max);
}

bool has_any(const Records& records, Atom atom) {
  const Rule rule{{atom}};
  for (std::size_t row = 0; row < records.size(); ++row) {
    if (key_of(rule, records[row], records.extras(row)) != 0) return true;
  }
  return false;
}

/// Above, trying every pair of columns takes longer than it is worth.
constexpr std::uint64_t kSearchRowsMax = 200'000;

/// What keys of one or two atoms are made of, where both files have it.
std::vector<Atom> usable_atoms(const Records& left, const Records* right, bool only_extras) {
  using enum Atom;
  std::vector<Atom> atoms = {first,     first_sound, last,  last_sound, year,
                             month_day, zip,         house, street,     middle};
  if (only_extras) atoms.clear();
  for (std::size_t i = 0; i < left.extra_kinds().size(); ++i)
    atoms.push_back(extra_atom(i));
  std::erase_if(atoms, [&](Atom atom) {
    return !has_any(left, atom) || (right != nullptr && !has_any(*right, atom));
  });
  return atoms;
}

/// All that `b` asks for, `a` asks for too: `a` finds nothing that `b` does not.
bool is_within(const Rule& a, const Rule& b) {
  return std::all_of(b.atoms.begin(), b.atoms.end(), [&](Atom atom) {
    return std::find(a.atoms.begin(), a.atoms.end(), atom) != a.atoms.end();
  });
}

/// Takes rules while their pairs fit, the most selective first; returns what is left of the budget.
std::uint64_t take_fitting(std::vector<Candidate> candidates, std::uint64_t budget,
                           std::vector<Rule>& rules) {
  std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    return a.pairs != b.pairs ? a.pairs < b.pairs : a.rule.atoms < b.rule.atoms;
  });
  for (Candidate& candidate : candidates) {
    if (candidate.pairs == 0 || candidate.pairs > budget) continue;
    budget -= candidate.pairs;
    rules.push_back(std::move(candidate.rule));
  }
  return budget;
}

}  // namespace

std::uint64_t count_pairs(const KeyTable& left, const KeyTable* right, std::uint64_t pairs_max) {
  std::uint64_t pairs = 0;
  for (std::size_t p = 0; p < left.partitions(); ++p) {
    const auto a = left.partition(p);
    const auto b = right == nullptr ? a : right->partition(p);
    for (std::size_t i = 0, j = 0; i < a.size();) {
      const std::uint32_t key = KeyTable::lower_of(a[i]);
      const auto is_key = [&](KeyTable::Entry entry) { return KeyTable::lower_of(entry) == key; };
      std::uint64_t in_left = 0;
      for (; i < a.size() && is_key(a[i]); ++i)
        ++in_left;
      while (j < b.size() && KeyTable::lower_of(b[j]) < key)
        ++j;
      std::uint64_t in_right = 0;
      for (; j < b.size() && is_key(b[j]); ++j)
        ++in_right;
      const std::uint64_t block =
          right == nullptr ? in_left * (in_left - 1) / 2 : in_left * in_right;
      if (block <= pairs_max) pairs += block;
    }
  }
  return pairs;
}

std::vector<Rule> choose_rules(const Records& left, const Records* right, RuleBudget budget,
                               int threads) {
  threads = threads_for(threads);
  const std::uint64_t rows = left.size();
  const std::uint64_t all = right == nullptr ? rows * rows / 2 : rows * right->size();
  if (all <= budget.every_pair) return {{{Atom::everything}, all + 1}};
  std::vector<Rule> rules;
  for (const Rule& rule : voter_rules()) {
    const std::uint64_t pairs = pairs_of(left, right, rule, threads);
    if (pairs > 0) rules.push_back(rule);
    budget.pairs -= std::min(budget.pairs, pairs);
  }
  const bool is_large =
      std::max<std::uint64_t>(rows, right == nullptr ? 0 : right->size()) > kSearchRowsMax;
  const auto atoms = usable_atoms(left, right, is_large && !rules.empty());
  std::vector<Candidate> singles;
  for (const Atom atom : atoms) {
    const Rule rule{{atom}, budget.pairs};
    singles.push_back({rule, pairs_of(left, right, rule, threads)});
  }
  const std::size_t before = rules.size();
  const bool has_rules = !rules.empty();
  const std::uint64_t rest = take_fitting(singles, budget.pairs / 2, rules) + budget.pairs / 2;
  if (is_large && has_rules) return rules;
  std::vector<Candidate> doubles;
  for (std::size_t i = 0; i < atoms.size(); ++i) {
    for (std::size_t j = i + 1; j < atoms.size(); ++j) {
      const Rule rule{{atoms[i], atoms[j]}};
      const bool known =
          std::any_of(rules.begin() + static_cast<std::ptrdiff_t>(before), rules.end(),
                      [&](const Rule& taken) { return is_within(rule, taken); });
      if (!known) doubles.push_back({rule, pairs_of(left, right, rule, threads)});
    }
  }
  take_fitting(doubles, rest, rules);
  return rules;
}

}  // namespace hustings::linkage
