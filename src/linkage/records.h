#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "linkage/words.h"

namespace hustings::linkage {

/// The generation that a name's suffix tells of.
enum class Generation : std::uint8_t { none, senior, junior, second, third, fourth, fifth };
enum class Sex : std::uint8_t { unknown, female, male, other };

/// A birth date of which parts may be missing (0). A month without a year counts for nothing.
struct BirthDate {
  std::uint16_t year = 0;  ///< 1 to 4095
  std::uint8_t month = 0;
  std::uint8_t day = 0;
};

/// What is known of one person, cleaned as clean.h does it: names, streets and the like in upper
/// case without marks, empty where missing. The views are only read during append().
struct Person {
  std::string_view first;
  std::string_view middle;  ///< a name or an initial
  std::string_view last;
  Generation generation = Generation::none;
  Sex sex = Sex::unknown;
  BirthDate birth;
  std::string_view house;  ///< "12", "12A"
  std::string_view street;
  std::string_view unit;
  std::string_view zip;     ///< five digits, or another country's code
  std::string_view city;    ///< takes the ZIP's place where that is missing
  std::uint64_t phone = 0;  ///< digits as a number
  std::string_view email;
  /// Other columns, as many as the Records has, in its order.
  std::span<const std::string_view> extras;
};

/// How another column is compared.
enum class ExtraKind : std::uint8_t { exact, text, number };

/// One person as the comparison reads it: one cache line, since a comparison reads all of two
/// records that lie anywhere. 0 is "missing" in every field.
struct alignas(64) Record {
  WordId first;
  WordId canonical_first;  ///< what the first name stands for if it is a short form
  WordId middle;
  WordId last;
  WordId house;
  WordId street;
  WordId unit;
  WordId zip;               ///< or the city
  WordId area;              ///< the ZIP's first three digits, or the city
  std::uint32_t household;  ///< hash of zip, street and house; 0 unless all three are known
  std::uint64_t phone;
  std::uint64_t email;  ///< hash
  std::uint16_t first_soundex;
  std::uint16_t last_soundex;
  std::uint32_t year : 12;
  std::uint32_t month : 4;
  std::uint32_t day : 5;
  std::uint32_t generation : 3;
  std::uint32_t sex : 2;

  bool has_full_date() const { return year != 0 && month != 0 && day != 0; }
};
static_assert(sizeof(Record) == 64);

/// A record of `person`; new words are added to `words`.
Record make_record(Words& words, const Person& person);
/// Words that are in a question but not in Words; their numbers begin at `first`. The texts are
/// views into the question.
struct ForeignWords {
  WordId first = Words::kWordsMax;
  std::vector<std::string_view> texts;

  /// The word's number in `words`, or one of this question's own.
  WordId find(const Words& words, std::string_view word);
};
/// The record of a question; words that are new stay in `foreign`.
Record make_question(const Words& words, ForeignWords& foreign, const Person& person);
/// The house number, street and place of a household as one number; 0 unless all are known.
std::uint32_t household_of(WordId zip, WordId street, WordId house);

/// A file of people in memory, 64 bytes each, and 4 for each other column. Row numbers are 0, 1, …
/// in the order of append(). One thread may append; reading is safe from any thread.
class Records {
 public:
  static constexpr std::size_t kRowsMax = 1U << 31;
  static constexpr std::size_t kExtrasMax = 10;

  /// `words` outlives the records; both sides of a linkage share it.
  explicit Records(Words& words, std::vector<ExtraKind> extras = {});

  void reserve(std::size_t rows);
  void append(const Person& person);

  std::size_t size() const { return records_.size(); }
  const Record& operator[](std::size_t row) const { return records_[row]; }
  std::span<const Record> all() const { return records_; }
  /// The other columns of a row.
  std::span<const WordId> extras(std::size_t row) const {
    return {extra_words_.data() + row * kinds_.size(), kinds_.size()};
  }
  const std::vector<ExtraKind>& extra_kinds() const { return kinds_; }
  const Words& words() const { return words_; }

 private:
  Words& words_;
  std::vector<ExtraKind> kinds_;
  std::vector<Record> records_;
  std::vector<WordId> extra_words_;
};

/// How often each word stands in a column, over one or two files: names that are rare weigh more.
struct WordCounts {
  std::vector<std::uint32_t> first;  ///< by word; words beyond the end were never seen
  std::vector<std::uint32_t> last;
  std::vector<std::vector<std::uint32_t>> extras;  ///< by other column
  std::uint64_t records = 0;

  static std::uint32_t of(const std::vector<std::uint32_t>& column, WordId word) {
    return word < column.size() ? column[word] : 0;
  }
};
/// `right` may be null.
WordCounts count_words(const Records& left, const Records* right);

}  // namespace hustings::linkage
