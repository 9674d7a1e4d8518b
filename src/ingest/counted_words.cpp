#include "ingest/counted_words.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "base/text.h"

namespace hustings::ingest {
namespace {

/// The words that the sentences of warnings are made of. Only up to the first semicolon or colon is
/// a sentence about what was counted.
constexpr std::array<std::pair<std::string_view, std::string_view>, 21> kSingular = {{
    {"rows", "row"},   {"lines", "line"},      {"columns", "column"}, {"dates", "date"},
    {"years", "year"}, {"ages", "age"},        {"numbers", "number"}, {"addresses", "address"},
    {"codes", "code"}, {"suffixes", "suffix"}, {"scores", "score"},   {"bytes", "byte"},
    {"votes", "vote"}, {"voters", "voter"},    {"files", "file"},     {"fillers", "a filler"},
    {"are", "is"},     {"were", "was"},        {"stood", "stood"},    {"rejects", "rejects"},
    {"parts", "part"},
}};

std::string_view singular(std::string_view word) {
  const auto found = std::find_if(kSingular.begin(), kSingular.end(),
                                  [&](const auto& pair) { return pair.first == word; });
  return found == kSingular.end() ? word : found->second;
}

}  // namespace

std::string counted_words(std::int64_t count, std::string_view plural) {
  const std::string number = with_thousands(count) + ' ';
  if (count != 1) return number + std::string(plural);
  const auto end = std::min(plural.find_first_of(";:"), plural.size());
  std::vector<std::string> words;
  for (const std::string_view word : split(plural.substr(0, end), ' '))
    words.emplace_back(singular(word));
  return number + join(words, " ") + std::string(plural.substr(end));
}

}  // namespace hustings::ingest
