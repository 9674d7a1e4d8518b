#pragma once

#include <array>
#include <span>
#include <string_view>

#include "base/error.h"
#include "surveys/survey.h"

/// How a script's parts fit together: branches, languages, variables. No database.
namespace hustings::surveys {

/// What stands for a part of the voter, the caller or the phone bank in a script: {first_name}.
inline constexpr std::array<std::string_view, 6> kVariables{"first_name", "last_name", "city",
                                                            "caller",     "phonebank", "party"};

/// Refuses branches to nowhere, two for one choice, and ways through the script that never end.
Status check_branches(std::span<const Question> questions);

/// Refuses what a question is asked by if it is no earlier question with such a choice.
Status check_conditions(std::span<const Question> questions);

/// Refuses a language that is no language tag (RFC 5646, the common short forms), one that is
/// there twice, and translations that do not fit the questions.
Status check_languages(const ScriptDraft& draft);

/// Refuses a name in braces that nothing stands for; `where` is the field's path for the error.
Status check_variables(std::string_view text, const std::string& where);

}  // namespace hustings::surveys
