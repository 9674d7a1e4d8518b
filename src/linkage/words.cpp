#include "linkage/words.h"

#include <algorithm>
#include <cstring>

#include "base/error.h"
#include "base/rng.h"
#include "base/text.h"
#include "linkage/nicknames.h"
#include "linkage/similarity.h"

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
  std::vector<std::pair<WordId, WordId>> pairs;
  const auto lines = split(nickname_table(), '\n');
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const auto fields = split(trim(lines[i]), ',');
    if (fields.size() != 3) continue;
    pairs.emplace_back(add(to_upper(fields[0])), add(to_upper(fields[2])));
  }
  formals_.resize(entries_.size());
  std::vector<std::size_t> short_forms(entries_.size());
  for (const auto& [formal, nickname] : pairs) {
    formals_[nickname].push_back(formal);
    ++short_forms[formal];
  }
  canonical_.resize(entries_.size());
  for (WordId word = 0; word < canonical_.size(); ++word) {
    auto& formals = formals_[word];
    std::sort(formals.begin(), formals.end());
    formals.erase(std::unique(formals.begin(), formals.end()), formals.end());
    // The given name with the most short forms is taken for the commonest.
    const auto likeliest =
        std::max_element(formals.begin(), formals.end(),
                         [&](WordId a, WordId b) { return short_forms[a] < short_forms[b]; });
    const bool stands_for_other =
        likeliest != formals.end() && short_forms[*likeliest] > short_forms[word];
    canonical_[word] = stands_for_other ? *likeliest : word;
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
