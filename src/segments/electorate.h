#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "model/ids.h"
#include "segments/bitmap.h"
#include "segments/block_store.h"
#include "segments/column.h"
#include "segments/field.h"
#include "segments/history.h"
#include "segments/id_index.h"
#include "segments/zone_namer.h"

namespace hustings::segments {

inline constexpr std::uint8_t kScoreUnknown = 255;
/// In an answer column: no answer yet; an answer without a choice (declined, or free text).
inline constexpr std::uint8_t kNoAnswer = 0;
inline constexpr std::uint8_t kNoChoice = 255;
/// Greatest choice number and greatest count that a column holds; counts stay there.
inline constexpr int kChoiceMax = 254;
inline constexpr std::uint8_t kCountStop = 255;

/// What the registry says of a voter; texts are those of the categories except last_disposition,
/// empty for unknown.
struct VoterRecord {
  VoterId voter;
  std::optional<HouseholdId> household;
  std::uint16_t born = 0;  ///< birth.h
  bool has_phone = false;
  bool is_protected = false;
  bool is_suppressed = false;
  bool ballot_in = false;         ///< suppressed for nothing but a ballot that is in
  std::int32_t number_start = 0;  ///< the number's leading digits (zone_namer.h); 0: none
  std::array<std::string, kCategories - 1> texts;
};

struct Scores {
  std::optional<std::int16_t> support;
  std::optional<std::int16_t> turnout;
  std::optional<std::int16_t> persuadability;
};

struct Attempt {
  AttemptId attempt;
  std::string disposition;
  Instant ended_at;
  PhonebankId phonebank{};
};

struct ElectionInfo {
  ElectionId id;
  std::string state;
  std::string held_on;  ///< "2022-11-08"
  std::string kind;     ///< "general"
  std::string title;
  /// "2022-11-08 general": what rules call it.
  std::string label() const { return held_on + ' ' + kind; }
  friend bool operator==(const ElectionInfo&, const ElectionInfo&) = default;
};

struct QuestionInfo {
  QuestionId id;
  std::string key;
  std::string kind;
  std::string text;
  std::vector<std::string> choices;
  bool is_set() const { return kind == "multiple"; }
  bool is_number() const { return kind == "number"; }
  /// Answered by one choice: the column of the newest one says it all.
  bool is_single() const { return !is_set() && !is_number(); }
  friend bool operator==(const QuestionInfo&, const QuestionInfo&) = default;
};

/// Every voter's attributes in columns. One thread writes; freeze() makes versions for readers of
/// other threads, which share all blocks that have not changed. No row is kept past its version.
/// Methods that name a voter answer false when there is no such voter.
class Electorate {
 public:
  Electorate();
  Electorate(Electorate&&) = default;

  std::size_t rows() const { return rows_; }
  std::size_t blocks() const { return blocks_of(rows()); }
  std::size_t bytes() const;

  // ---- writing, not on a frozen version
  /// All of it as it is now, for ever, for any thread: costs the changed blocks, not the voters.
  std::shared_ptr<const Electorate> freeze();
  /// Adds a voter at the end, or replaces what the registry says of one.
  void put(const VoterRecord& record);
  /// Takes a voter out, with everything: the last row moves into the gap.
  bool remove(VoterId voter);
  bool set_scores(VoterId voter, const Scores& scores);
  bool set_suppressed(VoterId voter, bool is_suppressed);
  /// Whether nothing bars the voter but that the ballot is in; put() says so of whom it replaces.
  bool set_ballot_in(VoterId voter, bool ballot_in);
  void put_election(const ElectionInfo& election);
  void put_question(const QuestionInfo& question);
  /// An election or question that was not put is ignored (false).
  bool set_voted(VoterId voter, ElectionId election);
  /// Counts the attempt; the one that ended last gives disposition and time.
  bool record_attempt(VoterId voter, const Attempt& attempt);
  /// The answer of the latest time stands; no choice: declined or free text.
  bool record_answer(VoterId voter, QuestionId question, const Said& said, Instant at);
  bool record_answer(VoterId voter, QuestionId question, std::optional<int> choice, Instant at) {
    return record_answer(voter, question, Said{.choice = choice}, at);
  }
  /// The kind of a question that was put; empty: it was not.
  std::string_view kind_of(QuestionId question) const;
  /// Orders rows by state, county, precinct, household, and codes by their texts: neighbours on the
  /// ground become neighbours in memory, and whole blocks can be skipped. After a load, before
  /// anything but put().
  void order_by_geography();

  /// Attempts and answers come by record_attempt() and record_answer(), the rest directly; whoever
  /// writes a row's history names the row to note().
  History& history() { return history_; }
  void note(Row row);

