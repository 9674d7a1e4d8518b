#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "surveys/survey.h"

/// Scripts from XLSForm (https://xlsform.org/en/ref-table/), as other survey programs write them.
namespace hustings::forms {

struct FormRefusal {
  std::string sheet;     ///< "survey"
  std::int64_t row = 0;  ///< as the spreadsheet shows it; 0: the whole sheet
  std::string name;      ///< of the question, or of the column
  std::string sentence;  ///< what is not understood
};
struct ReadForm {
  surveys::ScriptDraft draft;  ///< to be looked at and saved; nothing if something is refused
  std::vector<FormRefusal> refusals;  ///< everything that is not supported, at once
  std::vector<std::string> left_out;  ///< what is passed over without harm: hints, metadata
};

/// Reads the survey, choices and settings sheets: select_one, select_multiple, integer, decimal,
/// text, note and group; labels by language; `relevant` on choices of earlier questions;
/// randomised choices. Whatever else would change what is asked is refused by name and row.
/// invalid: no workbook, no survey sheet; over_limit.
Result<ReadForm> read_xlsform(std::string_view bytes);

/// One thing that relevant says of an earlier question.
struct RelevantTerm {
  std::string question;
  std::string name;  ///< of a choice
  bool is_not = false;
  bool is_selected = false;  ///< said by selected(): of one answer or of several
  friend bool operator==(const RelevantTerm&, const RelevantTerm&) = default;
};
using RelevantAlternative = std::vector<RelevantTerm>;  ///< all of them
using Relevance = std::vector<RelevantAlternative>;     ///< any of these; none: always

/// "${a} = 'x'", "${a} != 'x'", "selected(${a}, 'x')", joined by and, or, not() and brackets as
/// XPath 1.0 reads them. invalid: something else, or more alternatives than a script can keep.
Result<Relevance> relevance_of(std::string_view text);
/// Both hold. invalid: more alternatives than a script can keep.
Result<Relevance> both_relevant(const Relevance& a, const Relevance& b);

}  // namespace hustings::forms
