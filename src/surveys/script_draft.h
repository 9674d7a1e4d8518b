#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "surveys/survey.h"

namespace hustings::surveys {

/// Refuses a draft that cannot be read to a voter: no name, a key twice, a choice without words.
Status check_draft(const ScriptDraft& draft);

/// The body of a version as the database keeps it:
/// {"introduction":…,"closing":…,"questions":[{"id":…,"key":…,"kind":…,"text":…,"choices":[…]}]}
std::string body_of(const ScriptDraft& draft);
/// Fills introduction, closing and questions. Throws Failure if it is not what body_of writes.
void read_body(std::string_view body, Script& script);

/// ["Yes","No"]
std::string choices_to_json(const std::vector<std::string>& choices);
std::vector<std::string> choices_from_json(std::string_view choices);

}  // namespace hustings::surveys
