#pragma once

#include "base/clock.h"
#include "segments/filter.h"
#include "segments/history.h"
#include "segments/rule.h"

/// Statements about a voter's history as conditions on its columns and events. What is named but
/// not known (a list, a score) nobody has.
namespace hustings::segments {

Filter history_filter(const History& history, const ContactsAre& rule, Instant now);
/// `is_set`: the question takes several choices.
Filter history_filter(const History& history, QuestionId question, const ChoiceIn& rule,
                      bool is_set, Instant now);
/// A number that was answered (Field::answer, Field::answered).
Filter history_filter(const History& history, QuestionId question, const NumberIs& rule);
Filter history_filter(const History& history, const ConsentIn& rule);
Filter history_filter(const History& history, const ListIs& rule);
/// A score by its name (Field::score).
Filter history_filter(const History& history, const NumberIs& rule);

}  // namespace hustings::segments
