#include "linkage/words.h"

#include <algorithm>
#include <cstring>
#include <numeric>

#include "base/error.h"
#include "base/rng.h"
#include "linkage/similarity.h"
#include "normalise/nickname.h"

namespace hustings::linkage {
namespace {

constexpr std::size_t kFirstSlots = 1U << 14;

std::uint32_t hash_of(std::string_view word) {
  std::uint64_t hash = word.size();
  while (word.size() >= 8) {
    std::uint64_t piece = 0;
    std::memcpy(&piece, word.data(), 8);
    hash = mix64(hash ^ piece);
    word.remove_prefix(8);
  }
  std::uint64_t rest = 0;
  if (!word.empty()) std::memcpy(&rest, word.data(), word.size());
  return static_cast<std::uint32_t>(mix64(hash ^ rest) >> 32);
}

}  // namespace

std::uint32_t letters_of(std::string_view word) {
  std::uint32_t letters = 0;
  for (const char c : word)
    letters |= 1U << (c >= 'A' && c <= 'Z' ? c - 'A' : 26);
  return letters;
}

Words::Words() : entries_(1), slots_(kFirstSlots) {
  for (char letter = 'A'; letter <= 'Z'; ++letter)
    add({&letter, 1});
  add_nicknames();
}

void Words::add_nicknames() {
  using normalise::FirstNameId;
  std::vector<WordId> words = {0};
  for (FirstNameId id = 1; !normalise::first_name_text(id).empty(); ++id)
    words.push_back(add(normalise::first_name_text(id)));
  formals_.resize(entries_.size());
  canonical_.resize(entries_.size());
  std::iota(canonical_.begin(), canonical_.end(), WordId{0});
  for (std::size_t place = 1; place < words.size(); ++place) {
    const auto id = static_cast<FirstNameId>(place);
    auto& formals = formals_[words[id]];
    for (const FirstNameId formal : normalise::formal_names(id))
      formals.push_back(words[formal]);
    std::sort(formals.begin(), formals.end());
    canonical_[words[id]] = words[normalise::canonical_first_name(id)];
  }
}

std::size_t Words::slot_of(std::string_view word, std::uint32_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash & mask;
  while (slots_[slot] != 0) {
    const Entry& entry = entries_[slots_[slot]];
    if (entry.hash == hash && text(slots_[slot]) == word) break;
    slot = (slot + 1) & mask;
  }
  return slot;
}

void Words::grow() {
  slots_.assign(slots_.size() * 2, 0);
  const std::size_t mask = slots_.size() - 1;
  for (WordId word = 1; word < entries_.size(); ++word) {
    std::size_t slot = entries_[word].hash & mask;
    while (slots_[slot] != 0)
      slot = (slot + 1) & mask;
    slots_[slot] = word;
  }
}

WordId Words::add(std::string_view word) {
  if (word.empty()) return 0;
  word = word.substr(0, 65535);
  const std::uint32_t hash = hash_of(word);
  const std::size_t slot = slot_of(word, hash);
  if (slots_[slot] != 0) return slots_[slot];
  CHECK(entries_.size() < kWordsMax);
  const auto id = static_cast<WordId>(entries_.size());
  entries_.push_back({.offset = text_.size(),
                      .hash = hash,
                      .length = static_cast<std::uint16_t>(word.size()),
                      .soundex = linkage::soundex(word),
                      .letters = letters_of(word)});
  text_.insert(text_.end(), word.begin(), word.end());
  slots_[slot] = id;
  if (entries_.size() * 2 > slots_.size()) grow();
  return id;
}

WordId Words::find(std::string_view word) const {
  if (word.empty()) return 0;
  word = word.substr(0, 65535);
  return slots_[slot_of(word, hash_of(word))];
}

bool Words::are_nicknames(WordId a, WordId b) const {
  static const std::vector<WordId> kNone;
  const auto& of_a = a < formals_.size() ? formals_[a] : kNone;
  const auto& of_b = b < formals_.size() ? formals_[b] : kNone;
  if (std::binary_search(of_a.begin(), of_a.end(), b)) return true;
  if (std::binary_search(of_b.begin(), of_b.end(), a)) return true;
  return std::find_first_of(of_a.begin(), of_a.end(), of_b.begin(), of_b.end()) != of_a.end();
}

}  // namespace hustings::linkage