  // ---- reading
  const History& history() const { return history_; }
  Row find(VoterId voter) const { return index_.find(voter.value()); }
  static constexpr Row kNoRow = PagedIndex::kNone;
  VoterId voter(Row row) const { return VoterId(voters_.get(row)); }
  const CategoryColumn& category(Field field) const { return categories_[category_column(field)]; }
  const Column& number(Field field) const { return numbers_[number_column(field)]; }
  const Column& flag(Field field) const { return flags_[flag_column(field)]; }
  const Column& born() const { return born_; }
  /// The time zones that address and number imply, as ZoneNamer writes them.
  const CategoryColumn& zones() const { return zones_; }
  /// The leading digits of the best number (zone_namer.h); empty: none.
  const CategoryColumn& number_starts() const { return number_starts_; }
  const Column& ballot_in() const { return ballot_in_; }
  const Column& last_contacted() const { return last_contacted_; }
  /// A number for each household, from 0, in the order of rows after a load; a voter of none has
  /// one alone.
  const Column& household_numbers() const { return household_of_; }
  std::uint32_t household_numbers_end() const { return households_; }
  /// The registry's id of a household, or minus the voter's id for a voter of none.
  std::int64_t household(Row row) const { return household_ids_.get(household_of_.get(row)); }

  struct ElectionColumn {
    ElectionInfo info;
    Column voted;
  };
  struct QuestionColumn {
    QuestionInfo info;
    Column choices;
    std::array<std::uint64_t, 256> counts{};  ///< voters by what `choices` says; not of kNoAnswer
  };
  /// Newest first.
  std::vector<const ElectionColumn*> elections() const;
  const QuestionColumn* question(std::string_view key) const;
  const std::vector<QuestionColumn>& questions() const { return questions_; }

  /// In a version: the rows that differ from the version before, ascending; what was a row then may
  /// be none now, and the other way about. Of the first version there is nothing to say.
  const std::vector<Row>& touched() const { return touched_; }
  /// Counts the voters who were taken out, each of which may have moved another to its row: between
  /// versions with the same number a voter's row is the same.
  std::uint64_t removals() const { return removals_; }
  /// Counts changes of what elections, questions, lists and phone banks are called: with them the
  /// same rule may mean other rows.
  std::uint64_t names_version() const { return names_version_ + history_.names_version(); }
  /// Everything that is by row in a column, but for voters, with a name that stays.
  std::vector<NamedColumn> named_columns() const;

  /// Everything held of one voter, by name of field: for tests and for looking into a doubt.
  std::map<std::string, std::string> describe(VoterId voter) const;

 private:
  struct Latest {
    Instant at;
    AttemptId attempt;
  };
  struct AnswerKey {
    Row row;
    std::uint32_t question;
    bool operator==(const AnswerKey&) const = default;
  };
  struct AnswerKeyHash {
    std::size_t operator()(const AnswerKey& key) const {
      return mix64((std::uint64_t{key.question} << 32) | key.row);
    }
  };
  /// What only the writer needs, and no version has.
  struct Writing {
    ZoneNamer zones;
    HashIndex households;  ///< household number by id
    std::unordered_map<std::int64_t, std::size_t> election_places;
    std::unordered_map<std::int64_t, std::size_t> question_places;
    // Only who was contacted or answered has an entry: the full times that decide which is last.
    std::unordered_map<Row, Latest> last_attempts;
    std::unordered_map<AnswerKey, Instant, AnswerKeyHash> answer_times;
    std::vector<Row> touched;  ///< since the last version, in any order
    bool is_noting = false;    ///< since there is a version
  };

  Electorate(const Electorate&) = default;
  template <class Self, class Use>
  static void for_each_column(Self& self, const Use& use);
  Row append(VoterId voter);
  void move_row(Row from, Row to);
  void clear_row(Row row);
  std::uint32_t household_number(const VoterRecord& record);
  std::vector<Row> geographic_order() const;
  void renumber_households();

  std::shared_ptr<BlockStore> store_;  ///< shared with the versions: their blocks are in it
  std::shared_ptr<Writing> writing_;   ///< null in a version
  std::shared_ptr<const void> hold_;   ///< a version's right to its blocks
  std::size_t rows_ = 0;
  IdColumn voters_;   ///< by row
  PagedIndex index_;  ///< row by voter
  std::array<CategoryColumn, kCategories> categories_;
  std::array<Column, kNumbers> numbers_;
  std::array<Column, kFlags> flags_;
  Column born_;
  CategoryColumn zones_;
  CategoryColumn number_starts_;
  Column ballot_in_;
  Column last_contacted_;  ///< seconds since 1970; 0: never
  Column household_of_;
  std::uint32_t households_ = 0;
  IdColumn household_ids_;  ///< by household number
  std::vector<ElectionColumn> elections_;
  std::vector<QuestionColumn> questions_;
  History history_;
  std::vector<Row> touched_;  ///< of a version
  std::uint64_t names_version_ = 0;
  std::uint64_t removals_ = 0;
};

/// Everything that is by row, but for voters.
template <class Self, class Use>
void Electorate::for_each_column(Self& self, const Use& use) {
  for (auto& column : self.categories_)
    use(column);
  for (auto& column : self.numbers_)
    use(column);
  for (auto& flag : self.flags_)
    use(flag);
  for (auto& election : self.elections_)
    use(election.voted);
  for (auto& question : self.questions_)
    use(question.choices);
  use(self.born_);
  use(self.zones_);
  use(self.number_starts_);
  use(self.ballot_in_);
  use(self.last_contacted_);
  use(self.household_of_);
}

}  // namespace hustings::segments
