#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/arena.h"
#include "ingest/header.h"
#include "ingest/layout.h"
#include "registry/quality.h"
#include "registry/voter_row.h"

namespace hustings::ingest {

/// Why a row is not taken.
struct RowProblem {
  std::int16_t column = ColumnMap::kAbsent;  ///< of the file; kAbsent: the whole row
  std::string reason;
  bool is_incomplete = false;  ///< fields are missing at the line's end
};

/// A file and what is known of it before its first row.
struct FileFormat {
  const Layout& layout;
  const ColumnMap& map;
  std::chrono::sys_days today;
};

using QualityCounts = std::array<std::int64_t, registry::kQualities>;

/// The fields of one row, cleaned: what the three kinds of rows are built from. One for each
/// thread; texts live until the next row.
class RowReader {
 public:
  static constexpr std::size_t kTextMax = 1000;  ///< bytes of one value

  explicit RowReader(const FileFormat& format);

  /// Splits a line. False: the row is not taken, and `problem` says why.
  bool split(std::string_view line, RowProblem& problem);

  /// The value of a column: clean, without null tokens; empty if the file has no such column.
  std::string_view text(Target target);
  std::string_view at(std::int16_t place);
  bool is_placeholder(Target target, std::string_view text) const;
  bool protects(Target target, std::string_view text) const;
  /// The code table's word for the text. False: an unknown code, `problem` is set.
  bool code(Target target, std::string_view& text, RowProblem& problem);
  /// A date that is written wrongly is a problem; an empty or placeholder one is nothing.
  bool date(Target target, std::optional<std::int32_t>& days, bool& placeholder,
            RowProblem& problem);

  std::int16_t place(Target target) const { return format_.map.place(target); }
  const FileFormat& format() const { return format_; }
  Arena& arena() { return arena_; }

 private:
  bool check(RowProblem& problem);
  bool check_lengths(RowProblem& problem) const;
  const LayoutColumn& column(Target target) const {
    return *columns_[static_cast<std::size_t>(target)];
  }

  FileFormat format_;
  std::array<const LayoutColumn*, kTargets> columns_{};
  Arena arena_;
  std::vector<std::string_view> fields_;
};

/// Builds voters out of rows.
class VoterReader {
 public:
  explicit VoterReader(const FileFormat& format);
  /// False: the row is not taken. The row's texts live until the next call.
  bool read(std::string_view line, registry::VoterRow& row, RowProblem& problem);
  const QualityCounts& quality() const { return counts_; }

 private:
  bool read_person(registry::VoterRow& row, RowProblem& problem);
  void read_names(registry::VoterRow& row);
  bool read_dates(registry::VoterRow& row, RowProblem& problem);
  bool read_birth_year(registry::VoterRow& row, RowProblem& problem);
  void read_age(registry::VoterRow& row);
  void read_address(registry::VoterRow& row);
  void read_mail_address(registry::VoterRow& row);
  void read_districts(registry::VoterRow& row);
  void note(registry::VoterRow& row, registry::Quality quality);

  RowReader reader_;
  std::vector<std::string> district_keys_;  ///< "\"fire\":\""
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
  bool read(std::string_view line, HistoryRow& row, RowProblem& problem);

 private:
  RowReader reader_;
};
/// "general", "primary", … by the words of an election's name.
std::string_view election_kind(std::string_view name);

struct ScoresRow {
  std::string_view external_id;
  std::optional<std::int16_t> support;
  std::optional<std::int16_t> turnout;
  std::optional<std::int16_t> persuadability;
};
class ScoreReader {
 public:
  explicit ScoreReader(const FileFormat& format) : reader_(format) {}
  bool read(std::string_view line, ScoresRow& row, RowProblem& problem);
  const QualityCounts& quality() const { return counts_; }

 private:
  std::optional<std::int16_t> score(Target target);
  RowReader reader_;
  QualityCounts counts_{};
};

}  // namespace hustings::ingest
