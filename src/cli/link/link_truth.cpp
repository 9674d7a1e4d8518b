#include "cli/link/link_truth.h"

#include <map>
#include <unordered_map>

#include "cli/link/column_roles.h"

namespace hustings::cli {
namespace {

/// rec-12-dup-0 -> rec-12
std::string_view without_copy_number(std::string_view id) {
  for (const std::string_view mark : {"-dup-", "-org"}) {
    const std::size_t at = id.rfind(mark);
    if (at != std::string_view::npos && at > 0) return id.substr(0, at);
  }
  return id;
}

struct Counts {
  std::uint64_t left = 0;
  std::uint64_t right = 0;
  std::uint64_t pairs(bool within) const { return within ? left * (left - 1) / 2 : left * right; }
};

template <class Key>
std::uint64_t pairs_of(const std::map<Key, Counts>& groups, bool within) {
  std::uint64_t pairs = 0;
  for (const auto& [key, counts] : groups) {
    if (counts.left > 0) pairs += counts.pairs(within);
  }
  return pairs;
}

std::uint64_t true_pairs(const std::vector<std::uint32_t>& left,
                         const std::vector<std::uint32_t>* right) {
  std::map<std::uint32_t, Counts> people;
  for (const std::uint32_t person : left) {
    if (person != 0) ++people[person].left;
  }
  if (right != nullptr) {
    for (const std::uint32_t person : *right) {
      if (person != 0) ++people[person].right;
    }
  }
  return pairs_of(people, right == nullptr);
}

double share(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

double Quality::precision() const { return share(right_pairs, found_pairs); }
double Quality::recall() const { return share(right_pairs, true_pairs); }
double Quality::f1() const { return share(2 * right_pairs, found_pairs + true_pairs); }

std::vector<std::vector<std::uint32_t>> read_truth(const std::vector<const CsvTable*>& tables,
                                                   const std::vector<std::size_t>& columns) {
  std::unordered_map<std::string_view, std::uint32_t> people;
  std::vector<std::vector<std::uint32_t>> truth;
  for (std::size_t file = 0; file < tables.size(); ++file) {
    auto& rows = truth.emplace_back();
    for (std::size_t row = 0; row < tables[file]->rows(); ++row) {
      const std::string_view cell = tables[file]->cell(row, columns[file]);
      if (is_null(cell)) {
        rows.push_back(0);
        continue;
      }
      const auto next = static_cast<std::uint32_t>(people.size() + 1);
      rows.push_back(people.emplace(without_copy_number(cell), next).first->second);
    }
  }
  return truth;
}

Quality judge_pairs(const std::vector<std::uint32_t>& left, const std::vector<std::uint32_t>* right,
                    const std::vector<linkage::RowPair>& pairs) {
  Quality quality{.true_pairs = true_pairs(left, right), .found_pairs = pairs.size()};
  for (const linkage::RowPair& pair : pairs) {
    const std::uint32_t person = left[pair.left];
    const std::uint32_t other = right == nullptr ? left[pair.right] : (*right)[pair.right];
    if (person != 0 && person == other) ++quality.right_pairs;
  }
  return quality;
}

Quality judge_clusters(const std::vector<std::uint32_t>& left,
                       const std::vector<std::uint32_t>* right,
                       const std::vector<std::uint32_t>& clusters) {
  std::map<std::uint32_t, Counts> found;
  std::map<std::pair<std::uint32_t, std::uint32_t>, Counts> agreeing;
  const std::size_t rows = left.size() + (right == nullptr ? 0 : right->size());
  for (std::size_t row = 0; row < rows; ++row) {
    const bool in_left = row < left.size();
    const std::uint32_t person = in_left ? left[row] : (*right)[row - left.size()];
    auto& group = found[clusters[row]];
    ++(in_left ? group.left : group.right);
    if (person == 0) continue;
    auto& same = agreeing[{clusters[row], person}];
    ++(in_left ? same.left : same.right);
  }
  return {.true_pairs = true_pairs(left, right),
          .found_pairs = pairs_of(found, right == nullptr),
          .right_pairs = pairs_of(agreeing, right == nullptr)};
}

}  // namespace hustings::cli
