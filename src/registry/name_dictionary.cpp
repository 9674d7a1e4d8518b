#include "registry/name_dictionary.h"

#include <algorithm>
#include <bit>

#include "base/text.h"
#include "registry/sql.h"

namespace hustings::registry {
namespace {

int allowed_edits(std::size_t length) { return length <= 4 ? 1 : length <= 7 ? 2 : 3; }

/// A bit for each letter A to Z that occurs, and one for all other bytes.
std::uint32_t letters_of(std::string_view word) {
  std::uint32_t letters = 0;
  for (const char c : word)
    letters |= 1U << (c >= 'A' && c <= 'Z' ? c - 'A' : 26);
  return letters;
}

int place_of(const std::vector<std::string>& names, std::string_view name) {
  return static_cast<int>(std::ranges::find(names, name) - names.begin());
}

}  // namespace

int name_distance(const SimilarNames& names, std::string_view last, std::string_view first) {
  return place_of(names.last, last) + (names.first.empty() ? 0 : place_of(names.first, first));
}

void NameDictionary::Words::add(std::string_view word) {
  if (word.empty() || word.size() > kLengthMax) return;
  OneLength& same = lengths_[word.size()];
  same.entries.push_back({.letters = letters_of(word),
                          .begin = static_cast<std::uint32_t>(same.text.size()),
                          .number = count_++});
  same.text += word;
}

std::vector<std::string> NameDictionary::Words::near(std::string_view typed) const {
  struct Near {
    int distance = 0;
    std::uint32_t number = 0;
    std::string_view word;
  };
  std::vector<Near> found;
  const int allowed = allowed_edits(typed.size());
  const std::uint32_t letters = letters_of(typed);
  const std::size_t slack = static_cast<std::size_t>(allowed);
  const std::size_t from = typed.size() > slack ? typed.size() - slack : 1;
  const std::size_t to = std::min(typed.size() + slack, kLengthMax);
  for (std::size_t length = from; length <= to; ++length) {
    const OneLength& same = lengths_[length];
    for (const Entry& entry : same.entries) {
      // An edit takes away one letter at the most, and brings one at the most.
      if (std::popcount(letters & ~entry.letters) > allowed ||
          std::popcount(entry.letters & ~letters) > allowed) {
        continue;
      }
      const std::string_view word = std::string_view(same.text).substr(entry.begin, length);
      const int distance = edit_distance(typed, word);
      if (distance <= allowed) found.push_back({distance, entry.number, word});
    }
  }
  const std::size_t kept = std::min(found.size(), kKeptMax);
  std::ranges::partial_sort(found, found.begin() + static_cast<std::ptrdiff_t>(kept), {},
                            [](const Near& one) { return std::pair(one.distance, one.number); });
  std::vector<std::string> out;
  for (std::size_t i = 0; i < kept; ++i)
    out.emplace_back(found[i].word);
  return out;
}

SimilarNames NameDictionary::similar(pg::Connection& connection, std::string_view last,
                                     std::string_view first) {
  SimilarNames out;
  if (last.size() < 2) return out;
  const auto state = state_.lock();
  for (const pg::Row row : connection.run(sql::kSearchWordsAfter, state->newest)) {
    state->newest = row.get<std::int64_t>(0);
    (row.get<bool>(1) ? state->last : state->first).add(row.text(2));
  }
  out.last = state->last.near(last);
  if (out.last.empty() || first.empty()) return out;
  out.first = state->first.near(first);
  if (out.first.empty()) out.last.clear();
  return out;
}

void refresh_search_words(pg::Connection& connection) {
  pg::Transaction transaction(connection);
  transaction.run(sql::kSearchWordsLock);
  transaction.run(sql::kSearchWordsRefresh);
  transaction.commit();
}

}  // namespace hustings::registry
