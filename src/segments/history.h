#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "model/consent.h"
#include "model/disposition.h"
#include "model/ids.h"
#include "segments/block_store.h"
#include "segments/column.h"
#include "segments/event_column.h"

namespace hustings::segments {

struct AttemptEvent {
  std::uint32_t at = 0;  ///< seconds since 1970
  std::uint32_t phonebank = 0;
  std::uint16_t place = 0;
  std::uint8_t result = 0;  ///< 1 + the disposition; 0 for one that nobody knows
  std::int64_t seconds() const { return at; }
};
struct AnswerEvent {
  std::int64_t at = 0;  ///< microseconds since 1970: the newest answer counts
  std::uint16_t place = 0;
  std::uint8_t choice = 0;  ///< of a number 1; 0: declined, or not one choice
  /// Of several choices the bit n for choice n; of a number the bits of its float.
  std::uint32_t value = 0;
  std::int64_t seconds() const { return at / 1'000'000; }
};

/// What an answer said, of any kind of question: one of these, or none (declined, free words).
struct Said {
  std::optional<int> choice{};
  std::uint32_t set = 0;  ///< of several choices: bit n for choice n
  std::optional<float> number{};
};
inline constexpr int kSetChoiceMax = 31;
/// A number as rules compare it: within 1e30 of zero, below 1e-30 none, of single precision.
/// rule_sql.cpp says the same to the database.
std::optional<float> said_number(std::string_view text);
/// "1 3" as bits.
std::uint32_t said_set(std::string_view text);
/// Of an answer to a question of that kind.
Said said_of(std::optional<int> choice, std::string_view kind, std::string_view text);

constexpr std::uint8_t result_code(Disposition disposition) {
  return static_cast<std::uint8_t>(static_cast<unsigned>(disposition) + 1);
}

struct ListInfo {
  ListId id;
  std::string name;
  std::vector<std::string> arms;  ///< by number; arms[0] is the hold-out
  friend bool operator==(const ListInfo&, const ListInfo&) = default;
};
struct PhonebankInfo {
  PhonebankId id;
  std::string name;
  friend bool operator==(const PhonebankInfo&, const PhonebankInfo&) = default;
};
/// A column under a name that no other column ever has.
using NamedColumn = std::pair<std::string, Column>;

/// What a voter has any number of: contact attempts and answers with their times, consents by
/// purpose and channel, memberships of lists, further scores by name. Copies share everything, as
/// those of Column do; one writer.
class History {
 public:
  History() = default;
  explicit History(BlockStore& store) : store_(&store), attempts_(store) {}

  // ---- writing
  void grow(std::size_t rows);
  void add_attempt(Row row, std::string_view disposition, PhonebankId phonebank, Instant ended_at);
  void add_answer(Row row, QuestionId question, const Said& said, Instant at);
  void set_consent(Row row, ConsentPurpose purpose, ConsentChannel channel, ConsentState state);
  /// All further scores of a voter; those that are not named become unknown.
  void set_scores(Row row, const std::map<std::string, int>& scores);
  void put_list(const ListInfo& list);
  /// A list that was not put is ignored. Of a person's identities on a list the hold-out counts,
  /// else the one that is set first.
  void set_member(Row row, ListId list, int arm);
  void put_phonebank(const PhonebankInfo& phonebank);
  /// Everything of a row goes: before it is read again, or when its voter goes.
  void clear(Row row);
  /// What the row `from` has becomes that of `to`, which must be clear; `from` is clear then.
  void move(Row from, Row to);

  // ---- reading
  const EventColumn<AttemptEvent>& attempts() const { return attempts_; }
  /// Nothing where nobody has answered yet.
  const EventColumn<AnswerEvent>* answers(QuestionId question) const;
  std::size_t answered_questions() const { return answers_.size(); }
  /// 1: given, 2: withdrawn, 0: never asked; nothing where nobody was.
  const Column* consent(ConsentPurpose purpose, ConsentChannel channel) const;
  /// 1 + the score, 0 for unknown.
  const Column* score(std::string_view name) const;
  /// 1 + the arm, 0 for who is no member.
  const Column* members(ListId list) const;
  const ListInfo* list(ListId id) const;
  const PhonebankInfo* phonebank(PhonebankId id) const;
  void for_each_list(const std::function<void(const ListInfo&)>& use) const;
  void for_each_phonebank(const std::function<void(const PhonebankInfo&)>& use) const;
  std::vector<std::string> score_names() const;
  /// Counts changes of what lists and phone banks are called.
  std::uint64_t names_version() const { return names_version_; }
  void add_columns(std::vector<NamedColumn>& out) const;

  std::size_t bytes() const;
  /// Everything held of one row, by name: for tests and for looking into a doubt.
  void describe(Row row, std::map<std::string, std::string>& out) const;

 private:
  struct List {
    std::shared_ptr<const ListInfo> info;
    Column members;
  };
  Column new_column() const;
  template <class Use>
  void for_each_column(const Use& use);

  BlockStore* store_ = nullptr;
  std::size_t rows_ = 0;
  std::uint64_t names_version_ = 0;
  EventColumn<AttemptEvent> attempts_;
  std::map<QuestionId, EventColumn<AnswerEvent>> answers_;
  std::map<std::pair<ConsentPurpose, ConsentChannel>, Column> consents_;
  std::map<std::string, Column, std::less<>> scores_;
  std::map<ListId, List> lists_;
  std::map<PhonebankId, std::shared_ptr<const PhonebankInfo>> phonebanks_;
};

}  // namespace hustings::segments
