#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/arena.h"
#include "ingest/header.h"
#include "ingest/layout.h"
#include "ingest/line_walker.h"
#include "ingest/transforms.h"
#include "registry/quality.h"
#include "registry/voter_row.h"

namespace hustings::ingest {

/// Why a row is not taken.
struct RowProblem {
  std::int16_t column = ColumnMap::kAbsent;  ///< of the file; kAbsent: the whole row
  std::string reason;
  bool is_incomplete = false;  ///< fields are missing at the line's end
  bool is_skipped = false;     ///< nothing is wrong with the row; it says nothing
};

/// A file and what is known of it before its first row.
struct FileFormat {
  const Layout& layout;
  const ColumnMap& map;
  std::chrono::sys_days today;
  /// Whose numbers are written without a calling code: campaign/calling_choice.h.
  std::string home_country = "US";
};

using QualityCounts = std::array<std::int64_t, registry::kQualities>;

/// The fields of one row, cleaned: what the three kinds of rows are built from. One for each
/// thread; texts live until the next row.
class RowReader {
 public:
  static constexpr std::size_t kTextMax = 1000;  ///< bytes of one value

  explicit RowReader(const FileFormat& format);

  /// Splits a line of a delivery's part. False: the row is not taken, and `problem` says why.
  bool split(std::string_view line, int part, RowProblem& problem);

  /// The value of a column: clean, without null tokens, joined if the file has it in pieces; the
  /// layout's own value if the file has none.
  std::string_view text(Target target);
  /// The value of each column that it is made of, for whoever joins them otherwise.
  std::span<const std::int16_t> pieces(Target target) const;
  std::string_view at(std::int16_t place);
  bool is_placeholder(Target target, std::string_view text) const;
  bool protects(Target target, std::string_view text) const;
  /// Has a value of this row been one that marks protected voters ("*")?
  bool saw_protection() const { return saw_protection_; }
  /// The code table's word for the text. False: an unknown code, `problem` is set.
  bool code(Target target, std::string_view& text, RowProblem& problem);
  /// A date that is written wrongly is a problem; an empty or placeholder one is nothing.
  bool date(Target target, std::optional<std::int32_t>& days, bool& placeholder,
            RowProblem& problem);
  /// The same for a date of which perhaps only the year, or year and month, are known.
  bool partial_date(Target target, std::optional<WrittenDate>& date, bool& placeholder,
                    RowProblem& problem);

  std::int16_t place(Target target) const { return map_->place(target); }
  const ColumnMap& map() const { return *map_; }
  const LayoutColumn* layout_column(Target target) const {
    return columns_[static_cast<std::size_t>(target)];
  }
  const FileFormat& format() const { return format_; }
  Arena& arena() { return arena_; }

 private:
  bool check(RowProblem& problem);
  bool check_lengths(RowProblem& problem) const;
  const LayoutColumn& column(Target target) const {
    return *columns_[static_cast<std::size_t>(target)];
  }

  bool cut(std::string_view line, RowProblem& problem);
  std::string_view joined(Target target);

  FileFormat format_;
  const ColumnMap* map_;  // of the present part
  bool saw_protection_ = false;
  std::array<const LayoutColumn*, kTargets> columns_{};
  Arena arena_;
  std::vector<std::string_view> fields_;
};

/// What a layout's table of methods says for codes that are no vote: did not vote, not counted.
inline constexpr std::string_view kNoVote = "none";

/// A vote that stands in the voter's own row.
struct WideVote {
  std::int16_t election = 0;  ///< place in ColumnMap::elections of the row's part
  std::string_view method;    ///< election_day, early, mail, provisional, other; or empty
  std::string_view party;     ///< of the ballot, if the file says it
  std::string_view county;    ///< where it was cast, as far as it is known
};

/// Builds voters out of rows.
class VoterReader {
 public:
  explicit VoterReader(const FileFormat& format);
  /// False: the row is not taken. The row's texts live until the next call.
  bool read(const Line& line, registry::VoterRow& row, RowProblem& problem);
  bool read(std::string_view line, registry::VoterRow& row, RowProblem& problem) {
    return read(Line{.text = line}, row, problem);
  }
  /// Whether the row says that its voter is protected, even if it could not be taken.
  bool is_hidden(const Line& line);
  /// The votes that the row itself holds, for layouts with wide history; valid as long as the row.
  const std::vector<WideVote>& votes() const { return votes_; }
  const QualityCounts& quality() const { return counts_; }

 private:
  bool read_person(registry::VoterRow& row, RowProblem& problem);
  void read_names(registry::VoterRow& row);
  bool read_dates(registry::VoterRow& row, RowProblem& problem);
  bool read_birth_date(registry::VoterRow& row, RowProblem& problem);
  bool read_birth_year(registry::VoterRow& row, RowProblem& problem);
  void read_age(registry::VoterRow& row);
  void read_address(registry::VoterRow& row);
  void read_mail_address(registry::VoterRow& row);
  void read_reach(registry::VoterRow& row);
  void read_districts(registry::VoterRow& row);
  void read_votes(const registry::VoterRow& row);
  bool read_state(registry::VoterRow& row, RowProblem& problem);
  std::string_view region_code(std::string_view written);
  static void hide(registry::VoterRow& row);
  void note(registry::VoterRow& row, registry::Quality quality);

  RowReader reader_;
  const ColumnMap* keys_of_ = nullptr;      ///< whose districts district_keys_ are
  std::vector<std::string> district_keys_;  ///< "\"fire\":\""
  std::vector<WideVote> votes_;
  std::string email_;
  int this_year_;
  QualityCounts counts_{};
};

/// Who voted in which election, before voters and elections have their numbers.
struct HistoryRow {
  std::string_view external_id;
  std::int32_t held_on = 0;  ///< days since 1970-01-01
  std::string_view name;
  std::string_view method;
  std::string_view party;
  std::string_view county;
};
class HistoryReader {
 public:
  explicit HistoryReader(const FileFormat& format) : reader_(format) {}
  /// False: the row is not taken, or (RowProblem::is_skipped) says that there was no vote.
  bool read(const Line& line, HistoryRow& row, RowProblem& problem);
  bool read(std::string_view line, HistoryRow& row, RowProblem& problem) {
    return read(Line{.text = line}, row, problem);
  }

 private:
  bool read_election(HistoryRow& row, RowProblem& problem);
  RowReader reader_;
};
/// "general", "primary", … by the words of an election's name.
std::string_view election_kind(std::string_view name);

struct ScoresRow {
  std::string_view external_id;
  std::optional<std::int16_t> support;
  std::optional<std::int16_t> turnout;
  std::optional<std::int16_t> persuadability;
  std::string_view other;  ///< further scores by name, a JSON object: {"climate":71.5}; or empty
};
/// Scores from 0 to 100, rounded to whole numbers; further ones by name as they are.
class ScoreReader {
 public:
  explicit ScoreReader(const FileFormat& format);
  bool read(const Line& line, ScoresRow& row, RowProblem& problem);
  bool read(std::string_view line, ScoresRow& row, RowProblem& problem) {
    return read(Line{.text = line}, row, problem);
  }
  const QualityCounts& quality() const { return counts_; }

 private:
  std::optional<double> number(std::string_view text);
  std::optional<std::int16_t> score(Target target);
  void read_others();
  RowReader reader_;
  std::vector<std::string> keys_;  // "\"climate\":"
  std::string other_;
  QualityCounts counts_{};
};

}  // namespace hustings::ingest
