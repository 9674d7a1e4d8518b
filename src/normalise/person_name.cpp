#include "normalise/person_name.h"

#include <algorithm>
#include <array>

#include "normalise/detail/name_words.h"
#include "normalise/fold.h"

namespace hustings::normalise {
namespace {

using detail::append_letters;
using detail::generation_at;
using detail::NameWords;
using detail::SuffixPlace;

constexpr std::string_view kMissing = "VOTERDIDNOTPROVIDE";

/// What files write where they have no name; letters only.
constexpr std::array<std::string_view, 27> kPlaceholders = {
    "CONFIDENTIAL", "FNU",         "LNU",         "NFN",
    "NLN",          "NMI",         "NMM",         "NMN",
    "NMNI",         "NOFIRST",     "NOFIRSTNAME", "NOLAST",
    "NOLASTNAME",   "NOMI",        "NOMIDDLE",    "NOMIDDLEINITIAL",
    "NOMIDDLENAME", "NONAME",      "NONE",        "NONEGIVEN",
    "NOTAVAILABLE", "NOTPROVIDED", "PROTECTED",   "REMOVED",
    "UNK",          "UNKNOWN",     "WITHHELD"};
static_assert(std::ranges::is_sorted(kPlaceholders));

bool is_placeholder_key(std::string_view letters) {
  if (letters.size() < 3 || letters.size() > 40) return false;
  if (letters.find_first_not_of('X') == std::string_view::npos) return true;
  const char first = letters.front();
  if (first != 'C' && first != 'F' && first != 'L' && first != 'N' && first != 'P' &&
      first != 'R' && first != 'U' && first != 'V' && first != 'W') {
    return false;
  }
  return letters.starts_with(kMissing) || std::ranges::binary_search(kPlaceholders, letters);
}

/// "N/A" is no name, NA is one.
bool is_not_available(std::string_view raw) {
  return (raw.size() == 3 || raw.size() == 5) && raw.find('/') != std::string_view::npos &&
         (raw == "N/A" || raw == "n/a" || raw == "N/M/N" || raw == "n/m/n");
}

/// What the words of one field come to.
struct FieldForm {
  std::string* key;
  std::string* words;  ///< may be null
};

void write_words(const NameWords& words, bool join_particles, FieldForm out) {
  out.key->clear();
  if (out.words != nullptr) out.words->clear();
  bool joins = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::string_view word = words[i];
    const bool is_first_of_more = i + 1 < words.size();
    if (join_particles && is_first_of_more && word == "SAINT") word = "ST";
    const std::size_t before = out.key->size();
    append_letters(word, *out.key);
    const std::string_view letters = std::string_view(*out.key).substr(before);
    if (letters.empty()) continue;
    if (out.words != nullptr) {
      if (!joins && !out.words->empty()) *out.words += ' ';
      out.words->append(letters);
    }
    joins = join_particles && is_first_of_more && detail::is_particle(word);
  }
  if (is_placeholder_key(*out.key)) {
    out.key->clear();
    if (out.words != nullptr) out.words->clear();
  }
}

void keep_first(Generation& kept, Generation found) {
  if (kept == Generation::none) kept = found;
}

void read_suffix(std::string_view suffix, NameForm& out) {
  if (suffix.empty()) return;
  thread_local NameWords words;
  words.read(suffix);
  for (std::size_t i = 0; i < words.size(); ++i)
    keep_first(out.generation, generation_at(words[i], SuffixPlace::suffix_column));
}

void read_last(std::string_view last, NameForm& out) {
  thread_local NameWords words;
  words.read(last);
  while (words.size() > 1) {
    const Generation found = generation_at(words.back(), SuffixPlace::last_name);
    if (found == Generation::none && !detail::is_degree(words.back())) break;
    keep_first(out.generation, found);
    words.drop_back();
  }
  write_words(words, true, {&out.last, &out.last_words});
}

void read_first(std::string_view first, NameForm& out) {
  thread_local NameWords words;
  words.read(first);
  while (words.size() > 1 && detail::is_title(words[0]))
    words.drop_front();
  while (words.size() > 1) {
    const Generation found = generation_at(words.back(), SuffixPlace::given_name);
    if (found == Generation::none) break;
    keep_first(out.generation, found);
    words.drop_back();
  }
  if (!words.nickname().empty()) out.nickname = words.nickname();
  write_words(words, false, {&out.first, &out.first_words});
}

void read_middle(std::string_view middle, NameForm& out) {
  out.middle.clear();
  if (middle.empty()) return;
  thread_local NameWords words;
  words.read(middle);
  while (words.size() > 0) {
    const Generation found = generation_at(words.back(), SuffixPlace::given_name);
    if (found == Generation::none) break;
    keep_first(out.generation, found);
    words.drop_back();
  }
  if (!words.nickname().empty() && out.nickname.empty()) out.nickname = words.nickname();
  write_words(words, false, {&out.middle, nullptr});
}

}  // namespace

Generation generation_of(std::string_view suffix) {
  NameForm form;
  read_suffix(suffix, form);
  return form.generation;
}

std::string_view generation_text(Generation generation) {
  constexpr std::array<std::string_view, 9> kTexts = {"",    "JR", "SR", "I", "II",
                                                      "III", "IV", "V",  "VI"};
  return kTexts[static_cast<std::size_t>(generation)];
}

bool may_be_same(Generation one, Generation other) {
  if (one == other || one == Generation::none || other == Generation::none) return true;
  const auto are = [&](Generation a, Generation b) {
    return (one == a && other == b) || (one == b && other == a);
  };
  return are(Generation::jr, Generation::second) || are(Generation::sr, Generation::first);
}

bool is_placeholder_name(std::string_view name) {
  if (is_not_available(name)) return true;
  std::string text;
  fold_to(name, text);
  std::string letters;
  append_letters(text, letters);
  return letters.empty() || is_placeholder_key(letters);
}

void name_form_to(const NameColumns& name, NameForm& out) {
  out.generation = Generation::none;
  out.nickname.clear();
  read_suffix(name.suffix, out);
  read_last(is_not_available(name.last) ? "" : name.last, out);
  read_first(is_not_available(name.first) ? "" : name.first, out);
  read_middle(is_not_available(name.middle) ? "" : name.middle, out);
}

NameForm name_form(const NameColumns& name) {
  NameForm form;
  name_form_to(name, form);
  return form;
}

}  // namespace hustings::normalise
