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
/// text, note and group; labels by language; `relevant` where it can be said as where an
/// answer leads: on choices of one earlier question, for the questions that follow it; randomised
/// choices. Whatever else would change what is asked is refused by name and row. invalid: no
/// workbook, no survey sheet; over_limit.
Result<ReadForm> read_xlsform(std::string_view bytes);

/// What relevant says: the question and the choices (by name) for which it holds.
struct Relevance {
  std::string question;  ///< empty: always
  std::vector<std::string> names;
  bool is_not = false;  ///< for all but these
};
/// "${a} = 'x'", "${a} != 'x'", "selected(${a}, 'x')", joined by "or" (of one question). invalid.
Result<Relevance> relevance_of(std::string_view text);

}  // namespace hustings::forms
