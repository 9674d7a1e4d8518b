#pragma once

#include <optional>
#include <string_view>

#include "base/error.h"
#include "segments/column.h"
#include "segments/electorate.h"

namespace hustings::segments {

/// Reads one score of a row, whichever kind it is: of a version, as long as that is held.
class ScoreOf {
 public:
  /// "support_score", "turnout_score", "persuadability", "score:climate". Refuses (invalid, naming
  /// `where`) what is no score, and a name that nobody's score has.
  static Result<ScoreOf> named(std::string_view wanted, const Electorate& electorate,
                               std::string_view where);
  std::optional<int> of(Row row) const;  ///< nothing: not known

 private:
  ScoreOf(const Column* column, bool is_named) : column_(column), is_named_(is_named) {}
  const Column* column_;
  bool is_named_;
};

}  // namespace hustings::segments
