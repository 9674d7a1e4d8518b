#include "segments/small_cells.h"

#include <algorithm>
#include <utility>

#include "base/error.h"

namespace hustings::segments {

std::vector<bool> hidden_cells(std::span<const std::uint64_t> counts, std::uint64_t least,
                               std::vector<bool> hidden) {
  CHECK(hidden.empty() || hidden.size() == counts.size());
  hidden.resize(counts.size(), false);
  std::uint64_t sum = 0;
  std::size_t number = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] == 0) hidden[i] = false;
    if (counts[i] > 0 && counts[i] < least) hidden[i] = true;
    if (!hidden[i]) continue;
    sum += counts[i];
    ++number;
  }
  if (number == 0) return hidden;
  std::vector<std::size_t> shown;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (!hidden[i] && counts[i] > 0) shown.push_back(i);
  }
  std::ranges::sort(shown, {}, [&](std::size_t i) { return std::pair(counts[i], i); });
  for (const std::size_t i : shown) {
    if (number >= 2 && sum >= least) break;
    hidden[i] = true;
    sum += counts[i];
    ++number;
  }
  return hidden;
}

bool is_hidden_part(std::uint64_t part, std::uint64_t whole, std::uint64_t least) {
  const std::uint64_t rest = whole - std::min(part, whole);
  return (part > 0 && part < least) || (rest > 0 && rest < least);
}

}  // namespace hustings::segments
