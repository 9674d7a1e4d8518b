#include "linkage/records.h"

#include <algorithm>

#include "base/error.h"
#include "base/rng.h"
#include "linkage/similarity.h"

namespace hustings::linkage {
namespace {

constexpr std::size_t kAreaDigits = 3;

/// `id_of` gives a text's number, `canonical` and `sound` what is known of a number.
template <class IdOf, class Canonical, class Sound>
Record record_of(const Person& person, const IdOf& id_of, const Canonical& canonical,
                 const Sound& sound) {
  Record record{};
  record.first = id_of(person.first);
  record.canonical_first = canonical(record.first);
  record.middle = id_of(person.middle);
  record.last = id_of(person.last);
  record.house = id_of(person.house);
  record.street = id_of(person.street);
  record.unit = id_of(person.unit);
  const bool has_zip = !person.zip.empty();
  record.zip = id_of(has_zip ? person.zip : person.city);
  record.area = id_of(has_zip ? person.zip.substr(0, kAreaDigits) : person.city);
  record.household = household_of(record.zip, record.street, record.house);
  record.phone = person.phone;
  const WordId email = id_of(person.email);
  record.email = email == 0 ? 0 : mix64(email) | 1;
  record.first_soundex = sound(record.first, person.first);
  record.last_soundex = sound(record.last, person.last);
  if (person.birth.year > 0 && person.birth.year < 4096) {
    record.year = person.birth.year & 0xfffU;
    record.month = person.birth.month <= 12 ? person.birth.month & 0xfU : 0U;
    record.day = person.birth.day <= 31 ? person.birth.day & 0x1fU : 0U;
  }
  record.generation = static_cast<std::uint32_t>(person.generation) & 7U;
  record.sex = static_cast<std::uint32_t>(person.sex) & 3U;
  return record;
}

void count_into(const Records& records, WordCounts& counts) {
  for (std::size_t row = 0; row < records.size(); ++row) {
    const Record& record = records[row];
    ++counts.first[record.first];
    ++counts.last[record.last];
    const auto extras = records.extras(row);
    for (std::size_t i = 0; i < extras.size(); ++i)
      ++counts.extras[i][extras[i]];
  }
  counts.records += records.size();
}

}  // namespace

std::uint32_t household_of(WordId zip, WordId street, WordId house) {
  if (zip == 0 || street == 0 || house == 0) return 0;
  const std::uint64_t key = mix64(mix64(zip) ^ street) ^ house;
  return static_cast<std::uint32_t>(mix64(key) >> 32) | 1U;
}

Record make_record(Words& words, const Person& person) {
  return record_of(
      person, [&](std::string_view text) { return words.add(text); },
      [&](WordId word) { return words.canonical(word); },
      [&](WordId word, std::string_view) { return words.soundex(word); });
}

WordId ForeignWords::find(const Words& words, std::string_view word) {
  const WordId known = words.find(word);
  if (known != 0 || word.empty()) return known;
  const auto at = std::find(texts.begin(), texts.end(), word);
  const auto index = static_cast<WordId>(at - texts.begin());
  if (at == texts.end()) texts.push_back(word);
  return first + index;
}

Record make_question(const Words& words, ForeignWords& foreign, const Person& person) {
  return record_of(
      person, [&](std::string_view text) { return foreign.find(words, text); },
      [&](WordId word) { return words.canonical(word); },
      [&](WordId, std::string_view text) { return soundex(text); });
}

Records::Records(Words& words, std::vector<ExtraKind> extras)
    : words_(words), kinds_(std::move(extras)) {
  CHECK(kinds_.size() <= kExtrasMax);
}

void Records::reserve(std::size_t rows) {
  records_.reserve(rows);
  extra_words_.reserve(rows * kinds_.size());
}

void Records::append(const Person& person) {
  CHECK(records_.size() < kRowsMax);
  CHECK(person.extras.size() == kinds_.size());
  records_.push_back(make_record(words_, person));
  for (const std::string_view extra : person.extras)
    extra_words_.push_back(words_.add(extra));
}

WordCounts count_words(const Records& left, const Records* right) {
  WordCounts counts;
  counts.first.resize(left.words().size());
  counts.last.resize(left.words().size());
  counts.extras.assign(left.extra_kinds().size(), std::vector<std::uint32_t>(left.words().size()));
  count_into(left, counts);
  if (right != nullptr) count_into(*right, counts);
  return counts;
}

}  // namespace hustings::linkage
