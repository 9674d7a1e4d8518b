#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "surveys/survey.h"

/// Answers of a form that is not done, as the database keeps them.
namespace hustings::forms {

struct KeptDraft {
  std::string browser_hash;  ///< whose they are: hash of what that browser keeps, as hex
  std::vector<surveys::Answer> answers;
};

std::string draft_to_json(const KeptDraft& draft);
/// Reads what draft_to_json wrote; anything else is no draft.
KeptDraft draft_from_json(std::string_view text);

}  // namespace hustings::forms
